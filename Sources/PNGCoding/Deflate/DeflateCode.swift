/// A literal byte, or a match: so many bytes as stand so far back.
struct Token {
  /// 1 for a literal, 3 to 258 for a match.
  var length: UInt16
  /// The byte of a literal; the distance of a match, less one.
  var value: UInt16
}

/// The codes of lengths and distances in RFC 1951, 3.2.5.
enum DeflateCode {
  /// The longest match.
  static let longest = 258
  /// Matches reach so far back, less one.
  static let window = 32768

  /// The code of each length, above 256; the bits that follow it; the shortest length that it stands for.
  static let lengths: (code: [UInt16], bits: [UInt8], base: [UInt16]) = {
    var code = [UInt16](repeating: 0, count: 259)
    var bits = [UInt8](repeating: 0, count: 286)
    var base = [UInt16](repeating: 0, count: 286)
    var length = 3
    for symbol in 257..<285 {
      let extra = symbol < 265 ? 0 : (symbol - 261) / 4
      bits[symbol] = UInt8(extra)
      base[symbol] = UInt16(length)
      for _ in 0..<(1 << extra) where length < 259 {
        code[length] = UInt16(symbol)
        length += 1
      }
    }
    code[258] = 285
    base[285] = 258
    return (code, bits, base)
  }()

  /// The code of a distance less one.
  @inline(__always)
  static func distance(_ value: Int) -> Int {
    if value < 4 { return value }
    let high = Int.bitWidth - 1 - value.leadingZeroBitCount
    return 2 * high + (value >> (high - 1)) & 1
  }

  /// The bits that follow the code of a distance.
  @inline(__always)
  static func distanceBits(_ code: Int) -> Int { code < 4 ? 0 : code / 2 - 1 }
}

/// How often each code is used.
struct TokenCounts {
  /// Of literals, the end of a block and lengths.
  var literals = [Int32](repeating: 0, count: 286)
  var distances = [Int32](repeating: 0, count: 30)

  init() {}

  init(_ tokens: ArraySlice<Token>) {
    let codes = DeflateCode.lengths.code
    for token in tokens {
      if token.length == 1 {
        literals[Int(token.value)] += 1
      } else {
        literals[Int(codes[Int(token.length)])] += 1
        distances[DeflateCode.distance(Int(token.value))] += 1
      }
    }
  }

  mutating func add(_ other: TokenCounts) {
    for i in 0..<286 { literals[i] += other.literals[i] }
    for i in 0..<30 { distances[i] += other.distances[i] }
  }
}
