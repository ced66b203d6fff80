extension Template {
  static let plainSource = #"""
    //: # The area under a curve
    //: The area under $4 / (1 + x^2)$ from 0 to 1 is $\pi$. Cut into \(strips) strips with slanting
    //: tops, the trapezoidal rule finds \(area). How fast does its error shrink?
    import LabKit

    @main
    struct LabType: Lab {
      // A parameter: `--strips 256` on the command line, `\(strips)` in the prose.
      @Option(help: "Strips of the finest cut.")
      var strips = 64

      func report() throws {
        //: ## Finer and finer
        //: Twice as many strips, each half as wide, again and again:
        var rows: [Row] = []
        var count = 1
        while count <= strips {
          rows.append(Row(strips: count, area: trapezoids(count)))
          count *= 2
        }

        //| label: tbl-areas
        //| tbl-cap: "The area as the strips get narrower"
        show(
          Table(
            rows,
            columns: [
              .column("strips", \.strips),
              .column("area", \.area, as: .decimal(places: 6)),
              .column("error", \.error, as: .scientific(digits: 2)),
            ]))

        publish("area", trapezoids(strips), as: .decimal(places: 6))
        //: In @tbl-areas the error falls with each halving. On axes that both count in powers
        //: (@fig-errors) that is a straight line, and its slope tells how fast.

        //| label: fig-errors
        //| fig-cap: "The error against the number of strips"
        let figure = Figure(
          "Trapezoidal rule", x: Axis("strips", scale: .log), y: Axis("error", scale: .log)
        ) {
          LineMark(x: rows.map(\.strips), y: rows.map(\.error))
          PointMark(x: rows.map(\.strips), y: rows.map(\.error))
        }
        show(figure)

        //: ## A claim
        //: Theory says that half the width leaves a quarter of the error. A claim is a sentence that
        //: the run evaluates. Its mutant is what a plausible mistake would give, here rectangles
        //: instead of trapezoids: the claim must reject it, or it proves nothing.
        let gain = error(trapezoids(strips / 2)) / error(trapezoids(strips))
        let gainOfRectangles = error(rectangles(strips / 2)) / error(rectangles(strips))
        claim(
          "Half the width leaves a quarter of the error", gain, .near(4, tolerance: 0.1),
          as: .decimal(places: 2), mutants: ["rectangles": gainOfRectangles])
      }

      /// A line of the table.
      struct Row {
        var strips: Int
        var area: Double
        var error: Double { abs(area - .pi) }
      }

      func curve(_ x: Double) -> Double { 4 / (1 + x * x) }

      func error(_ area: Double) -> Double { abs(area - .pi) }

      /// The sum of strips whose tops go from the curve to the curve.
      func trapezoids(_ count: Int) -> Double {
        let width = 1 / Double(count)
        let inner = (1..<count).map { curve(Double($0) * width) }.reduce(0, +)
        return width * (curve(0) / 2 + inner + curve(1) / 2)
      }

      /// The sum of strips that are as high as the curve at their left.
      func rectangles(_ count: Int) -> Double {
        let width = 1 / Double(count)
        return width * (0..<count).map { curve(Double($0) * width) }.reduce(0, +)
      }
    }

    """#
}
