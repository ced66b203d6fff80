import Numbers
import Raster

/// Data points as symbols, optionally with error bars in both directions, coloured or sized by a
/// third value.
///
/// ```swift
/// PointMark(x: runs, y: means, label: "mean").errorBars(deviations)
/// PointMark(x: width, y: loss).colored(by: epochs, label: "epoch")
/// ```
///
/// Up to 5,000 opaque points have rims in the colour of the ground, which keep them apart; more, which
/// would be nothing but rims, and translucent ones have none.
public struct PointMark: Mark, Hashable {
  /// The horizontal values.
  public let x: [Double]
  /// The vertical values, as many.
  public let y: [Double]
  /// The name in the legend; without one the points are not in it.
  public var label: String?
  /// The colour; `nil` takes the next of the theme's.
  public var color: Ink?
  /// The shape; `nil` is a disc, or the theme's choice in print and where there are more series than
  /// colours.
  public var symbol: Symbol?
  /// The diameter in points; `nil` is the theme's.
  public var size: Double? {
    didSet { MarkChecks("PointMark", label, #fileID, #line).length(size, "size") }
  }
  /// The opacity, 0…1: less than one shows where many points lie on each other.
  public var opacity: Double {
    didSet { MarkChecks("PointMark", label, #fileID, #line).opacity(opacity) }
  }
  private(set) var vertical: ErrorLengths?
  private(set) var horizontal: ErrorLengths?
  private(set) var colors: ValueColors?
  private(set) var sizes: ValueSizes?

  /// Makes points at (x, y). Traps when their numbers differ, on a size that is no length and on an
  /// opacity outside of 0…1.
  public init(
    x: some Sequence<some Plottable>, y: some Sequence<some Plottable>, label: String? = nil,
    color: Ink? = nil, symbol: Symbol? = nil, size: Double? = nil, opacity: Double = 1,
    fileID: StaticString = #fileID, line: UInt = #line
  ) {
    self.x = x.map(\.plotted)
    self.y = y.map(\.plotted)
    self.label = label
    self.color = color
    self.symbol = symbol
    self.size = size
    self.opacity = opacity
    let checks = MarkChecks("PointMark", label, fileID, line)
    checks.require(
      self.x.count == self.y.count, "\(self.x.count) x values, \(self.y.count) y values")
    checks.length(size, "size")
    checks.opacity(opacity)
  }

  /// The points with vertical error bars of ± the given lengths. Traps when their number is not
  /// the points', and on a length below zero.
  public func errorBars(
    _ errors: some Sequence<some Plottable>, fileID: StaticString = #fileID, line: UInt = #line
  ) -> PointMark {
    var mark = self
    mark.vertical = ErrorLengths(errors, checks: checks(fileID, line), x.count)
    return mark
  }

  /// The points with vertical error bars of their own length below and above. Traps as
  /// ``errorBars(_:fileID:line:)``.
  public func errorBars(
    lower: some Sequence<some Plottable>, upper: some Sequence<some Plottable>,
    fileID: StaticString = #fileID, line: UInt = #line
  ) -> PointMark {
    var mark = self
    mark.vertical = ErrorLengths(
      lower: lower, upper: upper, checks: checks(fileID, line), x.count)
    return mark
  }

  /// The points with horizontal error bars of ± the given lengths. Traps as
  /// ``errorBars(_:fileID:line:)``.
  public func horizontalErrorBars(
    _ errors: some Sequence<some Plottable>, fileID: StaticString = #fileID, line: UInt = #line
  ) -> PointMark {
    var mark = self
    mark.horizontal = ErrorLengths(errors, checks: checks(fileID, line), x.count)
    return mark
  }

  /// The points with horizontal error bars of their own length to the left and to the right. Traps
  /// as ``errorBars(_:fileID:line:)``.
  public func horizontalErrorBars(
    lower: some Sequence<some Plottable>, upper: some Sequence<some Plottable>,
    fileID: StaticString = #fileID, line: UInt = #line
  ) -> PointMark {
    var mark = self
    mark.horizontal = ErrorLengths(
      lower: lower, upper: upper, checks: checks(fileID, line), x.count)
    return mark
  }

  /// The points coloured by a value each, explained by a colour bar. A point whose value has no
  /// colour is drawn hollow. Traps when there is not one value per point.
  public func colored(
    by values: some Sequence<some Plottable>, colormap: Colormap = .viridis,
    domain: ClosedRange<Double>? = nil, scale: ColorScale = .linear, label: String? = nil,
    fileID: StaticString = #fileID, line: UInt = #line
  ) -> PointMark {
    var mark = self
    let values = values.map(\.plotted)
    checks(fileID, line).count(values.count, "colour values", for: x.count, "points")
    scale.check(domain, colormap, checks(fileID, line))
    mark.colors = ValueColors(
      values: values, mapping: ColorMapping(colormap, values, domain: domain, scale: scale),
      label: label)
    return mark
  }

  /// The points sized by a value each, their areas in proportion to it, explained in the legend.
  /// A point whose value is not above zero is left out, and the figure says so. Traps when there is
  /// not one value per point, and on a largest diameter that is no length.
  public func sized(
    by values: some Sequence<some Plottable>, largest: Double = 20, label: String? = nil,
    fileID: StaticString = #fileID, line: UInt = #line
  ) -> PointMark {
    var mark = self
    let values = values.map(\.plotted)
    let checks = checks(fileID, line)
    checks.count(values.count, "sizes", for: x.count, "points")
    checks.length(largest, "largest size")
    checks.require(largest > 0, "points of a largest size of 0 cannot be seen")
    mark.sizes = ValueSizes(values, largest: largest, label: label)
    return mark
  }

  private func checks(_ file: StaticString, _ line: UInt) -> MarkChecks {
    MarkChecks("PointMark", label, file, line)
  }

  /// All horizontal values and the ends of the error bars.
  public var xDemand: AxisDemand { demand(x, horizontal) }
  /// All vertical values and the ends of the error bars.
  public var yDemand: AxisDemand { demand(y, vertical) }

  private func demand(_ values: [Double], _ errors: ErrorLengths?) -> AxisDemand {
    var demand = AxisDemand(values)
    guard let errors else { return demand }
    let data = demand.nonPositive
    let ends = errors.ends(values)
    demand = demand.union(AxisDemand(ends.low)).union(AxisDemand(ends.high))
    demand.nonPositive = data
    return demand
  }
  /// One, unless a colour is given or the points are coloured by value.
  public var seriesCount: Int { color == nil && colors == nil ? 1 : 0 }
  /// The label.
  public var name: String? { label }
  /// Whether no value of either axis is finite.
  public var isEmpty: Bool { finiteRange(of: x) == nil || finiteRange(of: y) == nil }
  /// The colours' values, when the points are coloured by value.
  public var colorBar: ColorBar? {
    colors.map { colors in
      var bar = ColorBar(colors.mapping, label: colors.label)
      bar.opacity = opacity
      return bar
    }
  }

  /// The label beside a symbol, and three sizes with their values.
  public func legendEntries(firstSeries: Int) -> [LegendEntry] {
    let ink = color ?? (colors == nil ? .series(firstSeries) : .muted)
    let own = label.map { [LegendEntry($0, .symbol(symbol ?? .circle, ink))] } ?? []
    guard let sizes else { return own }
    return own
      + sizes.samples.map { sample in
        LegendEntry(sample.label, .sizedSymbol(symbol ?? .circle, ink, size: sample.diameter))
      }
  }

  /// The number of points and the ranges that they cover, their errors, and what colour and size
  /// stand for.
  public func summary(x: Axis, y: Axis) -> String? {
    let points = zip(self.x, self.y).filter { $0.0.isFinite && $0.1.isFinite }
    guard let across = finiteRange(of: points.map(\.0)), let up = finiteRange(of: points.map(\.1))
    else { return nil }
    func span(_ range: ClosedRange<Double>, _ axis: Axis = Axis()) -> String {
      let ends = axis.spoken([range.lowerBound, range.upperBound])
      return ends[0] == ends[1] ? "at \(ends[0])" : "from \(ends[0]) to \(ends[1])"
    }
    func name(_ label: String?, _ other: String) -> String { PlainText.of(label.named ?? other) }
    let subject = label.named.map { "\(PlainText.of($0)): " } ?? ""
    let count = counted(points.count, "point", "points")
    var text =
      "\(subject)\(count), \(name(x.label, "x")) \(span(across, x)), \(name(y.label, "y")) "
      + span(up, y)
    if let spoken = vertical?.spoken { text += ", with \(spoken)" }
    if let spoken = horizontal?.spoken {
      text += vertical == nil ? ", with horizontal " : " and horizontal "
      text += spoken
    }
    if let colors, let range = finiteRange(of: colors.values) {
      text += ", coloured by \(name(colors.label, "a value")) \(span(range))"
    }
    if let sizes, let range = finiteRange(of: sizes.values) {
      text += ", sized by \(name(sizes.label, "a value")) \(span(range))"
    }
    return text
  }

  /// Points that are left out, or have no colour or size.
  public func notes(x: Axis, y: Axis) -> [String] {
    var notes = seriesNotes(x: self.x, y: self.y, name: label, axis: x)
    let outside =
      !x.excludesSome(of: self.x) && !y.excludesSome(of: self.y)
      ? 0
      : self.x.indices.count {
        self.x[$0].isFinite && y.excludes(self.y[$0])
          || self.y[$0].isFinite && x.excludes(self.x[$0])
      }
    notes += outsideSentences(outside, of: self.x.count, ("point", "points"), label)
    for (errors, part) in [(vertical, "the error"), (horizontal, "the horizontal error")] {
      guard let errors else { continue }
      notes += MissingValues.ofEnds(label, part, errors.lower, errors.upper) {
        self.x[$0].isFinite && self.y[$0].isFinite
      } place: {
        x.place(self.x[$0], index: $0)
      }
    }
    if let colors {
      notes += MissingValues(colors.values).sentences(
        colors.label, what: ("colour value", "colour values"), nan: ", drawn hollow")
      notes += colors.mapping.notes(colors.values, drawn: "drawn hollow")
    }
    if let sizes {
      notes += MissingValues(sizes.values).sentences(
        sizes.label, what: ("size", "sizes"), nan: ", left out", infinite: ", left out")
      let lost = sizes.values.count { $0.isFinite && $0 <= 0 }
      if lost > 0 {
        notes.append(
          "\(lost) of \(sizes.values.count) sizes \(lost == 1 ? "is" : "are") not above zero, their "
            + "points are left out")
      }
      if sizes.tooSmall > 0 {
        notes.append(
          "\(sizes.tooSmall) of \(counted(sizes.values.count, "point", "points")) would be too small "
            + "to be seen, drawn larger")
      }
    }
    return notes
  }
}
