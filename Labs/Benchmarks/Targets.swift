import LabKit

extension Benchmarks {
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
