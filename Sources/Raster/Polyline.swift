import Requirements

/// A path's part as straight pieces of non-zero length.
struct Polyline {
  var points: [Point] = []
  /// For each point whether it lies within a curve, where a join is always round.
  var smooth: [Bool] = []
  /// Whether the last point is joined to the first one.
  var closed = false
  /// Whether a single point stands for a line without length that shows its caps.
  var isDot = false
  /// The direction of such a line.
  var dotDirection = Point(1, 0)
  /// For each piece (point i to the next) its unit direction.
  private(set) var directions: [Point] = []
  private var lengths: [Double] = []

  /// The parts of a path, curves followed within `tolerance`.
  static func lines(of path: Path, tolerance: Double) -> [Polyline] {
    var result: [Polyline] = []
    var line = Polyline()
    path.flatten(through: .identity, tolerance: tolerance) { point in
      line = Polyline()
      line.points.append(point)
      line.smooth.append(false)
    } line: { point, smooth in
      line.append(point, smooth: smooth)
    } end: { closed in
      line.finish(closed: closed)
      result.append(line)
    }
    return result
  }

  /// The length of the piece from point `i` to the next.
  func length(of i: Int) -> Double { lengths[i] }

  private mutating func append(_ point: Point, smooth isSmooth: Bool) {
    isDot = true
    guard let last = points.last, last.distance(to: point) > 1e-9 else { return }
    points.append(point)
    smooth.append(isSmooth)
  }

  private mutating func finish(closed wanted: Bool) {
    if wanted, points.count > 1, let last = points.last, last.distance(to: points[0]) <= 1e-9 {
      points.removeLast()
      smooth.removeLast()
    }
    closed = wanted && points.count > 1
    if points.count > 1 { isDot = false }
    directions.removeAll()
    lengths.removeAll()
    for i in points.indices.dropLast(closed ? 0 : 1) {
      let delta = points[i + 1 < points.count ? i + 1 : 0] - points[i]
      let length = delta.length
      lengths.append(length)
      directions.append(delta * (1 / length))
    }
  }

  /// The pieces of the line that a dash pattern shows, beginning `phase` into the pattern.
  func dashes(_ pattern: [Double], phase: Double) -> [Polyline] {
    require(
      pattern.allSatisfy { $0.isFinite && $0 >= 0 } && phase.isFinite,
      "dashes and gaps have finite lengths from 0, not \(pattern) with phase \(phase)")
    let pattern = pattern.count % 2 == 0 ? pattern : pattern + pattern
    let period = pattern.reduce(0, +)
    let total = lengths.reduce(0, +)
    // A pattern too fine to be seen is drawn solid instead of for ever.
    guard period > 0, total / period < 1e5, points.count > 1 else { return [self] }

    var result: [Polyline] = []
    var index = 0
    var left = phase.truncatingRemainder(dividingBy: period)
    if left < 0 { left += period }
    // A dash without length right at the beginning is not skipped.
    while left > 0, left >= pattern[index] {
      left -= pattern[index]
      index = (index + 1) % pattern.count
    }
    left = pattern[index] - left

    let startsOn = index % 2 == 0
    var dash: Polyline? = startsOn ? Polyline(beginningAt: points[0]) : nil
    for i in directions.indices {
      let end = points[i + 1 < points.count ? i + 1 : 0]
      let isSmooth = i + 1 < points.count ? smooth[i + 1] : smooth[0]
      var done = 0.0
      while lengths[i] - done > left {
        done += left
        let point = points[i] + directions[i] * done
        if var finished = dash {
          finished.append(point, smooth: false)
          finished.dotDirection = directions[i]
          finished.finish(closed: false)
          result.append(finished)
          dash = nil
        } else {
          dash = Polyline(beginningAt: point)
        }
        index = (index + 1) % pattern.count
        left = pattern[index]
      }
      left -= lengths[i] - done
      dash?.append(end, smooth: isSmooth)
    }
    guard var last = dash else { return result }
    let unbroken = startsOn && result.isEmpty
    if closed, startsOn, !unbroken {
      // The dash that runs through the beginning of a closed line is one, not two.
      for (point, isSmooth) in zip(result[0].points, result[0].smooth).dropFirst() {
        last.append(point, smooth: isSmooth)
      }
      result.removeFirst()
    }
    last.finish(closed: closed && unbroken)
    result.append(last)
    return result
  }

  private init(beginningAt point: Point) {
    points = [point]
    smooth = [false]
    isDot = true
  }

  private init() {}
}
