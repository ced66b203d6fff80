import Numbers
internal import Foundation
import Raster

/// Where everything of a figure stands: computed once from the figure, its size and a theme, then
/// drawn without further decisions.
struct FigureLayout: Sendable {
  /// What is given up, in this order, when the figure is too small for everything.
  enum Detail: Int, CaseIterable, Sendable {
    case full, noNotes, noTitle, noAxisTitles, noTickLabels, bare
  }

  /// What a grid of figures decides for its members.
  struct Constraints: Sendable {
    var margins = Margins()
    var hidesXLabels = false
    var hidesYLabels = false
    var hidesSecondLabels = false
    var hidesLegend = false
    /// The figure stands under a title of its own or beside others, and its title steps back.
    var isPanel = false
    var xDomain: ClosedRange<Double>?
    /// The data of a shared axis in all figures, without the room around them.
    var xShown: ClosedRange<Double>?
    var yShown: ClosedRange<Double>?
    /// What the ticks of a shared axis span in all figures.
    var xReach: ClosedRange<Double>?
    var yReach: ClosedRange<Double>?
    var secondReach: ClosedRange<Double>?
    var yDomain: ClosedRange<Double>?
    var secondDomain: ClosedRange<Double>?
    var xCategories: [String]?
    var yCategories: [String]?
  }

  let figure: Figure
  let theme: Theme
  let size: Size
  let metrics: Metrics
  var axes: ResolvedAxes
  var detail: Detail
  var margins = Margins()
  var frame = Rect.zero
  var x: Projection
  var y: Projection
  /// The axis on the right, where the figure has one.
  var secondY: Projection?
  var xTicks = TickLabels()
  var yTicks = TickLabels()
  var secondTicks = TickLabels()
  var title: [Label] = []
  var subtitle: [Label] = []
  var xTitle: [Label] = []
  var yTitle: [Label] = []
  var secondTitle: [Label] = []
  var notes: [Label] = []
  var colorBar: ColorBarLayout?
  /// What the bar shows. Asked of the marks once for all rounds: they look at all of their values for it.
  private let bar: ColorBar?
  var legend: LegendLayout?

  /// Lays the figure out. Parts are left out, in the order of ``Detail``, until what remains
  /// leaves a plot area worth the name.
  init(
    _ figure: Figure, size: Size, theme: Theme, constraints: Constraints = Constraints()
  ) {
    var result = FigureLayout(figure, size, theme, .full, constraints)
    for detail in Detail.allCases.dropFirst() where !result.isRoomy {
      result = FigureLayout(figure, size, theme, detail, constraints)
    }
    self = result
  }

  /// Whether the plot area is large enough to read; one whose ratio of lengths was asked for may be
  /// low, and its figure has the room nevertheless.
  private var isRoomy: Bool {
    let isGiven = if case .ratio = figure.aspect { true } else { false }
    return frame.width >= 36 && (isGiven ? room.height : frame.height) >= 28
  }
  /// What there was for the plot area before it was shrunk to its ratio.
  private var room = Size(width: 0, height: 0)

  /// Lays the figure out with these parts, whatever room they leave.
  init(
    _ figure: Figure, _ size: Size, _ theme: Theme, _ detail: Detail, _ constraints: Constraints
  ) {
    self.figure = figure
    self.theme = theme
    self.size = size
    self.detail = detail
    metrics = Metrics()
    axes = ResolvedAxes(figure)
    var bar: ColorBar?
    for mark in figure.marks where bar == nil && detail.rawValue < Detail.noTickLabels.rawValue {
      bar = mark.colorBar
    }
    self.bar = bar
    if let domain = constraints.xDomain {
      (axes.x.domain, axes.x.reach) = (domain, constraints.xReach)
      axes.x.shown = constraints.xShown ?? domain
    }
    if let domain = constraints.yDomain {
      (axes.y.domain, axes.y.reach) = (domain, constraints.yReach)
      axes.y.shown = constraints.yShown ?? domain
    }
    if let domain = constraints.secondDomain {
      axes.secondY?.domain = domain
      axes.secondY?.reach = constraints.secondReach
    }
    if let categories = constraints.xCategories { axes.x.categories = categories }
    if let categories = constraints.yCategories { axes.y.categories = categories }
    x = axes.x.projection(from: 0, to: 1)
    y = axes.y.projection(from: 1, to: 0)
    secondY = axes.secondY?.projection(from: 1, to: 0)
    arrange(constraints, topLegend: [], rightLegend: [])
    if !constraints.hidesLegend && detail.rawValue < Detail.noTickLabels.rawValue {
      placeLegend(constraints)
    }
  }

