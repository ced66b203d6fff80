public import Raster
import ElementaryFunctions
internal import Requirements

/// How often values fall into each of a row of bins.
///
/// ```swift
/// HistogramMark(weights, label: "weights")
/// HistogramMark(errors, bins: .width(0.1), height: .density)
/// ```
///
/// Histograms in one figure have the same bins: those that the first of them asks for, else those of
/// the finest.
public struct HistogramMark: Mark, Hashable {
  /// How the bins were asked for.
  public let bins: Bins
  /// What the height of a bar is.
  public let height: Height
  /// The edges of the bins, one more than there are bins.
  public private(set) var edges: [Double]
  /// The height of each bin.
  public private(set) var heights: [Double]
  /// How many finite values there are; the others are left out, and the figure says so.
  public let count: Int
  /// The name in the legend; without one the histogram is not in it.
  public var label: String?
  /// The colour; `nil` takes the next of the theme's.
  public var color: Ink?
  /// The opacity of the bars, 0…1; less than one lets several histograms show through.
  public var opacity: Double {
    didSet { MarkChecks("HistogramMark", label, #fileID, #line).opacity(opacity) }
  }
  /// The finite values.
  let sorted: [Double]
  private let missing: MissingValues
  /// What a logarithmic axis has no place for, with its index in the data.
  private let nonPositive: AxisDemand.NonPositive?
  private var outside = 0
  private var binNotes: [String] = []

  /// Counts the values.
  ///
  /// Traps when a width or a number of bins is not above zero, when edges do not rise, and on an
  /// opacity outside of 0…1.
  public init(
    _ values: some Sequence<some Plottable>, bins: Bins = .automatic, height: Height = .count,
    label: String? = nil, color: Ink? = nil, opacity: Double = 0.75,
    fileID: StaticString = #fileID, line: UInt = #line
  ) {
    let checks = MarkChecks("HistogramMark", label, fileID, line)
    checks.opacity(opacity)
    switch bins {
    case .automatic: break
    case .count(let count):
      checks.require(
        count > 0 && count <= HistogramBins.limit,
        "\(count) is not a number of bins"
          + (count > 0 ? ", of which \(HistogramBins.limit) are drawn" : ""))
    case .width(let width):
      checks.require(width > 0 && width.isFinite, "bins cannot be \(width) wide")
    case .edges(let edges):
      checks.require(
        edges.count >= 2 && edges.allSatisfy(\.isFinite)
          && zip(edges, edges.dropFirst()).allSatisfy { $0 < $1 },
        "the edges of bins are two or more rising numbers, not \(edges)")
    }
    let all = values.map(\.plotted)
    missing = MissingValues(all)
    nonPositive = AxisDemand(all).nonPositive
    sorted = all.filter(\.isFinite).sorted()
    count = sorted.count
    self.bins = bins
    self.height = height
    self.label = label
    self.color = color
    self.opacity = opacity
    edges = []
    heights = []
    fill(HistogramBins([sorted], [bins]))
  }

  /// The same values in other bins.
  func with(_ bins: HistogramBins) -> HistogramMark {
    var mark = self
    mark.fill(bins)
    return mark
  }

  private mutating func fill(_ bins: HistogramBins) {
    edges = bins.edges
    binNotes = bins.notes
    var counts = [Int](repeating: 0, count: max(0, edges.count - 1))
    outside = 0
    var bin = 0
    for value in sorted {
      guard let first = edges.first, let last = edges.last, first <= value, value <= last else {
        // What a logarithmic axis has no place for is said as such.
        if !bins.isLogarithmic || value > 0 { outside += 1 }
        continue
      }
      // The last bin holds its upper edge, the others do not.
      while bin + 1 < counts.count && value >= edges[bin + 1] { bin += 1 }
      counts[bin] += 1
    }
    let total = Double(max(1, count))
    heights = counts.indices.map { index in
      let number = Double(counts[index])
      switch height {
      case .count: return number
      case .share: return number / total
      // Halves first: the widest bin of all is wider than the largest number.
      case .density: return number / total / 2 / (edges[index + 1] / 2 - edges[index] / 2)
      }
    }
  }

  /// The edges of the bins.
  public var xDemand: AxisDemand {
    var demand = AxisDemand(edges)
    // Whole data have whole ticks, though the edges lie halfway between.
    demand.isWhole = !sorted.isEmpty && sorted.allSatisfy { $0 == $0.rounded() }
    demand.nonPositive = nonPositive
    // The bin at zero begins where the axis does, which shows all of its values.
    if let first = edges.first, first <= 0, let least = sorted.first(where: { $0 > 0 }),
      let positives = demand.positives
    {
      demand.positives = min(least, positives.lowerBound)...positives.upperBound
    }
    return demand
  }
  /// The heights, standing on zero.
  public var yDemand: AxisDemand {
    var demand = AxisDemand(heights)
    demand.standsOnZero = true
    demand.reachesTick = true
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
    guard let foot = plot.y.reaching(0) else { return }
    let visible = plot.frame.inset(by: -4)
    for (index, height) in heights.enumerated() where height > 0 {
      guard let left = plot.x.reaching(edges[index]),
        let right = plot.x.reaching(edges[index + 1]), let top = plot.y.reaching(height)
      else { continue }
      let whole = Rect(
        minX: min(left, right), minY: min(top, foot), maxX: max(left, right), maxY: max(top, foot))
      guard let part = whole.intersection(visible) else { continue }
      var bar = canvas.aligned(part)
      if bar.width * canvas.scale >= 5 { bar.width -= 1 / canvas.scale }
      plot.fill(.rect(bar), ink, color, on: &canvas)
    }
  }

  /// The number of values, their range and mean.
  public func summary(x: Axis, y: Axis) -> String? {
    guard let low = sorted.first, let high = sorted.last else { return nil }
    let subject = label.named.map { "\(PlainText.of($0)): " } ?? ""
    guard low < high else {
      return "\(subject)\(counted(count, "value", "values")) of \(x.spoken([low])[0])"
    }
    // Divided before they are added: the sum may be beyond the largest number.
    var mean = sorted.reduce(0) { $0 + $1 / Double(count) }
    // What is left of values that cancel is rounding.
    if mean.magnitude < 1e-13 * max(low.magnitude, high.magnitude) { mean = 0 }
    let words = x.spoken([low, high, mean])
    return "\(subject)\(counted(count, "value", "values")) from \(words[0]) to \(words[1]), "
      + "mean \(words[2]), in \(counted(heights.count, "bin", "bins"))"
  }

  /// Values that no bin holds, and bins that are not as they were asked for.
  public func notes(x: Axis, y: Axis) -> [String] {
    var notes = missing.sentences(label)
    if outside > 0 {
      let subject = label.named.map { " of “\(PlainText.of($0))”" } ?? ""
      notes.append(
        "\(grouped(outside)) of \(counted(count, "value", "values"))\(subject) \(outside == 1 ? "lies" : "lie") outside of the "
          + "bins")
    }
    if x.excludesSome(of: sorted) {
      notes += outsideSentences(
        sorted.count(where: x.excludes), of: count, ("value", "values"), label)
    }
    return notes + binNotes + widthNote(x) + lastEdgeNote(x)
  }

  /// What must be said where whole numbers come at the last of the given edges: they are counted in the
  /// bin before it, which then holds more of them than the others.
  private func lastEdgeNote(_ axis: Axis) -> [String] {
    guard case .edges = bins, let last = edges.last, edges.count > 2,
      sorted.allSatisfy({ $0 == $0.rounded() })
    else { return [] }
    let count = sorted.count { $0 == last }
    guard count > 0 else { return [] }
    return [
      "the last bin holds \(counted(count, "value", "values")) of \(axis.spoken([last])[0]), its upper edge, "
        + "too"
    ]
  }

  /// What must be said where heights are counts and bins are of different width: a wide bin looks as if it held
  /// more than it does.
  private func widthNote(_ axis: Axis) -> [String] {
    guard case .edges = bins, height != .density else { return [] }
    let places = edges.compactMap { axis.scale == .log ? $0 > 0 ? Elementary.log10($0) : nil : $0 }
    let widths = zip(places, places.dropFirst()).map { $1 - $0 }
    guard let least = widths.min(), let most = widths.max(), most > 1.001 * least else { return [] }
    let own = zip(edges, edges.dropFirst()).map { $1 - $0 }
    let say = SpokenNumbers(own)
    return [
      "bins are \(say(own.min() ?? 0)) to \(say(own.max() ?? 0)) wide and heights are "
        + "\(height == .count ? "counts" : "shares"), so areas do not compare; densities would"
    ]
  }
}
