/// A prefix code of the shortest words for given frequencies, none longer than a limit.
struct PrefixCode {
  /// The length of each symbol's word; 0 for one that never occurs.
  private(set) var lengths: [UInt8]
  /// The words, first bit lowest, as deflate writes them.
  private(set) var words: [UInt16]

  /// The code of D. A. Huffman (1952), with its lengths cut to the limit.
  init(_ counts: [Int32], limit: Int) {
    let used = counts.indices.filter { counts[$0] > 0 }
      .sorted { counts[$0] != counts[$1] ? counts[$0] < counts[$1] : $0 < $1 }
    lengths = [UInt8](repeating: 0, count: counts.count)
    words = [UInt16](repeating: 0, count: counts.count)
    if used.count < 3 {
      for symbol in used { lengths[symbol] = 1 }
    } else {
      // Two queues: leaves by weight, and inner nodes, which come in order of weight.
      let count = used.count
      var weights = used.map { Int(counts[$0]) }
      var parents = [Int](repeating: 0, count: 2 * count - 1)
      var (leaf, inner) = (0, count)
      for node in count..<2 * count - 1 {
        var sum = 0
        for _ in 0..<2 {
          let takesLeaf =
            leaf < count && (inner >= node || weights[leaf] <= weights[inner])
          let child = takesLeaf ? leaf : inner
          if takesLeaf { leaf += 1 } else { inner += 1 }
          sum += weights[child]
          parents[child] = node
        }
        weights.append(sum)
      }
      var depths = [Int](repeating: 0, count: 2 * count - 1)
      for node in (0..<2 * count - 2).reversed() { depths[node] = depths[parents[node]] + 1 }
      // Cut to the limit, then lengthen the rarest words that are still short until all fit.
      var cut = (0..<count).map { min(depths[$0], limit) }
      var room = cut.reduce(0) { $0 + 1 << (limit - $1) } - 1 << limit
      while room > 0 {
        guard let next = cut.indices.filter({ cut[$0] < limit }).max(by: { cut[$0] < cut[$1] })
        else { break }
        room -= 1 << (limit - cut[next] - 1)
        cut[next] += 1
      }
      // The last of them may have made too much room, which readers refuse: a word of full length is
      // shortened, the most frequent first.
      while room < 0, let next = cut.lastIndex(of: limit) {
        room += 1
        cut[next] -= 1
      }
      for (place, symbol) in used.enumerated() { lengths[symbol] = UInt8(cut[place]) }
    }
    assignWords(limit)
  }

  /// The code whose words have these lengths.
  init(lengths: [UInt8], limit: Int) {
    self.lengths = lengths
    words = [UInt16](repeating: 0, count: lengths.count)
    assignWords(limit)
  }

  /// The words in the order that the lengths alone determine (RFC 1951, 3.2.2).
  private mutating func assignWords(_ limit: Int) {
    var next = [Int](repeating: 0, count: limit + 2)
    for length in lengths where length > 0 { next[Int(length) + 1] += 1 }
    var word = 0
    var first = [Int](repeating: 0, count: limit + 1)
    for length in 1...limit {
      word = (word + (length > 1 ? next[length] : 0)) << 1
      first[length] = word
    }
    for symbol in lengths.indices where lengths[symbol] > 0 {
      let length = Int(lengths[symbol])
      var (word, turned) = (first[length], 0)
      first[length] += 1
      for _ in 0..<length {
        turned = turned << 1 | word & 1
        word >>= 1
      }
      words[symbol] = UInt16(turned)
    }
  }
}
