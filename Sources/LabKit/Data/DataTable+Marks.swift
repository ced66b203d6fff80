public import Datasets
public import Plotting

/// Marks straight from the columns of a table.
///
/// Each traps as ``DataTable/subscript(_:)`` does when the table has no such column of numbers. What is
/// missing is left out, and the figure says so.
extension PointMark {
  /// Points from two columns, with the error bars that the columns have uncertainties for.
  ///
  /// ```swift
  /// PointMark(table, x: "length", y: "period")
  /// ```
  public init(
    _ table: DataTable, x: String, y: String, label: String? = nil, color: Ink? = nil,
    symbol: Symbol? = nil, size: Double? = nil, opacity: Double = 1
  ) {
    var mark = PointMark(
      x: table[x], y: table[y], label: label, color: color, symbol: symbol, size: size,
      opacity: opacity)
    if let errors = table.uncertainties(y) { mark = mark.errorBars(errors) }
    if let errors = table.uncertainties(x) { mark = mark.horizontalErrorBars(errors) }
    self = mark
  }
}

extension LineMark {
  /// A line through the rows of two columns in their order, with a band where the second column has
  /// uncertainties.
  public init(
    _ table: DataTable, x: String, y: String, label: String? = nil, color: Ink? = nil
  ) {
    var mark = LineMark(x: table[x], y: table[y], label: label, color: color)
    if let errors = table.uncertainties(y) { mark = mark.band(error: errors) }
    self = mark
  }
}

extension FitMark {
  /// A polynomial through two columns, the points weighted where the second has uncertainties.
  ///
  /// ```swift
  /// FitMark(table, x: "length", y: "period", label: "fit")
  /// ```
  ///
  /// Uncertainties of the first column are drawn by ``PointMark`` and no part of the fit.
  public init(
    _ table: DataTable, x: String, y: String, degree: Int = 1, confidence: Double? = 0.95,
    label: String? = nil, color: Ink? = nil, fileID: StaticString = #fileID, line: UInt = #line
  ) {
    self.init(
      x: table[x], y: table[y], uncertainties: table.uncertainties(y), degree: degree,
      confidence: confidence, label: label, color: color, fileID: fileID, line: line)
  }
}

extension HistogramMark {
  /// How often the numbers of a column fall into each of a row of bins.
  public init(
    _ table: DataTable, _ name: String, bins: Bins = .automatic, height: Height = .count,
    label: String? = nil, color: Ink? = nil, opacity: Double = 0.75
  ) {
    self.init(
      table[name], bins: bins, height: height, label: label, color: color, opacity: opacity)
  }
}

extension BoxMark {
  /// The spread of a column of numbers in the groups that a column of texts makes.
  public init(
    _ table: DataTable, _ name: String, groupedBy group: String, isHorizontal: Bool = false,
    color: Ink? = nil
  ) {
    self.init(
      table.grouped(by: group).map { (name: $0.text, values: $0.table[name]) },
      isHorizontal: isHorizontal, color: color)
  }
}

extension Axis {
  /// An axis with the name and the unit of a column.
  ///
  /// ```swift
  /// Figure("Pendulum", x: Axis(table, "length"), y: Axis(table, "period")) {
  ///   PointMark(table, x: "length", y: "period")
  /// }
  /// ```
  public init(
    _ table: DataTable, _ name: String, scale: Scale = .automatic,
    domain: ClosedRange<Double>? = nil, includesZero: Bool = false
  ) {
    let column = table.column(name)
    self.init(
      column.name, unit: column.unit, scale: scale, domain: domain, includesZero: includesZero)
  }
}
