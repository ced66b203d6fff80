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
}
