import Raster
import TestSupport
import Testing

@testable import Plotting

/// Pictures of what labs need, in both themes: right when they look right.
@Suite
struct LabMarkGoldenTests {
  private static let field = Matrix(rows: 13, columns: 17) { row, column in
    let (x, y) = (Double(column) / 4 - 2, 1.5 - Double(row) / 4)
    return x * x + 3 * y * y
  }
  private static let sample = (0..<80).map { Double(($0 * $0 * 7919) % 101) / 10 }
  private static let picture: Bitmap = {
    var picture = Bitmap(width: 8, height: 6)
    for row in 0..<6 {
      for column in 0..<8 {
        picture[column, row] = Color(red: Double(column) / 7, green: 0.5, blue: Double(row) / 5)
      }
    }
    return picture
  }()

  @Test(arguments: [Theme.light, .dark])
  func `Dates, levels, errors, values, steps and stretches`(theme: Theme) throws {
    let hours = (0..<48).map { 1_774_742_400 + 3600 * Double($0) }
    let grid = FigureGrid(columns: 3) {
      Figure("Dates", x: Axis("time", scale: .time(zone: "Europe/Berlin"))) {
        IntervalMark(x: hours[20]...hours[30], label: "pause")
        LineMark(x: hours, y: hours.indices.map { Double($0 % 12) }, interpolation: .stepAfter)
      }
      Figure("Levels") { ContourMark(Self.field, x: -2...2, y: -1.5...1.5) }
      Figure("Areas") {
        ContourMark(Self.field, x: -2...2, y: -1.5...1.5, isFilled: true, opacity: 0.7, label: "z")
      }
      Figure("Errors", legendTitle: "runs") {
        PointMark(x: [1, 2, 3], y: [2.0, 3.5, 3], label: "five")
          .errorBars(lower: [0.2, 0.9, 0.4], upper: [0.4, 0.3, 0.8])
          .horizontalErrorBars([0.2, 0.1, 0.3])
      }
      Figure("Colour") {
        PointMark(x: 0..<20, y: Self.sample.prefix(20)).colored(by: 1...20, scale: .log, label: "n")
      }
      Figure("Size") {
        PointMark(x: 0..<20, y: Self.sample.prefix(20), opacity: 0.6).sized(by: 1...20, label: "n")
      }
    }
    try matchGolden(grid.render(theme: theme, scale: 1), "lab-marks-\(theme.name)")
  }

  @Test(arguments: [Theme.light, .dark])
  func `Distributions, arrows, fits, pictures and scales of colour`(theme: Theme) throws {
    let places = (0..<12).map { (Double($0 % 4) - 1.5, Double($0 / 4) - 1) }
    let grid = FigureGrid(columns: 3) {
      Figure("Violins") { ViolinMark(["a": Self.sample, "b": Array(Self.sample.prefix(30))]) }
      Figure("Densities") { DensityMark(Self.sample, label: "a") }
      Figure("Arrows") {
        ArrowMark(
          x: places.map(\.0), y: places.map(\.1), dx: places.map { -$0.1 }, dy: places.map(\.0),
          label: "field", scale: 0.4)
      }
      Figure("Fit") {
        FitMark(x: 1...8, y: [1.1, 1.9, 3.2, 3.9, 5.3, 5.8, 7.1, 8.2], label: "fit")
        PointMark(x: 1...8, y: [1.1, 1.9, 3.2, 3.9, 5.3, 5.8, 7.1, 8.2], label: "data")
      }
      Figure("Picture") { PictureMark(Self.picture, x: 0...4, y: 0...3, opacity: 0.8) }
      Figure("Classes") {
        HeatmapMark(
          Matrix(rows: 4, columns: 4) { Double(($0 + $1) % 3) },
          colormap: .classes([.black, Color(hex: 0xCCBB44), Color(hex: 0xAA3377)]),
          domain: -0.5...2.5, label: "class")
      }
    }
    try matchGolden(grid.render(theme: theme, scale: 1), "lab-shapes-\(theme.name)")
  }

  @Test(arguments: [Theme.light, .dark])
  func `A grid of pictures in their own colours, and turned labels`(theme: Theme) throws {
    let tiles = ImageGrid(
      tiles: [
        ImageGrid.Tile(Self.picture, caption: "in colour"),
        ImageGrid.Tile(Matrix(rows: 6, columns: 8) { Double($0 * $1) }, caption: "values"),
      ], columns: 2)
    #expect(
      tiles.alternativeText == "2 images of 6×8 pixels, captioned “in colour”, “values”.")
    try matchGolden(tiles.render(theme: theme, scale: 1), "pictures-\(theme.name)")
    let turned = Figure(x: Axis(tickRotation: -45), y: Axis("count", tickRotation: 90)) {
      BarMark(["convolution", "pooling", "linear"], [120, 40, 75])
    }
    try matchGolden(turned.render(theme: theme, scale: 1), "turned-\(theme.name)")
  }
}
