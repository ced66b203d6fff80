import Foundation
import PNGCoding
import Raster
import Tensors
import Testing

@Suite
struct DecoderTests {
  private static func fixture(_ name: String) throws -> [UInt8] {
    let file = URL(filePath: #filePath).deletingLastPathComponent()
      .appending(path: "Fixtures/\(name).png")
    return [UInt8](try Data(contentsOf: file))
  }

  /// What make.py drew: component c of pixel (x, y).
  private static func component(_ x: Int, _ y: Int, _ c: Int) -> UInt8 {
    UInt8((50 * x + 60 * y + 40 * c) % 256)
  }

  @Test func `Every kind of PNG is read`() throws {
    let cases: [(name: String, components: [Int])] = [
      ("gray8", [0, 0, 0, -1]), ("gray16", [0, 0, 0, -1]), ("gray-alpha8", [0, 0, 0, 3]),
      ("rgb8", [0, 1, 2, -1]), ("rgb16", [0, 1, 2, -1]), ("rgba8", [0, 1, 2, 3]),
      ("rgba8-interlaced", [0, 1, 2, 3]), ("palette4", [0, 1, 2, -1]),
      ("palette8-alpha", [0, 1, 2, 3]),
    ]
    for (name, components) in cases {
      let bitmap = try PNGDecoder.decode(Self.fixture(name))
      #expect(bitmap.width == 5 && bitmap.height == 3)
      for y in 0..<3 {
        for x in 0..<5 {
          let expected = components.map { $0 < 0 ? 255 : Self.component(x, y, $0) }
          let at = 4 * (5 * y + x)
          #expect(Array(bitmap.pixels[at..<at + 4]) == expected, "pixel (\(x), \(y)) of \(name)")
        }
      }
    }
  }

  @Test
  func `One bit per pixel is black and white`() throws {
    let bitmap = try PNGDecoder.decode(Self.fixture("gray1"))
    for y in 0..<3 {
      for x in 0..<5 { #expect(bitmap[x, y] == ((x + y) % 2 == 0 ? .black : .white)) }
    }
  }

  @Test(arguments: ["rgb8", "palette8-alpha"])
  func `A file cut short is an error wherever it is cut`(name: String) throws {
    let file = try Self.fixture(name)
    for length in 0..<file.count {
      #expect {
        try PNGDecoder.decode(Array(file.prefix(length)))
      } throws: {
        "\($0)".contains("truncated")
      }
    }
  }

  @Test
  func `Other data says that it is not a PNG file`() {
    #expect {
      try PNGDecoder.decode(Array("GIF89a, or so".utf8))
    } throws: {
      "\($0)".contains("not a PNG file")
    }
  }

  @Test(arguments: ["rgb8", "palette4"])
  func `Damage is an error or changes pixels, and never crashes`(name: String) throws {
    let file = try Self.fixture(name)
    var random = SplitMix64(seed: 9)
    for at in file.indices {
      for _ in 0..<4 {
        var damaged = file
        damaged[at] ^= UInt8.random(in: 1...255, using: &random)
        if let bitmap = try? PNGDecoder.decode(damaged) {
          #expect(bitmap.pixels.count == 4 * bitmap.width * bitmap.height)
        }
      }
    }
  }

  @Test
  func `A damaged checksum of the pixels is an error in one sentence`() throws {
    var file = try Self.fixture("rgb8")
    // The last byte of the IDAT chunk's checksum stands before the 12 bytes of IEND.
    file[file.count - 13] ^= 1
    #expect {
      try PNGDecoder.decode(file)
    } throws: {
      "\($0)".hasPrefix("the PNG data is damaged: libpng says")
    }
  }

  @Test
  func `Huge dimensions are refused before anything is allocated`() throws {
    var file = try Self.fixture("rgb8")
    file.replaceSubrange(16..<24, with: [0x7F, 0xFF, 0xFF, 0xFF, 0x7F, 0xFF, 0xFF, 0xFF])
    #expect {
      try PNGDecoder.decode(file)
    } throws: {
      "\($0)".contains("too large: 2147483647×2147483647")
    }
    file.replaceSubrange(16..<24, with: [0, 0, 0, 0, 0, 0, 0, 5])
    #expect {
      try PNGDecoder.decode(file)
    } throws: {
      "\($0)".contains("0×5")
    }
  }

  @Test
  func `The size is read without the pixels`() throws {
    let size = try PNGDecoder.size(of: Self.fixture("gray8"))
    #expect(size.width == 5 && size.height == 3)
  }
}
