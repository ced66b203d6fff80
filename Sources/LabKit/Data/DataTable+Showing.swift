public import Datasets
public import Numbers
public import Reports

extension Table {
  /// The rows of a table of data as a report shows them.
  ///
  /// Numbers have as many decimals as the file gives them, those with an uncertainty as many as that
  /// says; a dash stands for what is missing.
  ///
  /// ```swift
  /// show(Table(table, columns: ["length", "period"]))
  /// ```
  ///
  /// - Parameters:
  ///   - table: The table.
  ///   - names: Which columns, in which order; `nil` shows all. Traps when one does not exist.
  ///   - formats: Formats for columns that are to look otherwise.
  ///   - label: The label, where the cell has none.
  ///   - caption: The caption, where the cell has none.
  public init(
    _ table: DataTable, columns names: [String]? = nil, as formats: [String: NumberFormat] = [:],
    label: String? = nil, caption: String? = nil
  ) {
    let columns = (names ?? table.names).map(table.column)
    self.init(
      columns: columns.map { column in
        if case .texts = column.values { return Column(column.name, unit: column.unit) }
        return Column(column.name, unit: column.unit, alignment: .trailing)
      },
      rows: (0..<table.count).map { row in
        columns.map { $0.cell(row, as: formats[$0.name]) }
      },
      label: label, caption: caption)
  }
}

/// Shows the rows of a table of data under the lines that show it.
///
/// - Parameters:
///   - table: The table.
///   - fileID: The file that shows it; leave it out.
///   - line: The line that shows it; leave it out.
public func show(_ table: DataTable, fileID: String = #fileID, line: Int = #line) {
  show(Table(table), fileID: fileID, line: line)
}

extension DataColumn {
  fileprivate func cell(_ row: Int, as format: NumberFormat?) -> Table.Cell {
    switch values {
    case .texts(let texts): return Table.Cell(texts[row] ?? "–")
    case .numbers(let numbers, let uncertainties):
      let number = numbers[row]
      if number.isNaN { return "–" }
      if let format { return Table.Cell(number, as: format) }
      if let uncertainty = uncertainties?[row], uncertainty.isFinite {
        return Table.Cell(number, as: .uncertain(by: uncertainty))
      }
      return Table.Cell(number, as: decimals.map { .decimal(places: $0) } ?? .automatic)
    }
  }
}
