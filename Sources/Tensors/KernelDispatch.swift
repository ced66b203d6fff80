internal import CKernels
internal import KernelInterface
internal import KernelsBase

#if canImport(KernelsV4)
  internal import KernelsV3
  internal import KernelsV4
#endif

/// The kernels of the instruction set in use.
enum Kernel {
  /// Output channels per tile of packed convolution weights and of their gradient's sums.
  static let outputTile = 4

  /// Tiles of 2×2 outputs that one job of minimal filtering may hold.
  static let tilesPerRun = 6

  /// Blocks that one linear job may hold.
  static let linearBlocks = 4

  static func correlate(_ job: CorrelationJob) {
    #if canImport(KernelsV4)
      switch Compute.instructionSet {
      case .v4: return unsafe KernelsV4.correlate(job)
      case .v3: return unsafe KernelsV3.correlate(job)
      case .base: break
      }
    #endif
    unsafe KernelsBase.correlate(job)
  }

  static func accumulateWeightGradient(_ job: WeightGradientJob) {
    #if canImport(KernelsV4)
      switch Compute.instructionSet {
      case .v4: return unsafe KernelsV4.accumulateWeightGradient(job)
      case .v3: return unsafe KernelsV3.accumulateWeightGradient(job)
      case .base: break
      }
    #endif
    unsafe KernelsBase.accumulateWeightGradient(job)
  }

  static func splitInput(_ job: ParityJob) {
    #if canImport(KernelsV4)
      switch Compute.instructionSet {
      case .v4: return unsafe KernelsV4.splitInput(job)
      case .v3: return unsafe KernelsV3.splitInput(job)
      case .base: break
      }
    #endif
    unsafe KernelsBase.splitInput(job)
  }

  static func splitGradient(_ job: ParityJob) {
    #if canImport(KernelsV4)
      switch Compute.instructionSet {
      case .v4: return unsafe KernelsV4.splitGradient(job)
      case .v3: return unsafe KernelsV3.splitGradient(job)
      case .base: break
      }
    #endif
    unsafe KernelsBase.splitGradient(job)
  }

  static func foldRows(_ job: FoldJob) {
    #if canImport(KernelsV4)
      switch Compute.instructionSet {
      case .v4: return unsafe KernelsV4.foldRows(job)
      case .v3: return unsafe KernelsV3.foldRows(job)
      case .base: break
      }
    #endif
    unsafe KernelsBase.foldRows(job)
  }

  static func unfoldRows(_ job: FoldJob) {
    #if canImport(KernelsV4)
      switch Compute.instructionSet {
      case .v4: return unsafe KernelsV4.unfoldRows(job)
      case .v3: return unsafe KernelsV3.unfoldRows(job)
      case .base: break
      }
    #endif
    unsafe KernelsBase.unfoldRows(job)
  }

  static func transformPatches(_ job: PatchJob) {
    #if canImport(KernelsV4)
      switch Compute.instructionSet {
      case .v4: return unsafe KernelsV4.transformPatches(job)
      case .v3: return unsafe KernelsV3.transformPatches(job)
      case .base: break
      }
    #endif
    unsafe KernelsBase.transformPatches(job)
  }

  static func computeTiles(_ job: TileJob) {
    #if canImport(KernelsV4)
      switch Compute.instructionSet {
      case .v4: return unsafe KernelsV4.computeTiles(job)
      case .v3: return unsafe KernelsV3.computeTiles(job)
      case .base: break
      }
    #endif
    unsafe KernelsBase.computeTiles(job)
  }

  static func transformGradients(_ job: GradientTileJob) {
    #if canImport(KernelsV4)
      switch Compute.instructionSet {
      case .v4: return unsafe KernelsV4.transformGradients(job)
      case .v3: return unsafe KernelsV3.transformGradients(job)
      case .base: break
      }
    #endif
    unsafe KernelsBase.transformGradients(job)
  }

  static func addWeights(_ job: WeightSumJob) {
    #if canImport(KernelsV4)
      switch Compute.instructionSet {
      case .v4: return unsafe KernelsV4.addWeights(job)
      case .v3: return unsafe KernelsV3.addWeights(job)
      case .base: break
      }
    #endif
    unsafe KernelsBase.addWeights(job)
  }

  static func finishWeights(_ job: WeightTileJob) {
    #if canImport(KernelsV4)
      switch Compute.instructionSet {
      case .v4: return unsafe KernelsV4.finishWeights(job)
      case .v3: return unsafe KernelsV3.finishWeights(job)
      case .base: break
      }
    #endif
    unsafe KernelsBase.finishWeights(job)
  }

  static func multiply(_ job: LinearJob) {
    #if canImport(KernelsV4)
      switch Compute.instructionSet {
      case .v4: return unsafe KernelsV4.multiply(job)
      case .v3: return unsafe KernelsV3.multiply(job)
      case .base: break
      }
    #endif
    unsafe KernelsBase.multiply(job)
  }

  static func linearWeightGradient(_ job: LinearWeightGradientJob) {
    #if canImport(KernelsV4)
      switch Compute.instructionSet {
      case .v4: return unsafe KernelsV4.linearWeightGradient(job)
      case .v3: return unsafe KernelsV3.linearWeightGradient(job)
      case .base: break
      }
    #endif
    unsafe KernelsBase.linearWeightGradient(job)
  }

