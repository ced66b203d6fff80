import Numbers
public import Raster

/// A few words at a data point, with a leader to it where they stand apart.
///
/// ```swift
/// AnnotationMark("overfits from here", x: 12, y: 0.31)
/// AnnotationMark("best", x: 30, y: 0.08, offset: Point(20, -30))
/// ```
public struct AnnotationMark: Mark, Hashable {
  /// The words, with Raster's markup; line breaks are kept.
  public var text: String
  /// The horizontal value of the point.
  public let x: Double
  /// The vertical value of the point.
  public let y: Double
  /// Where the middle of the words stands from the point, in points, y down; `nil` looks for a
  /// place inside of the plot area, first to the upper right.
  public var offset: Point? {
    didSet { Self.check(offset, MarkChecks("AnnotationMark", text, #fileID, #line)) }
  }
  /// Whether a leader goes from the words to the point.
  public var showsLeader: Bool
  /// The colour.
  public var color: Ink

  /// Makes an annotation. Words at NaN or ∞ are left out, and the figure says so.
  public init(
    _ text: String, x: some Plottable, y: some Plottable, offset: Point? = nil,
    showsLeader: Bool = true, color: Ink = .foreground, fileID: StaticString = #fileID,
    line: UInt = #line
  ) {
    Self.check(offset, MarkChecks("AnnotationMark", text, fileID, line))
    self.text = text
    self.x = x.plotted
    self.y = y.plotted
    self.offset = offset
    self.showsLeader = showsLeader
    self.color = color
  }

  private static func check(_ offset: Point?, _ checks: MarkChecks) {
    guard let offset else { return }
    checks.require(
      offset.x.isFinite && offset.y.isFinite,
      "words stand beside their point, not at an offset of (\(offset.x), \(offset.y))")
  }

  /// The point's horizontal value.
  public var xDemand: AxisDemand { .single(x) }
  /// The point's vertical value.
  public var yDemand: AxisDemand { .single(y) }
  /// The words.
  public var name: String? { text }
  /// Words alone are something to show.
  public var isEmpty: Bool { false }

  /// Draws the leader, a dot at the point, and the words on a halo.
  public func draw(on canvas: inout Canvas, in plot: PlotArea) {
    // Words at the edge of the plot would point at a place where nothing is.
    guard let point = plot.point(x, y), plot.x.contains(x), plot.y.contains(y) else { return }
    let size = plot.theme.fontSize
    let lines = Label.wrapped(
      text, size: size, width: max(20, plot.frame.width * 0.6), limit: 4)
    guard let first = lines.first else { return }
    let width = lines.map(\.width).max() ?? 0
    let height = first.capHeight + Double(lines.count - 1) * first.lineHeight
    let box = place(
      Size(width: width, height: height), at: point, in: plot.frame, on: canvas,
      ground: plot.theme.plotBackground)
    let ink = plot.color(color)
    if showsLeader {
      let near = Point(
        min(max(point.x, box.minX), box.maxX), min(max(point.y, box.minY), box.maxY))
      let away = near - point
      let distance = away.length
      if distance > 9 {
        let direction = away * (1 / distance)
        canvas.stroke(
          .segment(from: point + direction * 4, to: near - direction * 4), Stroke(width: 0.9),
          plot.theme.muted)
      }
      canvas.stroke(
        .circle(center: point, radius: 3), Stroke(width: 2.2), plot.theme.plotBackground)
      canvas.stroke(.circle(center: point, radius: 3), Stroke(width: 1.2), ink)
    }
    var baseline = box.minY + first.capHeight
    let side: Label.Side =
      lines.count == 1 ? .center : box.midX >= point.x ? .left : .right
    let anchor = side == .center ? box.midX : side == .left ? box.minX : box.maxX
    for line in lines {
      line.drawWithHalo(
        on: &canvas, baseline: Point(anchor, baseline), side: side, color: ink,
        halo: plot.theme.plotBackground)
      baseline += line.lineHeight
    }
  }

  /// The box of the words: where it was asked for, or the place around the point, inside of the plot
  /// area, that hides least of what is drawn already; in any case moved into it.
  private func place(
    _ size: Size, at point: Point, in frame: Rect, on canvas: Canvas, ground: Color
  ) -> Rect {
    let inner = frame.inset(by: 4)
    func box(_ dx: Double, _ dy: Double) -> Rect {
      Rect(
        x: point.x + dx - size.width / 2, y: point.y + dy - size.height / 2, width: size.width,
        height: size.height)
    }
    var chosen: Rect
    if let offset {
      chosen = box(offset.x, offset.y)
    } else {
      let side = size.width / 2 + 16
      let rise = size.height / 2 + 18
      let candidates = [
        box(side, -rise), box(-side, -rise), box(side, rise), box(-side, rise), box(0, -rise),
        box(0, rise), box(side + 6, 0), box(-side - 6, 0),
      ]
      let inside = candidates.filter { inner.contains($0) }
      let hidden = inside.map { canvas.unlikeness(to: ground, in: $0.inset(by: -2)) }
      // Grid lines do not matter: the first place that is hardly worse than the best.
      let limit = (hidden.min() ?? 0) + 0.01
      chosen = zip(inside, hidden).first { $0.1 <= limit }?.0 ?? candidates[0]
    }
    chosen.x = min(max(chosen.x, inner.minX), max(inner.minX, inner.maxX - size.width))
    chosen.y = min(max(chosen.y, inner.minY), max(inner.minY, inner.maxY - size.height))
    return chosen
  }

  private var words: String {
    PlainText.of(text).split(whereSeparator: \.isNewline).joined(separator: " ")
  }

  private var hasPlace: Bool { x.isFinite && y.isFinite }

  /// Words that stand at no point, or at one outside of the axes, and are left out.
  public func notes(x: Axis, y: Axis) -> [String] {
    guard hasPlace else {
      let place = [self.x, self.y].map { NumberFormat.automatic.string($0) }
      return ["“\(words)” is left out: its point is (\(place[0]), \(place[1]))"]
    }
    if x.scale == .log && self.x <= 0 || y.scale == .log && self.y <= 0 {
      let place = "(\(x.spoken([self.x])[0]), \(y.spoken([self.y])[0]))"
      return ["“\(words)” is left out: \(place) has no place on the logarithmic axis"]
    }
    guard x.excludes(self.x) || y.excludes(self.y) else { return [] }
    return ["“\(words)” is left out: its point lies outside of the axes' domains"]
  }

  /// The words and their point.
  public func summary(x: Axis, y: Axis) -> String? {
    guard hasPlace else { return nil }
    return "“\(words)” marks (\(x.spoken([self.x])[0]), \(y.spoken([self.y])[0]))"
  }
}
