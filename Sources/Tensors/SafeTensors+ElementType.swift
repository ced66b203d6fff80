extension SafeTensors {
  /// The types of elements, by their name in the header.
  public enum ElementType: Sendable, Hashable {
    /// One byte, 0 or 1.
    case bool
    /// A whole number of 8 bits without sign.
    case uint8
    /// A whole number of 8 bits.
    case int8
    /// A whole number of 16 bits without sign.
    case uint16
    /// A whole number of 16 bits.
    case int16
    /// A whole number of 32 bits without sign.
    case uint32
    /// A whole number of 32 bits.
    case int32
    /// A whole number of 64 bits.
    case int64
    /// A float of 16 bits with 11 of them for the significand.
    case float16
    /// A float of 16 bits with the exponent of 32.
    case bfloat16
    /// A float of 32 bits, the type of a ``Tensor``.
    case float32
    /// A float of 64 bits.
    case float64
    /// A type that is not computed with, by its name. Such a tensor can be kept and written again; only
    /// asking for its elements is an error.
    case other(String)

    private static let known: [(name: String, type: ElementType, bits: Int)] = [
      ("BOOL", .bool, 8), ("U8", .uint8, 8), ("I8", .int8, 8), ("U16", .uint16, 16),
      ("I16", .int16, 16), ("U32", .uint32, 32), ("I32", .int32, 32), ("I64", .int64, 64),
      ("F16", .float16, 16), ("BF16", .bfloat16, 16), ("F32", .float32, 32), ("F64", .float64, 64),
    ]

    /// The bits of an element of the format's other types.
    private static let otherBits = [
      "U64": 64, "C64": 64, "F8_E4M3": 8, "F8_E5M2": 8, "F8_E8M0": 8, "F6_E2M3": 6, "F6_E3M2": 6,
      "F4": 4,
    ]

    /// The type of a name; any name is one.
    public init(rawValue name: String) {
      self = Self.known.first { $0.name == name }?.type ?? .other(name)
    }

    /// The name in the header.
    public var rawValue: String {
      if case .other(let name) = self { return name }
      return Self.known.first { $0.type == self }?.name ?? ""
    }

    /// The bits of an element; `nil` for a type that this library has never heard of.
    public var bits: Int? {
      if case .other(let name) = self { return Self.otherBits[name] }
      return Self.known.first { $0.type == self }?.bits
    }

    /// Whether elements of this type can be asked for.
    public var isComputedWith: Bool {
      if case .other = self { false } else { true }
    }

    /// Whether elements are whole numbers that an `Int` holds.
    var isWhole: Bool {
      switch self {
      case .float16, .bfloat16, .float32, .float64, .other: false
      default: true
      }
    }

    /// The number that an element's bits stand for, where that is a whole number.
    func integer(_ bits: UInt64) -> Int {
      switch self {
      case .int8: Int(Int8(truncatingIfNeeded: bits))
      case .int16: Int(Int16(truncatingIfNeeded: bits))
      case .int32: Int(Int32(truncatingIfNeeded: bits))
      default: Int(Int64(bitPattern: bits))
      }
    }

    /// The number that an element's bits stand for.
    func double(_ bits: UInt64) -> Double {
      switch self {
      case .float64: Double(bitPattern: bits)
      case .float32: Double(Float(bitPattern: UInt32(bits)))
      case .bfloat16: Double(Float(bitPattern: UInt32(bits) << 16))
      case .float16: halfPrecision(UInt16(bits))
      default: Double(integer(bits))
      }
    }
  }
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

/// The bits of the half that is nearest to a number, the even one of two; infinite from 65,520 on.
func halfPrecision(rounding value: Float) -> UInt16 {
  let sign = UInt16(truncatingIfNeeded: value.bitPattern >> 16 & 0x8000)
  let magnitude = value.magnitude
  if value.isNaN { return sign | 0x7e00 }
  if magnitude >= 65_520 { return sign | 0x7c00 }
  // Below the smallest normal half all are multiples of 2⁻²⁴; one that rounds up to it has its bits too.
  if magnitude < 0x1p-14 { return sign | UInt16((magnitude * 0x1p24).rounded(.toNearestOrEven)) }
  // 13 bits of the fraction fall away, and the exponent counts from 15 instead of 127.
  let bits = magnitude.bitPattern
  let rounded = (bits + 0xfff + (bits >> 13 & 1)) >> 13
  return sign | UInt16(rounded - (127 - 15) << 10)
}
