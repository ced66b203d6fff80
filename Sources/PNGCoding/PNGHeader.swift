/// What a PNG file's first chunk says, checked against what the file can hold.
struct PNGHeader {
  let width: Int
  let height: Int
  /// The bits of a component, or of a palette's index.
  let depth: Int

  /// - Parameters:
  ///   - file: The bytes of the file.
  ///   - chunks: All of its chunks.
  ///   - pixelLimit: The most pixels that are read.
  init(_ file: [UInt8], _ chunks: [PNGChunk], pixelLimit: Int) throws(PNGError) {
    guard let header = chunks.first, header.kind == "IHDR", header.data.count == 13 else {
      throw PNGError("the PNG data is damaged: it does not begin with a header chunk")
    }
    let start = header.data.lowerBound
    width = Int(PNGChunk.number(file, start))
    height = Int(PNGChunk.number(file, start + 4))
    depth = Int(file[start + 8])
    guard width > 0, height > 0 else {
      throw PNGError("the PNG data is damaged: its picture is \(width)×\(height) pixels")
    }
    // Whoever asks for no limit gets one of 2⁴⁴, below which nothing here overflows.
    guard width <= min(pixelLimit, 1 << 44) / height else {
      throw PNGError(
        "the PNG picture is too large: \(width)×\(height) pixels, where \(pixelLimit) are read")
    }
    let channels = [0: 1, 2: 3, 3: 1, 4: 2, 6: 4][file[start + 9]] ?? 1
    // Interlaced or not, the rows take no less than their pixels' bits; deflate makes at most 1032
    // bytes of one, so a small file that promises a large picture is told from its length.
    let least = (width * height * channels * depth + 7) / 8
    let packed = chunks.lazy.filter { $0.kind == "IDAT" }.reduce(0) { $0 + $1.data.count }
    guard least <= 1032 * packed else {
      throw PNGError(
        "the PNG data is truncated or damaged: it promises \(width)×\(height) pixels, more than "
          + "\(packed) bytes of compressed pixels can hold")
    }
  }
}
