import Numbers
public import Raster
internal import Statistics

/// A straight line or polynomial through points by least squares, with the band in which the true
/// curve lies.
///
/// ```swift
/// PointMark(x: sizes, y: times, label: "measured")
/// FitMark(x: sizes, y: times, label: "fit")
/// ```
public struct FitMark: Mark, Hashable {
  /// The curve with its band.
  private let line: LineMark
  /// The same at more places, for an axis on which those of the line are far apart.
  private let finer: LineMark?
  /// The equation in words.
  private let equation: String
  /// The name in the legend; without one the curve is not in it.
  public var label: String? { line.label }
  private let missing: MissingValues
  private let confidence: Double

  /// Fits a polynomial to the points whose values are finite.
  ///
  /// Traps when the numbers of values differ, when there are not more different x than the degree,
  /// on a confidence outside of 0…1, and on an uncertainty that is not above zero.
  ///
  /// - Parameters:
  ///   - x: The abscissas.
  ///   - y: The ordinates, as many.
  ///   - uncertainties: The standard uncertainty of each y, by which the points then weigh; points
  ///     without a finite one are left out.
  ///   - degree: 1 for a straight line.
  ///   - confidence: How often the band holds the true curve, if the points stray normally,
  ///     independently and equally far; `nil` draws no band.
  ///   - label: The name in the legend.
  ///   - color: The colour; the next of the palette where left out.
  ///   - fileID: The file that draws; leave it out.
  ///   - callerLine: The line that draws; leave it out.
  public init(
    x: some Sequence<some Plottable>, y: some Sequence<some Plottable>,
    uncertainties: [Double]? = nil, degree: Int = 1, confidence: Double? = 0.95,
    label: String? = nil,
    color: Ink? = nil, fileID: StaticString = #fileID, line callerLine: UInt = #line
  ) {
    let (x, y) = (x.map(\.plotted), y.map(\.plotted))
    let checks = MarkChecks("FitMark", label, fileID, callerLine)
    checks.count(y.count, "y values", for: x.count, "x values")
    if let confidence {
      checks.require(
        confidence > 0 && confidence < 1, "a confidence lies between 0 and 1, not at \(confidence)")
    }
    let errors = uncertainties ?? y.map { _ in 1 }
    checks.count(errors.count, "uncertainties", for: x.count, "x values")
    for error in errors where error <= 0 {
      checks.fail("an uncertainty is above zero, not \(error)")
    }
    let known = x.indices.filter { x[$0].isFinite && y[$0].isFinite && errors[$0].isFinite }.map {
      (x[$0], y[$0], errors[$0])
    }
    missing = MissingValues(
      x.indices.map { !x[$0].isFinite ? x[$0] : !y[$0].isFinite ? y[$0] : errors[$0] })
    checks.require(degree >= 0, "\(degree) is not the degree of a polynomial")
    let different = Set(known.map(\.0)).count
    checks.require(
      different > degree,
      "degree \(degree) needs \(degree + 1) different x values, not \(different)")
    let fit =
      uncertainties == nil
      ? LinearFit(x: known.map(\.0), y: known.map(\.1), degree: degree)
      : LinearFit(
        x: known.map(\.0), y: known.map(\.1), uncertainties: known.map(\.2), degree: degree)
    let range = finiteRange(of: known.map(\.0)) ?? 0...1
    let places = (0...100).map { step in
      range.lowerBound * (1 - Double(step) / 100) + range.upperBound * (Double(step) / 100)
    }
    // As many points as coefficients leave nothing to tell an error from.
    let hasBand = known.count > degree + 1 || uncertainties != nil
    func curve(_ places: [Double]) -> LineMark {
      let line = LineMark(x: places, y: places.map { fit($0) }, label: label, color: color)
      guard let confidence, hasBand else { return line }
      let estimates = places.map { fit.estimate(at: $0, confidence: confidence) }
      return line.band(lower: estimates.map(\.lower), upper: estimates.map(\.upper))
    }
    self.confidence = hasBand ? confidence ?? 0 : 0
    line = curve(places)
    finer = FunctionPlaces.byRatio(places).map(curve)
    equation =
      "y = " + Self.polynomial(fit.coefficients, over: range, places.map { fit($0) })
      + (fit.rSquared.isNaN ? "" : ", R² = \(SpokenNumbers(fit.rSquared)(fit.rSquared))")
      + (uncertainties == nil ? "" : ", the points weighted by their uncertainties")
  }

