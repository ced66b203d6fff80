import Reports
import Testing

@testable import LabKit

/// Tables of data in figures, fits and tables of a report.
struct DataTests {
  static func table() throws -> DataTable {
    try DataTable(
      bytes: Array(
        """
        length (m),period (s),u,who
        0.10,0.64,0.01,Ada
        0.20,,0.01,Ada
        0.50,1.42,0.02,Bo
        1.00,2.01,0.02,

        """.utf8), name: "a.csv",
      columns: [.number("length"), .number("period", uncertainty: "u"), .text("who")])
  }

  @Test func `Marks take columns and their error bars`() throws {
    let table = try Self.table()
    let mark = PointMark(table, x: "length", y: "period", label: "measured")
    #expect(mark.x == [0.1, 0.2, 0.5, 1] && mark.y[1].isNaN)
    let axes = (Axis(table, "length"), Axis(table, "period"))
    let summary = try #require(mark.summary(x: axes.0, y: axes.1))
    #expect(summary.contains("errors from ±0.01 to ±0.02") && axes.0.label == "length")
    #expect(axes.1.unit == "s")
    #expect(mark.notes(x: axes.0, y: axes.1).count == 1)
  }

  @Test func `Fits weigh by the uncertainties`() throws {
    let table = try Self.table()
    let fit = LinearFit(table, x: "length", y: "period")
    let same = LinearFit(
      x: [0.1, 0.5, 1], y: [0.64, 1.42, 2.01], uncertainties: [0.01, 0.02, 0.02])
    #expect(fit == same && fit.count == 3)
    let mark = FitMark(table, x: "length", y: "period")
    #expect(
      mark.summary(x: Axis(), y: Axis())?.contains("weighted by their uncertainties") == true)
  }

  @Test func `Tables show what the file says`() throws {
    let shown = Table(try Self.table())
    #expect(shown.columns.map(\.title) == ["length", "period", "who"])
    #expect(shown.columns.map(\.unit) == ["m", "s", nil])
    #expect(shown.rows.map { $0.map(\.text) }[0] == ["0.10", "0.640 ± 0.010", "Ada"])
    #expect(shown.rows[1][1].text == "–" && shown.rows[3][2].text == "–")
    let part = Table(try Self.table(), columns: ["length"], as: ["length": .decimal(places: 1)])
    #expect(part.rows.map { $0[0].text } == ["0.1", "0.2", "0.5", "1.0"])
  }

  @Test func `A check is tested by mutants`() {
    let mutants: KeyValuePairs<String, ([Int]) -> Int> = [
      "first": { $0[0] }, "last": { $0[$0.count - 1] },
    ]
    let largest: ([Int]) -> Int = { $0.max() ?? 0 }
    let good = verdict("finds", check: { $0([1, 3, 2]) == 3 }, accepts: largest, rejects: mutants)
    #expect(
      good.outcome == .holds && good.measured == "accepts the sound one, rejects 2 of 2 mutants")
    let weak = verdict("finds", check: { $0([1, 2, 3]) == 3 }, accepts: largest, rejects: mutants)
    #expect(weak.outcome == .broken && weak.mutants.map(\.passes) == [false, true])
    let wrong = verdict("finds", check: { $0([1, 2]) == 1 }, accepts: largest, rejects: mutants)
    #expect(wrong.outcome == .fails)
    struct Trouble: Error {}
    let thrown = verdict("finds", check: { _ in throw Trouble() }, accepts: 1, rejects: ["a": 2])
    #expect(thrown.outcome == .fails && thrown.mutants.map(\.passes) == [false])
  }

  @Test func `Outside of a run it is the teacher's edition`() {
    let value = solution {
      1
    } stub: {
      0
    }
    #expect(value == 1)
  }
}
