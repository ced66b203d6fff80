import Datasets

/// A CSV file: its rows, its columns with a point and with a comma, and a fit's worth of values.
@Sendable func readTable(_ bytes: [UInt8]) throws {
  let text = try DelimitedText(bytes: bytes)
  try expect(text.rows.allSatisfy { !$0.isEmpty }, "a row without a field")
  for field in text.rows.joined() {
    try expect(field.line >= 1 && field.column >= 1, "a field at \(field.line):\(field.column)")
  }
  for decimal in [DecimalSign.point, .comma] {
    let table: DataTable
    do { table = try DataTable(bytes: bytes, name: "fuzz", decimal: decimal) } catch { continue }
    try expect(table.count == text.rows.count - 1, "\(table.count) rows of \(text.rows.count)")
    for column in table.columns {
      try expect(column.count == table.count, "\(column.count) values in \(table.count) rows")
      guard case .numbers(let numbers, let uncertainties) = column.values else { continue }
      try expect(!numbers.contains(where: \.isInfinite), "an infinite number")
      for uncertainty in uncertainties ?? [] where !uncertainty.isNaN {
        try expect(uncertainty > 0, "the uncertainty \(uncertainty)")
      }
    }
    _ = table.complete()
  }
}
