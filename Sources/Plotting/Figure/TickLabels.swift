import Numbers
import ElementaryFunctions
import Raster

/// The ticks of one axis with their labels measured and placed, chosen so that no two labels touch.
struct TickLabels: Sendable {
  /// One labelled tick.
  struct Item: Sendable {
    var value: Double
    /// The tick's position along the axis, in points of the canvas.
    var position: Double
    var label: Label?
  }

  private(set) var items: [Item] = []
  private(set) var minor: [Double] = []
  private(set) var isHorizontal = true
  /// By how much labels are turned, in degrees; only names of categories are.
  private(set) var rotation = 0.0
  /// How far labels reach beyond the axis' ends: to the left or above, to the right or below.
  private(set) var overhang: (before: Double, after: Double) = (0, 0)
  /// Whether tick marks are drawn.
  private(set) var drawsMarks = true
  private var depth = 0.0

  /// No ticks.
  init() { drawsMarks = false }

  init(
    axis: Axis, resolved: ResolvedAxis, projection: Projection, isHorizontal: Bool, theme: Theme,
    hidesLabels: Bool = false, style: TickStyle = TickStyle()
  ) {
    var style = style
    style.usesPowers = style.usesPowers || resolved.usesPowers
    self.isHorizontal = isHorizontal
    let size = theme.fontSize
    switch axis.ticks {
    case .none:
      drawsMarks = false
      return
    case .values(let values):
      let format = axis.format == .automatic ? Self.format(for: values) : axis.format
      setGiven(zip(values, format.labels(telling: values)).map(Tick.init), projection, size)
    case .labelled(let ticks): setGiven(ticks, projection, size)
    case .automatic, .integers:
      let generator = TickGenerator(
        projection: projection, format: axis.format, wantsIntegers: resolved.wantsIntegers,
        style: style)
      if projection.scale == .categorical {
        setCategories(generator, projection, size)
      } else {
        setNumbers(generator, projection, size)
      }
    }
    if !axis.showsMinorTicks { minor = [] }
    drawsMarks = projection.scale != .categorical
    if hidesLabels { for index in items.indices { items[index].label = nil } }
    measure(projection)
  }

  /// How given values are written: with the decimals that they have, unless they are very large or
  /// very small.
  private static func format(for values: [Double]) -> NumberFormat {
    let digits = values.filter { $0.isFinite && $0 != 0 }.map { DecimalDigits(shortest: $0) }
    guard digits.allSatisfy({ -4 <= $0.exponent && $0.exponent < 7 }) else { return .automatic }
    return .decimal(places: digits.map { min(6, $0.places) }.max() ?? 0)
  }

  /// How both axes must be written so that quantities that stand on both read alike; `nil` when
  /// they do already.
  static func commonStyle(_ x: TickLabels, _ y: TickLabels) -> TickStyle? {
    func labels(_ ticks: TickLabels) -> [Double: String] {
      Dictionary(
        ticks.items.compactMap { item in item.label.map { (item.value, $0.string) } },
        uniquingKeysWith: { first, _ in first })
    }
    let (a, b) = (labels(x), labels(y))
    let differ = a.contains { value, label in
      value != 0 && b[value].map { $0 != label } ?? false
    }
    guard differ else { return nil }
    func isScientific(_ labels: [Double: String]) -> Bool {
      labels.values.contains { $0.contains("10^{") }
    }
    func decimals(_ labels: [Double: String]) -> Int {
      labels.values.map { label in
        label.firstIndex(of: ".").map { label[$0...].dropFirst().prefix { $0.isNumber }.count } ?? 0
      }.max() ?? 0
    }
    if isScientific(a) != isScientific(b) { return TickStyle(isScientific: true) }
    return TickStyle(isScientific: isScientific(a), decimals: max(decimals(a), decimals(b)))
  }

  /// The ticks that the author chose; labels that would touch an earlier one are left out.
  private mutating func setGiven(_ ticks: [Tick], _ projection: Projection, _ size: Double) {
    items = make(ticks.filter { projection.contains($0.value) }, projection, size)
    dropTouching()
  }

  private mutating func setNumbers(
    _ generator: TickGenerator, _ projection: Projection, _ size: Double
  ) {
    let spacing = isHorizontal ? size * 6 : size * 2.9
    var count = max(2, min(12, (projection.length / spacing).rounded().integer))
    while true {
      let set = generator.ticks(count: count)
      items = make(set.major, projection, size)
      minor = set.minor
      if !touches() || count <= 2 { break }
      count -= 1
    }
    dropTouching()
    // Minor ticks that stand closer than this are a grey bar.
    let positions = (minor + items.map(\.value)).compactMap { projection($0) }.sorted()
    let closest = zip(positions, positions.dropFirst()).map { $1 - $0 }.min() ?? 100
    if closest < (projection.scale == .linear ? 3.5 : 1.2) { minor = [] }
  }

  private mutating func setCategories(
    _ generator: TickGenerator, _ projection: Projection, _ size: Double
  ) {
    let all = generator.ticks(count: projection.categories.count)
    items = make(all.major, projection, size)
    guard touches() else { return }
    let step =
      projection.length
      / max(1, projection.domain.upperBound - projection.domain.lowerBound)
    if isHorizontal && items.contains(where: { ($0.label?.width ?? 0) > size * 2.2 }) {
      rotation = 40
      // Slanted lines of text keep their distance when the ticks are this far apart.
      let fit = max(1, (projection.length / (size * 1.9)).integer)
      items = make(
        step >= size * 1.9 ? all.major : generator.ticks(count: fit).major, projection, size)
      return
    }
    var count = items.count
    while touches() && count > 1 {
      count = max(1, count * 4 / 5)
      items = make(generator.ticks(count: count).major, projection, size)
    }
  }

