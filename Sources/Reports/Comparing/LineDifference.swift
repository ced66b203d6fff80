/// Finds the lines that differ between two documents: the fewest (Myers 1986), where they are few.
///
/// The lines of the first document decide themselves which lines of the second they accept, so a
/// line with a volatile value in it can match.
///
/// Time and memory stay linear in the two documents. Myers's search takes both with the square of
/// the changes, so it ends at ``reach`` of them; what differs more is cut at the lines that occur
/// once in either document (as in Bram Cohen's patience diff) and each piece is searched again.
/// When the work is spent, what is left counts as changed.
struct LineDifference {
  /// Neighbouring lines that differ: those of the first in place of those of the second.
  struct Hunk: Equatable {
    var first: Range<Int>
    var second: Range<Int>
  }

  /// How many changes Myers's search looks for; it takes 4 MB for as many.
  static let reach = 1 << 10

  private(set) var hunks: [Hunk] = []

  /// Compares lines.
  ///
  /// - Parameters:
  ///   - first: A number for the text of each line of the first document, such as its hash.
  ///   - second: The same of the second.
  ///   - matches: Whether two lines are the same; lines of one number need not be.
  init(_ first: [Int], _ second: [Int], matches: (Int, Int) -> Bool) {
    var search = Search(first: first, second: second)
    search.run(first.indices, second.indices, depth: 0, matches: matches)
    var start = (0, 0)
    for (x, y) in search.pairs + [(first.count, second.count)] {
      if x > start.0 || y > start.1 {
        hunks.append(Hunk(first: start.0..<x, second: start.1..<y))
      }
      start = (x + 1, y + 1)
    }
  }
}

/// The search for lines that stay.
private struct Search {
  let first: [Int]
  let second: [Int]
  /// Lines of the first and the second document that are the same, in order.
  var pairs: [(Int, Int)] = []
  /// How many more steps the whole search may take.
  var work: Int

  init(first: [Int], second: [Int]) {
    self.first = first
    self.second = second
    work = 10_000_000 + 4 * (first.count + second.count)
  }

  mutating func run(
    _ left: Range<Int>, _ right: Range<Int>, depth: Int, matches: (Int, Int) -> Bool
  ) {
    var (x, y) = (left.lowerBound, right.lowerBound)
    while x < left.upperBound, y < right.upperBound, matches(x, y) {
      pairs.append((x, y))
      (x, y) = (x + 1, y + 1)
    }
    var (endX, endY) = (left.upperBound, right.upperBound)
    while endX > x, endY > y, matches(endX - 1, endY - 1) { (endX, endY) = (endX - 1, endY - 1) }
    if endX > x, endY > y {
      if let common = common(x..<endX, y..<endY, matches: matches) {
        pairs += common
      } else if depth < 32, work > 0 {
        let anchors = anchors(x..<endX, y..<endY, matches: matches)
        for (anchorX, anchorY) in anchors {
          run(x..<anchorX, y..<anchorY, depth: depth + 1, matches: matches)
          pairs.append((anchorX, anchorY))
          (x, y) = (anchorX + 1, anchorY + 1)
        }
        if !anchors.isEmpty {
          run(x..<endX, y..<endY, depth: depth + 1, matches: matches)
        }
      }
    }
    pairs += zip(endX..<left.upperBound, endY..<right.upperBound)
  }

  /// The pairs of equal lines on a shortest path; nil where it has more than ``LineDifference/reach``
  /// changes, or more steps than are left.
  private mutating func common(
    _ left: Range<Int>, _ right: Range<Int>, matches: (Int, Int) -> Bool
  ) -> [(Int, Int)]? {
    let (width, height) = (left.count, right.count)
    guard abs(width - height) <= LineDifference.reach else { return nil }
    let reach = min(width + height, LineDifference.reach)
    // furthest[k] is the largest x on diagonal k = x − y that `distance` edits reach.
    let offset = reach + 1
    var furthest = [Int32](repeating: 0, count: 2 * offset + 1)
    // Before each distance, what the diagonals −distance to distance had reached.
    var trace: [[Int32]] = []
    var isFound = false
    search: for distance in 0...reach {
      trace.append(Array(furthest[(offset - distance)...(offset + distance)]))
      for k in stride(from: -distance, through: distance, by: 2) {
        let goesDown =
          k == -distance
          || (k != distance && furthest[offset + k - 1] < furthest[offset + k + 1])
        var x = Int(goesDown ? furthest[offset + k + 1] : furthest[offset + k - 1] + 1)
        var y = x - k
        work -= 1
        while x < width, y < height, matches(left.lowerBound + x, right.lowerBound + y) {
          (x, y) = (x + 1, y + 1)
          work -= 1
        }
        furthest[offset + k] = Int32(x)
        if x >= width, y >= height {
          isFound = true
          break search
        }
      }
      if work < 0 { return nil }
    }
    guard isFound else { return nil }
    return Self.path(trace, width, height).map { (left.lowerBound + $0, right.lowerBound + $1) }
  }

  /// Goes back from the end to the beginning.
  private static func path(
    _ trace: [[Int32]], _ width: Int, _ height: Int
  ) -> [(Int, Int)] {
    var pairs: [(Int, Int)] = []
    var (x, y) = (width, height)
    for distance in trace.indices.reversed() {
      func reached(_ k: Int) -> Int { Int(trace[distance][k + distance]) }
      let k = x - y
      let goesDown = k == -distance || (k != distance && reached(k - 1) < reached(k + 1))
      let previousK = goesDown ? k + 1 : k - 1
      let previousX = distance == 0 ? 0 : reached(previousK)
      let previousY = distance == 0 ? 0 : previousX - previousK
      let bendX = distance == 0 ? 0 : goesDown ? previousX : previousX + 1
      while x > bendX, y > (distance == 0 ? 0 : bendX - k) {
        (x, y) = (x - 1, y - 1)
        pairs.append((x, y))
      }
      (x, y) = (previousX, previousY)
    }
    return pairs.reversed()
  }

  /// Lines that occur once on either side and stand in the same order: the longest such sequence.
  private mutating func anchors(
    _ left: Range<Int>, _ right: Range<Int>, matches: (Int, Int) -> Bool
  ) -> [(Int, Int)] {
    func places(_ numbers: [Int], _ range: Range<Int>) -> [Int: Int] {
      // −1 for what occurs again.
      range.reduce(into: [:]) { places, line in
        places[numbers[line]] = places[numbers[line]] == nil ? line : -1
      }
    }
    let known = places(second, right)
    let once = places(first, left)
    work -= left.count + right.count
    var candidates: [(Int, Int)] = []
    for x in left where once[first[x]] == x {
      if let y = known[first[x]], y >= 0, matches(x, y) { candidates.append((x, y)) }
    }
    // The longest increasing sequence of places in the second: for each length the candidate with
    // the smallest end, and for each candidate the one before it.
    var ends: [Int] = []
    var before = [Int](repeating: -1, count: candidates.count)
    for i in candidates.indices {
      var (low, high) = (0, ends.count)
      while low < high {
        let middle = (low + high) / 2
        if candidates[ends[middle]].1 < candidates[i].1 { low = middle + 1 } else { high = middle }
      }
      if low > 0 { before[i] = ends[low - 1] }
      if low == ends.count { ends.append(i) } else { ends[low] = i }
    }
    var chain: [(Int, Int)] = []
    var at = ends.last ?? -1
    while at >= 0 {
      chain.append(candidates[at])
      at = before[at]
    }
    return chain.reversed()
  }
}
