import LabKit

extension Benchmarks {
  func plotting(_ measured: Measured) throws {
    //: ## Plots
    //:
    //: The same line plot, 1280×960 pixels, three series of 500 points, drawn and encoded as PNG by
    //: this package and by matplotlib's `savefig`, in turns.
    let plots = try LinePlotRace.run(python: python, rounds: rounds)
    //| volatile: true
    show(
      Table(
        [
          ("LabKit", rounded(plots.ourMedian)),
          (
            plots.version.map { "matplotlib \($0)" } ?? "matplotlib: not found",
            plots.ratio.map { rounded($0 * plots.ourMedian) } ?? "–"
          ),
        ], columns: [.column("plot", { $0.0 }), .column("ms", { $0.1 }, alignment: .trailing)]))
  }

  func targets(_ measured: Measured) throws {
    //: ## Targets
    //:
    //: What was to be reached, and what this run measured. A dash means that it could not be
    //: measured here, for the reason given; a cross is explained below the table. Ratios hardly
    //: depend on the machine. Times do: those wanted were set for a core with a peak of 176 GF/s.
    //| volatile: true
    show(
      Table(
        measured.targets,
        columns: [
          .column("job", { $0.job }), .column("at least", { $0.target }),
          .column("measured", { $0.measured }),
          .column("", { $0.holds.map { $0 ? "✓" : "✗" } ?? "–" }, alignment: .center),
        ]))
    for reason in measured.reasons { print(reason) }
  }
}
