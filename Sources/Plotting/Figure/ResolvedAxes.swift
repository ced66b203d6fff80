import ElementaryFunctions
import Numbers
import Sweeps

/// One axis with its open questions answered from the data.
struct ResolvedAxis: Sendable {
  var scale: Scale
  var domain: ClosedRange<Double>
  var categories: [String]
  var isReversed: Bool
  var showsGrid: Bool
  var wantsIntegers: Bool
  /// Whether no other ticks are allowed.
  var needsIntegers: Bool
  /// Whether any mark has a value that the axis can show.
  var hasData: Bool
  /// The domain without the room around the data.
  var shown: ClosedRange<Double>
  /// What the ticks must span: the ends of bars, on an axis that chooses its own ends and ticks.
  var reach: ClosedRange<Double>?
  /// How many times as many ticks are looked for as usual, where fewer would leave much of the axis empty.
  var tickDensity = 1.0
  /// Whether the ticks of a logarithmic axis are written as powers of ten.
  var usesPowers = false

  /// Answers them: the scale from the categories, the domain from the values with a little room
  /// around them, both overruled by what the axis says.
  init(_ axis: Axis, _ demand: AxisDemand, isVertical: Bool) {
    categories = demand.categories
    switch axis.scale {
    case .automatic: scale = categories.isEmpty ? .linear : .categorical
    case .categorical, .linear, .log, .symlog, .time: scale = axis.scale
    }
    isReversed = axis.isReversed ?? demand.isReversed
    showsGrid = axis.showsGrid ?? !demand.hidesGrid
    wantsIntegers = axis.ticks == .integers || (axis.ticks == .automatic && demand.isWhole)
    needsIntegers = axis.ticks == .integers
    hasData = demand.values != nil || !categories.isEmpty
    switch scale {
    case .categorical:
      showsGrid = axis.showsGrid ?? false
      domain = -0.5...max(0.5, Double(categories.count) - 0.5)
      if let given = axis.domain { domain = given }
    case .log:
      hasData = demand.positives != nil
      domain = axis.domain ?? Self.logarithmic(demand)
    case .automatic, .linear, .symlog, .time:
      domain =
        axis.domain
        ?? Self.padded(
          demand, scale, includesZero: axis.includesZero, reachesForZero: isVertical)
    }
    let choosesTicks = axis.ticks == .automatic || axis.ticks == .integers
    if scale == .linear, demand.reachesTick, !demand.isTight, axis.domain == nil, choosesTicks {
      reach = demand.values.map { min(0, $0.lowerBound)...max(0, $0.upperBound) }
    }
    if domain.lowerBound == domain.upperBound { domain = Self.widened(domain.lowerBound) }
    if needsIntegers, axis.domain == nil, domain.lowerBound.rounded(.up) > domain.upperBound {
      // Between two whole numbers there is no tick: the axis goes on to them.
      let lower = domain.lowerBound.rounded(.down)
      domain =
        (scale == .log && lower <= 0 ? domain.lowerBound : lower)...domain.upperBound.rounded(.up)
    }
    shown = domain
    if axis.domain == nil, let values = demand.values, values.lowerBound < values.upperBound {
      shown = values
    }
    usesPowers = needsPowers
  }

  /// Whether some tick of a logarithmic axis would be a long row of zeros.
  private var needsPowers: Bool {
    let reach = max(domain.lowerBound.magnitude, domain.upperBound.magnitude)
    switch scale {
    case .log:
      return DecimalDigits(shortest: reach).exponent > 4
        || ExtendedWilkinson.ceilingPowerOfTen(domain.lowerBound) < -3
    case .symlog(let threshold):
      return DecimalDigits(shortest: reach).exponent > 4
        || ExtendedWilkinson.ceilingPowerOfTen(threshold) < -3
    case .automatic, .linear, .time, .categorical: return false
    }
  }

  /// How much room is left on each side of the data, as a fraction of the axis.
  static let room = 0.04

