/// A search of a stretch of bytes: the trees without checks, and what was found.
@safe struct MatchSearch {
  let base: UnsafePointer<UInt8>
  let count: Int
  /// The stretch: matches end with it. Trees are sorted by what follows, too.
  let range: Range<Int>
  let nearest: UnsafeMutablePointer<Int32>
  let roots: UnsafeMutablePointer<Int32>
  let branches: UnsafeMutablePointer<Int32>
  let depth: Int
  let enough: Int
  let skips: Bool
  let remembers: Bool
  let pixel: Int
  let period: Int
  var found: MatchFinder.Found

  /// Goes from place to place.
  mutating func walk() {
    var run = Repetition(distance: pixel)
    // A row that is longer than the window is out of reach.
    var row = Repetition(distance: period <= DeflateCode.window ? period : .max)
    var i = range.lowerBound
    let end = range.upperBound
    while i < end {
      found.places.append(Int32(truncatingIfNeeded: i - range.lowerBound))
      found.firsts.append(Int32(truncatingIfNeeded: found.matches.count))
      if i >= run.end, i >= pixel, unsafe base[i] == base[i - pixel] {
        unsafe run.move(to: i, base, end)
      }
      if i >= row.end, i >= row.distance, unsafe base[i] == base[i - row.distance] {
        unsafe row.move(to: i, base, end)
      }
      if skips, i > run.first && i < run.last || i > row.first && i < row.last, !runBegins(at: i) {
        i = min(follow(&run, at: i), follow(&row, at: i))
        continue
      }
      // A look ahead may have found a run that begins later.
      let (runLeft, rowLeft) = (i < run.start ? 0 : run.end - i, row.end - i)
      var best = 2
      func take(_ length: Int, _ distance: Int) {
        guard length > best, length >= 3 else { return }
        append(best + 1, length, distance)
        best = length
      }
      take(min(runLeft, DeflateCode.longest), pixel)
      if i + 4 <= count { best = descend(at: i, best) }
      take(min(rowLeft, DeflateCode.longest), period)
      // Where a run begins, earlier places whose run ended alike lead beyond it.
      if best < DeflateCode.longest, i + pixel < end {
        if i + pixel >= run.end, unsafe base[i] == base[i + pixel] {
          unsafe run.move(to: i + pixel, base, end)
        }
        if run.start <= i + pixel, run.end > i + 16 { reach(beyond: run.end, from: i, &best) }
      }
      var next = i + 1
      if best >= enough {
        next = i + (best < DeflateCode.longest ? best - Repetition.tail : best)
        // What comes later may be like what lies within.
        for place in i + 1..<next where remembers && !lies(withinRun: place) {
          _ = descend(at: place, .max)
        }
      }
      i = next
    }
    found.firsts.append(Int32(truncatingIfNeeded: found.matches.count))
  }

  /// Takes down a match.
  @inline(__always)
  private mutating func append(_ shortest: Int, _ longest: Int, _ distance: Int) {
    found.matches.append(
      MatchFinder.Match(
        shortest: UInt16(truncatingIfNeeded: shortest),
        longest: UInt16(truncatingIfNeeded: longest),
        value: UInt16(truncatingIfNeeded: distance - 1),
        code: UInt16(truncatingIfNeeded: DeflateCode.distance(distance - 1))))
  }

  /// Whether the bytes about `i`, as far as is looked, are those of the pixel before.
  @inline(__always)
  private func lies(withinRun i: Int) -> Bool {
    guard i + 16 <= count, i >= pixel else { return i + 4 > count }
    let here = unsafe UnsafeRawPointer(base + i)
    return unsafe here.loadUnaligned(as: UInt64.self)
      == (here - pixel).loadUnaligned(as: UInt64.self)
      && (here + 8).loadUnaligned(as: UInt64.self)
        == (here + 8 - pixel).loadUnaligned(as: UInt64.self)
  }

  /// Whether `i` is the first pixel of a longer run: earlier ones that begin alike are near.
  private func runBegins(at i: Int) -> Bool {
    guard i > 0, i + pixel + 32 <= count, unsafe base[i - 1] != base[i - 1 + pixel] else {
      return false
    }
    for k in stride(from: 0, to: 32, by: 8) {
      let here = unsafe UnsafeRawPointer(base + i + k)
      guard
        unsafe here.loadUnaligned(as: UInt64.self)
          == (here + pixel).loadUnaligned(as: UInt64.self)
      else { return false }
    }
    return true
  }

  /// Takes down the match of a repetition that leads to where it is left, or goes on, next: the place
  /// after `i`.
  private mutating func follow(_ repetition: inout Repetition, at i: Int) -> Int {
    guard i > repetition.first, i < repetition.last else { return .max }
    let left = repetition.end - i
    if repetition.stop <= i {
      repetition.stop = i + min(max(left - Repetition.tail, 3), DeflateCode.longest)
    }
    let shortest = repetition.stop - i
    let longest = min(left, DeflateCode.longest)
    // A stop of before may be too near for a match: literals lead there.
    guard shortest >= 3 else { return i + 1 }
    append(shortest, longest, repetition.distance)
    if longest == left {
      var best = longest
      reach(beyond: repetition.end, from: i, &best)
    }
    return repetition.stop
  }

