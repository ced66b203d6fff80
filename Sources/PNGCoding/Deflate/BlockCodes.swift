/// The codes of a block, and how their lengths are written before it (RFC 1951, 3.2.7).
struct BlockCodes {
  let literals: PrefixCode
  let distances: PrefixCode
  /// The fields that tell a reader the lengths: what to write in how many bits.
  private(set) var header: [(value: Int, bits: Int)] = []

  /// The codes that each reader knows.
  static let fixed = BlockCodes(
    PrefixCode(
      lengths: (0..<288).map { $0 < 144 ? 8 : $0 < 256 ? 9 : $0 < 280 ? 7 : 8 }, limit: 15),
    PrefixCode(lengths: [UInt8](repeating: 5, count: 30), limit: 15))

  private init(_ literals: PrefixCode, _ distances: PrefixCode) {
    self.literals = literals
    self.distances = distances
  }

  /// The shortest codes for a block's tokens.
  init(_ counts: TokenCounts) {
    var distances = counts.distances
    // Some readers want one code at least.
    if distances.allSatisfy({ $0 == 0 }) { distances[0] = 1 }
    self.init(
      PrefixCode(counts.literals, limit: 15), PrefixCode(distances, limit: 15))
    header = Self.header(literals.lengths, self.distances.lengths)
  }

  var headerBits: Int { header.reduce(3) { $0 + $1.bits } }

  /// What tokens take, with the end of the block.
  func bits(_ counts: TokenCounts) -> Int {
    let extra = DeflateCode.lengths.bits
    var bits = 0
    for (symbol, count) in counts.literals.enumerated() where count > 0 {
      bits += Int(count) * (Int(literals.lengths[symbol]) + Int(extra[symbol]))
    }
    for (symbol, count) in counts.distances.enumerated() where count > 0 {
      bits += Int(count) * (Int(distances.lengths[symbol]) + DeflateCode.distanceBits(symbol))
    }
    return bits
  }

  /// The order in which the code for lengths is written.
  private static let order = [
    16, 17, 18, 0, 8, 7, 9, 6, 10, 5, 11, 4, 12, 3, 13, 2, 14, 1, 15,
  ]

  private static func header(
    _ literals: [UInt8], _ distances: [UInt8]
  ) -> [(value: Int, bits: Int)] {
    let literalCount = max(257, (literals.lastIndex { $0 > 0 } ?? 0) + 1)
    let distanceCount = max(1, (distances.lastIndex { $0 > 0 } ?? 0) + 1)
    let items = shortened(Array(literals.prefix(literalCount) + distances.prefix(distanceCount)))
    var counts = [Int32](repeating: 0, count: 19)
    for item in items { counts[item.symbol] += 1 }
    let code = PrefixCode(counts, limit: 7)
    let count = max(4, (order.lastIndex { code.lengths[$0] > 0 } ?? 0) + 1)
    var fields = [(literalCount - 257, 5), (distanceCount - 1, 5), (count - 4, 4)]
    for symbol in order.prefix(count) { fields.append((Int(code.lengths[symbol]), 3)) }
    for item in items {
      fields.append((Int(code.words[item.symbol]), Int(code.lengths[item.symbol])))
      if item.bits > 0 { fields.append((item.extra, item.bits)) }
    }
    return fields
  }

  /// Lengths with their runs shortened: the symbol, and what follows it.
  private static func shortened(
    _ lengths: [UInt8]
  ) -> [(symbol: Int, extra: Int, bits: Int)] {
    var items: [(symbol: Int, extra: Int, bits: Int)] = []
    var i = 0
    while i < lengths.count {
      let value = Int(lengths[i])
      var run = 1
      while i + run < lengths.count, lengths[i + run] == lengths[i] { run += 1 }
      i += run
      if value == 0 {
        while run >= 11 {
          let taken = min(run, 138)
          items.append((18, taken - 11, 7))
          run -= taken
        }
        if run >= 3 {
          items.append((17, run - 3, 3))
          run = 0
        }
      } else if run >= 4 {
        items.append((value, 0, 0))
        run -= 1
        while run >= 3 {
          let taken = min(run, 6)
          items.append((16, taken - 3, 2))
          run -= taken
        }
      }
      for _ in 0..<run { items.append((value, 0, 0)) }
    }
    return items
  }
}
