internal import Requirements
internal import SystemCalls
internal import Tensors

/// An IDX file: a big-endian header with sizes, then elements in row-major order. MNIST's format.
///
/// | bytes | meaning |
/// |---|---|
/// | 0, 1 | zero |
/// | 2 | type of the elements: 0x08 unsigned bytes, 0x09 bytes with sign, 0x0b integers of 16 and 0x0c of 32 bits, 0x0d floats of 32 and 0x0e of 64 bits |
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
  /// What the elements are.
  public let type: ElementType
  /// The bytes of the elements, row-major, each element's most significant byte first: for unsigned
  /// bytes, the elements themselves.
  public let elements: [UInt8]
  /// Size and digest of the uncompressed file, header included: the same for plain and gzip.
  public let source: DataSource

  /// The types of elements, by their byte in the header.
  public enum ElementType: UInt8, Sendable, Hashable {
    /// Whole numbers of 8 bits without sign.
    case uint8 = 0x08
    /// Whole numbers of 8 bits.
    case int8 = 0x09
    /// Whole numbers of 16 bits.
    case int16 = 0x0b
    /// Whole numbers of 32 bits.
    case int32 = 0x0c
    /// Floats of 32 bits.
    case float32 = 0x0d
    /// Floats of 64 bits.
    case float64 = 0x0e

    /// The bytes of an element.
    public var size: Int {
      switch self {
      case .uint8, .int8: 1
      case .int16: 2
      case .int32, .float32: 4
      case .float64: 8
      }
    }
  }

  /// The number of elements.
  public var count: Int { elements.count / type.size }

  /// The elements as numbers, rounded to nearest where they are `float64` or large.
  public var floats: [Float] {
    switch type {
    case .uint8: elements.map { Float($0) }
    case .int8, .int16, .int32: (0..<count).map { Float(integer($0)) }
    case .float32: (0..<count).map { Float(bitPattern: UInt32(bits($0))) }
    case .float64: (0..<count).map { Float(Double(bitPattern: bits($0))) }
    }
  }

  /// The elements as whole numbers.
  ///
  /// - Throws: `FileError` where they are floats.
  public func integers() throws -> [Int] {
    switch type {
    case .float32, .float64:
      throw FileError(path: name, reason: "holds floats, expected whole numbers")
    default: return (0..<count).map { integer($0) }
    }
  }

  private func integer(_ index: Int) -> Int {
    let bits = bits(index)
    return switch type {
    case .int8: Int(Int8(truncatingIfNeeded: bits))
    case .int16: Int(Int16(truncatingIfNeeded: bits))
    case .int32: Int(Int32(truncatingIfNeeded: bits))
    default: Int(truncatingIfNeeded: bits)
    }
  }

  private func bits(_ index: Int) -> UInt64 {
    elements[index * type.size..<(index + 1) * type.size].reduce(0) { $0 << 8 | UInt64($1) }
  }

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
    require(limit >= 0, "a file has a limit of at least 0 bytes, not \(limit)")
    do {
      let reader = GzipReader.isGzip(bytes) ? try GzipReader(bytes) : nil
      let contents = Contents(bytes: bytes, reader: reader)
      let start = try contents.read(4)
      let (type, rank) = try Self.typeAndRank(start)
      self.type = type
      let sizes = try contents.read(4 * rank)
      guard sizes.count == 4 * rank else {
        throw FileError(reason: "is truncated: it ends inside the IDX header")
      }
      dimensions = Self.dimensions(sizes)
      let count = try Self.elementCount(
        dimensions, room: contents.largestPossibleCount / type.size,
        limit: (limit - 4 - 4 * rank) / type.size)
      // One byte more than the header promises shows what is too much.
      let read = try contents.read(count * type.size + 1)
      guard read.count >= count * type.size else {
        throw FileError(
          reason: "is truncated: its header promises \(count) elements, "
            + "\(Self.sizes(dimensions)), but \(read.count / type.size) follow")
      }
      guard read.count == count * type.size else {
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
        name: fileName(name), sha256: digest.finalized(), byteCount: 4 + 4 * rank + read.count)
    } catch let fault as FileError {
      throw fault.of(name)
    }
  }

  /// The type and the number of dimensions that the first four bytes tell.
  private static func typeAndRank(_ start: [UInt8]) throws -> (ElementType, Int) {
    guard start.count == 4 else {
      throw FileError(
        reason: start.isEmpty ? "is empty" : "is truncated: it ends inside the IDX header")
    }
    guard start[0] == 0, start[1] == 0, let type = ElementType(rawValue: start[2]) else {
      let magic = start.map { hexadecimal($0) }.joined(separator: " ")
      throw FileError(
        reason: "is no IDX file: it begins with \(magic) instead of 00 00, a type and a rank")
    }
    guard start[3] > 0 else { throw FileError(reason: "has no dimensions in its IDX header") }
    return (type, Int(start[3]))
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
    guard !overflow, product <= (dimensions.contains(0) ? Shape.mostElements : room) else {
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

extension IDXFile: CustomStringConvertible {
  /// The name, the sizes and the type.
  public var description: String {
    "\(name), \(dimensions.map(String.init).joined(separator: "×")) elements, \(type)"
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
