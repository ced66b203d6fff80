import Numbers
import Raster

/// Where everything of a tensor grid stands.
struct TensorGridLayout {
  let grid: TensorGrid
  let theme: Theme
  let cell: Double
  private let metrics = Metrics()
  private let title: [Label]
  private let captions: [[Label]]
  /// The upper left corner of every panel's front sheet.
  private var origins: [Point] = []
  private(set) var size = Size(width: 1, height: 1)

  private static let gap = 40.0
  private static let rowGap = 16.0
  static let sheetShift = 5.0
  /// Above this width the cells shrink.
  private static let widest = 640.0
  /// Smaller numbers nobody can read.
  private static let smallest = 4.5

  init(_ grid: TensorGrid, theme: Theme) {
    self.grid = grid
    self.theme = theme
    let perRow = max(1, min(grid.columns ?? grid.panels.count, max(1, grid.panels.count)))
    let rows = stride(from: 0, to: grid.panels.count, by: perRow).map {
      Array($0..<min($0 + perRow, grid.panels.count))
    }
    let gaps = Double(perRow - 1) * Self.gap
    let cellsAcross =
      rows.map { row in
        row.reduce(0) { $0 + grid.panels[$1].values.columns }
      }.max() ?? 1
    let fit = (Self.widest - gaps) / Double(max(1, cellsAcross))
    let cell = grid.cellSize ?? max(9, min(28, (fit * 2).rounded(.down) / 2))
    self.cell = cell
    let captions = grid.panels.map {
      Label.wrapped(
        $0.caption, size: theme.fontSize,
        width: max(Double($0.values.columns) * cell + Self.gap - 6, 40), limit: 3)
    }
    self.captions = captions
    // Panels of one column are as wide as the widest of them, so that columns align.
    func width(_ index: Int) -> Double {
      let panel = grid.panels[index]
      let matrix =
        Double(panel.values.columns) * cell + Double(panel.sheetCount - 1) * Self.sheetShift
      let caption = (captions[index].map(\.width).max() ?? 0)
      return max(matrix, caption - Self.gap + 6)
    }
    func height(_ index: Int) -> Double {
      let panel = grid.panels[index]
      return Double(panel.values.rows) * cell + Double(panel.sheetCount - 1) * Self.sheetShift
    }
    var columnWidths = [Double](repeating: 0, count: perRow)
    for row in rows {
      for (column, index) in row.enumerated() {
        columnWidths[column] = max(columnWidths[column], width(index))
      }
    }
    let side = metrics.outer + Self.gap / 2 - 8
    let content = columnWidths.reduce(gaps, +)
    let heading = max(content, 200)
    title =
      Label.wrapped(
        grid.title ?? "", size: theme.titleSize, isBold: true, width: heading, limit: 3)
      + Label.wrapped(grid.subtitle ?? "", size: theme.fontSize, width: heading, limit: 4)
    var top = metrics.outer
    if !title.isEmpty { top += title.reduce(metrics.titleGap + 2) { $0 + $1.lineHeight } }
    var origins = [Point](repeating: .zero, count: grid.panels.count)
    for (number, row) in rows.enumerated() {
      if number > 0 { top += Self.rowGap }
      let tallest = row.map(height).max() ?? 0
      var left = side
      for (column, index) in row.enumerated() {
        let matrix = Double(grid.panels[index].values.columns) * cell
        let shift = Double(grid.panels[index].sheetCount - 1) * Self.sheetShift
        origins[index] = Point(
          (left + (columnWidths[column] - matrix - shift) / 2).rounded(),
          (top + (tallest - height(index)) / 2 + shift).rounded())
        left += columnWidths[column] + Self.gap
      }
      let lines = row.map { captions[$0].count }.max() ?? 0
      top += tallest + (lines > 0 ? Double(lines) * theme.fontSize * 1.25 + 7 : 0)
    }
    self.origins = origins
    let titleWidth = title.map(\.width).max() ?? 0
    size = Size(
      width: (max(content, titleWidth) + 2 * side).rounded(.up),
      height: (top + metrics.outer).rounded(.up))
  }