  /// Finds margins and frame. The labels of each axis depend on the length of the axis, which
  /// depends on the labels of the other: a few rounds settle it, and the last round's labels are
  /// the ones that the margins were made for.
  mutating func arrange(
    _ constraints: Constraints, topLegend: [LegendEntry], rightLegend: [LegendEntry]
  ) {
    var guess = Margins(top: 30, left: 50, bottom: 40, right: 14)
    var isSettled = false
    for round in 0..<8 {
      place(margins: guess)
      fillIn(constraints)
      // Where an axis went on to another tick, the next round places everything on it.
      if reachTicks() { continue }
      let needed = needs(topLegend: topLegend, rightLegend: rightLegend)
        .union(constraints.margins)
      // Rounds that swing to and fro end with the larger margins, which never clip.
      let next = round >= 2 ? needed.union(guess) : needed
      isSettled = next == guess
      if isSettled { break }
      guess = next
    }
    // What is settled is already in its place.
    if !isSettled {
      place(margins: guess)
      fillIn(constraints)
    }
    room = Size(width: frame.width, height: frame.height)
    keepAspect()
  }

  /// Sets the frame inside of the margins, on whole points so that its edges are sharp.
  private mutating func place(margins: Margins) {
    self.margins = margins
    let left = margins.left.rounded(.up)
    let top = margins.top.rounded(.up)
    let right = max(left + 1, (size.width - margins.right).rounded(.down))
    let bottom = max(top + 1, (size.height - margins.bottom).rounded(.down))
    setFrame(Rect(minX: left, minY: top, maxX: right, maxY: bottom))
  }

  private mutating func setFrame(_ rect: Rect) {
    frame = rect
    x = axes.x.projection(from: frame.minX, to: frame.maxX)
    y = axes.y.projection(from: frame.maxY, to: frame.minY)
    secondY = axes.secondY?.projection(from: frame.maxY, to: frame.minY)
  }

  /// Shrinks the frame until a unit of x has its ratio to a unit of y.
  private mutating func keepAspect() {
    guard let ratio = figure.cellRatio(of: axes) else { return }
    let xUnits = axes.x.domain.upperBound - axes.x.domain.lowerBound
    let yUnits = axes.y.domain.upperBound - axes.y.domain.lowerBound
    let unit = min(frame.width / (xUnits * ratio), frame.height / yUnits)
    let width = max(1, (unit * xUnits * ratio).rounded(.down))
    let height = max(1, (unit * yUnits).rounded(.down))
    // The left edge stays: titles and the other figures of a grid are aligned with it.
    setFrame(Rect(x: frame.minX, y: frame.minY, width: width, height: height))
    colorBar = colorBar.map {
      ColorBarLayout($0.bar, height: height, theme: theme, metrics: metrics, title: $0.title)
    }
    xTicks = xTicks.placed(on: x)
    yTicks = yTicks.placed(on: y)
    if let secondY { secondTicks = secondTicks.placed(on: secondY) }
  }

