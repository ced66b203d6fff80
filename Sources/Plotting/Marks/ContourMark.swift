import Numbers

/// Lines along which a function of two variables has the same value, or the areas between them.
///
/// ```swift
/// ContourMark(loss, x: -2...2, y: -1...1, label: "loss")
/// ContourMark(loss, x: -2...2, y: -1...1, isFilled: true)
/// ```
public struct ContourMark: Mark, Hashable {
  /// The values at the points of an even grid, row 0 at the upper end of `y`.
  public let values: Matrix
  /// The horizontal values of the first and the last column.
  public let x: ClosedRange<Double>
  /// The vertical values of the last and the first row.
  public let y: ClosedRange<Double>
  /// The levels, rising.
  public let levels: [Double]
  /// Whether the areas between the levels are filled, instead of lines drawn.
  public var isFilled: Bool
  /// Whether lines are labelled with their level.
  public var showsLevels: Bool
  /// The colours of levels; `nil` for lines all in one colour.
  public var colormap: Colormap?
  /// The colour of the lines without a colour map.
  public var color: Ink
  /// The opacity, 0…1.
  public var opacity: Double {
    didSet { MarkChecks("ContourMark", label, #fileID, #line).opacity(opacity) }
  }
  /// The width of the lines in points.
  public var width: Double {
    didSet { MarkChecks("ContourMark", label, #fileID, #line).length(width, "width") }
  }
  /// What the values are, for the colour bar.
  public var label: String?

  /// Makes level lines or filled contours.
  ///
  /// Traps when levels do not rise, when a range has no extent, on a width that is no length and on
  /// an opacity outside of 0…1.
  ///
  /// - Parameters:
  ///   - values: The values on a grid, the first row at the top.
  ///   - x: From the middle of the first column to that of the last.
  ///   - y: From the middle of the last row to that of the first.
  ///   - levels: Where lines are; about seven nice numbers where left out.
  ///   - isFilled: Whether the bands between the levels are filled.
  ///   - showsLevels: Whether lines are labelled; `nil` labels lines without fill.
  ///   - colormap: The colours of levels. Filled contours have viridis where left out.
  ///   - color: The colour of lines without a map.
  ///   - opacity: From 0 to 1.
  ///   - width: The lines' width, in points.
  ///   - label: What the values are, for the colour bar.
  ///   - fileID: The file that draws; leave it out.
  ///   - line: The line that draws; leave it out.
  public init(
    _ values: Matrix, x: ClosedRange<Double>, y: ClosedRange<Double>, levels: [Double]? = nil,
    isFilled: Bool = false, showsLevels: Bool? = nil, colormap: Colormap? = nil,
    color: Ink = .foreground, opacity: Double = 1, width: Double = 1.1, label: String? = nil,
    fileID: StaticString = #fileID, line: UInt = #line
  ) {
    let checks = MarkChecks("ContourMark", label, fileID, line)
    checks.opacity(opacity)
    checks.length(width, "width")
    checks.rectangle(x, y)
    if let levels {
      checks.require(!levels.isEmpty, "contours have one level or more")
      checks.require(
        levels.allSatisfy(\.isFinite) && zip(levels, levels.dropFirst()).allSatisfy { $0 < $1 },
        "levels are rising numbers, not \(levels)")
    }
    self.values = values
    self.x = x
    self.y = y
    self.levels = levels ?? Self.niceLevels(values)
    self.isFilled = isFilled
    self.showsLevels = showsLevels ?? !isFilled
    self.colormap = colormap ?? (isFilled ? .viridis : nil)
    self.color = color
    self.opacity = opacity
    self.width = width
    self.label = label
  }

  private static func niceLevels(_ values: Matrix) -> [Double] {
    guard let range = values.range, range.lowerBound < range.upperBound else { return [] }
    if let found = ExtendedWilkinson.ticks(in: range, count: 7, wantsIntegers: false) {
      return found.ticks.map(\.value)
    }
    // Values too close together, too small or too far apart for round numbers between them.
    let (low, high) = (range.lowerBound, range.upperBound)
    let even = (1...7).map { low * (1 - Double($0) / 8) + high * (Double($0) / 8) }
    return Set(even.filter { low < $0 && $0 < high }).sorted()
  }

  private func demand(_ range: ClosedRange<Double>) -> AxisDemand {
    var demand = AxisDemand(isEmpty ? [] : [range.lowerBound, range.upperBound])
    demand.isTight = true
    demand.hidesGrid = isFilled
    demand.isWhole = false
    demand.nonPositive = nil
    return demand
  }
  /// From the first to the last column.
  public var xDemand: AxisDemand { demand(x) }
  /// From the last to the first row.
  public var yDemand: AxisDemand { demand(y) }
  /// Whether there is no square of the grid.
  public var isEmpty: Bool { values.rows < 2 || values.columns < 2 }

  var mapping: ColorMapping? {
    guard let colormap else { return nil }
    // Areas reach to the next levels around the data, if there are any.
    let edges = edges
    guard isFilled, let low = edges.first, let high = edges.last, low < high else {
      return ColorMapping(colormap, values.values, domain: nil)
    }
    return ColorMapping(colormap, low...high, risesByRatio(edges) ? .log : .linear)
  }

  /// Whether edges such as 1, 10, 100, 1000 rise by ratios: colours that are even in the values would make
  /// all bands but the last look alike.
  private func risesByRatio(_ edges: [Double]) -> Bool {
    guard edges.count > 3, edges[0] > 0 else { return false }
    let pairs = zip(edges, edges.dropFirst())
    let (widths, ratios) = (pairs.map { $1 - $0 }, pairs.map { $1 / $0 - 1 })
    func spread(_ steps: [Double]) -> Double {
      (steps.max() ?? 1) / (steps.min() ?? 1)
    }
    return spread(widths) > 8 && spread(ratios) < spread(widths)
  }
  /// The label.
  public var name: String? { label }
  /// The colours of the levels, where they have some.
  public var colorBar: ColorBar? {
    guard !isEmpty, let mapping else { return nil }
    var bar = ColorBar(mapping, label: label)
    bar.opacity = opacity
    guard isFilled, let low = edges.first, let high = edges.last else { return bar }
    // Equal values have one colour.
    (bar.edges, bar.levels) =
      low < high
      ? (edges, levels) : ([mapping.domain.lowerBound, mapping.domain.upperBound], [low])
    return bar
  }

  /// The values between which areas lie: the levels among the data, and around them the next levels
  /// or else the ends of the data.
  var edges: [Double] {
    guard let range = values.range else { return [] }
    let (low, high) = (range.lowerBound, range.upperBound)
    return [levels.last { $0 <= low } ?? low] + levels.filter { low < $0 && $0 < high }
      + [levels.first { $0 >= high } ?? high]
  }

  var grid: ContourGrid {
    func places(_ from: Double, _ to: Double, _ count: Int) -> [Double] {
      (0..<count).map { from + (to - from) * (Double($0) / Double(max(1, count - 1))) }
    }
    return ContourGrid(
      values: values, x: places(x.lowerBound, x.upperBound, values.columns),
      y: places(y.upperBound, y.lowerBound, values.rows))
  }

  /// The range of the values and the levels.
  public func summary(x: Axis, y: Axis) -> String? {
    guard let range = values.range else { return nil }
    let say = SpokenNumbers([range.lowerBound, range.upperBound] + levels)
    let subject = label.named.map { "\(PlainText.of($0)): " } ?? ""
    let index = values.values.firstIndex(of: range.lowerBound) ?? 0
    let grid = grid
    let place = [
      x.spoken([grid.x[index % values.columns]])[0], y.spoken([grid.y[index / values.columns]])[0],
    ]
    let kind = isFilled ? "filled contours" : "level lines"
    if range.lowerBound == range.upperBound {
      return "\(subject)\(kind) of equal values, all \(say(range.lowerBound))"
    }
    if levels.isEmpty {
      return "\(subject)\(kind) without levels; values from \(say(range.lowerBound)) to "
        + "\(say(range.upperBound))"
    }
    let list =
      levels.count <= 12
      ? levels.map { spoken($0, say) }.joined(separator: ", ") : "\(levels.count) levels"
    return "\(subject)\(kind) at \(list); values from \(say(range.lowerBound)) (at \(place[0]), "
      + "\(place[1])) to \(say(range.upperBound))"
  }

  /// A level in a sentence, as it is where it is a short number.
  private func spoken(_ level: Double, _ say: SpokenNumbers) -> String {
    (5...15).contains(DecimalDigits(shortest: level).digits.count)
      ? NumberFormat.shortest.string(level) : say(level)
  }

  /// Points without a value or a place, and lines of which there are none.
  public func notes(x: Axis, y: Axis) -> [String] {
    if isEmpty { return [] }
    var notes: [String] = []
    for (axis, places, what) in [(x, grid.x, "columns"), (y, grid.y, "rows")]
    where axis.scale == .log {
      let lost = places.count { $0 <= 0 }
      guard lost > 0 else { continue }
      notes.append(
        "\(grouped(lost)) of \(grouped(places.count)) \(what) of the grid "
          + "\(lost == 1 ? "lies" : "lie") at ≤ 0, and \(lost == 1 ? "is" : "are") not on the logarithmic axis"
      )
    }
    if !isFilled, let range = values.range {
      let say = SpokenNumbers(range.lowerBound, range.upperBound)
      let (low, high) = (say(range.lowerBound), say(range.upperBound))
      if range.lowerBound == range.upperBound {
        notes.append("no level lines: all values are \(low)")
      } else if !levels.contains(where: { range.lowerBound < $0 && $0 <= range.upperBound }) {
        notes.append("no level lines: the values go from \(low) to \(high)")
      }
    }
    return notes
      + MissingValues(values.values).sentences(
        label, what: ("grid point", "grid points"), nan: ", left out", infinite: ", left out")
  }
}
