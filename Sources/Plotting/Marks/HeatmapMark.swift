public import Numbers
public import Raster

/// A matrix as coloured cells, row 0 on top, with a colour bar and, where they fit, the values.
///
/// ```swift
/// HeatmapMark(confusion, rowLabels: digits, columnLabels: digits, colormap: .blues)
/// ```
public struct HeatmapMark: Mark, Hashable {
  /// Whether cells show their values.
  public enum CellValues: Sendable, Hashable {
    /// When they fit.
    case automatic
    /// Never.
    case hidden
    /// When they fit, in this format.
    case shown(NumberFormat)
  }

  /// The values. NaN has no colour: its cell is hatched.
  public let values: Matrix
  /// The names of the rows; empty for a numeric axis.
  public var rowLabels: [String] { didSet { check() } }
  /// The names of the columns; empty for a numeric axis.
  public var columnLabels: [String] { didSet { check() } }
  /// The colours.
  public var colormap: Colormap
  /// The values of the first and last colour; `nil` takes the data's.
  public var domain: ClosedRange<Double>? { didSet { check() } }
  /// How values are mapped to the length of the colour map.
  public var colorScale: ColorScale { didSet { check() } }
  /// Whether cells show their values.
  public var cellValues: CellValues {
    didSet { check() }
  }
  /// What the colour bar shows, with its unit.
  public var label: String?
  /// Whether there is a colour bar.
  public var showsColorBar: Bool
  /// How values are written at the colour bar.
  public var format: NumberFormat { didSet { check() } }
  /// What a NaN stands for, in a few words, where it is no failure: “no design”.
  public var missing: String?

  /// Makes a heatmap. Traps when there are labels, but not one per row or column, and on a domain
  /// that is not finite.
  public init(
    _ values: Matrix, rowLabels: [String] = [], columnLabels: [String] = [],
    colormap: Colormap = .viridis, domain: ClosedRange<Double>? = nil,
    cellValues: CellValues = .automatic, label: String? = nil, showsColorBar: Bool = true,
    format: NumberFormat = .automatic, colorScale: ColorScale = .linear, missing: String? = nil,
    fileID: StaticString = #fileID, line: UInt = #line
  ) {
    self.values = values
    self.rowLabels = rowLabels
    self.columnLabels = columnLabels
    self.colormap = colormap
    self.domain = domain
    self.colorScale = colorScale
    self.cellValues = cellValues
    self.label = label
    self.showsColorBar = showsColorBar
    self.format = format
    self.missing = missing
    check(fileID, line)
  }

  /// Traps with a sentence when a property cannot be.
  private func check(_ file: StaticString = #fileID, _ line: UInt = #line) {
    let checks = MarkChecks("HeatmapMark", label, file, line)
    checks.names(rowLabels.count, "row labels", for: values.rows, "rows")
    checks.names(columnLabels.count, "column labels", for: values.columns, "columns")
    colorScale.check(domain, colormap, checks)
    checks.format(format)
    if case .shown(let format) = cellValues { checks.format(format) }
  }

  private func demand(count: Int, labels: [String]) -> AxisDemand {
    var demand = AxisDemand(count > 0 ? [-0.5, Double(count) - 0.5] : [])
    demand.categories = labels
    demand.isTight = true
    demand.hidesGrid = true
    demand.isWhole = true
    demand.nonPositive = nil
    return demand
  }

  /// The columns, from half a cell before the first to half a cell after the last.
  public var xDemand: AxisDemand { demand(count: values.columns, labels: columnLabels) }
  /// The rows, growing downwards.
  public var yDemand: AxisDemand {
    var demand = demand(count: values.rows, labels: rowLabels)
    demand.isReversed = true
    return demand
  }
  /// Whether the matrix has no cell.
  public var isEmpty: Bool { values.values.isEmpty }

  private var mapping: ColorMapping {
    ColorMapping(colormap, values.values, domain: domain, scale: colorScale)
  }

