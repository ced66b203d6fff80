import Datasets
import Foundation
import SystemCalls
import Tensors
import Testing

/// IDX files, sound and damaged, plain and in gzip.
struct IDXFileTests {
  static let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
    .appendingPathComponent("Fixtures")

  static func bytes(_ name: String) throws -> [UInt8] {
    [UInt8](try Data(contentsOf: folder.appendingPathComponent(name)))
  }

  static let pixels: [UInt8] = [0, 1, 2, 3, 252, 253, 254, 255, 16, 17, 18, 19]

  @Test(arguments: ["images.idx", "images.idx.gz"])
  func `Reads plain and compressed alike`(name: String) throws {
    let file = try IDXFile(path: Self.folder.appendingPathComponent(name).path)
    #expect(file.dimensions == [3, 2, 2])
    #expect(file.elements == Self.pixels)
    #expect(file.source.byteCount == 28)
    #expect(file.source.name == "images.idx")
    #expect(file.source.sha256 == SHA256.digest(of: try Self.bytes("images.idx")))
  }

  @Test func `Reads several gzip streams in a row`() throws {
    // As `cat a.gz b.gz` makes: stored blocks made by hand, the second with the last pixels.
    let whole = try Self.bytes("images.idx")
    let file = try IDXFile(
      bytes: stored(Array(whole[..<10])) + stored(Array(whole[10...])), name: "two.gz")
    #expect(file.elements == Self.pixels)
  }

  @Test func `An empty set is sound`() throws {
    let file = try IDXFile(bytes: [0, 0, 8, 1, 0, 0, 0, 0], name: "none")
    #expect(file.dimensions == [0] && file.elements == [])
  }

