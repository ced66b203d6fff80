package import Raster

/// A placing and the stretch of canvas that it fills: from values to points.
package struct Stretch: Sendable, Hashable {
  package let placing: Placing
  private let start: Double
  private let end: Double

  package init(_ placing: Placing, from start: Double, to end: Double) {
    self.placing = placing
    self.start = start
    self.end = end
  }

  /// The position of a value, in points; NaN for a value that has none: NaN, infinities, and those ≤ 0 on a
  /// logarithmic curve.
  package func position(_ value: Double) -> Double {
    guard value.isFinite, placing.curve != .log || value > 0 else { return .nan }
    // Far outside stays where it is, so that lines to it keep their slope; but not so far that
    // products of two positions overflow.
    let limited = max(-1e140, min(1e140, placing.share(value)))
    return start + (end - start) * limited
  }

  /// The places of points that lie in a rectangle, with their indices.
  package static func points(
    _ x: [Double], _ y: [Double], across: Stretch, up: Stretch, in visible: Rect
  ) -> (indices: [Int], points: [Point]) {
    var indices: [Int] = []
    var points: [Point] = []
    indices.reserveCapacity(x.count)
    points.reserveCapacity(x.count)
    for index in 0..<min(x.count, y.count) {
      let point = Point(across.position(x[index]), up.position(y[index]))
      // No rectangle contains what is not a number.
      guard visible.contains(point) else { continue }
      indices.append(index)
      points.append(point)
    }
    return (indices, points)
  }

  /// The positions of those values that have one.
  package func positions(of values: [Double]) -> [Double] {
    values.map(position).filter { !$0.isNaN }
  }

  /// The places of the points of a line, in runs with the indices of their points: where a point has
  /// no place, one ends.
  package static func runs(
    _ x: [Double], _ y: [Double], across: Stretch, up: Stretch
  ) -> [(indices: Range<Int>, points: [Point])] {
    var runs: [(indices: Range<Int>, points: [Point])] = []
    var run: [Point] = []
    run.reserveCapacity(x.count)
    let count = min(x.count, y.count)
    for index in 0..<count {
      let point = Point(across.position(x[index]), up.position(y[index]))
      if !point.x.isNaN && !point.y.isNaN {
        run.append(point)
      } else if !run.isEmpty {
        runs.append((index - run.count..<index, run))
        run = []
      }
    }
    if !run.isEmpty { runs.append((count - run.count..<count, run)) }
    return runs
  }
}