  /// The label.
  public var name: String? { label }
  /// The colour bar, unless switched off.
  public var colorBar: ColorBar? {
    guard showsColorBar, !isEmpty else { return nil }
    return ColorBar(mapping, label: label, format: format)
  }

  /// The edges of the cells along an axis, snapped to pixels: neighbouring cells share an edge
  /// without a seam of background.
  private func edges(
    _ count: Int, _ axis: Projection, _ labels: [String], _ scale: Double
  ) -> [(low: Double, high: Double)?] {
    let places = labels.isEmpty ? (0..<count).map { Optional($0) } : axis.places(of: labels)
    return places.map { place in
      guard let place, axis(Double(place) + 0.5) != nil,
        let a = axis.reaching(Double(place) - 0.5), let b = axis.reaching(Double(place) + 0.5)
      else { return nil }
      return (
        (min(a, b) * scale).rounded() / scale, (max(a, b) * scale).rounded() / scale
      )
    }
  }

  /// Draws the cells edge to edge, then the values.
  ///
  /// Where cells are smaller than pixels, each pixel has the colour of the mean of those on it, so that none is
  /// left out; classes have no mean, and there the cell in the middle stands for all. Cost: proportional to
  /// the cells, and for more than 2,500 of them to the pixels.
  public func draw(on canvas: inout Canvas, in plot: PlotArea) {
    let mapping = mapping
    let columns = edges(values.columns, plot.x, columnLabels, canvas.scale)
    let rows = edges(values.rows, plot.y, rowLabels, canvas.scale)
    if values.values.count > Self.mostWithValues,
      drawAsPicture(mapping, rows, columns, on: &canvas, in: plot)
    {
      return
    }
    var missing = Path()
    for (row, vertical) in rows.enumerated() {
      guard let vertical else { continue }
      for (column, horizontal) in columns.enumerated() {
        guard let horizontal else { continue }
        let cell = Rect(
          minX: horizontal.low, minY: vertical.low, maxX: horizontal.high, maxY: vertical.high)
        guard let part = cell.intersection(plot.frame.inset(by: -4)) else { continue }
        if let color = mapping.color(values[row, column], isDark: plot.theme.isDark) {
          canvas.fill(.rect(part), color)
        } else {
          missing.append(.rect(part))
        }
      }
    }
    if !missing.isEmpty { canvas.hatchMissing(missing, theme: plot.theme) }
    drawValues(on: &canvas, in: plot, mapping, rows: rows, columns: columns)
  }

  /// Cells beyond this number have no room for values, and are drawn as a picture.
  private static let mostWithValues = 2500

  /// Draws many cells as one picture, where they lie evenly and in order. False where they do not.
  private func drawAsPicture(
    _ mapping: ColorMapping, _ rows: [(low: Double, high: Double)?],
    _ columns: [(low: Double, high: Double)?], on canvas: inout Canvas, in plot: PlotArea
  ) -> Bool {
    func isRow(_ labels: [String], _ axis: Projection) -> Bool {
      labels.isEmpty || axis.places(of: labels).enumerated().allSatisfy { $0.offset == $0.element }
    }
    guard plot.x.isEven, plot.y.isEven, isRow(columnLabels, plot.x), isRow(rowLabels, plot.y),
      let top = rows.first ?? nil, let bottom = rows.last ?? nil,
      let left = columns.first ?? nil, let right = columns.last ?? nil
    else { return false }
    let place = Rect(
      minX: min(left.low, right.low), minY: min(top.low, bottom.low),
      maxX: max(left.high, right.high), maxY: max(top.high, bottom.high))
    if !mapping.covers(values.values), let visible = place.intersection(plot.frame) {
      canvas.hatchMissing(.rect(visible), theme: plot.theme)
    }
    let turned = values.turned(rows: top.low > bottom.low, columns: left.low > right.low)
    let shades = mapping.shades(isDark: plot.theme.isDark)
    // There is no class between two classes.
    let picture =
      mapping.colormap.isOfClasses
      ? turned.bitmap(shades) : turned.bitmap(shades, pixelsOf: place, canvas.scale)
    canvas.draw(picture, in: place, interpolation: .nearest)
    return true
  }

