import CZlib
import Foundation
import Raster
import Tensors
import TestSupport
import Testing

@testable import PNGCoding

/// What the encoder makes is read by libpng and zlib, which share no code with the compressor, and
/// compared in length with what others make.
@Suite
struct CompressionTests {
  @Test func `Pictures of every kind come back`() throws {
    for (name, bitmap) in Pictures.all {
      #expect(try PNGDecoder.decode(PNGEncoder.encode(bitmap)) == bitmap, "\(name)")
    }
  }

  @Test func `Pictures of every small size come back in every layout`() throws {
    var random = SplitMix64(seed: 7)
    for width in 1...20 {
      for height in [1, 2, 3, 11] {
        for colors in [1, 2, 3, 9, 40, 300] {
          for opacity in [255, 3] {
            let palette = (0..<colors).map { _ in
              (0..<3).map { _ in UInt8.random(in: 0...255, using: &random) }
                + [UInt8.random(in: UInt8(opacity)...255, using: &random)]
            }
            let bitmap = Pictures.picture(width, height) { _, _ in
              palette[Int.random(in: 0..<colors, using: &random)]
            }
            #expect(
              try PNGDecoder.decode(PNGEncoder.encode(bitmap)) == bitmap,
              "\(width)×\(height), \(colors) colours")
          }
        }
      }
    }
  }

  @Test func `Runs, repeated rows, and pieces of more than a megabyte come back`() throws {
    var random = SplitMix64(seed: 4)
    let noise = (0..<1200).map { _ in UInt8.random(in: 0...255, using: &random) }
    let bitmap = Pictures.picture(1200, 1000) { x, y in
      let level =
        switch y % 5 {
        case 0: UInt8(y % 7)
        case 1, 2: noise[x]
        case 3: UInt8(x / (1 + y % 9) % 256)
        default: noise[x] & 1
        }
      return [level, level, level, 255]
    }
    let file = try PNGEncoder.encode(bitmap)
    #expect(try PNGDecoder.decode(file) == bitmap)
    #expect(file.count < 160_000)
  }

  /// Of large pictures a part of the rows tells the way, and of soft colours an estimate. The best of
  /// the filters for all rows makes 148,535, 6,030 and 21,660 bytes.
  @Test func `Large pictures come back, and are small`() throws {
    let soft = Pictures.picture(1300, 1000) { x, y in Pictures.map[(x * y / 700 + x % 3) % 256] }
    let cells = Pictures.picture(1300, 1000) { x, y in
      Pictures.map[(x / 6 * 37 + y / 9 * 91) % 97 * 2]
    }
    let opaque = Pictures.picture(1000, 900) { x, y in
      [UInt8(x / 4 % 256), UInt8(y / 4 % 256), UInt8((x + y) / 8 % 256), 255]
    }
    for (bitmap, most) in [(soft, 75_000), (cells, 5_200), (opaque, 22_500)] {
      let file = try PNGEncoder.encode(bitmap)
      #expect(try PNGDecoder.decode(file) == bitmap)
      #expect(file.count < most)
    }
  }

  /// The colours of a map in an order by frequency have differences like noise.
  @Test func `Where colours run into each other the palette's order follows them`() throws {
    var random = SplitMix64(seed: 8)
    let shuffled = Pictures.map.shuffled(using: &random)
    let bitmap = Pictures.picture(300, 200) { x, y in
      shuffled[(x * x / 900 + y * y / 700 + Int.random(in: 0...2, using: &random)) % 256]
    }
    let form = PixelForm(bitmap, tolerance: 0)
    let stream = PixelStream(form)
    let plain = RowFilter.allCases.map { filter in
      Deflater.compress(
        FilteredRows(form, by: .all(filter)).bytes, pixel: 1, period: 301, .thorough
      ).count
    }
    let least = try #require(plain.min())
    #expect(10 * stream.bytes.count < 9 * least, "\(stream.bytes.count) instead of \(least)")
    #expect(try PNGDecoder.decode(PNGEncoder.encode(bitmap)) == bitmap)
  }

  @Test func `A stream of more than a megabyte goes into several chunks`() throws {
    var random = SplitMix64(seed: 9)
    let bitmap = Pictures.picture(800, 500) { _, _ in
      (0..<3).map { _ in UInt8.random(in: 0...255, using: &random) } + [255]
    }
    let file = try PNGEncoder.encode(bitmap)
    #expect(try PNGChunk.all(of: file).map(\.kind) == ["IHDR", "sRGB", "IDAT", "IDAT", "IEND"])
    #expect(try PNGDecoder.decode(file) == bitmap)
    #expect(file.count < 1_201_000)
  }

  @Test func `Pictures of one colour are small`() throws {
    for side in [1, 2, 3, 7, 300] {
      let file = try PNGEncoder.encode(
        Bitmap(width: side, height: side, color: Color(hex: 0x336699)))
      #expect(file.count < 120, "\(side)")
    }
  }

  /// zlib at its best level, with every filter for all rows, and the one that libpng recommends for
  /// pictures of soft colours: that of the smallest differences.
  @Test func `zlib makes no picture noticeably smaller`() {
    for (name, bitmap) in Pictures.all {
      let form = PixelForm(bitmap, tolerance: 0)
      let ours = PixelStream(form).bytes.count
      for filter in RowFilter.allCases {
        let zlib = Zlib.best(FilteredRows(form, by: .all(filter)).bytes)
        // A tenth for what the search skips; rows longer than deflate's window are out of its reach.
        let most = name == "wide" ? zlib * 6 / 5 : zlib + zlib / 10
        #expect(ours <= most, "\(name), \(filter)")
      }
    }
  }

  @Test(.enabled(if: Oxipng.isThere, "needs Python with pyoxipng (LABKIT_PYTHON names one)"))
  func `oxipng makes drawn pictures hardly smaller`() throws {
    let folder = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString)
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    var ours: [(name: String, count: Int)] = []
    for (name, bitmap) in Pictures.all {
      let file = try PNGEncoder.encode(bitmap, pixelsPerPoint: 2)
      try Data(file).write(to: folder.appending(path: "\(ours.count).png"))
      ours.append((name, file.count))
    }
    let theirs = try Oxipng.sizes(folder.path(), count: ours.count)
    for ((name, ours), theirs) in zip(ours, theirs) {
      // Of a very small file a few bytes are more than a part in twenty.
      // No report shows a photograph, a lone slope, or rows of more than 30,000 pixels.
      let most = ["photograph": 110, "slope": 115, "wide": 125][name, default: 105]
      #expect(100 * (ours - 12) <= most * theirs, "\(name): \(ours) bytes, oxipng \(theirs)")
    }
  }
}

/// Python's `pyoxipng`: a program that writes PNG files anew until they are small.
private enum Oxipng {
  static let isThere = (try? Python.run("import oxipng; print(1)")) == "1\n"

  /// The sizes that it gives to the files `0.png`, `1.png`… of a folder.
  static func sizes(_ folder: String, count: Int) throws -> [Int] {
    let script = """
      import sys, oxipng
      for i in range(int(sys.argv[2])):
          data = open(f"{sys.argv[1]}/{i}.png", "rb").read()
          print(len(oxipng.optimize_from_memory(data, level=4)))
      """
    return try Python.run(script, folder, "\(count)").split(separator: "\n").compactMap { Int($0) }
  }
}
