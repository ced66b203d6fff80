/// Finds the fewest lines that differ between two documents (Myers 1986, O(ND)).
///
/// The lines of the first document decide themselves which lines of the second they accept, so a
/// line with a volatile value in it can match.
struct LineDifference {
  /// Neighbouring lines that differ: those of the first in place of those of the second.
  struct Hunk: Equatable {
    var first: Range<Int>
    var second: Range<Int>
  }

  private(set) var hunks: [Hunk] = []

  /// Compares `firstCount` lines with `secondCount` lines.
  init(_ firstCount: Int, _ secondCount: Int, matches: (Int, Int) -> Bool) {
    var start = 0
    while start < min(firstCount, secondCount), matches(start, start) { start += 1 }
    var firstEnd = firstCount
    var secondEnd = secondCount
    while firstEnd > start, secondEnd > start, matches(firstEnd - 1, secondEnd - 1) {
      firstEnd -= 1
      secondEnd -= 1
    }
    let width = firstEnd - start
    let height = secondEnd - start
    if width == 0 || height == 0 {
      if width + height > 0 {
        hunks = [Hunk(first: start..<firstEnd, second: start..<secondEnd)]
      }
      return
    }
    let pairs = Self.common(width, height) { matches(start + $0, start + $1) }
    var first = start
    var second = start
    for (x, y) in pairs.map({ (start + $0, start + $1) }) + [(firstEnd, secondEnd)] {
      if x > first || y > second { hunks.append(Hunk(first: first..<x, second: second..<y)) }
      first = x + 1
      second = y + 1
    }
  }

  /// The pairs of equal lines on a shortest path.
  private static func common(
    _ width: Int, _ height: Int, matches: (Int, Int) -> Bool
  ) -> [(Int, Int)] {
    // furthest[k] is the largest x on diagonal k = x − y that `distance` edits reach.
    let offset = width + height + 1
    var furthest = [Int](repeating: 0, count: 2 * offset + 1)
    var trace: [[Int]] = []
    search: for distance in 0...(width + height) {
      trace.append(furthest)
      for k in stride(from: -distance, through: distance, by: 2) {
        let goesDown =
          k == -distance
          || (k != distance && furthest[offset + k - 1] < furthest[offset + k + 1])
        var x = goesDown ? furthest[offset + k + 1] : furthest[offset + k - 1] + 1
        var y = x - k
        while x < width, y < height, matches(x, y) {
          x += 1
          y += 1
        }
        furthest[offset + k] = x
        if x >= width, y >= height { break search }
      }
    }
    var pairs: [(Int, Int)] = []
    var x = width
    var y = height
    for distance in trace.indices.reversed() {
      let row = trace[distance]
      let k = x - y
      let goesDown =
        k == -distance || (k != distance && row[offset + k - 1] < row[offset + k + 1])
      let previousK = goesDown ? k + 1 : k - 1
      let previousX = distance == 0 ? 0 : row[offset + previousK]
      let previousY = distance == 0 ? 0 : previousX - previousK
      let bendX = distance == 0 ? 0 : goesDown ? previousX : previousX + 1
      while x > bendX, y > (distance == 0 ? 0 : bendX - k) {
        x -= 1
        y -= 1
        pairs.append((x, y))
      }
      (x, y) = (previousX, previousY)
    }
    return pairs.reversed()
  }
}
