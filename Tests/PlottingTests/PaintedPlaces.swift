import Raster

@testable import Plotting

/// Whether a figure with one mark paints a place, told by its data.
func painted(_ mark: any Mark, _ x: Axis, _ y: Axis) -> (Double, Double) -> Bool {
  let figure = Figure(x: x, y: y) { mark }
  let layout = FigureLayout(figure, size: figure.size, theme: .light)
  var canvas = Canvas(size: figure.size, scale: 1, background: .clear)
  layout.drawMarks(on: &canvas)
  let bitmap = canvas.bitmap()
  return { x, y in
    guard let px = layout.x(x), let py = layout.y(y), layout.frame.contains(Point(px, py))
    else { return false }
    return bitmap[Int(px), Int(py)].alpha > 0
  }
}