  /// All types of the format, most significant byte first.
  @Test func `Reads every type`() throws {
    func file(_ type: UInt8, _ count: UInt8, _ bytes: [UInt8]) throws -> IDXFile {
      try IDXFile(bytes: [0, 0, type, 1, 0, 0, 0, count] + bytes, name: "file")
    }
    #expect(try file(0x09, 2, [0xff, 1]).integers() == [-1, 1])
    #expect(try file(0x0b, 2, [0xff, 0xfe, 1, 0]).integers() == [-2, 256])
    let ints = try file(0x0c, 2, [0xff, 0xff, 0xff, 0xfd, 0, 1, 0, 0])
    #expect(try ints.integers() == [-3, 65536] && ints.floats == [-3, 65536])
    #expect(ints.type == .int32 && ints.count == 2 && "\(ints)" == "file, 2 elements, int32")
    let floats = try file(0x0d, 2, [0x3f, 0xc0, 0, 0, 0xff, 0x80, 0, 0])
    #expect(floats.floats == [1.5, -.infinity])
    #expect(
      try file(0x0e, 1, [0x40, 0x09, 0x21, 0xfb, 0x54, 0x44, 0x2d, 0x18]).floats == [
        Float(Double.pi)
      ])
    let error = #expect(throws: FileError.self) { try floats.integers() }
    #expect(error?.description == "file: holds floats, expected whole numbers")
    // As a data set: floats as they are, labels of 32 bits.
    let images = try IDXFile(
      bytes: [0, 0, 0x0d, 3, 0, 0, 0, 2, 0, 0, 0, 1, 0, 0, 0, 1, 0x3f, 0xc0, 0, 0, 0, 0, 0, 0],
      name: "images")
    let data = try MNIST.dataset(images: images, labels: file(0x0c, 2, [0, 0, 0, 7, 0, 0, 0, 3]))
    #expect(data.images.elements == [1.5, 0] && data.labels == [7, 3])
  }

  /// Zeros after a gzip stream are padding, as of a tape or a disk's block.
  @Test(arguments: [1, 2, 511])
  func `Zeros after gzip are padding`(_ count: Int) throws {
    let zeros = [UInt8](repeating: 0, count: count)
    let gzip = try Self.bytes("images.idx.gz")
    let file = try IDXFile(bytes: gzip + zeros, name: "padded.gz")
    #expect(file.elements == Self.pixels)
    let error = #expect(throws: FileError.self) {
      try IDXFile(bytes: gzip + zeros + [1], name: "padded.gz")
    }
    #expect(error?.description == "padded.gz: has trailing bytes after its gzip stream")
  }

  /// Every fault gives one sentence with the file's name and what is wrong.
  @Test func `Says what is wrong`() throws {
    let plain = try Self.bytes("images.idx")
    let gzip = try Self.bytes("images.idx.gz")
    var wrongChecksum = gzip
    wrongChecksum[gzip.count - 6] ^= 1
    var wrongLength = gzip
    wrongLength[gzip.count - 1] ^= 1
    var wrongBlock = gzip
    wrongBlock[10] = 0xff
    let cases: [([UInt8], String)] = [
      ([], "is empty"),
      ([0, 0, 8], "is truncated: it ends inside the IDX header"),
      (Array(plain[..<9]), "is truncated: it ends inside the IDX header"),
      (
        Array(plain.dropLast()),
        "is truncated: its header promises 12 elements, 3×2×2, but 11 follow"
      ),
      (
        [0, 0, 8, 1, 0, 0, 0, 9] + [1, 2, 3],
        "is truncated: its header promises 9 elements, 9, but 3 follow"
      ),
      (
        plain + [0],
        "has trailing bytes: more follow than the 12 elements, 3×2×2, that its header promises"
      ),
      ([0x89, 0x50, 0x4e, 0x47, 0], "is no IDX file: it begins with 89 50 4e 47"),
      ([0, 0, 0x0a, 1, 0, 0, 0, 1, 0], "is no IDX file: it begins with 00 00 0a 01"),
      (
        [0, 0, 0x0d, 1, 0, 0, 0, 2, 0, 0, 0, 0, 0],
        "is truncated: its header promises 2 elements, 2, but 1 follow"
      ),
      ([0, 0, 8, 0], "has no dimensions in its IDX header"),
      (
        [0, 0, 8, 3] + Array(repeating: 0xff, count: 12),
        "is truncated: its header promises 4294967295×4294967295×4294967295 elements, "
          + "more than a file of its length can hold"
      ),
      (Array(gzip.dropLast(9)), "is truncated: its gzip stream stops before its end"),
      (Array(gzip[..<6]), "is truncated: its gzip stream stops before its end"),
      (gzip + [1, 2, 3], "has trailing bytes after its gzip stream"),
      (wrongChecksum, "is corrupt: its gzip stream does not decompress or fails its checksum"),
      (wrongLength, "is corrupt: its gzip stream does not decompress or fails its checksum"),
      (wrongBlock, "is corrupt: its gzip stream does not decompress or fails its checksum"),
      (stored(plain + [7]), "has trailing bytes: more follow than the 12 elements"),
      (
        stored(Array(plain.dropLast(2))),
        "is truncated: its header promises 12 elements, 3×2×2, but 10 follow"
      ),
    ]
    for (bytes, words) in cases {
      let error = #expect(throws: FileError.self) { try IDXFile(bytes: bytes, name: "digits.idx") }
      let sentence = try #require(error).description
      #expect(sentence.hasPrefix("digits.idx: \(words)"), "\(sentence)")
    }
  }

  /// Cut anywhere, or one byte changed anywhere: an error or an equal file, never a trap.
  @Test func `Survives every cut and every flipped byte`() throws {
    for name in ["images.idx", "images.idx.gz"] {
      let sound = try Self.bytes(name)
      for length in 0..<sound.count {
        #expect(throws: FileError.self) {
          try IDXFile(bytes: Array(sound[..<length]), name: "cut")
        }
      }
      for position in sound.indices {
        for change: UInt8 in [1, 0x80, 0xff] {
          var bytes = sound
          bytes[position] ^= change
          _ = try? IDXFile(bytes: bytes, name: "changed")
        }
      }
    }
  }

  /// A zero among the dimensions: no elements, in any order, and a data set that can be used.
  @Test func `A zero dimension gives one answer in any order`() throws {
    let large: [UInt8] = [0xff, 0xff, 0xff, 0xff]
    let zero: [UInt8] = [0, 0, 0, 0]
    let five: [UInt8] = [0, 0, 0, 5]
    for sizes in [[zero, large, five], [large, zero, five], [five, large, zero]] {
      let file = try IDXFile(bytes: [0, 0, 8, 3] + sizes.joined(), name: "zero")
      #expect(file.elements == [])
      if file.dimensions[0] == 0 {
        let labels = try IDXFile(bytes: [0, 0, 8, 1] + zero, name: "labels")
        #expect(try MNIST.dataset(images: file, labels: labels).count == 0)
      }
    }
    // Sizes beside the 0 whose product no number holds: refused, in any order.
    for sizes in [[zero, large, large, large], [large, large, large, zero]] {
      let error = #expect(throws: FileError.self) {
        try IDXFile(bytes: [0, 0, 8, 4] + sizes.joined(), name: "zero")
      }
      #expect(error?.description.contains("more than a file of its length can hold") == true)
    }
  }

  /// What is packed a thousandfold is not unpacked beyond the limit, honest as its header may be.
  @Test func `The limit is the callers`() throws {
    let count = 1 << 20
    let header: [UInt8] = [0, 0, 8, 1, 0, 16, 0, 0]
    let content = header + [UInt8](repeating: 0, count: count)
    let bytes = content.indices.reduce(into: [[UInt8]]()) { pieces, i in
      if i % 60_000 == 0 {
        pieces.append(stored(Array(content[i..<min(i + 60_000, content.count)])))
      }
    }
    let packed = Array(bytes.joined())
    for file in [content, packed] {
      #expect(try IDXFile(bytes: file, name: "zeros", byteLimit: count + 8).elements.count == count)
      let error = #expect(throws: FileError.self) {
        try IDXFile(bytes: file, name: "zeros", byteLimit: count + 7)
      }
      #expect(
        error?.description
          == "zeros: is too large: its header promises 1048576 elements, 1048576, where "
          + "1048575 are read; a greater byteLimit allows more")
    }
    let path = Self.folder.appendingPathComponent("images.idx").path
    #expect(try IDXFile(path: path, byteLimit: 28).dimensions == [3, 2, 2])
    let error = #expect(throws: FileError.self) { try IDXFile(path: path, byteLimit: 27) }
    #expect(
      error?.description
        == "\(path): is too large: more than 27 bytes are not read")
  }

  @Test func `Says where a file is missing`() throws {
    let missing = #expect(throws: FileError.self) { try IDXFile(path: "/nowhere/digits.idx") }
    #expect(missing?.description == "/nowhere/digits.idx: does not exist")
    let folder = #expect(throws: FileError.self) { try IDXFile(path: Self.folder.path) }
    #expect(
      folder?.description == "\(Self.folder.path): is a folder, not a file")
  }

  /// A gzip stream that stores its bytes as they are.
  func stored(_ bytes: [UInt8]) -> [UInt8] {
    let count = UInt16(bytes.count)
    var crc: UInt32 = 0xffff_ffff
    for byte in bytes {
      crc ^= UInt32(byte)
      for _ in 0..<8 { crc = crc >> 1 ^ (crc & 1 == 1 ? 0xedb8_8320 : 0) }
    }
    func little(_ value: UInt32) -> [UInt8] {
      (0..<4).map { UInt8(truncatingIfNeeded: value >> (8 * $0)) }
    }
    return [0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 3, 1]
      + [UInt8(count & 255), UInt8(count >> 8), UInt8(~count & 255), UInt8(~count >> 8)]
      + bytes + little(~crc) + little(UInt32(bytes.count))
  }
}
