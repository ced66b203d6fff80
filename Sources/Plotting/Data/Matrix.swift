import Requirements
import Sweeps

/// A table of numbers, row by row: what heatmaps, images and tensor grids draw. Row 0 is on top.
public struct Matrix: Sendable, Hashable {
  /// The number of rows.
  public let rows: Int
  /// The number of columns.
  public let columns: Int
  /// The values, row by row; `rows · columns` of them. NaN is a missing value.
  public var values: [Double] {
    didSet {
      require(
        values.count == rows * columns,
        "Matrix: \(rows)×\(columns) needs \(rows * columns) values, \(values.count) were given")
    }
  }

  /// Makes a matrix from its values, row by row.
  ///
  /// Traps when the number of values is not `rows · columns`.
  public init(
    rows: Int, columns: Int, _ values: some Sequence<some Plottable>,
    fileID: StaticString = #fileID, line: UInt = #line
  ) {
    self.init(
      rows: rows, columns: columns, plain: values.map(\.plotted), fileID: fileID, line: line)
  }

  /// Makes a matrix from rows of equal length. Traps when their lengths differ.
  public init(_ rows: [[some Plottable]], fileID: StaticString = #fileID, line: UInt = #line) {
    let columns = rows.first?.count ?? 0
    for (index, row) in rows.enumerated() {
      require(
        row.count == columns,
        "Matrix: row \(index) has \(row.count) values, row 0 has \(columns)", file: fileID,
        line: line)
    }
    self.init(rows: rows.count, columns: columns, plain: rows.flatMap { $0.map(\.plotted) })
  }

  /// Makes a matrix whose value at (row, column) is computed.
  public init(
    rows: Int, columns: Int, fileID: StaticString = #fileID, line: UInt = #line,
    _ value: (_ row: Int, _ column: Int) -> Double
  ) {
    require(
      rows >= 0 && columns >= 0, "Matrix: \(rows)×\(columns) is not a size", file: fileID,
      line: line)
    var values: [Double] = []
    values.reserveCapacity(rows * columns)
    for row in 0..<rows {
      for column in 0..<columns { values.append(value(row, column)) }
    }
    self.init(rows: rows, columns: columns, plain: values)
  }

  init(
    rows: Int, columns: Int, plain values: [Double], fileID: StaticString = #fileID,
    line: UInt = #line
  ) {
    require(
      rows >= 0 && columns >= 0, "Matrix: \(rows)×\(columns) is not a size", file: fileID,
      line: line)
    require(
      values.count == rows * columns,
      "Matrix: \(rows)×\(columns) needs \(rows * columns) values, \(values.count) were given",
      file: fileID, line: line)
    self.rows = rows
    self.columns = columns
    self.values = values
  }

  /// The value at a row (0 on top) and a column (0 at the left). Traps outside of the matrix.
  public subscript(
    row: Int, column: Int, fileID: StaticString = #fileID, line: UInt = #line
  ) -> Double {
    get {
      require(
        0 <= row && row < rows && 0 <= column && column < columns,
        "Matrix: (\(row), \(column)) is outside of \(rows)×\(columns)", file: fileID, line: line)
      return values[row * columns + column]
    }
    set {
      require(
        0 <= row && row < rows && 0 <= column && column < columns,
        "Matrix: (\(row), \(column)) is outside of \(rows)×\(columns)", file: fileID, line: line)
      values[row * columns + column] = newValue
    }
  }

  /// The smallest and largest finite value, or `nil` when there is none.
  public var range: ClosedRange<Double>? { finiteRange(of: values) }
}

/// The smallest and largest finite value, or `nil` when there is none.
func finiteRange(of values: some Sequence<Double>) -> ClosedRange<Double>? {
  Sweep.range(of: array(of: values))
}

/// The values as what sweeps go over; arrays, which they mostly are, without a copy.
func array(of values: some Sequence<Double>) -> [Double] {
  (values as? [Double]) ?? Array(values)
}

extension Matrix {
  /// The matrix with its rows, its columns or both in the opposite order.
  func turned(rows turnsRows: Bool, columns turnsColumns: Bool) -> Matrix {
    guard turnsRows || turnsColumns else { return self }
    return Matrix(rows: rows, columns: columns) { row, column in
      self[turnsRows ? rows - 1 - row : row, turnsColumns ? columns - 1 - column : column]
    }
  }
}
