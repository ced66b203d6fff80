import Raster
import TestSupport
import Testing

@testable import Plotting

@Suite
struct ColorDomainTests {
  private static let red = Color(hex: 0xCC0000)
  private static let green = Color(hex: 0x00AA00)
  private static let blue = Color(hex: 0x0000CC)
  private let classes = Colormap.classes([red, green, blue])

  /// The colours at the middles of a matrix' cells, row by row; nil where nothing or lines are.
  private func cells(_ mark: any Mark, rows: Int, columns: Int) -> [Color] {
    let figure = Figure { mark }
    let layout = FigureLayout(figure, size: figure.size, theme: .light)
    var canvas = Canvas(size: figure.size, scale: 1, background: .clear)
    layout.drawMarks(on: &canvas)
    let bitmap = canvas.bitmap()
    return (0..<rows).flatMap { row in
      (0..<columns).map { column in
        bitmap[Int(layout.x(Double(column)) ?? 0), Int(layout.y(Double(row)) ?? 0)]
      }
    }
  }

  @Test
  func `Classes have their own colours whichever of them there are`() {
    let all = [Self.red, Self.green, Self.blue]
    for values in [[0.0, 0], [0, 1], [1, 1], [2, 0], [1, 2]] {
      let matrix = Matrix([values])
      let expected = values.map { all[Int($0)] }
      let heat = HeatmapMark(matrix, colormap: classes, cellValues: .hidden)
      #expect(cells(heat, rows: 1, columns: 2) == expected, "\(values)")
      #expect(heat.colorBar?.domain == -0.5...2.5)
      #expect(cells(ImageMark(matrix, colormap: classes), rows: 1, columns: 2) == expected)
      let mapping = ColorMapping(classes.reversed, values, domain: nil)
      #expect(values.map { mapping.color($0, isDark: false) } == values.map { all[2 - Int($0)] })
    }
  }

  @Test
  func `What is of no class has no colour, and the figure says so`() {
    let mapping = ColorMapping(classes, [0, 7], domain: nil)
    #expect(mapping.color(7, isDark: false) == nil && mapping.color(-1, isDark: false) == nil)
    #expect(mapping.color(.infinity, isDark: false) == nil)
    #expect(!mapping.covers([0, 1, 2, 3]) && mapping.covers([0, 1, 2]))
    let figure = Figure { HeatmapMark(Matrix([[0.0, 1], [2, 3]]), colormap: classes) }
    #expect(ResolvedAxes(figure).notes == ["1 cell is of no class, hatched"])
    let points = Figure {
      PointMark(x: [1, 2], y: [1, 2]).colored(by: [0, 5], colormap: classes)
    }
    #expect(ResolvedAxes(points).notes == ["1 value is of no class, drawn hollow"])
    // Other maps in steps follow the data.
    #expect(ColorMapping(Colormap.viridis.steps(3), [10, 20], domain: nil).domain == 10...20)
  }

  /// A mark on a canvas of 400×300 points, all of it plot area.
  private func drawn(
    _ mark: any Mark, _ x: ClosedRange<Double> = 0...8, _ y: ClosedRange<Double> = 0...6
  ) -> Bitmap {
    let size = Size(width: 400, height: 300)
    var canvas = Canvas(size: size, scale: 1, background: .clear)
    mark.draw(
      on: &canvas,
      in: PlotArea(
        frame: Rect(x: 0, y: 0, width: 400, height: 300),
        x: Projection(scale: .linear, domain: x, start: 0, end: 400),
        y: Projection(scale: .linear, domain: y, start: 300, end: 0), theme: .light, firstSeries: 0)
    )
    return canvas.bitmap()
  }

  private func differing(_ a: Bitmap, _ b: Bitmap) -> Int {
    (0..<300).reduce(0) { sum, y in sum + (0..<400).count { a[$0, y] != b[$0, y] } }
  }

  @Test
  func `Only the missing pixels of a translucent image are hatched`() {
    let whole = (0..<48).map { Double($0) }
    var holed = whole
    for index in [13, 14, 21] { holed[index] = .nan }
    for isSmooth in [false, true] {
      let pictures = [whole, holed].map { values -> Bitmap in
        let matrix = Matrix(rows: 6, columns: 8, values)
        let mark = ImageMark(
          matrix, x: 0...8, y: 0...6, domain: 0...47, isSmooth: isSmooth, opacity: 0.4)
        return drawn(mark)
      }
      // Three of 48 pixels of 2,500; when smooth something of their neighbours too.
      let count = differing(pictures[0], pictures[1])
      #expect(count >= 7500 && count <= (isSmooth ? 30_000 : 7500), "\(count)")
    }
  }

  @Test
  func `Missing pixels of a zoomed translucent image are hatched too`() {
    let mark = ImageMark(
      Matrix(rows: 6, columns: 8) { row, column -> Double in
        row == 2 && column == 4 ? Double.nan : 1
      }, x: 0...8, y: 0...6, opacity: 0.4)
    let bitmap = drawn(mark, 3.99...4.01, 2.99...3.01)
    // The upper right quarter is the missing pixel.
    #expect(bitmap[300, 50].alpha == 1)
    #expect(bitmap[100, 50].alpha < 0.5 && bitmap[300, 250].alpha < 0.5)
  }

  @Test
  func `Only squares without a value are hatched under translucent contours`() {
    let pictures = [-1, 31].map { hole -> Bitmap in
      let matrix = Matrix(rows: 7, columns: 9) { row, column -> Double in
        9 * row + column == hole ? Double.nan : Double(column)
      }
      let levels: [Double] = [0, 2, 4, 6, 8]
      let mark = ContourMark(
        matrix, x: 0...8, y: 0...6, levels: levels, isFilled: true, opacity: 0.4)
      return drawn(mark)
    }
    // The four squares about the point (4, 3).
    #expect(differing(pictures[0], pictures[1]) == 10_000)
  }
}
