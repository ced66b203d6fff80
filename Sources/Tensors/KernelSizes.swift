/// What the kernels of every instruction set have in common.
enum KernelSizes {
  /// Output channels per tile of packed convolution weights and of their gradient's sums.
  static let outputTile = 4

  /// Tiles of 4×2 outputs that one job of minimal filtering may hold.
  static let tilesPerRun = 6

  /// Blocks that one linear job may hold.
  static let linearBlocks = 4
}
