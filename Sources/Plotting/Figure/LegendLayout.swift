import Raster

/// A legend with its place.
struct LegendLayout: Sendable {
  var entries: [[LegendEntry]]
  /// The box around it.
  var rect: Rect
  /// Whether it lies over the plot area, and so needs a background.
  var isInside: Bool

  static let swatchWidth = 20.0
  static let swatchGap = 6.0
  static let columnGap = 16.0
  static let padding = 6.0

  static func rowHeight(_ theme: Theme) -> Double { (theme.fontSize * 1.55).rounded(.up) }

  private static func width(_ entry: LegendEntry, _ theme: Theme) -> Double {
    entry.swatch.room + entry.text(theme).width
  }

  /// The length of a legend in one row.
  static func width(ofRow entries: [LegendEntry], _ theme: Theme) -> Double {
    entries.reduce(0) { $0 + width($1, theme) + columnGap } - columnGap
  }

  /// The box of a legend in one column.
  static func size(of entries: [LegendEntry], theme: Theme) -> Size {
    let widest = entries.map { width($0, theme) }.max() ?? 0
    return Size(
      width: widest + 2 * padding,
      height: Double(entries.count) * rowHeight(theme) + 2 * padding - theme.fontSize * 0.4)
  }

  /// The entries in rows of at most the given width.
  static func rows(_ entries: [LegendEntry], width: Double, theme: Theme) -> [[LegendEntry]] {
    var rows: [[LegendEntry]] = []
    var used = 0.0
    for entry in entries {
      let needed = Self.width(entry, theme) + columnGap
      if !rows.isEmpty && used + needed <= width + columnGap {
        rows[rows.count - 1].append(entry)
        used += needed
      } else {
        rows.append([entry])
        used = needed
      }
    }
    return rows
  }

  func draw(on canvas: inout Canvas, theme: Theme) {
    let height = Self.rowHeight(theme)
    if isInside {
      let sharp = canvas.aligned(rect)
      canvas.fill(
        .roundedRect(sharp, radius: 3), theme.plotBackground.opacity(0.88))
      canvas.stroke(
        .roundedRect(sharp.inset(by: 0.25), radius: 3), Stroke(width: 0.5), theme.grid)
    }
    let inset = isInside ? Self.padding : 0
    var middle = rect.minY + (isInside ? Self.padding - theme.fontSize * 0.2 : 0) + height / 2
    for row in entries {
      var left = rect.minX + inset
      for entry in row {
        let swatch = Rect(
          x: left, y: middle - theme.fontSize / 2, width: Self.swatchWidth, height: theme.fontSize)
        entry.swatch.draw(on: &canvas, in: swatch, theme: theme)
        let textLeft = left + entry.swatch.room
        let room = rect.maxX - inset - textLeft + 0.5
        let text = entry.text(theme)
        if let label = Label.fitted(
          text.string, size: text.size, isBold: text.isBold, width: room)
        {
          label.draw(
            on: &canvas, middle: Point(textLeft, middle), side: .left, color: theme.foreground)
          left = textLeft + label.width + Self.columnGap
        }
      }
      middle += height
    }
  }
}

extension LegendEntry {
  /// What the entry says; a heading in bold.
  fileprivate func text(_ theme: Theme) -> Label {
    Label(label, size: theme.fontSize, isBold: swatch == .heading)
  }
}

extension LegendEntry.Swatch {
  /// The room that the sample takes before the label.
  fileprivate var room: Double {
    self == .heading ? 0 : LegendLayout.swatchWidth + LegendLayout.swatchGap
  }

  fileprivate func draw(on canvas: inout Canvas, in rect: Rect, theme: Theme) {
    switch self {
    case .heading: break
    case .line(let ink, let width, var dash, let symbol):
      let color = theme.color(ink)
      if dash.isEmpty, case .series(let index) = ink { dash = theme.dash(series: index) }
      let width = width ?? theme.lineWidth
      let y = canvas.aligned(rect.center, lineWidth: width).y
      let line = Path.segment(from: Point(rect.minX, y), to: Point(rect.maxX, y))
      canvas.stroke(line, Stroke(width: width, cap: .butt, dash: dash), color)
      symbol?.draw(
        on: &canvas, at: rect.center, size: theme.pointSize, color: color,
        rim: theme.plotBackground)
    case .symbol(var symbol, let ink):
      if case .series(let index) = ink, symbol == .circle { symbol = theme.symbol(series: index) }
      symbol.draw(
        on: &canvas, at: rect.center, size: theme.pointSize * 1.2, color: theme.color(ink))
    case .sizedSymbol(let symbol, let ink, let size):
      symbol.draw(
        on: &canvas, at: rect.center, size: min(size, rect.width), color: theme.color(ink))
    case .box(let ink, let opacity):
      let box = Rect(
        x: rect.midX - rect.height * 0.6, y: rect.minY + rect.height * 0.08,
        width: rect.height * 1.2, height: rect.height * 0.84)
      let color = theme.color(ink).opacity(opacity)
      canvas.fill(.roundedRect(box, radius: 1.5), color)
      if case .series(let index) = ink {
        canvas.hatch(
          .roundedRect(box, radius: 1.5), theme.hatch(series: index), theme.hatchColor(on: color))
      }
    }
  }
}