  private static func widened(_ value: Double) -> ClosedRange<Double> {
    let reach = value == 0 ? 1 : min(value.magnitude * 0.5, Double.greatestFiniteMagnitude / 4)
    let limit = Double.greatestFiniteMagnitude
    return max(value - reach, -limit)...min(value + reach, limit)
  }

  private static func padded(
    _ demand: AxisDemand, _ scale: Scale, includesZero: Bool, reachesForZero: Bool
  ) -> ClosedRange<Double> {
    guard var values = demand.values else { return 0...1 }
    // A vertical axis that would end just short of zero goes on to it: losses from 0.1 to 2.4 are
    // read against zero. Steps from 1 to 40 on the horizontal axis are not.
    let isNearZero = values.lowerBound > 0 && values.lowerBound < 0.12 * values.upperBound
    let reaches = reachesForZero && isNearZero && scale == .linear && !demand.isTight
    if includesZero || demand.standsOnZero || reaches {
      values = min(0, values.lowerBound)...max(0, values.upperBound)
    }
    if values.lowerBound == values.upperBound {
      return demand.standsOnZero ? 0...1 : widened(values.lowerBound)
    }
    if demand.isTight { return values }
    let low = Placing.straightened(values.lowerBound, scale.curve)
    let high = Placing.straightened(values.upperBound, scale.curve)
    let room = (high - low) * (room + demand.headroom)
    // What stands on zero ends there: bars do not float above their axis.
    let keepsLow = demand.standsOnZero && values.lowerBound == 0
    let keepsHigh = demand.standsOnZero && values.upperBound == 0
    let lower = keepsLow ? 0 : Placing.bent(low - room, scale.curve)
    let upper = keepsHigh ? 0 : Placing.bent(high + room, scale.curve)
    guard lower.isFinite, upper.isFinite, lower < upper else { return values }
    return lower...upper
  }

  private static func logarithmic(_ demand: AxisDemand) -> ClosedRange<Double> {
    guard let values = demand.positives else { return 0.1...10 }
    let low = Elementary.log10(values.lowerBound)
    let high = Elementary.log10(values.upperBound)
    let room = demand.isTight ? 0 : (high - low) * room
    if high - low < 1e-9 {
      return max(
        values.lowerBound / 3, Double.leastNonzeroMagnitude)...min(
          values.upperBound * 3, Double.greatestFiniteMagnitude)
    }
    let lower = max(Elementary.pow(10, low - room), Double.leastNormalMagnitude)
    let upper = min(Elementary.pow(10, high + room), Double.greatestFiniteMagnitude)
    return min(lower, values.lowerBound)...max(upper, values.upperBound)
  }

  /// The projection on a stretch of canvas that begins at `start` for the smallest value.
  func projection(from start: Double, to end: Double) -> Projection {
    Projection(
      scale: scale, domain: domain, start: isReversed ? end : start,
      end: isReversed ? start : end, categories: categories)
  }
}

/// Both axes of a figure, resolved, with what must be said about data that have no place.
struct ResolvedAxes: Sendable {
  var x: ResolvedAxis
  var y: ResolvedAxis
  /// The axis on the right, where a mark is on it or its domain is given.
  var secondY: ResolvedAxis?
  /// Whether everything is read on the right, so that the left axis has nothing to say.
  var hidesY = false
  /// Sentences for the reader: values that cannot be shown, nothing to show.
  var notes: [String]
  /// Whether a mark fills its extent on both axes.
  var isTight: Bool
  /// Whether what fills the axes are the cells of a matrix, which are best square.
  var hasCells: Bool

