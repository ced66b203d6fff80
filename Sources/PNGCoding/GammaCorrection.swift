internal import ElementaryFunctions

/// How the components of a file with a `gAMA` chunk become those of a screen.
///
/// The chunk holds the exponent, times 100,000, by which light was encoded; a screen decodes with
/// 2.2. Both together are the exponent 1 / (2.2 · gAMA) that libpng, and browsers with it, use; from
/// our own elementary functions, so that the pixels are the same on every machine.
struct GammaCorrection {
  private let exponent: Double

  /// Nothing where the file says nothing of its gamma, says that it is a screen's (to 5 %, as libpng
  /// has it), or describes its colours in a better way.
  init?(_ file: [UInt8], _ chunks: [PNGChunk]) {
    guard !chunks.contains(where: { $0.kind == "sRGB" || $0.kind == "iCCP" }),
      let chunk = chunks.first(where: { $0.kind == "gAMA" }), chunk.data.count == 4
    else { return nil }
    let gamma = Double(PNGChunk.number(file, chunk.data.lowerBound)) / 100_000
    // A gamma of less than 1/6250 or more than 6250 is a slip.
    guard (0.00016...6250).contains(gamma), abs(2.2 * gamma - 1) > 0.05 else { return nil }
    exponent = 1 / (2.2 * gamma)
  }

  /// Corrects R, G and B of each pixel.
  func correct(_ pixels: inout [UInt8]) {
    let levels = (0...255).map { level($0, top: 255) }
    for i in pixels.indices where i % 4 != 3 { pixels[i] = levels[Int(pixels[i])] }
  }

  /// The corrected byte for each component of 16 bits that an image has: all of them take longer than
  /// a small image is worth.
  func wideLevels(of wide: [UInt8]) -> [UInt8] {
    var occurs = [Bool](repeating: false, count: 1 << 16)
    for i in 0..<wide.count / 2 { occurs[Int(wide[2 * i]) << 8 | Int(wide[2 * i + 1])] = true }
    return occurs.indices.map { occurs[$0] ? level($0, top: 65535) : 0 }
  }

  private func level(_ value: Int, top: Int) -> UInt8 {
    UInt8((255 * Elementary.pow(Double(value) / Double(top), exponent)).rounded())
  }
}
