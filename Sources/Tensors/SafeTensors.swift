internal import Requirements

/// Named tensors with metadata, in the safetensors format of Hugging Face.
///
/// The format is 8 bytes with the length of a JSON header (little-endian), the header, and the
/// elements of all tensors one after the other, row-major and little-endian. Reading checks
/// everything the header says against the length of the file before memory is taken for it: names
/// are unique, sizes match types and shapes, and the tensors cover the data without a gap or an
/// overlap.
public struct SafeTensors: Sendable {
  /// What the file is called in messages: its path, or its name where it comes from memory.
  public let name: String
  /// Free text by key, for instance the versions of the program that made the numbers.
  public var metadata: [String: String]
  /// What the header says about each tensor, in the order of their data.
  public private(set) var entries: [Entry]
  /// The data of all tensors.
  private var data: [UInt8]

  /// One tensor as the header describes it.
  public struct Entry: Sendable, Hashable {
    /// The name.
    public let name: String
    /// The type of the elements.
    public let type: ElementType
    /// The extent of every axis, outermost first; none for a single number.
    public let dimensions: [Int]
    /// Where the elements lie in the data.
    let bytes: Range<Int>
  }

  /// The types of elements, by their name in the header.
  public enum ElementType: String, Sendable, Hashable {
    /// One byte, 0 or 1.
    case bool = "BOOL"
    /// A whole number of 8 bits without sign.
    case uint8 = "U8"
    /// A whole number of 8 bits.
    case int8 = "I8"
    /// A whole number of 16 bits without sign.
    case uint16 = "U16"
    /// A whole number of 16 bits.
    case int16 = "I16"
    /// A whole number of 32 bits without sign.
    case uint32 = "U32"
    /// A whole number of 32 bits.
    case int32 = "I32"
    /// A whole number of 64 bits.
    case int64 = "I64"
    /// A float of 16 bits with 11 of them for the significand.
    case float16 = "F16"
    /// A float of 16 bits with the exponent of 32.
    case bfloat16 = "BF16"
    /// A float of 32 bits, the type of a ``Tensor``.
    case float32 = "F32"
    /// A float of 64 bits.
    case float64 = "F64"

    /// The bytes of an element.
    public var size: Int {
      switch self {
      case .bool, .uint8, .int8: 1
      case .uint16, .int16, .float16, .bfloat16: 2
      case .uint32, .int32, .float32: 4
      case .int64, .float64: 8
      }
    }
  }

  /// A file without tensors, to be filled with ``set(_:_:)`` and written with ``encoded()``.
  public init(metadata: [String: String] = [:]) {
    name = "(in memory)"
    self.metadata = metadata
    entries = []
    data = []
  }

  /// Takes a file apart that is in memory.
  ///
  /// - Parameters:
  ///   - bytes: The whole file.
  ///   - name: What to call it in messages.
  /// - Throws: ``SafeTensorsError`` with one sentence that names the file and what is wrong.
  public init(bytes: [UInt8], name: String) throws(SafeTensorsError) {
    do throws(HeaderFault) {
      let header = try SafeTensorsHeader(bytes)
      self.name = name
      metadata = header.metadata
      entries = header.entries
      data = Array(bytes[header.dataStart...])
    } catch {
      throw SafeTensorsError("The file \(name) \(error.description).")
    }
  }

  /// The names of all tensors, in the order of their data.
  public var names: [String] { entries.map(\.name) }

  /// A tensor, its elements converted to `Float`.
  ///
  /// `F32`, `F16`, `BF16` and small integers convert exactly, others are rounded to nearest.
  ///
  /// - Throws: ``SafeTensorsError`` where no tensor has this name, or a `BOOL` is neither 0 nor 1.
  public func tensor(_ name: String) throws(SafeTensorsError) -> Tensor {
    let entry = try readable(name)
    let shape = Shape(entry.dimensions)
    if entry.type == .float32 {
      return unsafe data.withUnsafeBytes { bytes in
        // The header was checked: `entry.bytes` holds 4 bytes for each element and lies in `data`.
        Tensor(shape) { index in
          let bits = unsafe bytes.loadUnaligned(
            fromByteOffset: entry.bytes.lowerBound + 4 * index, as: UInt32.self)
          return Float(bitPattern: UInt32(littleEndian: bits))
        }
      }
    }
    let values = elements(entry)
    return Tensor(shape) { Float(values[$0]) }
  }

  /// The elements of a tensor as `Double`s in row-major order; exact but for `I64` beyond 2⁵³.
  ///
  /// - Throws: ``SafeTensorsError`` where no tensor has this name, or a `BOOL` is neither 0 nor 1.
  public func doubles(_ name: String) throws(SafeTensorsError) -> [Double] {
    elements(try readable(name))
  }

  /// The elements of a tensor of whole numbers in row-major order.
  ///
  /// - Throws: ``SafeTensorsError`` where no tensor has this name, its elements are floats, or a
  ///   `BOOL` is neither 0 nor 1.
  public func integers(_ name: String) throws(SafeTensorsError) -> [Int] {
    let entry = try readable(name)
    switch entry.type {
    case .float16, .bfloat16, .float32, .float64:
      throw SafeTensorsError(
        "The tensor \(name) of the file \(self.name) holds \(entry.type.rawValue), "
          + "expected whole numbers.")
    default: return (0..<elementCount(entry)).map { integer(entry, $0) }
    }
  }