  init(_ figure: Figure) {
    let xDemands = figure.marks.map(\.xDemand)
    let yDemands = figure.marks.map(\.yDemand)
    func union(_ demands: [AxisDemand]) -> AxisDemand {
      demands.reduce(nil) { $0?.union($1) ?? $1 } ?? AxisDemand()
    }
    let sides = figure.marks.map(\.isOnSecondAxis)
    let xDemand = union(xDemands)
    let yDemand = union(zip(yDemands, sides).filter { !$1 }.map(\.0))
    x = ResolvedAxis(figure.x, xDemand, isVertical: false)
    y = ResolvedAxis(figure.y, yDemand, isVertical: true)
    if sides.contains(true) || figure.secondY?.domain != nil {
      secondY = ResolvedAxis(
        figure.secondY ?? Axis(), union(zip(yDemands, sides).filter(\.1).map(\.0)),
        isVertical: true)
      hidesY = sides.allSatisfy(\.self) && !sides.isEmpty && figure.y.domain == nil
    }
    isTight = xDemand.isTight && yDemand.isTight
    hasCells = isTight && xDemand.isWhole && yDemand.isWhole
    notes = []
    if figure.marks.isEmpty || figure.marks.allSatisfy(\.isEmpty) {
      notes.append("no data")
    } else {
      for mark in figure.marks where mark.isEmpty {
        notes.append("\(mark.name.map { "“\(PlainText.of($0))”" } ?? "a series") has no data")
      }
    }
    for (mark, demands) in zip(figure.marks, zip(xDemands, yDemands)) {
      // The places of categories are a domain, too.
      var (across, up) = (figure.x, figure.verticalAxis(of: mark))
      if x.scale == .categorical { across.domain = x.domain }
      if y.scale == .categorical, !mark.isOnSecondAxis { up.domain = y.domain }
      let own = mark.notes(x: across, y: up)
      notes += own
      if !own.contains(where: { $0.contains("outside of") }) {
        notes += mark.outsideNotes(demands, on: (across, up))
      }
    }
    notes += xDemand.domainNotes(figure.x, x) + yDemand.domainNotes(figure.y, y)
    for (axis, domain, name) in [
      (figure.x, x.domain, "horizontal"), (figure.y, y.domain, "vertical"),
    ] {
      let places = axis.ticks.places
      if !places.isEmpty, !places.contains(where: domain.contains) {
        notes.append("none of the ticks given for the \(name) axis lies on it")
      }
    }
    notes += Self.otherColors(figure)
    for (mark, demands) in zip(figure.marks, zip(xDemands, yDemands)) {
      if x.scale == .log { notes += Self.missing(on: "horizontal", demands.0, mark.name) }
      if mark.isOnSecondAxis {
        if secondY?.scale == .log { notes += Self.missing(on: "right", demands.1, mark.name) }
      } else if y.scale == .log {
        notes += Self.missing(on: "vertical", demands.1, mark.name)
      }
    }
    if figure.secondY != nil && secondY == nil && !figure.marks.isEmpty {
      notes.append("nothing is drawn on the right axis")
    }
    // Histograms that share their bins share what is said of them.
    var said: Set<String> = []
    notes = notes.filter { said.insert($0).inserted }
  }

  /// What is said of marks whose colours are not those that the one colour bar explains.
  private static func otherColors(_ figure: Figure) -> [String] {
    let bars = figure.marks.compactMap { mark in mark.colorBar.map { (mark, $0) } }
    guard let first = bars.first?.1 else { return [] }
    return bars.dropFirst().filter { _, bar in
      bar.domain != first.domain || bar.colormap != first.colormap || bar.scale != first.scale
        || bar.edges != first.edges
    }.map { mark, bar in
      let say = SpokenNumbers(bar.domain.lowerBound, bar.domain.upperBound)
      let subject = (mark.name ?? bar.label).map { "of “\(PlainText.of($0))”" } ?? "of a series"
      return "the colour bar does not hold for the colours \(subject), which go from "
        + "\(say(bar.domain.lowerBound)) to \(say(bar.domain.upperBound))"
    }
  }

  private static func missing(on axis: String, _ demand: AxisDemand, _ name: String?) -> [String] {
    guard let lost = demand.nonPositive else { return [] }
    let subject = name.map { " of “\(PlainText.of($0))”" } ?? ""
    let first = "\(SpokenNumbers(lost.first)(lost.first)) at index \(lost.index)"
    if lost.count == 1 {
      return ["1 value\(subject) ≤ 0 is not on the logarithmic \(axis) axis: \(first)"]
    }
    return [
      "\(lost.count) values\(subject) ≤ 0 are not on the logarithmic \(axis) axis, first \(first)"
    ]
  }
}
