import Datasets
import Foundation
import SystemCalls
import Testing

/// Typed columns of CSV files.
struct DataTableTests {
  static let text = """
    length (m),period [s],u_period,observer
    0.10,0.63,0.01,Ada
    0.25,NA,0.01,"Blaise, P."
    0.50,1.42,,
    1.00,2.006,0.02,""

    """

  static func read(
    _ text: String = text, columns: [ColumnKind]? = nil, decimal: DecimalSign = .point
  ) throws -> DataTable {
    try DataTable(bytes: Array(text.utf8), name: "a.csv", columns: columns, decimal: decimal)
  }

  static func fault(
    _ text: String, columns: [ColumnKind]? = nil, decimal: DecimalSign = .point
  ) -> String {
    do {
      return "\(try read(text, columns: columns, decimal: decimal))"
    } catch { return "\(error)" }
  }

  @Test func `Columns know what they are`() throws {
    let table = try Self.read()
    #expect("\(table)" == "a.csv, 4 rows: length (m), period (s), u_period, observer")
    #expect(table["length"] == [0.1, 0.25, 0.5, 1] && table["period"][1].isNaN)
    #expect(table.texts("observer") == ["Ada", "Blaise, P.", nil, ""])
    #expect(table.column("period").missingCount == 1 && table.column("period").decimals == 3)
    #expect(table.source.rowCount == 4)
    #expect(table.source.sha256 == SHA256.digest(of: Array(Self.text.utf8)))
  }

  @Test func `Uncertainties come from columns numbers and signs`() throws {
    let table = try Self.read(columns: [
      .number("period", unit: "s", uncertainty: "u_period"),
      .number("length", uncertainty: 0.001),
    ])
    #expect(table.names == ["period", "length"])
    #expect(
      table.uncertainties("period")?[0] == 0.01 && table.uncertainties("period")?[2].isNaN == true)
    #expect(table.uncertainties("length") == [0.001, 0.001, 0.001, 0.001])
    let signs = try Self.read("g\n9.81 ± 0.02\n9.79+/-0.03\n\u{2212}1e-3 ± 2\nNA\n")
    #expect(signs["g"][..<3] == [9.81, 9.79, -0.001])
    #expect(signs.uncertainties("g")?[..<3] == [0.02, 0.03, 2])
    #expect(signs.column("g").decimals == nil)
  }

  @Test func `Decimal commas`() throws {
    let table = try Self.read("l;T\n0,10;0,63\n1;2,006\n", decimal: .comma)
    #expect(table["T"] == [0.63, 2.006])
    // Not asked for, it is said and not taken for text.
    #expect(
      Self.fault("l;T\n0,10;0,63\n1;2,006\n")
        == "a.csv: line 2, column 1: '0,10' has a decimal comma; if the whole file has, read it with "
        + "decimal: .comma")
    #expect(
      Self.fault("l;T\n0.10;0,63\n", columns: [.number("l")], decimal: .comma)
        == "a.csv: line 2, column 1: '0.10' has a decimal point, and the file is read with decimal: "
        + ".comma")
    #expect(
      Self.fault("l,T\n0,10,0,63\n", decimal: .comma)
        == "a.csv: line 2, column 6: this row has 4 fields, and the first row names 2 columns; a "
        + "decimal comma inside of commas needs quotes")
  }

  @Test(arguments: [
    ("", "a.csv: is empty; its first row should name the columns"),
    ("a,,b\n", "a.csv: line 1, column 3: this column has no name"),
    ("a,b, a\n", "a.csv: line 1, column 5: a column named 'a' stands to the left already"),
    (
      "a,b\n1,2\n3\n",
      "a.csv: line 3, column 1: this row has 1 field, and the first row names 2 columns"
    ),
    (
      "a,b\n1,2,3\n",
      "a.csv: line 2, column 5: this row has 3 fields, and the first row names 2 columns"
    ),
    (
      "a\n1 ± 0.1\n2\n",
      "a.csv: line 3, column 1: other numbers of 'a' have their uncertainty after ±, this one not"
    ),
  ])
  func `Faults of the file`(text: String, sentence: String) {
    #expect(Self.fault(text) == sentence)
  }

  @Test func `No numbers`() {
    let cases: [String] = [
      "1.2o", "inf", "0x10", "1,234.5", "1 2", "--1", "1e", ".", "1e999", "1.5.2", "½", "1 ± 0",
      "1 ±",
    ]
    for field in cases {
      let sentence = Self.fault("a;b\n1;x\n\(field);y\n", columns: [.number("a")])
      #expect(sentence == "a.csv: line 3, column 1: '\(field)' is no number, as 'a' should hold")
    }
  }

  @Test(arguments: [
    (" 1.5 ", 1.5), ("+2", 2), (".5", 0.5), ("5.", 5), ("-1.25e-3", -0.00125), ("007", 7),
  ])
  func `Numbers are read`(field: String, value: Double) throws {
    #expect(try Self.read("a;b\n\(field);y\n")["a"] == [value])
  }

  @Test func `Faults of the request`() {
    #expect(
      Self.fault("a,b\n1,2\n", columns: [.number("c")])
        == "a.csv: has no column 'c'; it has 'a', 'b'")
    #expect(
      Self.fault("a,b\n1,-2\n", columns: [.number("a", uncertainty: "b")])
        == "a.csv: line 2, column 3: an uncertainty is above 0, but here is -2")
  }

  @Test func `A column that is text says why`() async {
    await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      let table = try DataTable(bytes: Array("a\n1\n1.2o\n".utf8), name: "a.csv")
      _ = table["a"]
    }
  }

  @Test func `Tables from tables`() throws {
    let table = try Self.read()
    #expect(table.filter { $0["length"] > 0.3 }["length"] == [0.5, 1])
    #expect(table.complete().count == 2 && table.complete("length", "period").count == 3)
    #expect(table.sorted(by: "period")["length"] == [0.1, 0.5, 1, 0.25])
    #expect(table.grouped(by: "observer").map(\.text) == ["Ada", "Blaise, P.", ""])
    let squares = table.adding("T²", unit: "s²", uncertainty: { 2 * $0["period"] * $0["u_period"] })
    {
      $0["period"] * $0["period"]
    }
    #expect(squares["T²"][0] == 0.63 * 0.63 && squares.column("T²").title == "T² (s²)")
    #expect(squares.uncertainties("T²")?[0] == 2 * 0.63 * 0.01)
    #expect(squares.source == table.source)
  }

  @Test func `Files beside the source`() throws {
    let error = #expect(throws: FileError.self) { try DataTable(beside: "none.csv") }
    #expect(error?.description == "none.csv: does not exist beside DataTableTests.swift")
    let file = FileManager.default.temporaryDirectory.appending(path: "\(UUID()).csv")
    try Data(Self.text.utf8).write(to: file)
    defer { try? FileManager.default.removeItem(at: file) }
    #expect(try DataTable(contentsOf: file.path).count == 4)
    #expect(try DataTable(beside: file.lastPathComponent, sourceFile: file.path).count == 4)
    #expect(throws: FileError.self) { try DataTable(contentsOf: file.path, byteLimit: 10) }
  }
}
