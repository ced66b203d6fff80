import Datasets
import Foundation
import PNGCoding
import Raster
import Testing

/// All of PngSuite against the pixels of a decoder that shares no code with libpng.
struct PngSuiteTests {
  static let folder = URL(filePath: #filePath).deletingLastPathComponent()
    .appending(path: "PngSuite")

  /// The lines of `pixels.txt`: a name, and its size and digest, or "refused".
  static func expected() throws -> [[String]] {
    try String(contentsOf: folder.appending(path: "pixels.txt"), encoding: .utf8)
      .split(separator: "\n").map { $0.split(separator: " ").map(String.init) }
  }

  static func bytes(_ name: String) throws -> [UInt8] {
    [UInt8](try Data(contentsOf: folder.appending(path: "\(name).png")))
  }

  @Test func `Every file shows the pixels of an independent decoder`() throws {
    let lines = try Self.expected()
    #expect(lines.count == 175)
    for line in lines {
      let name = line[0]
      let file = try Self.bytes(name)
      if line[1] == "refused" {
        #expect(throws: PNGError.self, "\(name)") { try PNGDecoder.decode(file) }
        continue
      }
      let bitmap = try PNGDecoder.decode(file)
      #expect("\(bitmap.width) \(bitmap.height)" == "\(line[1]) \(line[2])", "\(name)")
      #expect(SHA256.digest(of: bitmap.pixels) == line[3], "\(name)")
    }
  }

  /// A gamma changes the colours, a gamma of a screen does not, and `sRGB` overrides it.
  @Test func `Gamma is that of browsers`() throws {
    var file = PNGMaker(width: 2, height: 1, depth: 8, kind: 0).file { x, _, _ in 60 + 100 * x }
    #expect(try PNGDecoder.decode(file).pixels[0] == 60)
    file = PNGMaker(width: 2, height: 1, depth: 8, kind: 0, extra: [PNGMaker.gamma(100_000)])
      .file { x, _, _ in 60 + 100 * x }
    // 255 · (60/255)^(1/2.2) and 255 · (160/255)^(1/2.2), by hand.
    #expect(try PNGDecoder.decode(file).pixels == [132, 132, 132, 255, 206, 206, 206, 255])
    file = PNGMaker(width: 2, height: 1, depth: 8, kind: 0, extra: [PNGMaker.gamma(45_455)])
      .file { x, _, _ in 60 + 100 * x }
    #expect(try PNGDecoder.decode(file).pixels[0] == 60)
    file = PNGMaker(
      width: 2, height: 1, depth: 8, kind: 0,
      extra: [PNGMaker.chunk("sRGB", [0]), PNGMaker.gamma(100_000)]
    ).file { x, _, _ in 60 + 100 * x }
    #expect(try PNGDecoder.decode(file).pixels[0] == 60)
  }
}
