/// Where the codes change: tokens in blocks, each with codes of its own.
enum Blocks {
  /// Blocks are made of pieces of so many tokens, or of more where there are very many.
  static let piece = 512
  /// The most pieces.
  static let most = 512

  /// Neighbouring pieces are joined, those first that gain most, until each border is worth its codes.
  static func split(_ tokens: [Token]) -> [Range<Int>] {
    let size = max(piece, tokens.count / most + 1)
    var blocks: [(range: Range<Int>, counts: TokenCounts, bits: Double)] = []
    for start in stride(from: 0, to: tokens.count, by: size) {
      let range = start..<min(start + size, tokens.count)
      let counts = TokenCounts(tokens[range])
      blocks.append((range, counts, bits(counts)))
    }
    func gain(_ i: Int) -> (gain: Double, counts: TokenCounts, bits: Double) {
      var joined = blocks[i].counts
      joined.add(blocks[i + 1].counts)
      let cost = bits(joined)
      return (blocks[i].bits + blocks[i + 1].bits - cost, joined, cost)
    }
    var gains = blocks.indices.dropLast().map { gain($0) }
    while let best = gains.indices.max(by: { gains[$0].gain < gains[$1].gain }),
      gains[best].gain > 0
    {
      blocks[best] = (
        blocks[best].range.lowerBound..<blocks[best + 1].range.upperBound, gains[best].counts,
        gains[best].bits
      )
      blocks.remove(at: best + 1)
      gains.remove(at: best)
      if best < gains.count { gains[best] = gain(best) }
      if best > 0 { gains[best - 1] = gain(best - 1) }
    }
    return blocks.map(\.range)
  }

  /// What a block takes: its codes by their frequency, and a guess of what their lengths take.
  private static func bits(_ counts: TokenCounts) -> Double {
    var bits = 80.0
    for list in [counts.literals, counts.distances] {
      let total = list.reduce(0, +)
      guard total > 0 else { continue }
      let whole = Logarithms.of(total)
      for count in list where count > 0 {
        bits += Double(count) * (whole - Logarithms.of(count)) + 3.5
      }
    }
    return bits
  }
}
