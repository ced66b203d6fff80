import Raster
import Sweeps

/// Where everything of an image grid stands.
struct ImageGridLayout {
  let grid: ImageGrid
  let theme: Theme
  private let metrics = Metrics()
  private let title: [Label]
  private let captions: [[Label]]
  private let tileWidth: Double
  private let tileHeight: Double
  private let mapping: ColorMapping
  private let shades: Shades
  private let mostColumns: Int
  private let colorBar: ColorBarLayout?
  private let captionLines: [Int]
  private let notes: [Label]

  /// Between pictures, which a line of background keeps apart; the rows have captions between them.
  private static let gap = 7.0

  init(_ grid: ImageGrid, theme: Theme) {
    self.grid = grid
    self.theme = theme
    let rows = grid.tiles.map(\.rows).max() ?? 1
    let columns = grid.tiles.map(\.columns).max() ?? 1
    mostColumns = max(columns, 1)
    let longer = Double(max(rows, columns, 1))
    // Whole half-points per pixel are whole pixels at the usual scale of 2.
    let halves = (grid.tileSize * 2 / longer).rounded()
    let pixel = halves >= 1 && !grid.isSmooth ? halves / 2 : grid.tileSize / longer
    tileWidth = max(4, pixel * Double(columns))
    tileHeight = max(4, pixel * Double(rows))
    let tileWidth = tileWidth
    captions = grid.tiles.map {
      Label.wrapped($0.caption, size: theme.noteSize, width: tileWidth + Self.gap - 2, limit: 3)
    }
    var lines: [Int] = []
    for start in stride(from: 0, to: grid.tiles.count, by: grid.columns) {
      let end = min(start + grid.columns, grid.tiles.count)
      lines.append(captions[start..<end].map(\.count).max() ?? 0)
    }
    captionLines = lines
    mapping = ColorMapping(
      grid.colormap, grid.tiles.lazy.flatMap(\.pixels.values), domain: grid.domain)
    shades = mapping.shades(isDark: theme.isDark)
    let wide =
      Double(max(1, min(grid.columns, grid.tiles.count))) * (tileWidth + Self.gap) - Self.gap
    title = Label.wrapped(
      grid.title ?? "", size: theme.titleSize, isBold: true, width: max(wide, 120), limit: 3)
    notes = grid.notes.flatMap {
      Label.wrapped($0, size: theme.noteSize, width: max(wide, 120), limit: 3)
    }
    let bar = ColorBar(mapping, label: grid.label)
    colorBar =
      grid.showsColorBar
      ? ColorBarLayout(
        bar, height: Self.height(lines, tileHeight, theme), theme: theme, metrics: metrics) : nil
  }

  private var lineHeight: Double { theme.noteSize * 1.25 }

  private func rowHeight(_ row: Int) -> Double {
    let lines = captionLines[row]
    return tileHeight + (lines > 0 ? Double(lines) * lineHeight + 4 : 0)
  }

  private var titleHeight: Double {
    title.isEmpty ? 0 : title.reduce(metrics.titleGap) { $0 + $1.lineHeight }
  }

  private var contentWidth: Double {
    let count = Double(max(1, min(grid.columns, max(1, grid.tiles.count))))
    return count * (tileWidth + Self.gap) - Self.gap
  }

  /// Captions may be a little wider than their tile, titles wider than the grid.
  private var side: Double { metrics.outer + 1 }

  var size: Size {
    let rows = captionLines.indices.map(rowHeight).reduce(0, +)
    let gaps = Double(max(0, captionLines.count - 1)) * Self.gap
    let content = contentWidth + (colorBar?.width ?? 0)
    let textWidth = (title + notes).map(\.width).max() ?? 0
    return Size(
      width: (max(content, textWidth, 60) + 2 * side).rounded(.up),
      height: (2 * metrics.outer + titleHeight + max(rows, 20) + gaps + notesHeight).rounded(.up))
  }

  func draw(on canvas: inout Canvas) {
    var top = metrics.outer
    for line in title {
      line.draw(
        on: &canvas, baseline: Point(side, top + line.ascent), color: theme.foreground)
      top += line.lineHeight
    }
    top = metrics.outer + titleHeight
    guard !grid.tiles.isEmpty else {
      Label("no images", size: theme.fontSize).draw(
        on: &canvas, middle: Point(canvas.size.width / 2, top + 10), color: theme.muted)
      return
    }
    colorBar?.draw(
      on: &canvas,
      beside: Rect(x: side, y: top, width: contentWidth, height: barHeight),
      within: size.height, theme: theme)
    for row in captionLines.indices {
      let start = row * grid.columns
      for index in start..<min(start + grid.columns, grid.tiles.count) {
        let left = side + Double(index - start) * (tileWidth + Self.gap)
        draw(
          index, in: Rect(x: left, y: top, width: tileWidth, height: tileHeight), on: &canvas)
      }
      top += rowHeight(row) + Self.gap
    }
    var bottom = size.height - metrics.outer - notesHeight + metrics.labelGap
    for line in notes {
      line.draw(on: &canvas, baseline: Point(side, bottom + line.ascent), color: theme.muted)
      bottom += line.lineHeight
    }
  }

  /// The height of the notes under the pictures with the gap above them.
  private var notesHeight: Double {
    notes.isEmpty ? 0 : notes.reduce(metrics.labelGap) { $0 + $1.lineHeight }
  }

  /// From the upper edge of the first row of pictures to the lower edge of the last.
  private static func height(_ lines: [Int], _ tileHeight: Double, _ theme: Theme) -> Double {
    let captions = lines.dropLast().map { $0 > 0 ? Double($0) * theme.noteSize * 1.25 + 4 : 0 }
    let count = Double(max(1, lines.count))
    return count * tileHeight + captions.reduce(0, +) + (count - 1) * gap
  }

  private var barHeight: Double {
    Self.height(captionLines, tileHeight, theme)
  }

  private func draw(_ index: Int, in place: Rect, on canvas: inout Canvas) {
    let tile = grid.tiles[index]
    let frame = canvas.aligned(place)
    // A picture smaller than the largest is centred in its place at the same pixel size.
    let matrix = tile.pixels
    let pixel = frame.width / Double(mostColumns)
    let width = pixel * Double(tile.columns)
    let height = pixel * Double(tile.rows)
    let rect = Rect(
      x: frame.midX - width / 2, y: frame.midY - height / 2, width: width, height: height)
    if let picture = tile.picture {
      canvas.draw(
        picture, in: canvas.aligned(rect), interpolation: grid.isSmooth ? .smooth : .nearest)
    } else if matrix.rows > 0 && matrix.columns > 0 {
      let place = canvas.aligned(rect)
      if !mapping.covers(matrix.values) { canvas.hatchMissing(.rect(place), theme: theme) }
      canvas.draw(
        matrix.bitmap(shades), in: place,
        interpolation: grid.isSmooth ? .smooth : .nearest)
    }
    let color = tile.highlight.map { theme.color($0) }
    let border = Path.rect(canvas.aligned(rect).inset(by: color == nil ? -0.25 : -1))
    canvas.stroke(border, Stroke(width: color == nil ? 0.5 : 2), color ?? theme.axis)
    var baseline = place.maxY + 4
    for line in captions[index] {
      line.draw(
        on: &canvas, baseline: Point(place.midX, baseline + line.ascent), side: .center,
        color: color ?? theme.foreground)
      baseline += lineHeight
    }
  }
}
