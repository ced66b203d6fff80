import Raster
import Testing

@testable import Plotting

/// What stands on the edge of the plot area is data like all else: 0 and 1 of a ROC curve.
@Suite struct EdgeTests {
  private static let unit = Axis(domain: 0...1)

  /// The figure's pixels of a mark alone, and the frame in pixels.
  private func drawn(_ mark: any Mark) -> (bitmap: Bitmap, layout: FigureLayout) {
    let figure = Figure(x: Self.unit, y: Self.unit) { mark }
    let layout = FigureLayout(figure, size: figure.size, theme: .light)
    var canvas = Canvas(size: figure.size, scale: 4, background: .white)
    layout.drawMarks(on: &canvas)
    return (canvas.bitmap(), layout)
  }

  /// How much of the sheet is painted.
  private func ink(_ mark: any Mark) -> Double {
    let bitmap = drawn(mark).bitmap
    return stride(from: 0, to: bitmap.pixels.count, by: 4).reduce(0) {
      $0 + 255 - Double(bitmap.pixels[$1])
    }
  }

  @Test(arguments: [0.0, 1])
  func `A line along an edge is as wide as another`(edge: Double) {
    let inside = ink(LineMark(x: [0.2, 0.8], y: [0.5, 0.5], color: .foreground))
    let level = ink(LineMark(x: [0.2, 0.8], y: [edge, edge], color: .foreground))
    // Rows of half coverage are darker than half the ink.
    #expect(abs(level - inside) < 0.05 * inside)
  }

  @Test func `A symbol on a corner is whole, and one beyond it is not drawn at all`() {
    for symbol in [Symbol.circle, .square] {
      func mark(_ x: Double, _ y: Double) -> PointMark {
        PointMark(x: [x], y: [y], color: .foreground, symbol: symbol)
      }
      let inside = ink(mark(0.5, 0.5))
      #expect(abs(ink(mark(1, 0)) - inside) < 0.02 * inside)
      #expect(ink(mark(1.005, 0.5)) == 0)
      let line = LineMark(x: [1.0], y: [1.0], color: .foreground, symbol: symbol)
      #expect(abs(ink(line) - inside) < 0.1 * inside)
    }
  }

  @Test func `A line that leaves the plot area goes on by less than its width`() {
    let (bitmap, layout) = drawn(LineMark(x: [0.5, 0.5], y: [-3, 3], color: .foreground))
    let column = Int(layout.frame.midX * 4)
    let painted = (0..<bitmap.height).filter { bitmap[column, $0].red < 0.9 }
    let most = 4 * (layout.frame.height + layout.theme.lineWidth) + 2
    #expect(Double(painted.count) <= most && painted.count > 100)
  }

  @Test func `Bands, bars and areas end at the edge`() {
    for mark in [
      AreaMark(x: [0.0, 1], y: [2.0, 2]) as any Mark,
      LineMark(x: [0.0, 1], y: [0.5, 0.5]).band(lower: [-1, -1], upper: [2, 2]),
    ] {
      let (bitmap, layout) = drawn(mark)
      let above = Int(layout.frame.minY * 4) - 1
      let below = Int(layout.frame.maxY * 4)
      for row in [above, below] {
        #expect((0..<bitmap.width).allSatisfy { bitmap[$0, row] == .white })
      }
    }
  }

  @Test func `Lines lie over the axes, bars under them`() {
    func axis(_ mark: any Mark) -> [Color] {
      let figure = Figure(x: Self.unit, y: Self.unit) { mark }
      let layout = FigureLayout(figure, size: figure.size, theme: .light)
      let picture = figure.render()
      let left = Int(layout.frame.minX * 2)
      return [-2, -1].map { picture[left + $0, Int(layout.frame.midY * 2) + 1] }
    }
    let bare = axis(LineMark(x: [0.5], y: [0.9]))
    #expect(axis(LineMark(x: [0.0, 0], y: [0.0, 1])) != bare)
    #expect(axis(AreaMark(x: [0.0, 1], y: [1.0, 1])) == bare)
  }
}