  private func drawValues(
    on canvas: inout Canvas, in plot: PlotArea, _ mapping: ColorMapping,
    rows: [(low: Double, high: Double)?], columns: [(low: Double, high: Double)?]
  ) {
    let format: NumberFormat
    switch cellValues {
    case .hidden: return
    case .automatic: format = .automatic
    case .shown(let chosen): format = chosen
    }
    guard values.values.count <= Self.mostWithValues, let firstRow = rows.first,
      let firstColumn = columns.first, let height = firstRow.map({ $0.high - $0.low }),
      let width = firstColumn.map({ $0.high - $0.low })
    else { return }
    let texts = values.values.map { $0.isNaN ? "" : format.string($0, .picture) }
    // One size for all cells: the largest at which the widest value fits.
    var size = min(plot.theme.fontSize, height * 0.6)
    guard size >= 5 else { return }
    let widest = texts.map { Label($0, size: size).width }.max() ?? 0
    if widest > width * 0.86 { size *= width * 0.86 / widest }
    guard size >= 5 else { return }
    for (row, vertical) in rows.enumerated() {
      guard let vertical else { continue }
      for (column, horizontal) in columns.enumerated() {
        let text = texts[row * values.columns + column]
        guard let horizontal, !text.isEmpty else { continue }
        let center = Point(
          (horizontal.low + horizontal.high) / 2, (vertical.low + vertical.high) / 2)
        let fill =
          mapping.color(values[row, column], isDark: plot.theme.isDark)
          ?? plot.theme.plotBackground
        guard plot.frame.contains(center) else { continue }
        Label(text, size: size).draw(
          on: &canvas, middle: center, color: plot.theme.textColor(on: fill))
      }
    }
  }

  /// The size of the matrix, and its smallest and largest value with their places.
  public func summary(x: Axis, y: Axis) -> String? {
    guard let range = values.range else { return nil }
    let say = SpokenNumbers(range.lowerBound, range.upperBound)
    let subject = label.named.map { "\(PlainText.of($0)): " } ?? ""
    let size = "\(values.rows)×\(values.columns) \(values.values.count == 1 ? "cell" : "cells")"
    if range.lowerBound == range.upperBound {
      return "\(subject)\(size) of \(say(range.lowerBound))"
    }
    let (rows, columns) = (Categories.spoken(rowLabels), Categories.spoken(columnLabels))
    func place(_ value: Double) -> String {
      let index = values.values.firstIndex(of: value) ?? 0
      return cellName(index, rows, columns)
    }
    return "\(subject)\(size), from \(say(range.lowerBound)) (\(place(range.lowerBound))) to "
      + "\(say(range.upperBound)) (\(place(range.upperBound)))"
  }

  private func cellName(_ index: Int, _ rows: [String], _ columns: [String]) -> String {
    let (row, column) = (index / values.columns, index % values.columns)
    return (rows.isEmpty ? "row \(row)" : rows[row]) + ", "
      + (columns.isEmpty ? "column \(column)" : columns[column])
  }

  /// Cells without a value or without a colour.
  public func notes(x: Axis, y: Axis) -> [String] {
    if isEmpty { return [] }
    let (rows, columns) = (Categories.spoken(rowLabels), Categories.spoken(columnLabels))
    var notes: [String] = []
    var known = values.values
    if let missing, case let count = known.count(where: \.isNaN), count > 0 {
      notes.append("hatched: \(missing) (\(count) of \(known.count) cells)")
      known.removeAll(where: \.isNaN)
    }
    notes += MissingValues(known).sentences(
      label, what: ("cell", "cells"), nan: ", hatched", infinite: ", in the last colour",
      negative: ", in the first colour",
      place: known.count == values.values.count ? { cellName($0, rows, columns) } : nil)
    // A linear map over all of the data has a colour for each: nothing to look for.
    let coversAll = domain == nil && colorScale != .log && colormap.ownDomain == nil
    return coversAll ? notes : notes + mapping.notes(values.values, what: ("cell", "cells"))
  }
}
