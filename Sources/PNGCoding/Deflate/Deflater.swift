/// Compresses bytes to a zlib stream (RFC 1950, 1951); those of drawn pictures to fewer than zlib does at its
/// best.
///
/// zlib decides at each byte whether to take a match; here the cheapest way through all bytes is found:
/// the cost of a literal or a match is the length of its code, codes follow from how often each is
/// used, and that from the way; a few rounds settle it. The method is that of Zopfli and of libdeflate
/// at its higher levels.
///
/// The work is proportional to the bytes, at most some hundred steps for each, and so is the memory, up
/// to that of a stretch.
enum Deflater {
  /// The bytes that go through one search for the cheapest way.
  static let stretch = 1 << 18
  /// Of more than two of these the two halves are searched side by side.
  static let smallestPart = 1 << 17

  /// The shortest of several streams: of few bytes the codes' own description is a large part, and what
  /// is skipped.
  static func shortest(_ bytes: [UInt8], pixel: Int, period: Int) -> [UInt8] {
    let all = [
      compress(bytes, pixel: pixel, period: period, .thorough),
      compress(bytes, pixel: pixel, period: period, .exhaustive),
      compress(bytes, pixel: pixel, period: period, .exhaustive, fixed: true),
    ]
    return all.dropFirst().reduce(all[0]) { $1.count < $0.count ? $1 : $0 }
  }

  /// The stream.
  ///
  /// - Parameters:
  ///   - pixel: How far back runs of one colour repeat.
  ///   - period: How far back a row stands above another.
  ///   - fixed: Whether the codes are those that each reader knows.
  static func compress(
    _ bytes: [UInt8], pixel: Int, period: Int, _ effort: Effort, fixed: Bool = false
  ) -> [UInt8] {
    var writer = BitWriter()
    // Deflate, a window of 32 KB, the greatest effort.
    writer.bytes = [0x78, 0xDA]
    let finder = MatchFinder(for: bytes, pixel: pixel, period: period, effort)
    let half = bytes.count / 2
    let parts =
      bytes.count < 2 * smallestPart || fixed
      ? [0..<bytes.count] : [0..<half, half..<bytes.count]
    let tokens = sideBySide(parts) { Self.tokens(of: bytes, $0, finder, effort, fixed: fixed) }
      .flatMap { $0 }
    let blocks = fixed && !tokens.isEmpty ? [0..<tokens.count] : Blocks.split(tokens)
    var start = 0
    for (index, block) in blocks.enumerated() {
      start = writer.write(
        tokens[block], of: bytes, from: start, isLast: index == blocks.count - 1)
    }
    if blocks.isEmpty { _ = writer.write([], of: bytes, from: 0, isLast: true) }
    writer.finish(checksum: adler32(bytes))
    return writer.bytes
  }

  /// The cheapest way through a part of the bytes, whose matches may reach into what stands before it.
  private static func tokens(
    of bytes: [UInt8], _ part: Range<Int>, _ fresh: MatchFinder, _ effort: Effort, fixed: Bool
  ) -> [Token] {
    var finder = fresh
    if part.lowerBound > 0 {
      finder.find(bytes, max(0, part.lowerBound - DeflateCode.window)..<part.lowerBound)
    }
    var tokens: [Token] = []
    var known: CodeCosts? = fixed ? .fixed : nil
    for start in stride(from: part.lowerBound, to: part.upperBound, by: stretch) {
      let range = start..<min(start + stretch, part.upperBound)
      finder.find(bytes, range)
      var way = CheapestWay(finder, count: range.count)
      var codes = [(first: 0, costs: known ?? CodeCosts(guessing: bytes[range]))]
      let rounds = fixed ? 1 : known == nil ? effort.rounds : effort.rounds - 1
      for round in 1...max(rounds, 1) {
        let found = way.tokens(bytes[range], codes)
        if round < rounds {
          codes = costs(found)
        } else {
          tokens += found
          known = fixed ? .fixed : CodeCosts(TokenCounts(found[...]))
        }
      }
    }
    return tokens
  }

  /// What the codes of each block of tokens cost, with the byte at which it begins.
  private static func costs(_ tokens: [Token]) -> [(first: Int, costs: CodeCosts)] {
    var first = 0
    return Blocks.split(tokens).map { block in
      defer { first += tokens[block].reduce(0) { $0 + Int($1.length) } }
      return (first, CodeCosts(TokenCounts(tokens[block])))
    }
  }

  /// The sum that ends a zlib stream.
  static func adler32(_ bytes: [UInt8]) -> UInt32 {
    var (a, b): (UInt32, UInt32) = (1, 0)
    unsafe bytes.withUnsafeBufferPointer { bytes in
      var i = 0
      while i < bytes.count {
        // As many as cannot overflow.
        let end = min(i + 5552, bytes.count)
        while i < end {
          unsafe a &+= UInt32(bytes[i])
          b &+= a
          i += 1
        }
        a %= 65521
        b %= 65521
      }
    }
    return b << 16 | a
  }
}