  private func make(_ ticks: [Tick], _ projection: Projection, _ size: Double) -> [Item] {
    // A label that is longer than its axis is wide helps nobody.
    let limit = isHorizontal ? max(40, projection.length * 0.6) : 150
    return ticks.compactMap { tick in
      guard let position = projection(tick.value) else { return nil }
      return Item(
        value: tick.value, position: position,
        label: Label.fitted(tick.label, size: size, width: limit))
    }
  }

  /// The stretch of the axis that a label takes, with the room that it wants around it.
  private func extent(_ item: Item) -> (low: Double, high: Double)? {
    guard let label = item.label else { return nil }
    let half = isHorizontal ? label.width / 2 + label.size * 0.35 : label.size * 0.62
    return (item.position - half, item.position + half)
  }

  private func touches() -> Bool {
    let extents = items.compactMap(extent).sorted { $0.low < $1.low }
    return zip(extents, extents.dropFirst()).contains { $0.high > $1.low }
  }

  private mutating func dropTouching() {
    guard rotation == 0 else { return }
    var kept: [(low: Double, high: Double)] = []
    for index in items.indices {
      guard let place = extent(items[index]) else { continue }
      if kept.contains(where: { $0.low < place.high && place.low < $0.high }) {
        items[index].label = nil
      } else {
        kept.append(place)
      }
    }
  }

  /// Finds depth and overhang of the labels at their present positions.
  private mutating func measure(_ projection: Projection) {
    let low = min(projection.start, projection.end)
    let high = max(projection.start, projection.end)
    depth = 0
    overhang = (0, 0)
    let sine = Elementary.sin(rotation * .pi / 180)
    let cosine = Elementary.cos(rotation * .pi / 180)
    for item in items {
      guard let label = item.label else { continue }
      var before: Double
      var after: Double
      if !isHorizontal {
        depth = max(depth, label.width)
        before = low - (item.position - label.ascent + label.capHeight / 2)
        after = item.position + label.capHeight / 2 + label.descent - high
      } else if rotation != 0 {
        depth = max(depth, label.width * sine + label.ascent * cosine + label.descent)
        before = low - (item.position - label.width * cosine - label.descent)
        after = item.position + label.size * 0.7 - high
      } else {
        depth = max(depth, label.ascent + label.descent)
        before = low - (item.position - label.width / 2)
        after = item.position + label.width / 2 - high
      }
      before = max(0, before)
      after = max(0, after)
      overhang = (max(overhang.before, before), max(overhang.after, after))
    }
  }

  /// The same ticks on an axis of another place or length.
  func placed(on projection: Projection) -> TickLabels {
    var result = self
    result.items = items.compactMap { item in
      guard let position = projection(item.value) else { return nil }
      return Item(value: item.value, position: position, label: item.label)
    }
    result.dropTouching()
    result.measure(projection)
    return result
  }

  /// How much room ticks and labels take beside the plot area.
  func thickness(_ metrics: Metrics) -> Double {
    let marks = drawsMarks && !items.isEmpty ? metrics.tickLength : 0
    return depth > 0 ? marks + metrics.tickGap + depth : marks
  }

  /// Draws tick marks and labels outside of the frame.
  func draw(on canvas: inout Canvas, frame: Rect, theme: Theme, metrics: Metrics) {
    let stroke = Stroke(width: theme.axisWidth)
    let marks = drawsMarks ? metrics.tickLength : 0
    for item in items {
      if drawsMarks {
        tick(on: &canvas, at: item.position, length: marks, frame, stroke, theme.axis)
      }
      guard let label = item.label else { continue }
      let gap = marks + metrics.tickGap
      if !isHorizontal {
        label.draw(
          on: &canvas, middle: Point(frame.minX - gap, item.position), side: .right,
          color: theme.muted)
      } else if rotation != 0 {
        let end = Point(
          item.position + label.capHeight * 0.4, frame.maxY + gap + label.capHeight * 0.8)
        label.draw(on: &canvas, baseline: end, side: .right, rotation: rotation, color: theme.muted)
      } else {
        label.draw(
          on: &canvas, baseline: Point(item.position, frame.maxY + gap + label.ascent),
          side: .center, color: theme.muted)
      }
    }
  }

  /// Draws the minor tick marks.
  func drawMinor(
    on canvas: inout Canvas, projection: Projection, frame: Rect, theme: Theme, metrics: Metrics
  ) {
    guard drawsMarks else { return }
    for value in minor {
      guard let position = projection(value) else { continue }
      tick(
        on: &canvas, at: position, length: metrics.minorTickLength, frame,
        Stroke(width: theme.axisWidth * 0.7), theme.axis)
    }
  }

  private func tick(
    on canvas: inout Canvas, at position: Double, length: Double, _ frame: Rect, _ stroke: Stroke,
    _ color: Color
  ) {
    let place = canvas.aligned(Point(position, position), lineWidth: stroke.width)
    let path =
      isHorizontal
      ? Path.segment(from: Point(place.x, frame.maxY), to: Point(place.x, frame.maxY + length))
      : Path.segment(from: Point(frame.minX - length, place.y), to: Point(frame.minX, place.y))
    canvas.stroke(path, stroke, color)
  }
}
