import Raster

extension FigureLayout {
  /// Puts the legend where the figure asks, or where no data is.
  mutating func placeLegend(_ constraints: Constraints) {
    let entries = figure.legendEntries
    guard !entries.isEmpty, figure.legend != .none else { return }
    let box = LegendLayout.size(of: entries, theme: theme)
    let column = figure.legendColumn.map { [$0] }
    switch figure.legend {
    case .none: return
    case .inside(let corner):
      legend = LegendLayout(entries: column, rect: place(box, in: corner), isInside: true)
    case .right:
      placeRight(entries, box, constraints)
    case .top:
      placeOnTop(entries, constraints)
    case .automatic:
      // A legend that fills the plot is no help, wherever it stands.
      let fits = box.width < frame.width * 0.7 && box.height < frame.height * 0.7
      if fits, let rect = freePlace(for: box) {
        legend = LegendLayout(entries: column, rect: rect, isInside: true)
      } else {
        placeOnTop(entries, constraints)
      }
    }
  }

  private static let inset = 6.0

  private func place(_ box: Size, in corner: LegendPlacement.Corner) -> Rect {
    let width = min(box.width, frame.width - 2)
    let height = min(box.height, frame.height - 2)
    let isLeft = corner == .topLeft || corner == .bottomLeft
    let isTop = corner == .topLeft || corner == .topRight
    return Rect(
      x: isLeft ? frame.minX + Self.inset : frame.maxX - Self.inset - width,
      y: isTop ? frame.minY + Self.inset : frame.maxY - Self.inset - height, width: width,
      height: height)
  }

  private mutating func placeRight(
    _ entries: [LegendEntry], _ box: Size, _ constraints: Constraints
  ) {
    guard box.width < size.width * 0.45 else {
      placeOnTop(entries, constraints)
      return
    }
    arrange(constraints, topLegend: [], rightLegend: entries)
    legend = LegendLayout(
      entries: figure.legendColumn.map { [$0] },
      rect: Rect(
        x: size.width - metrics.outer - box.width + LegendLayout.padding,
        y: frame.minY, width: box.width, height: box.height), isInside: false)
  }

  private mutating func placeOnTop(_ entries: [LegendEntry], _ constraints: Constraints) {
    var reserved = constraints
    // The rows must fit the width that the plot area ends up with.
    arrange(reserved, topLegend: entries, rightLegend: [])
    let width = size.width - metrics.outer - frame.minX
    let rows = LegendLayout.rows(entries, width: width, theme: theme)
    let height = Double(rows.count) * LegendLayout.rowHeight(theme)
    let needed = metrics.outer + titleHeight + height + metrics.labelGap
    if needed > margins.top {
      reserved.margins.top = max(reserved.margins.top, needed)
      arrange(reserved, topLegend: entries, rightLegend: [])
    }
    // In a plot that is too small for it, the legend gives way.
    guard frame.height >= 28 else {
      arrange(constraints, topLegend: [], rightLegend: [])
      return
    }
    legend = LegendLayout(
      entries: rows,
      rect: Rect(
        x: frame.minX, y: margins.top - height - metrics.labelGap,
        width: size.width - metrics.outer - frame.minX, height: height), isInside: false)
  }

  /// The place inside of the plot area, corners first, that covers nothing that was drawn; `nil`
  /// when every place does.
  ///
  /// The marks themselves are drawn, at half a pixel per point, and the painted pixels counted: so
  /// it holds for every mark, also for those that others add.
  private func freePlace(for box: Size) -> Rect? {
    let scale = 0.5
    guard box.width + 2 * Self.inset <= frame.width, box.height + 2 * Self.inset <= frame.height
    else { return nil }
    // On the ground that marks will find, because annotations look for a place by what they see.
    let ground = theme.plotBackground
    var canvas = Canvas(size: frame.size, scale: scale, background: ground)
    let shift = AffineTransform.translation(x: -frame.minX, y: -frame.minY)
    canvas.transformed(by: shift) { drawMarks(on: &$0) }
    let map = OccupancyMap(canvas.bitmap(), ground: ground)
    let room = 3.0
    func isFree(_ rect: Rect) -> Bool {
      map.isFree(
        rect.offset(dx: -frame.minX, dy: -frame.minY).inset(by: -room), scale: scale)
    }
    for corner in [LegendPlacement.Corner.topRight, .topLeft, .bottomRight, .bottomLeft] {
      let rect = place(box, in: corner)
      if isFree(rect) { return rect }
    }
    // Along the edges, from the right and from the top.
    let steps = 24
    let top = frame.minY + Self.inset
    let bottom = frame.maxY - Self.inset - box.height
    let right = frame.maxX - Self.inset - box.width
    let left = frame.minX + Self.inset
    for step in 0...steps {
      let fraction = Double(step) / Double(steps)
      let x = right + (left - right) * fraction
      let y = top + (bottom - top) * fraction
      for rect in [
        Rect(x: right, y: y, width: box.width, height: box.height),
        Rect(x: x, y: top, width: box.width, height: box.height),
        Rect(x: left, y: y, width: box.width, height: box.height),
        Rect(x: x, y: bottom, width: box.width, height: box.height),
      ] where isFree(rect) {
        return rect
      }
    }
    return nil
  }
}

/// Which pixels of a picture differ from its ground, as sums over rectangles (a summed-area table).
struct OccupancyMap {
  private let width: Int
  private let height: Int
  private let sums: [Int32]

  init(_ bitmap: Bitmap, ground: Color) {
    width = bitmap.width
    height = bitmap.height
    sums = bitmap.paintedSums(on: ground)
  }

  /// Whether no pixel under the rectangle, given in points, is painted.
  func isFree(_ rect: Rect, scale: Double) -> Bool {
    func clamped(_ value: Double, _ limit: Int) -> Int { max(0, min(limit, value.integer)) }
    let left = clamped((rect.minX * scale).rounded(.down), width)
    let right = clamped((rect.maxX * scale).rounded(.up), width)
    let top = clamped((rect.minY * scale).rounded(.down), height)
    let bottom = clamped((rect.maxY * scale).rounded(.up), height)
    func sum(_ x: Int, _ y: Int) -> Int32 { sums[y * (width + 1) + x] }
    return sum(right, bottom) - sum(left, bottom) - sum(right, top) + sum(left, top) == 0
  }
}