  /// Everything that has text, at the present frame.
  private mutating func fillIn(_ constraints: Constraints) {
    let shows = detail.rawValue
    let inner = max(1, size.width - 2 * metrics.outer)
    let titleWidth = max(1, size.width - frame.minX - metrics.outer)
    title =
      shows < Detail.noTitle.rawValue
      ? Label.wrapped(
        figure.title ?? "", size: constraints.isPanel ? theme.labelSize : theme.titleSize,
        isBold: true, width: titleWidth, limit: 3) : []
    subtitle =
      shows < Detail.noTitle.rawValue
      ? Label.wrapped(figure.subtitle ?? "", size: theme.fontSize, width: titleWidth, limit: 3)
      : []
    notes =
      shows < Detail.noNotes.rawValue
      ? axes.notes.filter { $0 != "no data" }.flatMap {
        Label.wrapped($0, size: theme.noteSize, width: inner, limit: 2)
      } : []
    let showsTitles = shows < Detail.noAxisTitles.rawValue
    xTitle =
      showsTitles && !constraints.hidesXLabels
      ? Label.wrapped(
        Self.title(figure.x, axes.x), size: theme.labelSize, width: max(frame.width, 60), limit: 3)
      : []
    yTitle =
      showsTitles && !constraints.hidesYLabels && !axes.hidesY
      ? Label.wrapped(
        Self.title(figure.y, axes.y), size: theme.labelSize, width: max(frame.height, 60), limit: 2)
      : []
    if let second = axes.secondY {
      secondTitle =
        showsTitles && !constraints.hidesSecondLabels
        ? Label.wrapped(
          Self.title(figure.secondY ?? Axis(), second), size: theme.labelSize,
          width: max(frame.height, 60), limit: 2) : []
    }
    setTicks(constraints, shows < Detail.noTickLabels.rawValue)
    colorBar = bar.map {
      ColorBarLayout($0, height: frame.height, theme: theme, metrics: metrics)
    }
  }

  /// The axis' title; on an axis of time with what its tick labels leave out.
  private static func title(_ axis: Axis, _ resolved: ResolvedAxis) -> String {
    guard case .time(let zone) = resolved.scale else { return axis.title ?? "" }
    let context = TimeTicks(domain: resolved.shown, zone: TimeZone(named: zone)).context
    return [axis.title ?? "", context].filter { !$0.isEmpty }.joined(separator: " · ")
  }

  /// The margins that the present parts need.
  private func needs(topLegend: [LegendEntry], rightLegend: [LegendEntry]) -> Margins {
    var margins = Margins(
      top: metrics.outer, left: metrics.outer, bottom: metrics.outer, right: metrics.outer)
    if detail == .bare { return Margins(top: 1, left: 1, bottom: 1, right: 1) }
    margins.top += titleHeight
    let rows = LegendLayout.rows(topLegend, width: size.width - margins.left, theme: theme)
    if !rows.isEmpty {
      margins.top += Double(rows.count) * LegendLayout.rowHeight(theme) + metrics.labelGap
    }
    if !rightLegend.isEmpty {
      let box = LegendLayout.size(of: rightLegend, theme: theme)
      margins.right += box.width + metrics.labelGap
      // Beside a low plot the legend reaches down to where the last tick label sticks out.
      if box.height > frame.height { margins.right += xTicks.overhang.after }
    }
    if let colorBar { margins.right += colorBar.width }
    // Labels at the ends of one axis stick out over the other.
    margins.top = max(margins.top, metrics.outer + yTicks.overhang.before)
    margins.left += yTicks.thickness(metrics) + titleThickness(yTitle)
    margins.left = max(margins.left, metrics.outer + xTicks.overhang.before)
    margins.right += secondThickness
    margins.top = max(margins.top, metrics.outer + secondTicks.overhang.before)
    margins.bottom += xTicks.thickness(metrics) + titleThickness(xTitle)
    margins.bottom = max(margins.bottom, metrics.outer + secondTicks.overhang.after)
    margins.bottom = max(margins.bottom, metrics.outer + yTicks.overhang.after)
    margins.right = max(margins.right, metrics.outer + xTicks.overhang.after)
    if !notes.isEmpty {
      margins.bottom += notes.reduce(metrics.labelGap) { $0 + $1.lineHeight }
    }
    return margins
  }

  /// The height of title and subtitle with the gap below them.
  var titleHeight: Double {
    let lines = title + subtitle
    return lines.isEmpty ? 0 : lines.reduce(metrics.titleGap) { $0 + $1.lineHeight }
  }

  /// The room that the axis on the right takes beside the plot area.
  var secondThickness: Double { secondTicks.thickness(metrics) + titleThickness(secondTitle) }

  private func titleThickness(_ lines: [Label]) -> Double {
    lines.isEmpty ? 0 : lines.reduce(metrics.labelGap) { $0 + $1.lineHeight }
  }
}