  /// Takes down the matches that lead from `i` beyond the end of a repetition: those at its last bytes,
  /// as far as what stands before them agrees too. Places within are in no tree.
  private mutating func reach(beyond end: Int, from i: Int, _ best: inout Int) {
    let place = end - Repetition.tail
    guard place > i, place + 4 <= count, best < DeflateCode.longest else { return }
    let most = min(DeflateCode.longest, range.upperBound - i)
    let limit = min(DeflateCode.longest, count - place)
    let four = unsafe UnsafeRawPointer(base + place).loadUnaligned(as: UInt32.self).littleEndian
    let hash = Int((four &* 0x9E37_79B1) >> (32 - MatchFinder.hashBits))
    var candidate = unsafe Int(roots[hash])
    let mask = DeflateCode.window - 1
    var (lowerLength, upperLength) = (0, 0)
    var left = depth
    while candidate >= 0, place - candidate < DeflateCode.window, left > 0 {
      left -= 1
      let distance = place - candidate
      let length = common(candidate, place, from: min(lowerLength, upperLength), limit)
      let whole = place - i + length
      if whole > best, distance <= i, best < most {
        let longest = common(i - distance, i, from: 0, most)
        if longest > best {
          append(best + 1, longest, distance)
          best = longest
        }
      }
      if length == limit { return }
      let pair = 2 * (candidate & mask)
      if unsafe base[candidate + length] < base[place + length] {
        candidate = unsafe Int(branches[pair + 1])
        lowerLength = length
      } else {
        candidate = unsafe Int(branches[pair])
        upperLength = length
      }
    }
  }

  /// Takes down the matches at `i` that are longer than `best`, and puts `i` at the root of its
  /// tree. The longest length found.
  @inline(__always)
  mutating func descend(at i: Int, _ known: Int) -> Int {
    var best = known
    let most = range.upperBound - i
    let limit = min(DeflateCode.longest, count - i)
    let four = unsafe UnsafeRawPointer(base + i).loadUnaligned(as: UInt32.self).littleEndian
    let three = Int(((four << 8) &* 0x9E37_79B1) >> (32 - MatchFinder.hashBits))
    let hash = Int((four &* 0x9E37_79B1) >> (32 - MatchFinder.hashBits))
    let near = unsafe Int(nearest[three])
    unsafe nearest[three] = Int32(truncatingIfNeeded: i)
    if best < 3, most >= 3, near >= 0, i - near <= DeflateCode.window,
      unsafe base[near] == base[i] && base[near + 1] == base[i + 1]
        && base[near + 2] == base[i + 2]
    {
      best = 3
      append(3, 3, i - near)
    }
    var candidate = unsafe Int(roots[hash])
    unsafe roots[hash] = Int32(truncatingIfNeeded: i)
    let mask = DeflateCode.window - 1
    var lower = 2 * (i & mask)
    var upper = lower + 1
    var (lowerLength, upperLength) = (0, 0)
    var left = depth
    while candidate >= 0, i - candidate < DeflateCode.window, left > 0 {
      left -= 1
      let pair = 2 * (candidate & mask)
      let length = common(candidate, i, from: min(lowerLength, upperLength), limit)
      if length > best, best < most {
        let longest = min(length, most)
        append(best + 1, longest, i - candidate)
        best = longest
      }
      if length == limit {
        // The same bytes as far as the order goes: `i` takes the candidate's place.
        unsafe branches[lower] = branches[pair]
        unsafe branches[upper] = branches[pair + 1]
        return best
      }
      if unsafe base[candidate + length] < base[i + length] {
        unsafe branches[lower] = Int32(truncatingIfNeeded: candidate)
        lower = pair + 1
        candidate = unsafe Int(branches[lower])
        lowerLength = length
      } else {
        unsafe branches[upper] = Int32(truncatingIfNeeded: candidate)
        upper = pair
        candidate = unsafe Int(branches[upper])
        upperLength = length
      }
    }
    unsafe branches[lower] = -1
    unsafe branches[upper] = -1
    return best
  }

  /// How many bytes at two places agree, of which the first `known` do.
  @inline(__always)
  private func common(_ a: Int, _ b: Int, from known: Int, _ limit: Int) -> Int {
    var length = known
    while length + 8 <= limit {
      let difference =
        unsafe UnsafeRawPointer(base + a + length).loadUnaligned(as: UInt64.self)
        ^ UnsafeRawPointer(base + b + length).loadUnaligned(as: UInt64.self)
      if difference != 0 {
        return length + UInt64(littleEndian: difference).trailingZeroBitCount / 8
      }
      length += 8
    }
    while length < limit, unsafe base[a + length] == base[b + length] { length += 1 }
    return length
  }
}
