import ElementaryFunctions
public import Raster

/// How often values fall into each of a row of equally wide bins.
///
///     HistogramMark(weights, label: "weights")
///     HistogramMark(errors, bins: .width(0.1), isDensity: true)
public struct HistogramMark: Mark, Hashable {
  /// How the bins are chosen.
  public enum Bins: Sendable, Hashable {
    /// The rule of D. Freedman and P. Diaconis (1981), width 2·IQR·n^(−1/3), made a nice number.
    case automatic
    /// About that many, with edges on nice numbers.
    case count(Int)
    /// This width, with edges on its multiples.
    case width(Double)
  }

  /// The edges of the bins, one more than there are bins.
  public let edges: [Double]
  /// The height of each bin: a count, or a density of total area one.
  public let heights: [Double]
  /// How many values were counted; those that are not finite are left out.
  public let count: Int
  /// The name in the legend; without one the histogram is not in it.
  public var label: String?
  /// The colour; `nil` takes the next of the theme's.
  public var color: Ink?
  /// The opacity of the bars, 0…1; less than one lets several histograms show through.
  public var opacity: Double
  private let mean: Double

  /// Counts the values.
  public init(
    _ values: some Sequence<some Plottable>, bins: Bins = .automatic, isDensity: Bool = false,
    label: String? = nil, color: Ink? = nil, opacity: Double = 0.75
  ) {
    let sorted = values.map(\.plotted).filter(\.isFinite).sorted()
    count = sorted.count
    mean = sorted.isEmpty ? .nan : sorted.reduce(0, +) / Double(sorted.count)
    let edges = Self.edges(of: sorted, bins)
    var counts = [Int](repeating: 0, count: max(0, edges.count - 1))
    var bin = 0
    for value in sorted where !counts.isEmpty {
      // The last bin holds its upper edge, the others do not.
      while bin + 1 < counts.count && value >= edges[bin + 1] { bin += 1 }
      counts[bin] += 1
    }
    let total = Double(max(1, sorted.count))
    heights = counts.indices.map { index in
      let number = Double(counts[index])
      return isDensity ? number / (total * (edges[index + 1] - edges[index])) : number
    }
    self.edges = edges
    self.label = label
    self.color = color
    self.opacity = opacity
  }

  private static func edges(of sorted: [Double], _ bins: Bins) -> [Double] {
    guard let low = sorted.first, let high = sorted.last else { return [] }
    guard low < high else { return [low - 0.5, low + 0.5] }
    let range = high - low
    let wanted: Double
    switch bins {
    case .width(let width) where width > 0 && width.isFinite: wanted = width
    case .count(let count): wanted = range / Double(max(1, count))
    case .automatic, .width:
      let spread = Quantiles(sorted: sorted)
      let interquartile = spread[0.75] - spread[0.25]
      let rule = 2 * interquartile * Elementary.pow(Double(sorted.count), -1.0 / 3)
      // Sturges' rule where more than half of the values are equal.
      let sturges = range / (1 + Elementary.log2(Double(sorted.count)))
      wanted = rule > 0 ? max(rule, range / 200) : sturges
    }
    var width = wanted
    if case .width = bins {} else { width = nice(wanted) }
    let first = (low / width).rounded(.down)
    let last = max((high / width).rounded(.up), first + 1)
    guard last - first < 10_000 else { return [low, high] }
    return (0...(last - first).integer).map { (first + Double($0)) * width }
  }

  /// The nearest of 1, 2, 2.5, 5 times a power of ten.
  private static func nice(_ width: Double) -> Double {
    let exponent = DecimalDigits(width).exponent
    let candidates = [10, 20, 25, 50, 100].map {
      DecimalNumber(mantissa: $0, exponent: exponent - 1).value
    }
    return candidates.min { ($0 / width - 1).magnitude < ($1 / width - 1).magnitude } ?? width
  }

  /// The edges of the bins.
  public var xDemand: AxisDemand {
    var demand = AxisDemand(edges)
    demand.isWhole = false
    return demand
  }
  /// The heights, standing on zero.
  public var yDemand: AxisDemand {
    var demand = AxisDemand(heights)
    demand.standsOnZero = true
    // Empty bins have no bar, on any axis.
    demand.nonPositive = nil
    return demand
  }
  /// One, unless a colour is given.
  public var seriesCount: Int { color == nil ? 1 : 0 }
  /// The label.
  public var name: String? { label }
  /// Whether no value was counted.
  public var isEmpty: Bool { count == 0 }

  /// A box.
  public func legendEntries(firstSeries: Int) -> [LegendEntry] {
    label.map { [LegendEntry($0, .box(color ?? .series(firstSeries), opacity: opacity))] } ?? []
  }

  /// Draws one bar per bin, a hairline of background between them where they are wide enough.
  public func draw(on canvas: inout Canvas, in plot: PlotArea) {
    let ink = plot.color(color).opacity(opacity)
    let foot = plot.y(0) ?? plot.y(plot.y.domain.lowerBound)
    guard let foot else { return }
    for (index, height) in heights.enumerated() where height > 0 {
      guard let left = plot.x(edges[index]), let right = plot.x(edges[index + 1]),
        let top = plot.y(height)
      else { continue }
      var bar = canvas.aligned(
        Rect(
          minX: min(left, right), minY: min(top, foot), maxX: max(left, right),
          maxY: max(top, foot)))
      if bar.width * canvas.scale >= 5 { bar.width -= 1 / canvas.scale }
      canvas.fill(.rect(bar), ink)
    }
  }

  /// The number of values, their range and mean.
  public func summary(x: Axis, y: Axis) -> String? {
    guard let low = edges.first, let high = edges.last, count > 0 else { return nil }
    let subject = label.map { "\($0): " } ?? ""
    let say = NumberFormat.spoken
    return "\(subject)\(count) values between \(say(low)) and \(say(high)), mean \(say(mean)), in "
      + "\(heights.count) bins"
  }
}
