internal import Requirements

/// A table of data as one measures or downloads it: named columns of numbers and of texts, from a CSV
/// or TSV file.
///
/// ```swift
/// let table = try DataTable(
///   beside: "pendulum.csv",
///   columns: [
///     .number("length", unit: "m"), .number("period", unit: "s", uncertainty: "u_period"),
///     .text("observer"),
///   ])
/// let longest = table["length"].max()
/// ```
///
/// What is wrong with the file is found when it is read, and throws with line and column. To ask the
/// table for a column that it does not have is a programmer's mistake, and traps.
public struct DataTable: Hashable, Sendable {
  /// The file: name, length, digest and rows, for the report's provenance.
  public var source: DataSource

  /// The columns, all as long.
  public private(set) var columns: [DataColumn]

  /// How many rows there are.
  public private(set) var count: Int

  /// A table from its columns. Traps when they are not as long as each other or two have one name.
  ///
  /// - Parameters:
  ///   - source: What the numbers come from.
  ///   - columns: The columns.
  public init(source: DataSource, columns: [DataColumn]) {
    count = columns.first?.count ?? 0
    for column in columns {
      require(
        column.count == count,
        "the columns of a table have as many rows, but '\(column.name)' has \(column.count), not "
          + "\(count)")
      if case .numbers(_, let uncertainties?) = column.values {
        require(
          uncertainties.count == count,
          "the column '\(column.name)' has \(count) numbers and \(uncertainties.count) "
            + "uncertainties")
      }
    }
    let names = Set(columns.map(\.name))
    require(
      names.count == columns.count,
      "two columns of a table have the same name: \(columns.map(\.name))")
    self.source = source
    self.columns = columns
  }

  /// The names of the columns, in order.
  public var names: [String] { columns.map(\.name) }

  /// A column. Traps when there is none of that name.
  public func column(_ name: String) -> DataColumn {
    guard let column = columns.first(where: { $0.name == name }) else {
      requirementFailed(
        "\(source.name) has no column '\(name)'; it has "
          + names.map { "'\($0)'" }.joined(separator: ", "))
    }
    return column
  }

  /// The numbers of a column, NaN where one is missing. Traps when there is no such column, and when it
  /// holds texts.
  public subscript(_ name: String) -> [Double] {
    let column = column(name)
    guard case .numbers(let numbers, _) = column.values else {
      requirementFailed(
        "the column '\(name)' of \(source.name) holds texts, not numbers"
          + (column.whyText.map { ": \($0)" } ?? ""))
    }
    return numbers
  }

  /// The standard uncertainties of a column of numbers, where they are known. Traps as the subscript
  /// does.
  public func uncertainties(_ name: String) -> [Double]? {
    guard case .numbers(_, let uncertainties) = column(name).values else {
      _ = self[name]
      return nil
    }
    return uncertainties
  }

  /// The texts of a column, `nil` where one is missing. Traps when there is no such column, and when it
  /// holds numbers.
  public func texts(_ name: String) -> [String?] {
    guard case .texts(let texts) = column(name).values else {
      requirementFailed(
        "the column '\(name)' of \(source.name) holds numbers; to have texts, read it as "
          + ".text(\"\(name)\")")
    }
    return texts
  }
}

extension DataTable: CustomStringConvertible {
  /// `pendulum.csv, 12 rows: length (m), period (s), observer`
  public var description: String {
    "\(source.name), \(count) \(count == 1 ? "row" : "rows"): "
      + columns.map(\.title).joined(separator: ", ")
  }
}
