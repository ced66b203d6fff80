extension Template {
  /// Ten lengths of a pendulum, timed by two people; one reading is missing.
  static let dataFile = """
    length (m),period (s),u_period,observer
    0.10,0.641,0.012,Ada
    0.20,0.893,0.012,Ada
    0.30,1.094,0.012,Ada
    0.40,1.275,0.012,Ada
    0.50,1.412,0.012,Ada
    0.60,1.561,0.020,Blaise
    0.70,NA,0.020,Blaise
    0.80,1.780,0.020,Blaise
    0.90,1.918,0.020,Blaise
    1.00,2.001,0.020,Blaise

    """

  static let dataSource = #"""
    //: # Free fall, by a pendulum
    //: A pendulum of length $\ell$ swings with the period $T = 2 \pi \sqrt{\ell / g}$. From
    //: \(readings) readings follows $g$ = \(g) m/s².
    import LabKit

    @main
    struct LabType: Lab {
      func report() throws {
        //: ## The readings
        //: They stand in a CSV file beside this source. What the columns are is said here, so that a
        //: slip in the file is an error with its line and column, and no number of the report.
        let measured = try DataTable(
          beside: "measurements.csv",
          columns: [
            .number("length"), .number("period", uncertainty: "u_period"), .text("observer"),
          ])
        // File, digest and rows then stand under Provenance, and the check notices other data.
        cite(measured)

        //| label: tbl-readings
        //| tbl-cap: "The readings; a dash is one that is missing"
        show(measured)

        //: ## A straight line
        //: The square of the period grows in proportion to the length, with the slope
        //: $4 \pi^2 / g$. An uncertainty $u$ of $T$ makes one of $2 T u$ of $T^2$.
        let table = measured.complete("length", "period").adding(
          "T²", unit: "s²",
          uncertainty: { row in 2 * row["period"] * (row.uncertainty("period") ?? 0) }
        ) { row in
          row["period"] * row["period"]
        }
        publish("readings", table.count)

        //| label: fig-line
        //| fig-cap: "The square of the period against the length, and the weighted fit"
        let figure = Figure("Pendulum", x: Axis(table, "length"), y: Axis(table, "T²")) {
          PointMark(table, x: "length", y: "T²", label: "measured")
          FitMark(table, x: "length", y: "T²", label: "fit")
        }
        show(figure)

        //: ## The result
        //: Each point weighs by its uncertainty. That the line describes the points is said by
        //: $\chi^2$ per degree of freedom, \(chi), which is near 1 when the uncertainties are honest.
        let line = LinearFit(table, x: "length", y: "T²")
        let g = freeFall(line)
        publish("g", g, as: .decimal(places: 2))
        publish("chi", line.reducedChiSquared ?? .nan, as: .decimal(places: 2))

        // Whoever forgets the square fits a straight line through a root.
        let withoutSquare = freeFall(LinearFit(table, x: "length", y: "period"))
        claim(
          "The acceleration is that of the Earth's surface", g, .within(9.3...10.3),
          as: .decimal(places: 2), mutants: ["T instead of T²": withoutSquare])
        claim(
          "The line and the uncertainties describe the readings", line.reducedChiSquared ?? .nan,
          .within(0.2...2.5), as: .decimal(places: 2),
          mutants: ["uncertainties ten times too small": (line.reducedChiSquared ?? .nan) * 100])
      }

      /// g = 4 π² / slope, with its interval.
      func freeFall(_ line: LinearFit) -> Estimate {
        let factor = 4 * Double.pi * Double.pi
        let slope = line.slope
        return Estimate(
          value: factor / slope.value, lower: factor / slope.upper, upper: factor / slope.lower,
          confidence: slope.confidence, count: slope.count)
      }
    }

    """#
}
