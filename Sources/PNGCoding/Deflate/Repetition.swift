/// A stretch of bytes that are those some distance before: a run, or a row like the one above.
///
/// Drawn pictures consist of these. Within one, nothing better is looked for: it is taken in the
/// longest matches there are, and only at its ends, where it meets what is drawn, all ways are open.
struct Repetition {
  let distance: Int
  private(set) var start = 0
  private(set) var end = 0
  /// Where the next longest match along it ends, once there is one.
  var stop = 0

  /// So many bytes at its beginning are places like all others: matches from before reach into it.
  static let head = 2
  /// So many at its end: what follows may begin within it.
  static let tail = 8

  init(distance: Int) { self.distance = distance }

  /// The ends of its inner part, both excluded. Who asks for each byte compares with these himself:
  /// a call takes longer.
  private(set) var first = 0
  private(set) var last = 0

  /// Finds the stretch at `i`, which is not before the `end` of the one that is known: each byte is
  /// looked at once.
  mutating func move(to i: Int, _ base: UnsafePointer<UInt8>, _ limit: Int) {
    start = i
    end = i
    first = i
    last = i
    if i < distance { return }
    // Where a match led into the middle of it, its beginning lies before.
    while start > distance, start + Self.head >= i,
      unsafe base[start - 1] == base[start - 1 - distance]
    {
      start -= 1
    }
    while end + 8 <= limit,
      unsafe UnsafeRawPointer(base + end).loadUnaligned(as: UInt64.self)
        == UnsafeRawPointer(base + end - distance).loadUnaligned(as: UInt64.self)
    {
      end += 8
    }
    while end < limit, unsafe base[end] == base[end - distance] { end += 1 }
    first = start + Self.head
    last = end - Self.tail
  }
}
