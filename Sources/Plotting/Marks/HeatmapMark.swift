public import Raster
import Requirements

/// A matrix as coloured cells, row 0 on top, with a colour bar and, where they fit, the values.
///
///     HeatmapMark(confusion, rowLabels: digits, columnLabels: digits, colormap: .blues)
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

  /// The values; NaN leaves a cell empty.
  public let values: Matrix
  /// The names of the rows; empty for a numeric axis.
  public var rowLabels: [String]
  /// The names of the columns; empty for a numeric axis.
  public var columnLabels: [String]
  /// The colours.
  public var colormap: Colormap
  /// The values of the first and last colour; `nil` takes the data's.
  public var domain: ClosedRange<Double>?
  /// Whether cells show their values.
  public var cellValues: CellValues
  /// What the colour bar shows, with its unit.
  public var label: String?
  /// Whether there is a colour bar.
  public var showsColorBar: Bool
  /// How values are written at the colour bar.
  public var format: NumberFormat

  /// Makes a heatmap. Traps when there are labels, but not one per row or column.
  public init(
    _ values: Matrix, rowLabels: [String] = [], columnLabels: [String] = [],
    colormap: Colormap = .viridis, domain: ClosedRange<Double>? = nil,
    cellValues: CellValues = .automatic, label: String? = nil, showsColorBar: Bool = true,
    format: NumberFormat = .automatic
  ) {
    require(
      rowLabels.isEmpty || rowLabels.count == values.rows,
      "HeatmapMark: \(rowLabels.count) row labels for \(values.rows) rows")
    require(
      columnLabels.isEmpty || columnLabels.count == values.columns,
      "HeatmapMark: \(columnLabels.count) column labels for \(values.columns) columns")
    self.values = values
    self.rowLabels = rowLabels
    self.columnLabels = columnLabels
    self.colormap = colormap
    self.domain = domain
    self.cellValues = cellValues
    self.label = label
    self.showsColorBar = showsColorBar
    self.format = format
  }

  private func demand(count: Int, labels: [String]) -> AxisDemand {
    var demand = AxisDemand(count > 0 ? [-0.5, Double(count) - 0.5] : [])
    demand.categories = labels
    demand.isTight = true
    demand.hidesGrid = true
    demand.isWhole = true
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

  /// The values of the first and last colour.
  private var colorDomain: ClosedRange<Double> {
    let range = domain ?? values.range ?? 0...1
    // One value everywhere still needs two ends.
    if range.lowerBound == range.upperBound {
      let reach = range.lowerBound == 0 ? 1 : range.lowerBound.magnitude / 2
      return range.lowerBound - reach...range.upperBound + reach
    }
    return range
  }

  /// The colour bar, unless switched off.
  public var colorBar: ColorBar? {
    guard showsColorBar, !isEmpty else { return nil }
    return ColorBar(colormap, domain: colorDomain, label: label, format: format)
  }

  func color(_ value: Double, isDark: Bool) -> Color {
    let domain = colorDomain
    return colormap(
      (value - domain.lowerBound) / (domain.upperBound - domain.lowerBound), isDark: isDark)
  }

  /// The edges of a cell along an axis.
  private func edges(_ index: Int, _ axis: Projection, _ labels: [String]) -> (Double, Double)? {
    let place = labels.isEmpty ? Double(index) : axis.index(of: labels[index]).map(Double.init)
    guard let place, let a = axis(place - 0.5), let b = axis(place + 0.5) else { return nil }
    return (min(a, b), max(a, b))
  }

  /// Draws the cells edge to edge, then the values.
  public func draw(on canvas: inout Canvas, in plot: PlotArea) {
    let columns = (0..<values.columns).map { edges($0, plot.x, columnLabels) }
    let rows = (0..<values.rows).map { edges($0, plot.y, rowLabels) }
    // Snapped to pixels: neighbouring cells share an edge without a seam of background.
    func snapped(_ position: Double) -> Double {
      (position * canvas.scale).rounded() / canvas.scale
    }
    for (row, vertical) in rows.enumerated() {
      guard let vertical else { continue }
      for (column, horizontal) in columns.enumerated() {
        let value = values[row, column]
        guard let horizontal, !value.isNaN else { continue }
        let cell = Rect(
          minX: snapped(horizontal.0), minY: snapped(vertical.0), maxX: snapped(horizontal.1),
          maxY: snapped(vertical.1))
        canvas.fill(.rect(cell), color(value, isDark: plot.theme.isDark))
      }
    }
    drawValues(on: &canvas, in: plot, rows: rows, columns: columns)
  }

  private func drawValues(
    on canvas: inout Canvas, in plot: PlotArea, rows: [(Double, Double)?],
    columns: [(Double, Double)?]
  ) {
    let format: NumberFormat
    switch cellValues {
    case .hidden: return
    case .automatic: format = .automatic
    case .shown(let chosen): format = chosen
    }
    guard values.values.count <= 2500, let firstRow = rows.first, let firstColumn = columns.first,
      let height = firstRow.map({ $0.1 - $0.0 }), let width = firstColumn.map({ $0.1 - $0.0 })
    else { return }
    let texts = values.values.map { $0.isNaN ? "" : format.string($0) }
    // One size for all cells: the largest at which the widest value fits.
    var size = min(plot.theme.fontSize, height * 0.6)
    let widest = texts.map { Label($0, size: size).width }.max() ?? 0
    if widest > width * 0.86 { size *= width * 0.86 / widest }
    guard size >= 5 else { return }
    for (row, vertical) in rows.enumerated() {
      guard let vertical else { continue }
      for (column, horizontal) in columns.enumerated() {
        let text = texts[row * values.columns + column]
        guard let horizontal, !text.isEmpty else { continue }
        let fill = color(values[row, column], isDark: plot.theme.isDark)
        Label(text, size: size).draw(
          on: &canvas,
          middle: Point((horizontal.0 + horizontal.1) / 2, (vertical.0 + vertical.1) / 2),
          color: plot.theme.textColor(on: fill))
      }
    }
  }

  /// The size of the matrix, and its smallest and largest value with their places.
  public func summary(x: Axis, y: Axis) -> String? {
    guard let range = values.range else { return nil }
    func place(_ value: Double) -> String {
      let index = values.values.firstIndex(of: value) ?? 0
      let row = index / values.columns
      let column = index % values.columns
      let rowName = rowLabels.isEmpty ? "row \(row)" : rowLabels[row]
      let columnName = columnLabels.isEmpty ? "column \(column)" : columnLabels[column]
      return "\(rowName), \(columnName)"
    }
    return "\(values.rows)×\(values.columns) cells, from \(NumberFormat.spoken(range.lowerBound)) "
      + "(\(place(range.lowerBound))) to \(NumberFormat.spoken(range.upperBound)) "
      + "(\(place(range.upperBound)))"
  }
}
