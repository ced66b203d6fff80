/// A glyph of contours: where its numbers lie, checked to lie there.
///
/// Reading one takes time for its bytes, not for its points: equal flags of many points stay
/// together.
struct SimpleGlyph {
  private let data: FontBytes
  /// The last point of each contour.
  private let ends: [Int]
  /// Flags, and how many points in a row have them.
  private let runs: [(flag: Int, count: Int)]
  private let xStart: Int
  private let yStart: Int

  /// The points and contours.
  var stepCount: Int { pointCount + ends.count }

  private var pointCount: Int { (ends.last ?? -1) + 1 }

  /// Takes a glyph with at least one contour apart.
  init(_ data: FontBytes, contours: Int) throws(FontError) {
    var ends: [Int] = []
    ends.reserveCapacity(min(contours, data.count / 2))
    for i in 0..<contours {
      let end = try data.uint16(10 + 2 * i)
      guard end >= (ends.last ?? -1) else {
        throw FontError("the points of a glyph's contours are out of order")
      }
      ends.append(end)
    }
    let count = ends[contours - 1] + 1
    var at = 10 + 2 * contours
    at += 2 + (try data.uint16(at))  // hinting instructions

    var runs: [(flag: Int, count: Int)] = []
    var left = count
    while left > 0 {
      let flag = try data.uint8(at)
      at += 1
      var length = 1
      if flag & 8 != 0 {
        length = min(1 + (try data.uint8(at)), left)
        at += 1
      }
      runs.append((flag, length))
      left -= length
    }
    let yStart = at + Self.byteCount(runs, .x)
    let end = yStart + Self.byteCount(runs, .y)
    _ = try data.slice(at, end - at, name: "glyph's coordinates")
    self.data = data
    self.ends = ends
    self.runs = runs
    xStart = at
    self.yStart = yStart
  }

  /// The outline in font units.
  func path() throws(FontError) -> Path {
    let xs = try coordinates(from: xStart, .x)
    let ys = try coordinates(from: yStart, .y)
    var isOn: [Bool] = []
    isOn.reserveCapacity(pointCount)
    for run in runs { isOn.append(contentsOf: repeatElement(run.flag & 1 != 0, count: run.count)) }
    var path = Path()
    var first = 0
    for end in ends {
      if end >= first + 1 { Self.append(&path, first...end, isOn, xs, ys) }
      first = end + 1
    }
    return path
  }

  /// Which bits of a flag say how a coordinate is written: as one byte with its sign in `same`, as
  /// two bytes, or, with `same` alone, not at all because it is that of the point before.
  private struct Axis {
    var short: Int
    var same: Int

    static let x = Axis(short: 2, same: 16)
    static let y = Axis(short: 4, same: 32)

    func byteCount(_ flag: Int) -> Int { flag & short != 0 ? 1 : flag & same != 0 ? 0 : 2 }
  }

  private static func byteCount(_ runs: [(flag: Int, count: Int)], _ axis: Axis) -> Int {
    runs.reduce(0) { $0 + $1.count * axis.byteCount($1.flag) }
  }

  /// One coordinate of every point: each is a difference to the one before.
  private func coordinates(from start: Int, _ axis: Axis) throws(FontError) -> [Double] {
    var result: [Double] = []
    result.reserveCapacity(pointCount)
    var value = 0
    var at = start
    for run in runs {
      for _ in 0..<run.count {
        switch axis.byteCount(run.flag) {
        case 1:
          let step = try data.uint8(at)
          value += run.flag & axis.same != 0 ? step : -step
          at += 1
        case 2:
          value += try data.int16(at)
          at += 2
        default: break
        }
        result.append(Double(value))
      }
    }
    return result
  }

  /// Adds one contour: points on the curve, and control points between which, when two follow each
  /// other, a point on the curve in the middle is understood.
  private static func append(
    _ path: inout Path, _ range: ClosedRange<Int>, _ isOn: [Bool], _ xs: [Double], _ ys: [Double]
  ) {
    func point(_ i: Int) -> Point { Point(xs[i], ys[i]) }
    let first = range.lowerBound
    let last = range.upperBound
    let start: Point
    var indices = range.lowerBound..<range.upperBound + 1
    if isOn[first] {
      start = point(first)
      indices = first + 1..<last + 1
    } else if isOn[last] {
      start = point(last)
      indices = first..<last
    } else {
      start = point(first).mixed(with: point(last), 0.5)
    }
    path.move(to: start)
    var control: Point?
    for i in indices {
      let next = point(i)
      if isOn[i] {
        if let pulling = control {
          path.quad(to: next, control: pulling)
          control = nil
        } else {
          path.line(to: next)
        }
      } else {
        if let pulling = control {
          path.quad(to: pulling.mixed(with: next, 0.5), control: pulling)
        }
        control = next
      }
    }
    if let control { path.quad(to: start, control: control) }
    path.close()
  }
}
