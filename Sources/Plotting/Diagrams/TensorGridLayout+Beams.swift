import Raster

/// What stands between panels: beams from block to cell, and operators.
extension TensorGridLayout {
  /// A translucent wedge from the near side of a block to the cell that it makes, with an arrow's head at the
  /// cell where it stands beside the panel: within, it would touch the number of the cell before.
  func drawBeam(_ beam: TensorGrid.Beam, on canvas: inout Canvas) {
    let from = rect(beam.source, rows: beam.from.rows, columns: beam.from.columns)
    let to = rect(beam.target, rows: beam.to.rows, columns: beam.to.columns)
    let color = theme.color(beam.from.color)
    let isRight = to.midX >= from.midX
    let x0 = isRight ? from.maxX : from.minX
    let direction = isRight ? 1.0 : -1.0
    let panel = rect(beam.target)
    let hasHead = isRight ? to.minX <= panel.minX : to.maxX >= panel.maxX
    let room = hasHead ? 5.0 : 0
    let x1 = isRight ? to.minX - room : to.maxX + room
    let wedge = [
      Point(x0, from.minY), Point(x1, to.minY), Point(x1, to.maxY), Point(x0, from.maxY),
    ]
    canvas.fill(.polygon(wedge), color.opacity(theme.isDark ? 0.16 : 0.1))
    let stroke = Stroke(width: 0.8)
    canvas.stroke(.segment(from: wedge[0], to: wedge[1]), stroke, color.opacity(0.75))
    canvas.stroke(.segment(from: wedge[3], to: wedge[2]), stroke, color.opacity(0.75))
    guard hasHead else { return }
    let half = min(4, to.height / 3)
    canvas.fill(
      .polygon([
        Point(x1 + 4.5 * direction, to.midY), Point(x1, to.midY - half),
        Point(x1, to.midY + half),
      ]), color)
  }

  func drawOperators(on canvas: inout Canvas) {
    let perRow = max(1, min(grid.columns ?? grid.panels.count, grid.panels.count))
    for (index, text) in grid.operators.enumerated() {
      guard index + 1 < grid.panels.count, (index + 1) % perRow != 0, !text.isEmpty else {
        continue
      }
      let left = rect(index).maxX + Double(grid.panels[index].sheetCount - 1) * Self.sheetShift
      let label = Label(text, size: theme.fontSize * 1.6)
      let middle = Point((left + rect(index + 1).minX) / 2, rect(index).midY)
      label.draw(on: &canvas, middle: middle, color: theme.foreground)
    }
  }
}
