internal import Requirements
internal import SystemCalls

/// An IDX file: a big-endian header with sizes, then bytes in row-major order. MNIST's format.
///
/// | bytes | meaning |
/// |---|---|
/// | 0, 1 | zero |
/// | 2 | type of the elements; only unsigned bytes, 0x08, are read |
/// | 3 | number of dimensions |
/// | 4 … | the size of each dimension, 32 bits, most significant byte first |
/// | then | the elements, the last dimension running fastest |
///
/// A file may be plain or in gzip; which one is told from its first bytes, not from its name.
public struct IDXFile: Sendable, Equatable {
  /// What the file is called in messages: its path, or its name where it comes from memory.
  public let name: String
  /// The size of each dimension, e.g. `[60000, 28, 28]`.
  public let dimensions: [Int]
  /// The elements, row-major.
  public let elements: [UInt8]
  /// Size and digest of the uncompressed file, header included: the same for plain and gzip.
  public let source: DataSource

  /// The most bytes that a file may have, compressed or not, unless another limit is given: 2²⁸, five
  /// times the training images of MNIST. The largest set of EMNIST has 547 MB and needs a greater one.
  public static let byteLimit = 1 << 28

  /// Reads a file from disk.
  ///
  /// - Parameters:
  ///   - path: Where it is.
  ///   - limit: The most bytes that its content may have, as ``init(bytes:name:byteLimit:)``.
  /// - Throws: `FileError` with one sentence that names the file and what is wrong with it.
  public init(path: String, byteLimit limit: Int = byteLimit) throws {
    try self.init(bytes: readFile(path, byteLimit: limit), name: path, byteLimit: limit)
  }

  /// Reads a file that is in memory already.
  ///
  /// - Parameters:
  ///   - bytes: The file, plain or in gzip.
  ///   - name: What to call it in messages.
  ///   - limit: The most bytes that its content may have, header and all. A few bytes in gzip can
  ///     stand for a thousand times as many: nothing beyond the limit is unpacked, nor is memory
  ///     taken for it.
  /// - Throws: `FileError` with one sentence that names the file and what is wrong with it.
  public init(bytes: [UInt8], name: String, byteLimit limit: Int = byteLimit) throws {
    require(limit >= 0, "A file has a limit of at least 0 bytes, not \(limit).")
    do {
      let reader = GzipReader.isGzip(bytes) ? try GzipReader(bytes) : nil
      let contents = Contents(bytes: bytes, reader: reader)
      let start = try contents.read(4)
      let rank = try Self.rank(start)
      let sizes = try contents.read(4 * rank)
      guard sizes.count == 4 * rank else {
        throw FileError(reason: "is truncated: it ends inside the IDX header")
      }
      dimensions = Self.dimensions(sizes)
      let count = try Self.elementCount(
        dimensions, room: contents.largestPossibleCount, limit: limit - 4 - 4 * rank)
      // One byte more than the header promises shows what is too much.
      let read = try contents.read(count + 1)
      guard read.count >= count else {
        throw FileError(
          reason: "is truncated: its header promises \(count) elements, "
            + "\(Self.sizes(dimensions)), but \(read.count) follow")
      }
      guard read.count == count else {
        throw FileError(
          reason: "has trailing bytes: more follow than the \(count) elements, "
            + "\(Self.sizes(dimensions)), that its header promises")
      }
      elements = read
      self.name = name
      var digest = SHA256()
      digest.update(start + sizes)
      digest.update(read)
      source = DataSource(
        name: fileName(name), sha256: digest.finalized(), byteCount: 4 + 4 * rank + count)
    } catch let fault as FileError {
      throw fault.of(name)
    }
  }

  /// The number of dimensions that the first four bytes tell.
  private static func rank(_ start: [UInt8]) throws -> Int {
    guard start.count == 4 else {
      throw FileError(
        reason: start.isEmpty ? "is empty" : "is truncated: it ends inside the IDX header")
    }
    guard start[0] == 0, start[1] == 0, (0x08...0x0e).contains(start[2]), start[2] != 0x0a else {
      let magic = start.map { hexadecimal($0) }.joined(separator: " ")
      throw FileError(
        reason: "is no IDX file: it begins with \(magic) instead of 00 00 08 and a rank")
    }
    guard start[2] == 0x08 else {
      throw FileError(
        reason: "has IDX elements of type 0x\(hexadecimal(start[2])); "
          + "only unsigned bytes, 0x08, are read")
    }
    guard start[3] > 0 else { throw FileError(reason: "has no dimensions in its IDX header") }
    return Int(start[3])
  }

  private static func dimensions(_ sizes: [UInt8]) -> [Int] {
    stride(from: 0, to: sizes.count, by: 4).map { start in
      sizes[start..<start + 4].reduce(0) { $0 << 8 | Int($1) }
    }
  }

  /// The product of the dimensions, refused where no file of this length can hold as much: a lying
  /// header must not take memory. The order of the dimensions does not matter, also where one is 0.
  private static func elementCount(_ dimensions: [Int], room: Int, limit: Int) throws -> Int {
    var product = 1
    var overflow = false
    for size in dimensions where size != 0 && !overflow {
      (product, overflow) = product.multipliedReportingOverflow(by: size)
    }
    // Sizes beside a 0 promise nothing, but a shape of them must have a count.
    guard !overflow, product <= room || dimensions.contains(0) else {
      throw FileError(
        reason: "is truncated: its header promises \(Self.sizes(dimensions)) elements, "
          + "more than a file of its length can hold")
    }
    let count = dimensions.contains(0) ? 0 : product
    guard count <= limit else {
      throw FileError(
        reason: "is too large: its header promises \(count) elements, "
          + "\(Self.sizes(dimensions)), where \(max(limit, 0)) are read; a greater byteLimit allows more"
      )
    }
    return count
  }

  private static func sizes(_ dimensions: [Int]) -> String {
    dimensions.map(String.init).joined(separator: "×")
  }

  private static func hexadecimal(_ byte: UInt8) -> String {
    (byte < 16 ? "0" : "") + String(byte, radix: 16)
  }
}

/// Reads from plain or compressed bytes alike.
private final class Contents {
  private let bytes: [UInt8]
  private let reader: GzipReader?
  private var position = 0

  init(bytes: [UInt8], reader: GzipReader?) {
    self.bytes = bytes
    self.reader = reader
  }

  /// The next `count` bytes, or fewer at the end.
  func read(_ count: Int) throws -> [UInt8] {
    if let reader { return try reader.read(count) }
    let end = min(position + count, bytes.count)
    defer { position = end }
    return Array(bytes[position..<end])
  }

  /// Deflate codes 258 bytes in no less than 2 bits: at most 1032 bytes come from one.
  var largestPossibleCount: Int {
    reader == nil ? bytes.count : 1032 * bytes.count
  }
}
