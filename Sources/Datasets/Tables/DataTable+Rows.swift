internal import Requirements

/// Tables from tables. The source stays what was read: a report cites the file, not what is left of it.
extension DataTable {
  /// A row: its values by the names of their columns.
  public struct Row: Sendable {
    let table: DataTable
    /// Which row it is, from 0.
    public let index: Int

    /// The number in a column, NaN where it is missing. Traps as ``DataTable/subscript(_:)`` does.
    public subscript(_ name: String) -> Double { table[name][index] }

    /// How far the number in a column may be off; `nil` where that is not known.
    public func uncertainty(_ name: String) -> Double? { table.uncertainties(name)?[index] }

    /// The text in a column, `nil` where it is missing. Traps as ``DataTable/texts(_:)`` does.
    public func text(_ name: String) -> String? { table.texts(name)[index] }
  }

  /// The rows, in order.
  public var rows: [Row] { (0..<count).map { Row(table: self, index: $0) } }

  /// The table of the rows that meet a condition.
  public func filter(_ isIncluded: (Row) throws -> Bool) rethrows -> DataTable {
    let kept = try rows.filter(isIncluded).map(\.index)
    return selecting(kept)
  }

  /// The table of the rows in which no value of some columns is missing.
  ///
  /// - Parameter names: The columns; none means all. Traps when one does not exist.
  public func complete(_ names: String...) -> DataTable {
    let columns = names.isEmpty ? columns : names.map(column)
    return selecting(
      (0..<count).filter { row in
        columns.allSatisfy { column in
          switch column.values {
          case .numbers(let numbers, let uncertainties):
            !numbers[row].isNaN && !(uncertainties?[row].isNaN ?? false)
          case .texts(let texts): texts[row] != nil
          }
        }
      })
  }

  /// The table in the order of a column of numbers, missing ones last; equal ones stay as they were.
  public func sorted(by name: String) -> DataTable {
    let numbers = self[name]
    return selecting(
      numbers.indices.sorted { first, second in
        let (a, b) = (numbers[first], numbers[second])
        if a.isNaN || b.isNaN { return !a.isNaN || (b.isNaN && first < second) }
        return a == b ? first < second : a < b
      })
  }

  /// The tables of the rows that share a text, in the order in which the texts first come; rows without
  /// one are left out.
  public func grouped(by name: String) -> [(text: String, table: DataTable)] {
    let texts = texts(name)
    var order: [String] = []
    for case let text? in texts where !order.contains(text) { order.append(text) }
    return order.map { text in
      (text, selecting(texts.indices.filter { texts[$0] == text }))
    }
  }

  /// The table with one more column of numbers, computed row by row.
  ///
  /// Traps when there is a column of that name already.
  ///
  /// - Parameters:
  ///   - name: The new column's name.
  ///   - unit: Its unit.
  ///   - uncertainty: The standard uncertainty of each number; `nil` where none is known.
  ///   - value: The number of a row.
  public func adding(
    _ name: String, unit: String? = nil, uncertainty: ((Row) -> Double)? = nil,
    value: (Row) -> Double
  ) -> DataTable {
    let rows = rows
    return DataTable(
      source: source,
      columns: columns + [
        DataColumn(
          name, unit: unit,
          .numbers(rows.map(value), uncertainties: uncertainty.map { rows.map($0) }))
      ])
  }

  private func selecting(_ indices: [Int]) -> DataTable {
    DataTable(source: source, columns: columns.map { $0.rows(indices) })
  }
}