  static func packLanes(_ job: LayoutJob) {
    #if canImport(KernelsV4)
      switch Compute.instructionSet {
      case .v4: return unsafe KernelsV4.packLanes(job)
      case .v3: return unsafe KernelsV3.packLanes(job)
      case .base: break
      }
    #endif
    unsafe KernelsBase.packLanes(job)
  }

  static func unpackLanes(_ job: LayoutJob) {
    #if canImport(KernelsV4)
      switch Compute.instructionSet {
      case .v4: return unsafe KernelsV4.unpackLanes(job)
      case .v3: return unsafe KernelsV3.unpackLanes(job)
      case .base: break
      }
    #endif
    unsafe KernelsBase.unpackLanes(job)
  }

  static func padRows(_ job: PaddingJob) {
    #if canImport(KernelsV4)
      switch Compute.instructionSet {
      case .v4: return unsafe KernelsV4.padRows(job)
      case .v3: return unsafe KernelsV3.padRows(job)
      case .base: break
      }
    #endif
    unsafe KernelsBase.padRows(job)
  }

  static func sumLanes(_ job: LaneSumJob) {
    #if canImport(KernelsV4)
      switch Compute.instructionSet {
      case .v4: return unsafe KernelsV4.sumLanes(job)
      case .v3: return unsafe KernelsV3.sumLanes(job)
      case .base: break
      }
    #endif
    unsafe KernelsBase.sumLanes(job)
  }

  static func transformChannels(_ job: ChannelJob) {
    #if canImport(KernelsV4)
      switch Compute.instructionSet {
      case .v4: return unsafe KernelsV4.transformChannels(job)
      case .v3: return unsafe KernelsV3.transformChannels(job)
      case .base: break
      }
    #endif
    unsafe KernelsBase.transformChannels(job)
  }

  static func sumChannels(_ job: ChannelSumJob) {
    #if canImport(KernelsV4)
      switch Compute.instructionSet {
      case .v4: return unsafe KernelsV4.sumChannels(job)
      case .v3: return unsafe KernelsV3.sumChannels(job)
      case .base: break
      }
    #endif
    unsafe KernelsBase.sumChannels(job)
  }

  static func maxPool(_ job: PoolingJob) {
    #if canImport(KernelsV4)
      switch Compute.instructionSet {
      case .v4: return unsafe KernelsV4.maxPool(job)
      case .v3: return unsafe KernelsV3.maxPool(job)
      case .base: break
      }
    #endif
    unsafe KernelsBase.maxPool(job)
  }

  static func maxPoolGradient(_ job: PoolingJob) {
    #if canImport(KernelsV4)
      switch Compute.instructionSet {
      case .v4: return unsafe KernelsV4.maxPoolGradient(job)
      case .v3: return unsafe KernelsV3.maxPoolGradient(job)
      case .base: break
      }
    #endif
    unsafe KernelsBase.maxPoolGradient(job)
  }

  static func averagePool(_ job: PoolingJob) {
    #if canImport(KernelsV4)
      switch Compute.instructionSet {
      case .v4: return unsafe KernelsV4.averagePool(job)
      case .v3: return unsafe KernelsV3.averagePool(job)
      case .base: break
      }
    #endif
    unsafe KernelsBase.averagePool(job)
  }

  static func averagePoolGradient(_ job: PoolingJob) {
    #if canImport(KernelsV4)
      switch Compute.instructionSet {
      case .v4: return unsafe KernelsV4.averagePoolGradient(job)
      case .v3: return unsafe KernelsV3.averagePoolGradient(job)
      case .base: break
      }
    #endif
    unsafe KernelsBase.averagePoolGradient(job)
  }

  static func apply(_ operation: UnaryOperation, _ job: ElementwiseJob) {
    #if canImport(KernelsV4)
      switch Compute.instructionSet {
      case .v4: return unsafe KernelsV4.apply(operation, job)
      case .v3: return unsafe KernelsV3.apply(operation, job)
      case .base: break
      }
    #endif
    unsafe KernelsBase.apply(operation, job)
  }

  static func combine(_ operation: BinaryOperation, _ job: ElementwiseJob) {
    #if canImport(KernelsV4)
      switch Compute.instructionSet {
      case .v4: return unsafe KernelsV4.combine(operation, job)
      case .v3: return unsafe KernelsV3.combine(operation, job)
      case .base: break
      }
    #endif
    unsafe KernelsBase.combine(operation, job)
  }

  static func adamStep(_ job: AdamJob) {
    #if canImport(KernelsV4)
      switch Compute.instructionSet {
      case .v4: return unsafe KernelsV4.adamStep(job)
      case .v3: return unsafe KernelsV3.adamStep(job)
      case .base: break
      }
    #endif
    unsafe KernelsBase.adamStep(job)
  }

  static func spinMultiplyAdds(_ rounds: Int, _ result: UnsafeMutablePointer<Float>) -> Int {
    #if canImport(KernelsV4)
      switch Compute.instructionSet {
      case .v4: return unsafe KernelsV4.spinMultiplyAdds(rounds, result)
      case .v3: return unsafe KernelsV3.spinMultiplyAdds(rounds, result)
      case .base: break
      }
    #endif
    return unsafe KernelsBase.spinMultiplyAdds(rounds, result)
  }
}
