import LabKit
import PNGCoding

/// Values of the public types of the libraries for pictures, reports, statistics and tables, made anew;
/// what no initialiser makes is found inside of others.
enum PublicValues {
  static func all() throws -> [Any] {
    try numbers() + tables() + pictures() + marks() + figures() + diagrams() + reports() + labs()
  }

  private static func numbers() -> [Any] {
    var random = SplitMix64(seed: 1)
    let sample = Sample([1, 2, 4])
    return [
      Estimate.mean(of: sample), sample, StudentT(degreesOfFreedom: 3),
      LinearFit(x: [1, 2, 3, 4], y: [1, 3, 2, 5]),
      PermutationTest.paired(sample, Sample([2, 2, 2]), using: &random),
      NumberFormat.percent(decimals: 1), NumberFormat.Spelling.text, DecimalDigits(exactly: 0.1),
    ]
  }

  private static func tables() throws -> [Any] {
    let bytes = Array("length (m),name\n1.5,a\n2,b\n".utf8)
    let table = try DataTable(bytes: bytes, name: "file.csv")
    return [
      table, table.rows[0], try DelimitedText(bytes: bytes), DecimalSign.comma,
      ColumnKind.number("length"),
    ]
  }

  private static func pictures() -> [Any] {
    let text = Text("word", size: 12)
    var errors: [Any] = []
    do { _ = try PNGDecoder.decode([1, 2, 3]) } catch { errors.append(error) }
    do { _ = try Font(trueType: [1, 2, 3]) } catch { errors.append(error) }
    let path = Path.circle(center: Point(1, 2), radius: 3)
    return errors + [
      path, path.elements, Bitmap(width: 2, height: 2), Rect(x: 0, y: 0, width: 2, height: 1),
      text, text.measure(), Anchor(.center, .baseline), Canvas(size: Size(width: 2, height: 2)),
      AffineTransform.scale(2), Stroke(width: 2), Stamp(),
      Drawing(size: Size(width: 2, height: 2), background: .white), FillRule.evenOdd,
      Font.weight(.bold),
      Font.Weight.bold, Raster.Interpolation.nearest, Color.white,
    ]
  }

  private static func marks() -> [Any] {
    let matrix = Matrix([[1, 2], [3, 4]])
    let values: KeyValuePairs = ["a": [1.0, 2, 3, 5], "b": [2.0, 3, 4, 4.5]]
    return [
      AnnotationMark("here", x: 1, y: 2), AreaMark(x: [1, 2], y: [1, 2]),
      ArrowMark(x: [1], y: [1], dx: [1], dy: [2]), BarMark(["a", "b"], [1, 2]), BoxMark(values),
      ContourMark(matrix, x: 0...1, y: 0...1), DensityMark([1, 2, 3]),
      FitMark(x: [1, 2, 3], y: [1, 2, 4]), HeatmapMark(matrix), HistogramMark([1, 2, 3]),
      ImageMark(matrix), IntervalMark(x: 1.0...2), LineMark(x: [1, 2], y: [1, 2]),
      LineMark(x: [1, 2], y: [1, 2]).onSecondAxis(),
      PictureMark(Bitmap(width: 2, height: 2)), PointMark(x: [1], y: [1], symbol: .circle),
      RuleMark(y: 1), ViolinMark(values), MarkBuilder.self, matrix,
    ]
  }

  private static func figures() -> [Any] {
    // What a mark is given when it is drawn, and what it asks of its axes.
    let seen = Seen()
    let figure = Figure(
      "Title", x: Axis("x", domain: 0...1), y: Axis("y", scale: .linear), legend: .inside(.topLeft)
    ) {
      Watching(seen: seen)
    }
    _ = figure.render()
    return seen.values + [
      figure, FigureGrid(columns: 1) { figure }, FigureBuilder.self, Theme.light, Tick(1, "one"),
      Colormap.viridis, AxisDemand([-1, 2]), LegendEntry("a", .symbol(.circle, .series(0))),
      ColorBar(.viridis, domain: 0...1), Axis.Ticks.integers,
    ]
  }

  private static func diagrams() -> [Any] {
    let matrix = Matrix([[1, 2], [3, 4]])
    let highlight = TensorGrid.Highlight(row: 0, column: 1)
    return [
      ImageGrid(tiles: [ImageGrid.Tile(matrix, caption: "one")], columns: 1),
      TensorGrid(
        panels: [
          TensorGrid.Panel(matrix, padding: TensorGrid.Ring(1), highlights: [highlight]),
          TensorGrid.Panel(matrix),
        ], operators: ["→"],
        beams: [TensorGrid.Beam(from: highlight, in: 0, to: highlight, in: 1)]),
    ]
  }

  private static func reports() throws -> [Any] {
    let source = """
      //: # A lab
      //: Some *words*.
      import LabKit

      @main
      struct Some: Lab {
        func report() throws {
          //| label: fig-one
          let x = 1
          print(x)
        }
      }
      """
    let file = SourceFile(fileID: "Some/Some.swift", path: "Some.swift", text: source)
    let broken = SourceFile(
      fileID: "Some/Some.swift", path: "Some.swift",
      text: source.replacing("label: fig-one", with: "lable: fig-one"))
    var troubles: [Any] = []
    do {
      _ = try LabSource(files: [broken])
    } catch { troubles.append(error) }
    let markup = Markup(
      text: """
        # Head

        Some *words*, `code`, $x^2$, @fig-one, [@key, p. 3], \\(name), [link](to \\(name)).

        > [!NOTE]
        > Look.

        - one
        - two

        | a | b |
        | - | - |
        | 1 | 2 |

        ```swift
        let a = 1
        ```
        """)
    let column: TableColumn<Int> = .column("number", { $0 })
    let table = Table([1, 2], columns: [column])
    return troubles + [
      try LabSource(files: [file]), markup, Markup.line("## Head {#sec-head}"),
      Label("fig-one") as Any, table, column,
      Published("name", value: 1.5, tolerance: .absolute(1)),
      ReportOrigin(lab: "lab"), Edition.teacher, FrontMatter(), CellOptions(),
      CellOptions.CodeFold(rawValue: "show") as Any, CellOptions.OutputStyle.asIs,
      Label.Kind.figure,
      Callout.Alert.note, SourceLocation(fileID: "a/b.swift", line: 3), file,
      Markup.Position(line: 1, column: 1),
      Diagnostic(path: "a", line: 1, column: 2, message: "wrong"), Table.Alignment.center,
    ]
  }

  private static func labs() -> [Any] {
    let comparison = Comparison(
      "same", actual: [1.0], expected: [1.0], tolerance: .absolute(1), mutants: ["far": [9.0]])
    let progress = Progress("Steps", over: 0..<2)
    return [
      comparison, Condition<Double>.above(1), progress, progress.makeIterator(),
      FigureAppearances.light,
    ]
  }

  /// What a mark was given.
  private final class Seen: @unchecked Sendable {
    var values: [Any] = []
  }

  private struct Watching: Mark {
    let seen: Seen
    var xDemand: AxisDemand { AxisDemand([0, 1]) }
    var yDemand: AxisDemand { AxisDemand([0, 1]) }
    func draw(on canvas: inout Canvas, in plot: PlotArea) { seen.values.append(plot) }
  }
}
