/// What rows will take once compressed, about: told from a compressor that takes the first good match
/// it sees, with codes that follow the rows that were kept.
///
/// That suffices to tell filters apart, at a hundredth of the time of a search for the cheapest way.
struct SizeEstimate {
  private var parse: GreedyParse
  private var counts = TokenCounts()
  private var costs: CodeCosts
  private var rowsUntilCosts = 1

  /// What a token counts when it comes, and by which power of two less with each row.
  private static let weight: Int32 = 64
  private static let fading: Int32 = 2
  /// Codes follow after so many rows.
  private static let patience = 4
  /// So many rows back matches are looked for: what is alike far away says little of a filter.
  private static let rows = 4

  /// What filtered rows would take, in bits.
  static func bits(_ rows: [UInt8], pixel: Int, period: Int) -> Int {
    var estimate = SizeEstimate(pixel: pixel, period: period)
    var sum = 0
    unsafe rows.withUnsafeBufferPointer { rows in
      guard let base = rows.baseAddress else { return }
      for start in stride(from: 0, to: rows.count, by: period) {
        let row = start..<min(start + period, rows.count)
        sum += unsafe estimate.cost(base, row)
        unsafe estimate.keep(base, row)
      }
    }
    return Int(Double(sum) / CodeCosts.unit)
  }

  /// - Parameters:
  ///   - pixel: How far back runs of one colour repeat.
  ///   - period: How far back a row stands above another.
  init(pixel: Int, period: Int) {
    parse = GreedyParse(
      pixel: pixel, period: period, window: min(Self.rows * period, DeflateCode.window))
    // Every code may come; zeros, runs and rows more than others.
    for i in 0..<286 { counts.literals[i] = i > 256 ? 4 : 1 }
    counts.literals[0] = 8
    counts.literals[285] = 64
    for i in 0..<30 { counts.distances[i] = 2 }
    counts.distances[DeflateCode.distance(pixel - 1)] += 48
    counts.distances[DeflateCode.distance(min(period, DeflateCode.window) - 1)] += 32
    costs = CodeCosts(counts)
  }

  /// What the bytes of `range` would take, in `CodeCosts.unit`ths of a bit; something more than `most`
  /// as soon as it is known to be more.
  mutating func cost(
    _ base: UnsafePointer<UInt8>, _ range: Range<Int>, most: Int = .max
  ) -> Int {
    let costs = costs
    var sum = 0
    unsafe parse.walk(base, range) { length, value in
      sum +=
        length == 1
        ? Int(costs.literal[value])
        : Int(costs.length[length] + costs.distance[DeflateCode.distance(value)])
      return sum <= most
    }
    return sum
  }

  /// Lets the codes follow a row that is kept.
  mutating func keep(_ base: UnsafePointer<UInt8>, _ range: Range<Int>) {
    let codes = DeflateCode.lengths.code
    var counts = TokenCounts()
    swap(&counts, &self.counts)
    for i in 0..<286 { counts.literals[i] -= counts.literals[i] >> Self.fading }
    for i in 0..<30 { counts.distances[i] -= counts.distances[i] >> Self.fading }
    unsafe parse.walk(base, range) { length, value in
      if length == 1 {
        counts.literals[value] += Self.weight
      } else {
        counts.literals[Int(codes[length])] += Self.weight
        counts.distances[DeflateCode.distance(value)] += Self.weight
      }
      return true
    }
    swap(&counts, &self.counts)
    rowsUntilCosts -= 1
    guard rowsUntilCosts == 0 else { return }
    rowsUntilCosts = Self.patience
    costs = CodeCosts(self.counts)
  }
}

/// Literals and matches as they come: runs, what stands in the row above, and the latest places with the
/// same eight or four bytes.
private struct GreedyParse {
  let pixel: Int
  let period: Int
  let window: Int
  /// The latest place of each hash, of four bytes and of eight. Places of rows that were not kept stand among them: what is there
  /// now is compared anyway.
  private var heads = [Int32](repeating: -1, count: 2 << hashBits)
  private static let hashBits: UInt32 = 14

  init(pixel: Int, period: Int, window: Int) {
    self.pixel = pixel
    self.period = period
    self.window = window
  }

  /// Walks over bytes until `visit` says no to a token: its length, and its byte or its distance less one.
  @inline(__always)
  mutating func walk(
    _ base: UnsafePointer<UInt8>, _ range: Range<Int>,
    _ visit: (_ length: Int, _ value: Int) -> Bool
  ) {
    let (pixel, period, window) = (pixel, min(period, DeflateCode.window), window)
    let end = range.upperBound
    unsafe heads.withUnsafeMutableBufferPointer { heads in
      var i = range.lowerBound
      while i < end {
        var length = i >= pixel ? unsafe Self.common(base, i - pixel, i, end) : 0
        var distance = pixel
        if length < 16, i >= period {
          let row = unsafe Self.common(base, i - period, i, end)
          if row > length {
            (length, distance) = (row, period)
            // A literal and a run are shorter to write where they lead as far.
            if row >= 24, i + 1 >= pixel,
              unsafe Self.common(base, i + 1 - pixel, i + 1, end) + 8 >= row
            {
              length = 0
            }
          }
        }
        if length > 0 || distance == pixel, length < 32, i + 8 <= end {
          let eight = unsafe UnsafeRawPointer(base + i).loadUnaligned(as: UInt64.self).littleEndian
          let four = UInt32(truncatingIfNeeded: eight)
          let short = Int((four &* 0x9E37_79B1) >> (32 - Self.hashBits))
          let long =
            Int((eight &* 0x9E37_79B9_7F4A_7C15) >> UInt64(64 - Self.hashBits))
            + 1 << Self.hashBits
          for hash in [long, short] {
            let place = unsafe Int(heads[hash])
            unsafe heads[hash] = Int32(truncatingIfNeeded: i)
            if place >= 0, place < i, i - place <= window {
              let there = unsafe Self.common(base, place, i, end)
              if there > length { (length, distance) = (there, i - place) }
            }
          }
        }
        if length < 3 {
          guard visit(1, unsafe Int(base[i])) else { return }
          i += 1
          continue
        }
        i += length
        while length > 0 {
          // What is left of a long match is at least as long as a match must be.
          let piece = length > 260 ? 258 : length > 258 ? length - 3 : length
          guard visit(piece, distance - 1) else { return }
          length -= piece
        }
      }
    }
  }

  @inline(__always)
  private static func common(
    _ base: UnsafePointer<UInt8>, _ a: Int, _ b: Int, _ end: Int
  ) -> Int {
    var i = b
    let back = b - a
    while i + 8 <= end {
      let difference =
        unsafe UnsafeRawPointer(base + i).loadUnaligned(as: UInt64.self)
        ^ UnsafeRawPointer(base + i - back).loadUnaligned(as: UInt64.self)
      if difference != 0 {
        return i - b + UInt64(littleEndian: difference).trailingZeroBitCount / 8
      }
      i += 8
    }
    while i < end, unsafe base[i] == base[i - back] { i += 1 }
    return i - b
  }
}
