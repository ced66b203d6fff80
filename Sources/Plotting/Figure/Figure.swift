public import Raster

/// A plot: two axes and the marks between them.
///
/// ```swift
/// let loss = Figure("Loss", x: Axis("step"), y: Axis("cross-entropy", unit: "nats")) {
///   LineMark(x: steps, y: losses, label: "Swift")
///   LineMark(x: steps, y: reference, label: "TensorFlow")
///   RuleMark(y: 2.303, label: "ln 10")
/// }
/// ```
///
/// A figure is a value. Domains, ticks, margins, the legend's place and colours are found from the
/// data when it is drawn; what is given stays. Later marks are drawn over earlier ones.
public struct Figure: Graphic {
  /// Whether one unit is as long on both axes.
  public enum Aspect: Sendable, Hashable {
    /// Square cells for heatmaps and images, free otherwise.
    case automatic
    /// The axes fill the figure.
    case free
    /// A unit of x is this many times as long as a unit of y; 1 makes squares square.
    case ratio(Double)
  }

  /// The title, with Raster's markup.
  public var title: String?
  /// A smaller line under the title.
  public var subtitle: String?
  /// The horizontal axis.
  public var x: Axis {
    didSet {
      if x.scale != oldValue.scale {
        arranged = Self.sharingBins(arranged, on: x)
        check()
      }
    }
  }
  /// The vertical axis.
  public var y: Axis {
    didSet { if y.scale != oldValue.scale { check() } }
  }
  /// The second vertical axis, on the right, for the marks that are put on it by
  /// ``Mark/onSecondAxis()``. `nil`: one with nothing said, when a mark asks for it.
  public var secondY: Axis?
  /// What is drawn, in this order. Histograms among them share their bins.
  public var marks: [any Mark] {
    get { arranged }
    set {
      arranged = Self.sharingBins(newValue, on: x)
      check()
    }
  }
  private var arranged: [any Mark]
  /// Where the legend stands.
  public var legend: LegendPlacement
  /// What the entries of the legend differ in: “optimizer”, “batch size”; `nil` for no heading.
  public var legendTitle: String?
  /// Whether one unit is as long on both axes.
  public var aspect: Aspect {
    didSet { Self.check(aspect, MarkChecks("Figure", title, #fileID, #line)) }
  }
  /// The size that was asked for, or `nil` to let the figure choose.
  public var preferredSize: Size? {
    didSet {
      if let preferredSize { MarkChecks("Figure", title, #fileID, #line).size(preferredSize) }
    }
  }

  /// Makes a figure from its marks.
  ///
  /// Traps when marks and axes cannot go together: names of categories on a logarithmic axis or one
  /// of time, numbers alone on an axis of categories, and bars of two ``BarMark``s that lie on each
  /// other.
  ///
  /// - Parameters:
  ///   - title: The title; `nil` for none.
  ///   - subtitle: A line below the title.
  ///   - x: The horizontal axis.
  ///   - y: The vertical axis.
  ///   - secondY: The vertical axis on the right, for marks that are put on it.
  ///   - size: In points; `nil` is 480×300, or for heatmaps and images what their cells need. Traps
  ///     when a side is not a positive number.
  ///   - legend: Where the legend stands.
  ///   - legendTitle: What its entries differ in.
  ///   - aspect: Whether one unit is as long on both axes.
  ///   - fileID: The file that draws; leave it out.
  ///   - line: The line that draws; leave it out.
  ///   - marks: What is drawn, the first at the bottom.
  public init(
    _ title: String? = nil, subtitle: String? = nil, x: Axis = Axis(), y: Axis = Axis(),
    secondY: Axis? = nil, size: Size? = nil, legend: LegendPlacement = .automatic,
    legendTitle: String? = nil, aspect: Aspect = .automatic, fileID: StaticString = #fileID,
    line: UInt = #line, @MarkBuilder marks: () -> [any Mark]
  ) {
    let checks = MarkChecks("Figure", title, fileID, line)
    if let size { checks.size(size) }
    Self.check(aspect, checks)
    self.title = title
    self.subtitle = subtitle
    self.x = x
    self.y = y
    self.secondY = secondY
    self.arranged = Self.sharingBins(marks(), on: x)
    self.legend = legend
    self.legendTitle = legendTitle
    self.aspect = aspect
    self.preferredSize = size
    check(fileID, line)
  }

  private static func check(_ aspect: Aspect, _ checks: MarkChecks) {
    guard case .ratio(let ratio) = aspect else { return }
    checks.require(ratio > 0 && ratio.isFinite, "\(ratio) is not a ratio of lengths")
  }

  /// The size of a figure that says nothing else, in points.
  public static let standardSize = Size(width: 480, height: 300)

  /// The size in points: the one asked for, or 480×300, or what square cells need.
  public var size: Size {
    if let preferredSize { return preferredSize }
    guard let ratio = cellRatio(of: ResolvedAxes(self)) else { return Self.standardSize }
    return FigureLayout.naturalSize(of: self, ratio: ratio)
  }

  /// The length of a unit of x in units of y when that is fixed.
  func cellRatio(of axes: ResolvedAxes) -> Double? {
    switch aspect {
    case .free: return nil
    case .ratio(let ratio): return ratio > 0 && ratio.isFinite ? ratio : nil
    case .automatic: return axes.hasCells ? 1 : nil
    }
  }

  /// The first series colour of each mark.
  var firstSeries: [Int] {
    var next = 0
    return marks.map { mark in
      defer { next += mark.seriesCount }
      return next
    }
  }

  /// The legend's entries, each label once for every colour, under its title.
  var legendEntries: [LegendEntry] {
    // A line and its points have one entry, two series of one name have two.
    var seen: Set<LegendEntry> = []
    let entries = zip(marks, firstSeries).flatMap { $0.legendEntries(firstSeries: $1) }
      .filter { $0.label.contains { !$0.isWhitespace } }
      .filter { seen.insert(LegendEntry($0.label, $0.swatch.plain)).inserted }
    guard let legendTitle, !legendTitle.isEmpty, !entries.isEmpty else { return entries }
    return [LegendEntry(legendTitle, .heading)] + entries
  }

  /// The entries from the top of a column on: of what is stacked, the uppermost first.
  var legendColumn: [LegendEntry] {
    let isStacked = marks.allSatisfy { mark in
      if mark.legendEntries(firstSeries: 0).isEmpty { return true }
      if let bars = mark as? BarMark { return bars.arrangement == .stacked && !bars.isHorizontal }
      return (mark as? AreaMark)?.own != nil
    }
    let entries = legendEntries
    let headings = entries.prefix { $0.swatch == .heading }
    return isStacked ? headings + entries.dropFirst(headings.count).reversed() : entries
  }

  /// The figure with its histograms in these bins, which they share with other figures.
  func with(_ bins: HistogramBins) -> Figure {
    var figure = self
    figure.arranged = Self.marks(arranged, in: bins)
    return figure
  }

  /// The vertical axis that a mark is read on.
  func verticalAxis(of mark: any Mark) -> Axis {
    mark.isOnSecondAxis ? secondY ?? Axis() : y
  }

  /// Draws the figure at its size.
  public func draw(on canvas: inout Canvas, theme: Theme) {
    let layout = FigureLayout(self, size: size, theme: theme)
    draw(on: &canvas, layout: layout)
  }
}
