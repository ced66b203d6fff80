import Raster

/// Values on a grid of points, between them linear on triangles: each square of the grid is cut into
/// four about its middle, which treats both diagonals alike.
struct ContourGrid: Sendable, Hashable {
  let values: Matrix
  let x: [Double]
  let y: [Double]

  struct Corner {
    var x: Double
    var y: Double
    var value: Double
  }

  /// The squares row by row with their corners, clockwise from the upper left; those with a corner that has no
  /// value are left out.
  private func squares(_ body: (_ row: Int, _ column: Int, _ corners: [Corner]) -> Void) {
    guard values.rows > 1, values.columns > 1 else { return }
    for row in 0..<values.rows - 1 {
      for column in 0..<values.columns - 1 {
        let corners = [(0, 0), (0, 1), (1, 1), (1, 0)].map { down, right in
          Corner(
            x: x[column + right], y: y[row + down], value: values[row + down, column + right])
        }
        if corners.allSatisfy({ $0.value.isFinite }) { body(row, column, corners) }
      }
    }
  }

  /// The four triangles of a square.
  private static func triangles(
    of corners: [Corner], _ body: (Corner, Corner, Corner) -> Void
  ) {
    let middle = Corner(
      x: (corners[0].x + corners[1].x) / 2, y: (corners[0].y + corners[3].y) / 2,
      value: corners.reduce(0) { $0 + $1.value / 4 })
    for side in 0..<4 { body(corners[side], corners[(side + 1) % 4], middle) }
  }

  private static func mix(_ a: Corner, _ b: Corner, at level: Double) -> Corner {
    // Halves where the values are further apart than the largest number.
    let span = b.value - a.value
    let share =
      span.isFinite
      ? (level - a.value) / span : (level / 2 - a.value / 2) / (b.value / 2 - a.value / 2)
    return Corner(x: a.x + (b.x - a.x) * share, y: a.y + (b.y - a.y) * share, value: level)
  }

  /// The lines at a level, as long as they go.
  func lines(at level: Double) -> [[Point]] {
    // A value at the level itself counts as above it, so that lines never end in a corner.
    var ends: [Point: [Point]] = [:]
    squares { _, _, corners in
      Self.triangles(of: corners) { a, b, c in
        var cuts: [Point] = []
        for (p, q) in [(a, b), (b, c), (c, a)] where (p.value >= level) != (q.value >= level) {
          // Always from the lower value, so that both triangles of an edge find the same point.
          let cut = p.value < q.value ? Self.mix(p, q, at: level) : Self.mix(q, p, at: level)
          cuts.append(Point(cut.x, cut.y))
        }
        guard cuts.count == 2, cuts[0] != cuts[1] else { return }
        ends[cuts[0], default: []].append(cuts[1])
        ends[cuts[1], default: []].append(cuts[0])
      }
    }
    var lines: [[Point]] = []
    func take(from point: Point) -> Point? {
      guard let next = ends[point]?.popLast() else { return nil }
      if let back = ends[next]?.firstIndex(of: point) { ends[next]?.remove(at: back) }
      return next
    }
    // Lines with ends first, then the closed ones; in the order of their places, for the same
    // picture every time.
    let starts = ends.keys.sorted { ($0.x, $0.y) < ($1.x, $1.y) }
    let odd = starts.filter { (ends[$0]?.count ?? 0) % 2 == 1 }
    for start in odd + starts {
      while let next = take(from: start) {
        var line = [start, next]
        while let last = line.last, let point = take(from: last) { line.append(point) }
        lines.append(line)
      }
    }
    return lines
  }

  /// The polygons in which values lie between two levels: one for each run of squares that lie in between
  /// wholly, and the parts of the triangles of the others.
  func polygons(from low: Double, to high: Double) -> [[Point]] {
    var result: [[Point]] = []
    var run: (row: Int, first: Int, last: Int)?
    func endRun() {
      guard let ended = run else { return }
      let (left, right) = (x[ended.first], x[ended.last + 1])
      let (upper, lower) = (y[ended.row], y[ended.row + 1])
      result.append([
        Point(left, upper), Point(right, upper), Point(right, lower), Point(left, lower),
      ])
      run = nil
    }
    squares { row, column, corners in
      let known = corners.map(\.value)
      let (lowest, highest) = (known.min() ?? .nan, known.max() ?? .nan)
      let isWhole = low <= lowest && highest <= high && lowest < high
      if isWhole, let open = run, open.row == row, open.last == column - 1 {
        run?.last = column
        return
      }
      endRun()
      if isWhole {
        run = (row, column, column)
        return
      }
      Self.triangles(of: corners) { a, b, c in
        let highest = max(a.value, b.value, c.value)
        let lowest = min(a.value, b.value, c.value)
        guard highest >= low, lowest < high else { return }
        var corners = [a, b, c]
        if lowest < low { corners = Self.cut(corners, at: low) { $0 >= low } }
        if highest > high { corners = Self.cut(corners, at: high) { $0 <= high } }
        if corners.count > 2 { result.append(corners.map { Point($0.x, $0.y) }) }
      }
    }
    endRun()
    return result
  }

  private static func cut(
    _ corners: [Corner], at level: Double, _ isInside: (Double) -> Bool
  ) -> [Corner] {
    guard var previous = corners.last else { return [] }
    var kept: [Corner] = []
    for corner in corners {
      if isInside(corner.value) != isInside(previous.value) {
        kept.append(mix(previous, corner, at: level))
      }
      if isInside(corner.value) { kept.append(corner) }
      previous = corner
    }
    return kept
  }
}