  /// The polynomial with as few digits, from three on, as give the curve back to a hundredth of its
  /// height: over dates, whose numbers are large, three would give another line altogether.
  private static func polynomial(
    _ coefficients: [Double], over range: ClosedRange<Double>, _ values: [Double]
  ) -> String {
    let reach = max(range.lowerBound.magnitude, range.upperBound.magnitude)
    let largest = values.map(\.magnitude).max() ?? 0
    func size(_ value: Double, _ power: Int) -> Double {
      (0..<power).reduce(value.magnitude) { size, _ in size * reach }
    }
    func round(_ value: Double, _ digits: Int) -> Double {
      var rounded = DecimalDigits(shortest: value)
      rounded.round(significant: digits)
      let text = (value < 0 ? "-" : "") + "0." + rounded.digits.map(String.init).joined()
      return Double("\(text.hasSuffix(".") ? text + "0" : text)e\(rounded.point)") ?? value
    }
    // Terms that are nothing but rounding at any x of the points, and rounding in the last digits.
    let terms = coefficients.enumerated().filter { power, value in
      size(value, power) > 1e-12 * largest
    }.map { (power: $0.offset, value: round($0.element, 13)) }
    guard !terms.isEmpty else { return "0" }
    let height = finiteRange(of: values).map { $0.upperBound / 2 - $0.lowerBound / 2 } ?? 0
    var digits = 3
    while digits < 13,
      terms.contains(where: {
        size($0.value - round($0.value, digits), $0.power) > 0.01 * max(height, 1e-3 * largest)
      })
    { digits += 1 }
    return terms.reversed().map { power, value in
      // The digits of a number of its own, or more where the curve needs them.
      let shown = digits == 3 ? value : round(value, digits)
      let number = digits == 3 ? SpokenNumbers(value)(value) : NumberFormat.shortest.string(shown)
      return power == 0
        ? number : power == 1 ? "\(number)·x" : PlainText.of("\(number)·x^{\(power)}")
    }.joined(separator: " + ").replacing("+ \u{2212}", with: "\u{2212} ")
  }

  /// The horizontal values of the points.
  public var xDemand: AxisDemand { line.xDemand }
  /// The curve and its band.
  public var yDemand: AxisDemand {
    var demand = line.yDemand
    // Where a logarithmic axis spreads out what an even one shows as one place.
    if let finer, let low = finer.x.first, low > 0 { demand.reach(of: finer.yDemand) }
    return demand
  }
  /// One, unless a colour is given.
  public var seriesCount: Int { line.seriesCount }
  /// The label.
  public var name: String? { label }

  /// The label beside a piece of the curve.
  public func legendEntries(firstSeries: Int) -> [LegendEntry] {
    line.legendEntries(firstSeries: firstSeries)
  }

  /// Draws the band and the curve.
  public func draw(on canvas: inout Canvas, in plot: PlotArea) {
    (plot.x.isEven ? line : finer ?? line).draw(on: &canvas, in: plot)
  }

  /// The equation of the curve, the share of the variance that it explains, and the band.
  public func summary(x: Axis, y: Axis) -> String? {
    let subject = label.named.map(PlainText.of) ?? "the fit"
    let band =
      confidence > 0
      ? ", with the band of \(SpokenNumbers(confidence * 100)(confidence * 100))% confidence" : ""
    let unit = if case .time = x.scale { ", x in seconds since 1970" } else { "" }
    return "\(subject) is \(equation)\(unit)\(band)"
  }

  /// Points that are left out.
  public func notes(x: Axis, y: Axis) -> [String] {
    missing.sentences(label, what: ("point", "points"))
  }
}