  /// What the header says about a tensor.
  ///
  /// - Throws: ``SafeTensorsError`` where no tensor has this name.
  public func entry(_ name: String) throws(SafeTensorsError) -> Entry {
    guard let entry = entries.first(where: { $0.name == name }) else {
      throw SafeTensorsError(
        "The file \(self.name) holds no tensor \(name), only \(names.joined(separator: ", ")).")
    }
    return entry
  }

  /// The entry of a tensor whose elements all have a value: a byte of a `BOOL` may have none.
  private func readable(_ name: String) throws(SafeTensorsError) -> Entry {
    let entry = try entry(name)
    if entry.type == .bool, let odd = data[entry.bytes].firstIndex(where: { $0 > 1 }) {
      throw SafeTensorsError(
        "The tensor \(name) of the file \(self.name) has \(data[odd]) as element "
          + "\(odd - entry.bytes.lowerBound), expected 0 or 1 for BOOL.")
    }
    return entry
  }

  /// Puts a tensor in, as `F32`, or replaces the one of that name.
  ///
  /// `__metadata__` is no name for a tensor and traps.
  public mutating func set(_ name: String, _ tensor: Tensor) {
    require(name != "__metadata__", "__metadata__ cannot be the name of a tensor.")
    var kept = SafeTensors(metadata: metadata)
    for entry in entries where entry.name != name {
      kept.append(entry, Array(data[entry.bytes]))
    }
    let bytes = tensor.elements.flatMap { littleEndian($0.bitPattern) }
    kept.append(
      Entry(name: name, type: .float32, dimensions: tensor.shape.dimensions, bytes: 0..<0), bytes)
    entries = kept.entries
    data = kept.data
  }

  /// The whole file: tensors sorted by name, the header padded so that the data are aligned to 8
  /// bytes. The same contents give the same bytes, and for `F32` those that the Python package writes.
  public func encoded() -> [UInt8] {
    var sorted = SafeTensors()
    // Wide elements first keeps each tensor aligned to its element's size.
    let order = entries.sorted {
      ($1.type.size, $0.name) < ($0.type.size, $1.name)
    }
    for entry in order { sorted.append(entry, Array(data[entry.bytes])) }
    let header = SafeTensorsHeader.encoded(metadata: metadata, entries: sorted.entries)
    return littleEndian(UInt64(header.count)) + header + sorted.data
  }

  private mutating func append(_ entry: Entry, _ bytes: [UInt8]) {
    entries.append(
      Entry(
        name: entry.name, type: entry.type, dimensions: entry.dimensions,
        bytes: data.count..<data.count + bytes.count))
    data += bytes
  }

  private func elementCount(_ entry: Entry) -> Int {
    entry.bytes.count / entry.type.size
  }

  private func elements(_ entry: Entry) -> [Double] {
    (0..<elementCount(entry)).map { index in
      switch entry.type {
      case .float64: return Double(bitPattern: bits(entry, index))
      case .float32: return Double(Float(bitPattern: UInt32(bits(entry, index))))
      case .bfloat16: return Double(Float(bitPattern: UInt32(bits(entry, index)) << 16))
      case .float16: return halfPrecision(UInt16(bits(entry, index)))
      default: return Double(integer(entry, index))
      }
    }
  }

  private func integer(_ entry: Entry, _ index: Int) -> Int {
    let bits = bits(entry, index)
    switch entry.type {
    case .int8: return Int(Int8(truncatingIfNeeded: bits))
    case .int16: return Int(Int16(truncatingIfNeeded: bits))
    case .int32: return Int(Int32(truncatingIfNeeded: bits))
    default: return Int(Int64(bitPattern: bits))
    }
  }

  /// The bits of an element, zeros above.
  private func bits(_ entry: Entry, _ index: Int) -> UInt64 {
    let start = entry.bytes.lowerBound + index * entry.type.size
    return data[start..<start + entry.type.size].reversed().reduce(0) { $0 << 8 | UInt64($1) }
  }
}

/// What is wrong with a safetensors file, as one sentence that names it.
public struct SafeTensorsError: Error, Sendable, Equatable, CustomStringConvertible {
  /// The sentence.
  public let description: String

  init(_ description: String) { self.description = description }
}

/// The value of an IEEE 754 half: 1 bit of sign, 5 of exponent, 10 of fraction.
///
/// Swift's own `Float16` does not exist on Intel Macs.
private func halfPrecision(_ bits: UInt16) -> Double {
  let exponent = Int(bits >> 10 & 0x1f)
  let fraction = Double(bits & 0x3ff)
  let magnitude: Double =
    switch exponent {
    case 0: fraction * 0x1p-24
    case 31: fraction == 0 ? .infinity : .nan
    default: Double(sign: .plus, exponent: exponent - 25, significand: 1024 + fraction)
    }
  return bits >> 15 == 0 ? magnitude : -magnitude
}

/// The bytes of a number, least significant first.
private func littleEndian<Number: FixedWidthInteger>(_ number: Number) -> [UInt8] {
  (0..<Number.bitWidth / 8).map { UInt8(truncatingIfNeeded: number >> (8 * $0)) }
}