  func rect(_ panel: Int, rows: Range<Int>, columns: Range<Int>) -> Rect {
    Rect(
      x: origins[panel].x + Double(columns.lowerBound) * cell,
      y: origins[panel].y + Double(rows.lowerBound) * cell, width: Double(columns.count) * cell,
      height: Double(rows.count) * cell)
  }

  func rect(_ panel: Int) -> Rect {
    let values = grid.panels[panel].values
    return rect(panel, rows: 0..<values.rows, columns: 0..<values.columns)
  }

  func draw(on canvas: inout Canvas) {
    var top = metrics.outer
    let left = origins.map(\.x).min() ?? metrics.outer
    for line in title {
      line.draw(
        on: &canvas,
        baseline: Point(min(left, max(4, size.width - line.width - 4)), top + line.ascent),
        color: line.isBold ? theme.foreground : theme.muted)
      top += line.lineHeight
    }
    for index in grid.panels.indices { drawCells(index, on: &canvas) }
    for beam in grid.beams { drawBeam(beam, on: &canvas) }
    for index in grid.panels.indices {
      drawNumbers(index, on: &canvas)
      drawFrames(index, on: &canvas)
      drawCaption(index, on: &canvas)
    }
    drawOperators(on: &canvas)
  }

  private func drawCells(_ index: Int, on canvas: inout Canvas) {
    let panel = grid.panels[index]
    let whole = rect(index)
    guard !whole.isEmpty else { return }
    let line = Stroke(width: 1)
    for sheet in stride(from: panel.sheetCount - 1, to: 0, by: -1) {
      let shift = Double(sheet) * Self.sheetShift
      let back = whole.offset(dx: shift, dy: -shift)
      canvas.fill(.rect(back), theme.background)
      canvas.stroke(.rect(back.inset(by: 0.5)), line, theme.axis)
    }
    canvas.fill(.rect(whole), theme.background)
    let range = panel.values.range ?? 0...1
    let width = range.upperBound - range.lowerBound
    var ring = Path()
    for row in 0..<panel.values.rows {
      for column in 0..<panel.values.columns {
        let place = rect(index, rows: row..<row + 1, columns: column..<column + 1)
        if let color = fill(panel, row, column, range.lowerBound, width) {
          canvas.fill(.rect(place), color)
        }
        if panel.isPadding(row: row, column: column) { ring.append(.rect(place)) }
        for highlight in panel.highlights where highlight.contains(row: row, column: column) {
          canvas.fill(
            .rect(place), theme.color(highlight.color).opacity(theme.isDark ? 0.3 : 0.18))
        }
      }
    }
    if !ring.isEmpty {
      canvas.fill(ring, theme.muted.opacity(0.07))
      canvas.clipped(to: ring) {
        $0.stroke(hatching(whole), Stroke(width: 0.7), theme.muted.opacity(0.42))
      }
    }
    var lines = Path()
    for row in 0...panel.values.rows {
      let y = canvas.aligned(
        Point(0, whole.minY + Double(row) * cell), lineWidth: 0.5
      ).y
      lines.append(.segment(from: Point(whole.minX, y), to: Point(whole.maxX, y)))
    }
    for column in 0...panel.values.columns {
      let x = canvas.aligned(
        Point(whole.minX + Double(column) * cell, 0), lineWidth: 0.5
      ).x
      lines.append(.segment(from: Point(x, whole.minY), to: Point(x, whole.maxY)))
    }
    canvas.stroke(lines, Stroke(width: 0.5), theme.axis)
  }

  private func fill(
    _ panel: TensorGrid.Panel, _ row: Int, _ column: Int, _ low: Double, _ width: Double
  ) -> Color? {
    let value = panel.values[row, column]
    guard let colormap = panel.colormap, value.isFinite else { return nil }
    return colormap(width > 0 ? (value - low) / width : 0.5, isDark: theme.isDark)
  }

  /// Diagonals across a rectangle.
  private func hatching(_ rect: Rect) -> Path {
    var path = Path()
    let step = 4.5
    var offset = -rect.height
    while offset < rect.width {
      path.append(
        .segment(
          from: Point(rect.minX + offset, rect.maxY),
          to: Point(rect.minX + offset + rect.height, rect.minY)))
      offset += step
    }
    return path
  }

