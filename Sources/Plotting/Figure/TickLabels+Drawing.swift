import ElementaryFunctions
import Raster

extension TickLabels {
  /// Where a label is drawn: a point of its baseline, which is the text's left end, middle or right
  /// end.
  private struct Place {
    var baseline: Point
    var side: Label.Side
  }

  /// The sine and cosine of the angle by which labels are turned.
  private var turn: (sine: Double, cosine: Double) {
    guard rotation != 0 else { return (0, 1) }
    return (Elementary.sin(rotation * .pi / 180), Elementary.cos(rotation * .pi / 180))
  }

  /// The place of a turned label beside the edge of the plot area: the end that is nearer to the
  /// axis has its middle beside the tick.
  private func place(_ label: Label, at position: Double, edge: Double) -> Place {
    let (sine, cosine) = turn
    let cap = label.capHeight
    // Letters rise to (−sine, −cosine) of the baseline.
    switch side {
    case .bottom:
      if rotation == 0 {
        return Place(baseline: Point(position, edge + label.ascent), side: .center)
      }
      return Place(
        baseline: Point(position + cap / 2 * sine, edge + cap * cosine),
        side: rotation > 0 ? .right : .left)
    case .left:
      if rotation.magnitude > 75 {
        let inset = rotation > 0 ? label.descent : label.ascent
        return Place(baseline: Point(edge - inset, position), side: .center)
      }
      return Place(
        baseline: Point(edge - cap * max(0, -sine), position + cap / 2 * cosine), side: .right)
    case .right:
      if rotation.magnitude > 75 {
        let inset = rotation > 0 ? label.ascent : label.descent
        return Place(baseline: Point(edge + inset, position), side: .center)
      }
      return Place(
        baseline: Point(edge + cap * max(0, sine), position + cap / 2 * cosine), side: .left)
    }
  }

  /// The box around a label at an edge.
  private func box(_ label: Label, at position: Double, edge: Double) -> Rect {
    let place = place(label, at: position, edge: edge)
    let start = place.side == .left ? 0 : place.side == .center ? -label.width / 2 : -label.width
    if rotation == 0 {
      return Rect(
        minX: place.baseline.x + start, minY: place.baseline.y - label.ascent,
        maxX: place.baseline.x + (start + label.width), maxY: place.baseline.y + label.descent)
    }
    let (sine, cosine) = turn
    var corners: [Point] = []
    for along in [start, start + label.width] {
      for up in [label.ascent, -label.descent] {
        corners.append(
          Point(
            place.baseline.x + along * cosine - up * sine,
            place.baseline.y - along * sine - up * cosine))
      }
    }
    return Rect(
      minX: corners.map(\.x).min() ?? 0, minY: corners.map(\.y).min() ?? 0,
      maxX: corners.map(\.x).max() ?? 0, maxY: corners.map(\.y).max() ?? 0)
  }

  /// Finds depth and overhang of the labels at their present positions.
  mutating func measure(_ projection: Projection) {
    let low = min(projection.start, projection.end)
    let high = max(projection.start, projection.end)
    depth = 0
    overhang = (0, 0)
    for item in items {
      guard let label = item.label else { continue }
      let box = box(label, at: item.position, edge: 0)
      let (before, after): (Double, Double)
      switch side {
      case .bottom:
        depth = max(depth, box.maxY)
        (before, after) = (low - box.minX, box.maxX - high)
      case .left, .right:
        depth = max(depth, side == .left ? -box.minX : box.maxX)
        (before, after) = (low - box.minY, box.maxY - high)
      }
      overhang = (max(overhang.before, before), max(overhang.after, after))
    }
  }

  /// How much room ticks and labels take beside the plot area.
  func thickness(_ metrics: Metrics) -> Double {
    let marks = drawsMarks && !items.isEmpty ? metrics.tickLength : 0
    return depth > 0 ? marks + metrics.tickGap + depth : marks
  }

  /// Draws tick marks and labels outside of the frame.
  func draw(on canvas: inout Canvas, frame: Rect, theme: Theme, metrics: Metrics) {
    let stroke = Stroke(width: theme.axisWidth)
    let marks = drawsMarks ? metrics.tickLength : 0
    let gap = marks + metrics.tickGap
    let edge =
      switch side {
      case .bottom: frame.maxY + gap
      case .left: frame.minX - gap
      case .right: frame.maxX + gap
      }
    for item in items {
      if drawsMarks {
        tick(on: &canvas, at: item.position, length: marks, frame, stroke, theme.axis)
      }
      guard let label = item.label else { continue }
      let place = place(label, at: item.position, edge: edge)
      if rotation == 0 {
        label.draw(on: &canvas, baseline: place.baseline, side: place.side, color: theme.muted)
      } else {
        label.draw(
          on: &canvas, baseline: place.baseline, side: place.side, rotation: rotation,
          color: theme.muted)
      }
    }
  }

  /// Draws the minor tick marks.
  func drawMinor(
    on canvas: inout Canvas, projection: Projection, frame: Rect, theme: Theme, metrics: Metrics
  ) {
    guard drawsMarks else { return }
    for value in minor {
      guard let position = projection(value) else { continue }
      tick(
        on: &canvas, at: position, length: metrics.minorTickLength, frame,
        Stroke(width: theme.axisWidth * 0.7), theme.axis)
    }
  }

  private func tick(
    on canvas: inout Canvas, at position: Double, length: Double, _ frame: Rect, _ stroke: Stroke,
    _ color: Color
  ) {
    let place = canvas.aligned(Point(position, position), lineWidth: stroke.width)
    let path: Path =
      switch side {
      case .bottom:
        .segment(from: Point(place.x, frame.maxY), to: Point(place.x, frame.maxY + length))
      case .left:
        .segment(from: Point(frame.minX - length, place.y), to: Point(frame.minX, place.y))
      case .right:
        .segment(from: Point(frame.maxX, place.y), to: Point(frame.maxX + length, place.y))
      }
    canvas.stroke(path, stroke, color)
  }
}
