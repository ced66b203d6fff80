public import Raster

/// The area between two curves, or between a curve and zero.
///
/// ```swift
/// AreaMark(x: days, y: counts, label: "images")
/// AreaMark.stacked(x: days, series: ["train": a, "test": b])
/// ```
public struct AreaMark: Mark, Hashable {
  /// The horizontal values.
  public let x: [Double]
  /// The lower edge; zero where the area stands on the axis.
  public let lower: [Double]
  /// The upper edge.
  public let upper: [Double]
  /// The name in the legend; without one the area is not in it.
  public var label: String?
  /// The colour; `nil` takes the next of the theme's.
  public var color: Ink?
  /// The opacity of the inside, 0…1.
  public var opacity: Double {
    didSet { MarkChecks("AreaMark", label, #fileID, #line).opacity(opacity) }
  }
  /// Whether the upper edge is drawn as a line.
  public var showsEdge: Bool
  /// Whether the lower edge is zero, so that the axis shows zero.
  private let standsOnZero: Bool
  /// The values of this area alone, where it stands on others.
  var own: [Double]?

  /// Makes the area between zero and y. Traps when there are not as many x as y, and on an opacity
  /// outside of 0…1.
  public init(
    x: some Sequence<some Plottable>, y: some Sequence<some Plottable>, label: String? = nil,
    color: Ink? = nil, opacity: Double = 0.35, showsEdge: Bool = true,
    fileID: StaticString = #fileID, line: UInt = #line
  ) {
    let upper = y.map(\.plotted)
    self.init(
      x.map(\.plotted), [Double](repeating: 0, count: upper.count), upper, label, color, opacity,
      showsEdge, standsOnZero: true, MarkChecks("AreaMark", label, fileID, line))
  }

  /// Makes the area between two curves. Traps when the numbers of values differ.
  public init(
    x: some Sequence<some Plottable>, lower: some Sequence<some Plottable>,
    upper: some Sequence<some Plottable>, label: String? = nil, color: Ink? = nil,
    opacity: Double = 0.35, showsEdge: Bool = false, fileID: StaticString = #fileID,
    line: UInt = #line
  ) {
    self.init(
      x.map(\.plotted), lower.map(\.plotted), upper.map(\.plotted), label, color, opacity,
      showsEdge, standsOnZero: false, MarkChecks("AreaMark", label, fileID, line))
  }

  /// Makes areas that stand on each other, the first on zero. Missing values count as zero. Traps
  /// when a series has not one value per x.
  public static func stacked(
    x: some Sequence<some Plottable>, series: KeyValuePairs<String, [some Plottable]>,
    fileID: StaticString = #fileID, line: UInt = #line
  ) -> [AreaMark] {
    let places = x.map(\.plotted)
    var foot = [Double](repeating: 0, count: places.count)
    var marks: [AreaMark] = []
    for (name, values) in series {
      let checks = MarkChecks("AreaMark", name, fileID, line)
      checks.count(values.count, "values", for: places.count, "x values")
      let top = zip(foot, values).map { $0 + ($1.plotted.isFinite ? $1.plotted : 0) }
      var mark = AreaMark(
        places, foot, top, name, nil, 0.85, false, standsOnZero: true, checks)
      mark.own = values.map(\.plotted)
      marks.append(mark)
      foot = top
    }
    return marks
  }

  private init(
    _ x: [Double], _ lower: [Double], _ upper: [Double], _ label: String?, _ color: Ink?,
    _ opacity: Double, _ showsEdge: Bool, standsOnZero: Bool, _ checks: MarkChecks
  ) {
    checks.require(
      x.count == lower.count && x.count == upper.count,
      "\(x.count) x values, \(lower.count) lower and \(upper.count) upper ones")
    checks.opacity(opacity)
    self.x = x
    self.lower = lower
    self.upper = upper
    self.label = label
    self.color = color
    self.opacity = opacity
    self.showsEdge = showsEdge
    self.standsOnZero = standsOnZero
  }

  /// All horizontal values.
  public var xDemand: AxisDemand { AxisDemand(x) }
  /// Both edges.
  public var yDemand: AxisDemand {
    var demand = AxisDemand(lower + upper)
    demand.standsOnZero = standsOnZero
    // The foot at zero is not a value that a logarithmic axis misses.
    if standsOnZero { demand.nonPositive = AxisDemand(upper).nonPositive }
    return demand
  }
  /// One, unless a colour is given.
  public var seriesCount: Int { color == nil ? 1 : 0 }
  /// The label.
  public var name: String? { label }
  /// Whether no value of either axis is finite.
  public var isEmpty: Bool { xDemand.values == nil || yDemand.values == nil }

  /// A box.
  public func legendEntries(firstSeries: Int) -> [LegendEntry] {
    label.map { [LegendEntry($0, .box(color ?? .series(firstSeries), opacity: opacity))] } ?? []
  }

  /// Draws the stretches between gaps; a value alone between two gaps as an upright line.
  public func draw(on canvas: inout Canvas, in plot: PlotArea) {
    let ink = plot.color(color)
    let stroke = Stroke(width: plot.theme.lineWidth, join: .round, dash: plot.dash(color))
    let runs = x.indices.runs {
      plot.point(x[$0], upper[$0]) != nil && plot.y.edge(lower[$0]) != nil
    }
    for run in runs {
      if run.count == 1 {
        let index = run.lowerBound
        plot.drawStub(
          at: x[index], lower[index], upper[index], ink.opacity(max(opacity, 0.5)), on: &canvas)
        continue
      }
      let inside = plot.area(run, x: x, between: upper, and: lower)
      plot.fill(.polygon(inside), ink.opacity(opacity), color, on: &canvas)
      for piece in showsEdge ? plot.line(run, x: x, y: upper) : [] {
        canvas.stroke(.polyline(piece), stroke, ink)
      }
    }
  }

  /// How the values go; of an area between two curves, how both edges go.
  public func summary(x: Axis, y: Axis) -> String? {
    let subject = label.named ?? y.label.named ?? "the area"
    if standsOnZero {
      return SeriesSummary(x: self.x, y: own ?? upper).sentence(subject: subject, x: x, y: y)
    }
    let edges = [("the upper edge", upper), ("the lower edge", lower)].compactMap { name, values in
      SeriesSummary(x: self.x, y: values).sentence(subject: name, x: x, y: y)
    }
    let name = label.named.map { "\(PlainText.of($0)): " } ?? ""
    return edges.isEmpty ? nil : name + edges.joined(separator: ", ")
  }

  /// Values that are left out, or stacked as zero.
  public func notes(x: Axis, y: Axis) -> [String] {
    if let own {
      let missing = MissingValues(own)
      let negative = own.count { $0 < 0 }
      let subject = label.map { "“\(PlainText.of($0))” has" } ?? "there are"
      return missing.sentences(label, nan: ", stacked as zero", infinite: ", stacked as zero") {
        x.place(self.x[$0], index: $0)
      }
        + (negative == 0
          ? []
          : [
            "\(subject) \(counted(negative, "value", "values")) below zero, where stacked areas "
              + "overlap"
          ])
    }
    let outside = outsideNotes(x: self.x, y: lower + upper, on: (x, y))
    return outside
      + seriesNotes(
        x: self.x, y: zip(lower, upper).map { $0.isFinite ? $1 : $0 }, name: label, axis: x)
  }
}