  private func drawNumbers(_ index: Int, on canvas: inout Canvas) {
    let panel = grid.panels[index]
    var texts = panel.values.values.map { $0.isNaN ? "" : panel.format.string($0, .picture) }
    var size = min(theme.fontSize * 1.1, cell * 0.55)
    var widths = texts.map { Label($0, size: size).width }
    // A few numbers that cannot be read in their cells do not take the others along.
    let room = cell * 0.84
    let long = texts.indices.filter { widths[$0] * Self.smallest > room * size }
    if long.count * 2 <= texts.count {
      for index in long { (texts[index], widths[index]) = ("…", 0) }
    }
    let widest = widths.max() ?? 0
    if widest > room { size *= room / widest }
    guard size >= Self.smallest else { return }
    let range = panel.values.range ?? 0...1
    for row in 0..<panel.values.rows {
      for column in 0..<panel.values.columns {
        let text = texts[row * panel.values.columns + column]
        guard !text.isEmpty else { continue }
        let place = rect(index, rows: row..<row + 1, columns: column..<column + 1)
        let isMade = panel.highlights.contains {
          $0.rows.count == 1 && $0.columns.count == 1 && $0.contains(row: row, column: column)
        }
        let label = Label(text, size: size, isBold: isMade)
        let fill = fill(
          panel, row, column, range.lowerBound, range.upperBound - range.lowerBound)
        let baseline = Point(place.midX, place.midY + label.capHeight / 2)
        if panel.isPadding(row: row, column: column) {
          label.drawWithHalo(
            on: &canvas, baseline: baseline, side: .center,
            color: fill.map(theme.textColor(on:)) ?? theme.muted,
            halo: halo(panel, row, column, fill ?? theme.background).opacity(0.85))
        } else {
          label.draw(
            on: &canvas, baseline: baseline, side: .center,
            color: fill.map(theme.textColor(on:)) ?? theme.foreground)
        }
      }
    }
  }

  /// The colour that a cell of the ring has between its hatching.
  private func halo(
    _ panel: TensorGrid.Panel, _ row: Int, _ column: Int, _ fill: Color
  ) -> Color {
    guard let highlight = panel.highlights.first(where: { $0.contains(row: row, column: column) })
    else { return fill }
    return fill.mixed(with: theme.color(highlight.color), theme.isDark ? 0.3 : 0.18)
  }

  private func drawFrames(_ index: Int, on canvas: inout Canvas) {
    let panel = grid.panels[index]
    let whole = rect(index)
    guard !whole.isEmpty else { return }
    canvas.stroke(.rect(whole), Stroke(width: 1), theme.axis)
    // The border between the ring and what it frames.
    if panel.padding != TensorGrid.Ring() {
      let inner = rect(
        index, rows: panel.padding.top..<panel.values.rows - panel.padding.bottom,
        columns: panel.padding.left..<panel.values.columns - panel.padding.right)
      if !inner.isEmpty { canvas.stroke(.rect(inner), Stroke(width: 1.5), theme.foreground) }
    }
    for highlight in panel.highlights {
      canvas.stroke(
        .roundedRect(rect(index, rows: highlight.rows, columns: highlight.columns), radius: 1.5),
        Stroke(width: 2.25), theme.color(highlight.color))
    }
  }

  private func drawCaption(_ index: Int, on canvas: inout Canvas) {
    let whole = rect(index)
    // Captions of one row stand on one line, under its tallest panel.
    let perRow = max(1, min(grid.columns ?? grid.panels.count, grid.panels.count))
    let start = index / perRow * perRow
    let end = min(start + perRow, grid.panels.count)
    var top = (start..<end).map { rect($0).maxY }.max() ?? whole.maxY
    top += 7
    for line in captions[index] {
      line.draw(
        on: &canvas, baseline: Point(whole.midX, top + line.ascent), side: .center,
        color: theme.foreground)
      top += line.lineHeight
    }
  }
}
