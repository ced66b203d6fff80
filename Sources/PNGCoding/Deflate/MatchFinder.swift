/// Finds the places of a stretch of bytes where a token may begin, and the matches that begin there.
///
/// Places with the same four bytes are kept in a binary tree, sorted by the bytes that follow, the
/// latest at its root: a few dozen steps down find the longest match among thousands of places, which
/// pictures of few colours have. The nearest place with the same three bytes is kept beside. Within
/// runs, and within what stands in the row above too, there are no places but those that the longest
/// matches lead to (`Repetition`): the work follows what is drawn, not the size of the sheet.
struct MatchFinder {
  /// A match of a range of lengths: its longest part may be cut.
  struct Match {
    var shortest: UInt16
    var longest: UInt16
    /// The distance, less one, and its code.
    var value: UInt16
    var code: UInt16
  }

  /// The bytes of a pixel, and of a row with its filter: how far back runs and rows repeat.
  let pixel: Int
  let period: Int

  /// What a search finds.
  struct Found {
    /// The places, counted from the stretch's beginning.
    var places: [Int32] = []
    /// Where each place's matches begin in `matches`, and one more for the end.
    var firsts: [Int32] = []
    /// Of each place the matches by length, none with lengths of the one before.
    var matches: [Match] = []
  }

  private(set) var found = Found()

  static let hashBits: UInt32 = 15
  private var nearest = [Int32](repeating: -1, count: 1 << hashBits)
  private var roots = [Int32](repeating: -1, count: 1 << hashBits)
  /// The two branches of each place of the window: of what comes before it in order, and after.
  private var branches = [Int32](repeating: -1, count: 2 * DeflateCode.window)

  /// The steps down a tree for each byte.
  private let depth: Int
  /// A match of so many bytes is taken as it is, but for its last few.
  let enough: Int
  private let skips: Bool
  private let remembers: Bool

  /// Gets ready for some bytes.
  ///
  /// - Parameters:
  ///   - pixel: How far back runs of one colour repeat.
  ///   - period: How far back a row stands above another.
  init(for bytes: [UInt8], pixel: Int, period: Int, _ effort: Effort) {
    self.pixel = pixel
    self.period = period
    skips = effort.skips
    remembers = effort.remembers
    let steps = effort.steps / max(Self.open(bytes, pixel, period), 1)
    depth = min(max(steps, effort.depths.lowerBound), effort.depths.upperBound)
    // Where there is time for few steps, there is none for a place within a good match.
    enough = effort.enough
  }

  /// Searches a stretch of the bytes; stretches come in order.
  mutating func find(_ bytes: [UInt8], _ range: Range<Int>) {
    found.places.removeAll(keepingCapacity: true)
    found.firsts.removeAll(keepingCapacity: true)
    found.matches.removeAll(keepingCapacity: true)
    // Every byte of a picture passes here. What the trees hold lies before the byte, and nothing is
    // read behind the last one.
    unsafe bytes.withUnsafeBufferPointer { bytes in
      unsafe nearest.withUnsafeMutableBufferPointer { nearest in
        unsafe roots.withUnsafeMutableBufferPointer { roots in
          unsafe branches.withUnsafeMutableBufferPointer { branches in
            var search = unsafe MatchSearch(
              base: bytes.baseAddress.unsafelyUnwrapped, count: bytes.count, range: range,
              nearest: nearest.baseAddress.unsafelyUnwrapped,
              roots: roots.baseAddress.unsafelyUnwrapped,
              branches: branches.baseAddress.unsafelyUnwrapped, depth: depth, enough: enough,
              skips: skips, remembers: remembers, pixel: pixel, period: period, found: found)
            found = Found()
            search.walk()
            found = search.found
          }
        }
      }
    }
  }

  /// How many bytes are neither within a run nor like those of the row above.
  private static func open(_ bytes: [UInt8], _ pixel: Int, _ period: Int) -> Int {
    var run = Repetition(distance: pixel)
    var row = Repetition(distance: period <= DeflateCode.window ? period : .max)
    var count = 0
    unsafe bytes.withUnsafeBufferPointer { bytes in
      let base = unsafe bytes.baseAddress.unsafelyUnwrapped
      var i = 0
      while i < bytes.count {
        if i >= run.end, i >= pixel, unsafe base[i] == base[i - pixel] {
          unsafe run.move(to: i, base, bytes.count)
        }
        if i >= row.end, i >= row.distance, unsafe base[i] == base[i - row.distance] {
          unsafe row.move(to: i, base, bytes.count)
        }
        let end = max(
          i > run.first && i < run.last ? run.last : i, i > row.first && i < row.last ? row.last : i
        )
        if end == i { count += 1 }
        i = max(end, i + 1)
      }
    }
    return count
  }
}
