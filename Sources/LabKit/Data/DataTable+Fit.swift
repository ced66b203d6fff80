public import Datasets
internal import Requirements
public import Statistics

extension LinearFit {
  /// A polynomial through two columns by least squares, the points weighted where the second column has
  /// uncertainties.
  ///
  /// ```swift
  /// let line = LinearFit(table, x: "length", y: "period")
  /// claim("the period grows with the length", line.slope, .above(0))
  /// ```
  ///
  /// Rows in which one of the two is missing, or the uncertainty of the second, are left out; `count`
  /// says how many are left. Uncertainties of the first column are no part of the fit.
  ///
  /// Traps when the table has no such columns of numbers, and when fewer different x than `degree` + 1
  /// are left.
  public init(_ table: DataTable, x: String, y: String, degree: Int = 1) {
    let known = table.complete(x, y)
    let (abscissas, ordinates) = (known[x], known[y])
    let distinct = Set(abscissas).count
    require(
      distinct > degree,
      "a fit of degree \(degree) needs \(degree + 1) different values, but \(distinct) of '\(x)' with "
        + "'\(y)' in \(table.source.name) are complete")
    if let uncertainties = known.uncertainties(y) {
      self.init(x: abscissas, y: ordinates, uncertainties: uncertainties, degree: degree)
    } else {
      self.init(x: abscissas, y: ordinates, degree: degree)
    }
  }
}
