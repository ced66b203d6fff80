// From binary numbers to decimal ones, without the C library: the same digits on every machine.

extension DecimalDigits {
  /// All the digits of a finite number: every binary fraction has a decimal one that ends.
  ///
  /// At most 767 digits, for numbers near the least; mostly about 50. What is not finite has none.
  public init(exactly value: Double) {
    guard value.isFinite, value != 0 else {
      self.init(isNegative: value < 0, digits: [], point: 0)
      return
    }
    // The magnitude is significand · 2^exponent, with an odd whole significand.
    let isSubnormal = value.exponentBitPattern == 0
    var significand = value.significandBitPattern | (isSubnormal ? 0 : 1 << 52)
    var exponent = (isSubnormal ? 1 : Int(value.exponentBitPattern)) - 1075
    exponent += significand.trailingZeroBitCount
    significand >>= UInt64(significand.trailingZeroBitCount)

    // With a negative exponent it is significand · 5^−exponent, that many places after the point.
    var whole = WholeNumber(significand)
    whole.multiply(by: exponent < 0 ? 5 : 2, toThe: abs(exponent))
    let digits = whole.digits
    self.init(
      isNegative: value < 0, digits: digits, point: digits.count + min(0, exponent))
  }

  /// The digits of the shortest decimal that reads back as a finite number of its own type: those
  /// of `0.1` for the `Float` 0.1 as for the `Double`. What is not finite has none.
  public init(shortest value: some BinaryFloatingPoint) {
    var digits: [UInt8] = []
    var point = 0
    if value.isFinite {
      // The standard library's description is the shortest one.
      let parts = "\(value.magnitude)".split(separator: "e")
      let decimal = parts[0].split(separator: ".", omittingEmptySubsequences: false)
      digits = decimal.joined().utf8.map { $0 - UInt8(ascii: "0") }
      point = decimal[0].utf8.count
      if parts.count > 1 { point += Int(parts[1]) ?? 0 }
    }
    self.init(isNegative: value < 0, digits: digits, point: point)
  }
}

/// A whole number of any size, in parts of nine decimal digits.
private struct WholeNumber {
  /// Least significant first.
  private var parts: [UInt64]

  private static let base: UInt64 = 1_000_000_000

  init(_ value: UInt64) {
    parts = [value % Self.base, value / Self.base]
  }

  /// Multiplies by a power of a small number, up to 2³⁰ at a time.
  mutating func multiply(by base: UInt64, toThe exponent: Int) {
    let most = base == 2 ? 30 : 12
    var left = exponent
    while left > 0 {
      let step = min(left, most)
      let factor = (0..<step).reduce(UInt64(1)) { power, _ in power * base }
      var carry: UInt64 = 0
      for index in parts.indices {
        let product = parts[index] * factor + carry
        parts[index] = product % Self.base
        carry = product / Self.base
      }
      while carry > 0 {
        parts.append(carry % Self.base)
        carry /= Self.base
      }
      left -= step
    }
  }

  /// Most significant first, possibly with zeros in front.
  var digits: [UInt8] {
    var result: [UInt8] = []
    result.reserveCapacity(parts.count * 9)
    for part in parts.reversed() {
      var divisor = Self.base / 10
      while divisor > 0 {
        result.append(UInt8(part / divisor % 10))
        divisor /= 10
      }
    }
    return result
  }
}
