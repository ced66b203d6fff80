import Numbers
import ElementaryFunctions
import Raster
import Sweeps

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
  /// The side of the plot area that the axis lies on.
  let side: Side
  /// By how much labels are turned, in degrees counter-clockwise; names of categories are where they
  /// would touch, all else where the axis says so.
  private(set) var rotation = 0.0
  /// How far labels reach beyond the axis' ends: to the left or above, to the right or below.
  var overhang: (before: Double, after: Double) = (0, 0)
  /// Whether tick marks are drawn.
  private(set) var drawsMarks = true
  /// How far labels reach from the axis.
  var depth = 0.0
  /// How many ticks were looked for.
  private(set) var count = 0
  /// What the ticks were made from, so that they can be written in another style.
  private(set) var source: Source?

  /// The sides of a plot area that have axes.
  enum Side: Sendable { case bottom, left, right }

  /// What the ticks of an axis are made from.
  struct Source: Sendable {
    var axis: Axis
    var resolved: ResolvedAxis
    var projection: Projection
    var theme: Theme
    var hidesLabels: Bool
    /// How far labels that are turned upright may reach from the axis.
    var room: Double
    var style: TickStyle
    /// How many ticks to look for; `nil` as many as suit the length.
    var count: Int?
  }

  /// No ticks.
  init() {
    side = .bottom
    drawsMarks = false
  }

  var isHorizontal: Bool { side == .bottom }

  init(
    axis: Axis, resolved: ResolvedAxis, projection: Projection, side: Side, theme: Theme,
    hidesLabels: Bool = false, room: Double = .infinity
  ) {
    var style = TickStyle()
    style.usesPowers = resolved.usesPowers
    self.init(
      Source(
        axis: axis, resolved: resolved, projection: projection, theme: theme,
        hidesLabels: hidesLabels, room: room, style: style), side: side)
  }

  /// The same ticks written otherwise.
  func rewritten(_ change: (inout Source) -> Void) -> TickLabels {
    guard var source else { return self }
    change(&source)
    return TickLabels(source, side: side)
  }

  private init(_ source: Source, side: Side) {
    self.side = side
    self.source = source
    let (axis, projection) = (source.axis, source.projection)
    rotation = axis.tickRotation ?? 0
    let size = source.theme.fontSize
    switch axis.ticks {
    case .none:
      drawsMarks = false
      return
    case .values(let values):
      if case .time = axis.scale {
        setGiven(zip(values, axis.spoken(values)).map(Tick.init), projection, size)
        break
      }
      let format = axis.format == .automatic ? Self.format(for: values) : axis.format
      setGiven(
        zip(values, format.labels(telling: values)).map(Tick.init), projection, size,
        areNumbers: true)
    case .labelled(let ticks): setGiven(ticks, projection, size)
    case .automatic, .integers:
      let generator = TickGenerator(
        projection: projection, format: axis.format,
        wantsIntegers: source.resolved.wantsIntegers, style: source.style,
        needsIntegers: source.resolved.needsIntegers)
      if projection.scale == .categorical {
        setCategories(generator, axis, projection, size)
      } else {
        setNumbers(generator, projection, size, source.count)
      }
    }
    if !axis.showsMinorTicks { minor = [] }
    drawsMarks = projection.scale != .categorical
    if source.hidesLabels { for index in items.indices { items[index].label = nil } }
    measure(projection)
  }

  /// How given values are written: with the decimals that they have, unless they are very large or
  /// very small.
  private static func format(for values: [Double]) -> NumberFormat {
    let digits = values.filter { $0.isFinite && $0 != 0 }.map { DecimalDigits(shortest: $0) }
    // Large ones too where they have decimals, which else would be rounded away.
    let areFractions = digits.contains { $0.places > 0 }
    guard digits.allSatisfy({ -4 <= $0.exponent && $0.exponent < (areFractions ? 16 : 7) }) else {
      return .automatic
    }
    return .decimal(places: digits.map { min(6, $0.places) }.max() ?? 0)
  }

  /// The ticks that the author chose; labels that would touch an earlier one are left out.
  private mutating func setGiven(
    _ ticks: [Tick], _ projection: Projection, _ size: Double, areNumbers: Bool = false
  ) {
    items = make(
      ticks.filter { projection.contains($0.value) }, projection, size, areNumbers: areNumbers)
    dropTouching()
  }

  private mutating func setNumbers(
    _ generator: TickGenerator, _ projection: Projection, _ size: Double, _ wanted: Int?
  ) {
    // Labels that are turned stand closer.
    let isAcross = isHorizontal == (rotation.magnitude < 30)
    let spacing = !isAcross ? size * 2.9 : size * (isHorizontal ? 6 : 4)
    let density = source?.resolved.tickDensity ?? 1
    var count =
      wanted ?? max(2, min(12, (projection.length / spacing * density).rounded().integer))
    while true {
      let set = generator.ticks(count: count)
      items = make(set.major, projection, size, areNumbers: true)
      minor = set.minor
      if !touches() || count <= 2 { break }
      count -= 1
    }
    self.count = count
    dropTouching()
    // Minor ticks that stand closer than this are a grey bar.
    let positions = projection.stretch.positions(of: minor + items.map(\.value))
    let closest = Sweep.closest(positions) ?? 100
    if closest < (projection.scale == .linear ? 3.5 : 1.2) { minor = [] }
  }

  private mutating func setCategories(
    _ generator: TickGenerator, _ axis: Axis, _ projection: Projection, _ size: Double
  ) {
    let all = generator.ticks(count: projection.categories.count)
    items = make(all.major, projection, size)
    guard touches() else { return }
    if isHorizontal && axis.tickRotation == nil
      && items.contains(where: { ($0.label?.width ?? 0) > size * 2.2 })
    {
      rotation = 40
      items = make(all.major, projection, size)
    }
    var count = items.count
    while touches() && count > 1 {
      count = max(1, count * 4 / 5)
      items = make(generator.ticks(count: count).major, projection, size)
    }
  }

  private func make(
    _ ticks: [Tick], _ projection: Projection, _ size: Double, areNumbers: Bool = false
  ) -> [Item] {
    // A label that is longer than its axis is wide helps nobody.
    var limit = isHorizontal ? max(40, projection.length * 0.6) : 150
    // Turned, names may reach beyond their place under a narrow plot area.
    if isHorizontal, rotation != 0, let source { limit = max(limit, min(120, source.room)) }
    if isHorizontal, rotation.magnitude > 45, let source {
      limit = min(limit, max(40, source.room))
    }
    let names = areNumbers ? [] : Label.apart(ticks.map(\.label), size: size, width: limit)
    return ticks.indices.compactMap { index in
      let tick = ticks[index]
      guard let position = projection(tick.value) else { return nil }
      // A number that is cut is another number, and reads like its neighbours.
      if areNumbers {
        let label = Label(tick.label, size: size)
        return Item(
          value: tick.value, position: position, label: label.width <= limit * 1.5 ? label : nil)
      }
      return Item(value: tick.value, position: position, label: names[index])
    }
  }

  /// The stretch of the axis that a label takes, with the room that it wants around it.
  private func extent(_ item: Item) -> (low: Double, high: Double)? {
    guard let label = item.label else { return nil }
    // Parallel lines of text do not touch when they are far enough apart across their direction, or
    // along it.
    let angle = (isHorizontal ? rotation : 90 - rotation.magnitude).magnitude * .pi / 180
    let line = label.size * 1.24 / max(Elementary.sin(angle), 1e-9)
    let length = (label.width + label.size * 0.7) / max(Elementary.cos(angle), 1e-9)
    let half = min(line, length) / 2
    return (item.position - half, item.position + half)
  }

  private func touches() -> Bool {
    let extents = items.compactMap(extent).sorted { $0.low < $1.low }
    return zip(extents, extents.dropFirst()).contains { $0.high > $1.low }
  }

  private mutating func dropTouching() {
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
}
