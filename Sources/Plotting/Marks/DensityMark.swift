import ElementaryFunctions
public import Raster

/// How densely values lie: a smooth curve of total area one, the sum of a bell over each value.
///
/// ```swift
/// DensityMark(errors, label: "errors")
/// ```
///
/// The width of the bells is B. Silverman's rule (1986), 0.9 · min(σ, IQR/1.34) · n^(−1/5), unless it
/// is given. The curve ends three widths beyond the data.
public struct DensityMark: Mark, Hashable {
  /// The name in the legend; without one the curve is not in it.
  public var label: String?
  /// The colour; `nil` takes the next of the theme's.
  public var color: Ink?
  let curve: DensityCurve
  private let missing: MissingValues

  /// Estimates the density. Traps on a bandwidth that is no positive number.
  public init(
    _ values: some Sequence<some Plottable>, bandwidth: Double? = nil, label: String? = nil,
    color: Ink? = nil, fileID: StaticString = #fileID, line: UInt = #line
  ) {
    let values = values.map(\.plotted)
    if let bandwidth {
      MarkChecks("DensityMark", label, fileID, line).require(
        bandwidth > 0 && bandwidth.isFinite, "bells cannot be \(bandwidth) wide")
    }
    missing = MissingValues(values)
    curve = DensityCurve(values, bandwidth: bandwidth)
    self.label = label
    self.color = color
  }

  private var area: AreaMark {
    AreaMark(x: curve.places, y: curve.heights, label: label, color: color)
  }
  /// From three widths before to three widths after the data.
  public var xDemand: AxisDemand {
    var demand = AxisDemand(curve.places)
    // The ends of the curve are no data; neither do they stretch a logarithmic axis.
    let data = AxisDemand(curve.sorted)
    (demand.nonPositive, demand.positives) = (data.nonPositive, data.positives)
    return demand
  }
  /// The heights, standing on zero.
  public var yDemand: AxisDemand { area.yDemand }
  /// One, unless a colour is given.
  public var seriesCount: Int { color == nil ? 1 : 0 }
  /// The label.
  public var name: String? { label }
  /// Whether there are no values.
  public var isEmpty: Bool { curve.sorted.isEmpty }
  /// A box.
  public func legendEntries(firstSeries: Int) -> [LegendEntry] {
    area.legendEntries(firstSeries: firstSeries)
  }
  /// Draws the area under the curve, and the curve.
  public func draw(on canvas: inout Canvas, in plot: PlotArea) {
    guard plot.x.scale == .log, let last = curve.places.last, last > 0 else {
      return area.draw(on: &canvas, in: plot)
    }
    // As many points to each decade as the curve needs there.
    let (low, high) = (Elementary.log10(plot.x.domain.lowerBound), Elementary.log10(last))
    let places = (0...400).map { Elementary.pow(10, low + (high - low) * Double($0) / 400) }
    AreaMark(x: places, y: places.map { curve.height(at: $0) }, label: label, color: color)
      .draw(on: &canvas, in: plot)
  }

  /// The number of values, their range, and where they lie most densely.
  public func summary(x: Axis, y: Axis) -> String? {
    guard let low = curve.sorted.first, let high = curve.sorted.last else { return nil }
    let subject = label.named.map { "\(PlainText.of($0)): " } ?? ""
    let words = x.spoken([low, high, curve.mode])
    let count = counted(curve.sorted.count, "value", "values")
    return "\(subject)the density of \(count) from \(words[0]) to \(words[1]), "
      + "highest at \(words[2])"
  }
  /// Values that are left out.
  public func notes(x: Axis, y: Axis) -> [String] {
    missing.sentences(label)
      + outsideSentences(
        curve.sorted.count(where: x.excludes), of: curve.sorted.count, ("value", "values"), label)
  }
}

/// A kernel density estimate with Gaussian bells.
struct DensityCurve: Sendable, Hashable {
  private(set) var sorted: [Double]
  private(set) var places: [Double] = []
  private(set) var heights: [Double] = []

  init(_ values: [Double], bandwidth: Double? = nil, samples: Int = 200) {
    sorted = values.filter(\.isFinite).sorted()
    guard let low = sorted.first, let high = sorted.last, (high - low).isFinite else { return }
    let width = bandwidth ?? Self.rule(sorted)
    self.width = width
    let (start, end) = (low - 3 * width, high + 3 * width)
    for step in 0...samples {
      let place = start + (end - start) * (Double(step) / Double(samples))
      places.append(place)
      heights.append(height(at: place))
    }
  }

  /// The width of the bells.
  private var width = 1.0

  /// How densely values lie at a place.
  func height(at place: Double) -> Double {
    // A bell is nothing at eight widths.
    let first = sorted.partition(place - 8 * width)
    var sum = 0.0
    for value in sorted[first...] {
      if value > place + 8 * width { break }
      let distance = (value - place) / width
      sum += Elementary.exp(-distance * distance / 2)
    }
    return sum / (Double(sorted.count) * width * (2 * Double.pi).squareRoot())
  }

  /// The curve of logarithms over the values themselves.
  var raised: DensityCurve {
    var curve = self
    curve.places = places.map { Elementary.pow(10, $0) }
    curve.sorted = sorted.map { Elementary.pow(10, $0) }
    return curve
  }

  /// Whether all values are equal, so that there is no shape to show.
  var isConstant: Bool { sorted.first == sorted.last }

  /// Where the curve is highest.
  var mode: Double {
    guard let top = heights.max(), let index = heights.firstIndex(of: top) else { return .nan }
    return places[index]
  }

  private static func rule(_ sorted: [Double]) -> Double {
    let count = Double(sorted.count)
    let mean = sorted.reduce(0) { $0 + $1 / count }
    let variance = sorted.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / max(1, count - 1)
    let quantiles = Quantiles(sorted: sorted)
    let spread = (quantiles[0.75] - quantiles[0.25]) / 1.34
    let deviation = variance.squareRoot()
    let scale = spread > 0 ? min(deviation, spread) : deviation
    if scale > 0 && scale.isFinite { return 0.9 * scale * Elementary.pow(count, -0.2) }
    let value = sorted[0].magnitude
    return value == 0 ? 0.1 : value * 0.05
  }
}

extension [Double] {
  /// The first index of a sorted list whose value is not below the given one.
  fileprivate func partition(_ value: Double) -> Int {
    var (low, high) = (0, count)
    while low < high {
      let middle = (low + high) / 2
      if self[middle] < value { low = middle + 1 } else { high = middle }
    }
    return low
  }
}
