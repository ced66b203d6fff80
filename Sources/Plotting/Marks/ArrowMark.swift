public import Raster

/// Arrows at points of the plane: gradients, flows, steps of a descent.
///
/// ```swift
/// ArrowMark(x: x, y: y, dx: gradientX, dy: gradientY)
/// ```
///
/// Lengths are those of the axes, so that an arrow ends at (x + dx, y + dy); `scale` makes all longer
/// or shorter.
public struct ArrowMark: Mark, Hashable {
  /// The horizontal values of the arrows' feet.
  public let x: [Double]
  /// The vertical values of the arrows' feet.
  public let y: [Double]
  /// How far the arrows reach horizontally.
  public let dx: [Double]
  /// How far the arrows reach vertically.
  public let dy: [Double]
  /// The name in the legend; without one the arrows are not in it.
  public var label: String?
  /// The colour; `nil` takes the next of the theme's.
  public var color: Ink?
  /// By how much the arrows are longer than their vectors.
  public var scale: Double {
    didSet { Self.check(scale: scale, MarkChecks("ArrowMark", label, #fileID, #line)) }
  }
  /// The width of the shafts in points.
  public var width: Double {
    didSet { MarkChecks("ArrowMark", label, #fileID, #line).length(width, "width") }
  }

  /// Makes arrows. Traps when the numbers of values differ, and on a scale or width that is no
  /// positive number.
  public init(
    x: some Sequence<some Plottable>, y: some Sequence<some Plottable>,
    dx: some Sequence<some Plottable>, dy: some Sequence<some Plottable>, label: String? = nil,
    color: Ink? = nil, scale: Double = 1, width: Double = 1.3, fileID: StaticString = #fileID,
    line: UInt = #line
  ) {
    self.x = x.map(\.plotted)
    self.y = y.map(\.plotted)
    self.dx = dx.map(\.plotted)
    self.dy = dy.map(\.plotted)
    self.label = label
    self.color = color
    self.scale = scale
    self.width = width
    let checks = MarkChecks("ArrowMark", label, fileID, line)
    checks.count(self.y.count, "y values", for: self.x.count, "x values")
    checks.count(self.dx.count, "dx values", for: self.x.count, "x values")
    checks.count(self.dy.count, "dy values", for: self.x.count, "x values")
    checks.length(width, "width")
    Self.check(scale: scale, checks)
  }

  private static func check(scale: Double, _ checks: MarkChecks) {
    checks.require(scale > 0 && scale.isFinite, "arrows cannot be \(scale) times as long")
  }

  private var tips: (x: [Double], y: [Double]) {
    (zip(x, dx).map { $0 + $1 * scale }, zip(y, dy).map { $0 + $1 * scale })
  }

  /// Feet and tips.
  public var xDemand: AxisDemand { AxisDemand(x).union(AxisDemand(tips.x)) }
  /// Feet and tips.
  public var yDemand: AxisDemand { AxisDemand(y).union(AxisDemand(tips.y)) }
  /// One, unless a colour is given.
  public var seriesCount: Int { color == nil ? 1 : 0 }
  /// The label.
  public var name: String? { label }

  /// The label beside a piece of a line.
  public func legendEntries(firstSeries: Int) -> [LegendEntry] {
    label.map {
      [LegendEntry($0, .line(color ?? .series(firstSeries), width: width, dash: [], symbol: nil))]
    } ?? []
  }

  /// Draws the arrows; one too short for a shaft is a dot.
  public func draw(on canvas: inout Canvas, in plot: PlotArea) {
    let ink = plot.color(color)
    let tips = tips
    for index in x.indices {
      guard let foot = plot.point(x[index], y[index]),
        let tip = plot.point(tips.x[index], tips.y[index]),
        let piece = plot.cut([foot, tip]).first, let start = piece.first, let end = piece.last
      else { continue }
      let length = start.distance(to: end)
      guard length > 1 else {
        canvas.fill(.circle(center: start, radius: width), ink)
        continue
      }
      let along = (end - start) * (1 / length)
      let across = Point(-along.y, along.x)
      let head = min(2.5 + 3 * width, length * 0.7)
      let neck = end - along * head
      canvas.stroke(.segment(from: start, to: neck), Stroke(width: width), ink)
      canvas.fill(
        .polygon([end, neck + across * (head * 0.42), neck - across * (head * 0.42)]), ink)
    }
  }

  /// How many arrows there are, and how long they are.
  public func summary(x: Axis, y: Axis) -> String? {
    let lengths = zip(dx, dy).map { ($0 * $0 + $1 * $1).squareRoot() }
    guard let range = finiteRange(of: lengths) else { return nil }
    let subject = label.named.map { "\(PlainText.of($0)): " } ?? ""
    let say = SpokenNumbers(range.lowerBound, range.upperBound)
    let count = counted(lengths.count, "arrow", "arrows")
    if range.lowerBound == range.upperBound {
      return "\(subject)\(count) of length \(say(range.lowerBound))"
    }
    let longest = lengths.firstIndex(of: range.upperBound) ?? 0
    let place = [x.spoken([self.x[longest]])[0], y.spoken([self.y[longest]])[0]]
    return "\(subject)\(count), their lengths from \(say(range.lowerBound)) to "
      + "\(say(range.upperBound)) (at \(place[0]), \(place[1]))"
  }

  /// Arrows that are left out.
  public func notes(x: Axis, y: Axis) -> [String] {
    let values = self.x.indices.map { index in
      let parts = [self.x[index], self.y[index], dx[index], dy[index]]
      return parts.first(where: \.isNaN) ?? parts.first { !$0.isFinite } ?? 0
    }
    let tips = tips
    let outside = self.x.indices.count { index in
      guard values[index] == 0 else { return false }
      return x.excludes(Self.span(self.x[index], tips.x[index]))
        || y.excludes(Self.span(self.y[index], tips.y[index]))
    }
    let length =
      scale == 1
      ? []
      : [
        "\(label.map { "“\(PlainText.of($0))”: " } ?? "")arrows drawn "
          + "\(SpokenNumbers(scale)(scale)) times as long"
      ]
    return MissingValues(values).sentences(label, what: ("arrow", "arrows"))
      + outsideSentences(outside, of: self.x.count, ("arrow", "arrows"), label) + length
  }

  private static func span(_ a: Double, _ b: Double) -> ClosedRange<Double> {
    min(a, b)...max(a, b)
  }
}
