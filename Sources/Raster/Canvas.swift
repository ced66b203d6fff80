import Requirements

/// A sheet of pixels to draw on, measured in points.
///
/// A value: drawing changes this canvas only. Coordinates are in points from the upper left corner,
/// y down; `scale` says how many pixels a point has. What lies outside is cut off.
public struct Canvas: Sendable {
  /// So many pixels a canvas has at the most.
  static let mostPixels = 0x1p28

  /// The extent in points.
  public let size: Size
  /// The number of pixels per point.
  public let scale: Double

  /// The pixels so far.
  var image: Bitmap
  /// From points to pixels.
  var transform: AffineTransform
  /// Where drawing is let through.
  var clip: Clip
  /// What was drawn, as shapes; nil in a canvas that keeps pixels only.
  var recording: Drawing?
  /// Scratch space for shapes, kept to avoid allocations.
  private var accumulator = CoverageAccumulator()
  private var coverage: [UInt8] = []
  private var edges: [Edge] = []

  /// An empty canvas in one colour.
  ///
  /// The picture has ⌈width · scale⌉ × ⌈height · scale⌉ pixels. Traps when a side is not a finite
  /// positive number or there would be more than 2²⁸ pixels.
  public init(size: Size, scale: Double = 2, background: Color = .white) {
    let width = (size.width * scale).rounded(.up)
    let height = (size.height * scale).rounded(.up)
    require(
      width > 0 && height > 0 && width * height <= Self.mostPixels,
      "a canvas has 1 to 2²⁸ pixels, but \(size.width)×\(size.height) points at \(scale) pixels"
        + " each make \(width)×\(height)")
    self.size = size
    self.scale = scale
    image = Bitmap(width: Int(width), height: Int(height), color: background)
    transform = .scale(scale)
    clip = Clip(width: Int(width), height: Int(height))
  }

  /// The picture so far.
  public func bitmap() -> Bitmap { image }

  /// Paints the inside of a path; nothing of one that reaches beyond 10¹² pixels.
  ///
  /// Open parts are closed by a straight line. Cost: proportional to the painted pixels and the
  /// length of the outline in pixels.
  public mutating func fill(_ path: Path, _ color: Color, rule: FillRule = .nonZero) {
    if color.alpha > 0, bounds(of: path, through: transform) != nil {
      record { .fill(path.transformed(by: $0), color, rule) }
    }
    fill(path, through: transform, Blender(color, .light), rule)
  }

  /// Paints a line along a path.
  ///
  /// Round parts and curves are followed within 0.05 pixels. A width of 0 paints nothing, one below
  /// a pixel paints paler. Traps on a negative or not finite width or dash.
  public mutating func stroke(_ path: Path, _ stroke: Stroke, _ color: Color) {
    guard color.alpha > 0, transform.meanScale > 0, bounds(of: path, through: transform) != nil
    else { return }
    recordStroke(path, stroke, color)
    let tolerance = Path.flatness / transform.meanScale
    let outline = StrokeOutline.outline(of: path, stroke, tolerance: tolerance)
    fill(outline, through: transform, Blender(color, .light), .nonZero)
  }

  /// Paints the inside of a path given in the coordinates that `transform` takes to pixels.
  mutating func fill(
    _ path: Path, through transform: AffineTransform, _ blender: Blender, _ rule: FillRule
  ) {
    guard blender.alpha > 0 else { return }
    unsafe cover(path, through: transform, rule) { image, rows, x, coverage in
      unsafe blender.blend(coverage, into: &image, rows: rows, from: x)
    }
  }

  /// The pixels around a path, or nothing when it is empty or reaches beyond 10¹² pixels, where
  /// the arithmetic could overflow.
  func bounds(of path: Path, through transform: AffineTransform) -> Rect? {
    guard let bounds = path.bounds.map(transform.bounds(of:)) else { return nil }
    let edges = [bounds.minX, bounds.minY, bounds.maxX, bounds.maxY]
    return edges.allSatisfy { abs($0) <= 1e12 } ? bounds : nil
  }

  /// Finds the pixels of the clip's rectangle that the path covers and hands them over row by row;
  /// rows of upright rectangles that are covered alike, all at once.
  mutating func cover(
    _ path: Path, through transform: AffineTransform, _ rule: FillRule,
    _ body: (inout Bitmap, _ rows: Range<Int>, _ x: Int, UnsafeMutableBufferPointer<UInt8>) -> Void
  ) {
    guard let bounds = bounds(of: path, through: transform) else { return }
    guard let area = clip.pixels(around: bounds) else { return }
    edges.removeAll(keepingCapacity: true)
    path.addEdges(
      to: &edges, through: transform, between: Double(area.y), and: Double(area.y + area.height))
    if clip.coverage == nil, edges.count <= 8, edges.allSatisfy({ $0.start.x == $0.end.x }) {
      unsafe coverUpright(area, rule, body)
      return
    }
    let band = CoverageAccumulator.bandHeight(width: area.width)
    for y in stride(from: area.y, to: area.y + area.height, by: band) {
      let height = min(band, area.y + area.height - y)
      accumulator.begin(x: area.x, y: y, width: area.width, height: height)
      accumulator.add(edges)
      unsafe accumulator.resolve(rule, coverage: &coverage) { y, x, row in
        unsafe clip.mask(row, y: y, x: x)
        unsafe body(&image, y..<y + 1, x, row)
      }
    }
  }

  /// The same for a few upright edges, as grid lines, bars and frames have: between two rows in which
  /// an edge begins or ends all rows are covered alike, so that one of them stands for all.
  private mutating func coverUpright(
    _ area: Clip.Area, _ rule: FillRule,
    _ body: (inout Bitmap, _ rows: Range<Int>, _ x: Int, UnsafeMutableBufferPointer<UInt8>) -> Void
  ) {
    let bottom = area.y + area.height
    var y = area.y
    while y < bottom {
      // The rows from y on up to the next end of an edge, which may lie within row y itself.
      var next = Double(bottom)
      for edge in edges {
        for end in [edge.top, edge.bottom] {
          if end > Double(y) && end < next { next = max(end.rounded(.down), Double(y + 1)) }
        }
      }
      let rows = y..<Int(next)
      accumulator.begin(x: area.x, y: y, width: area.width, height: 1)
      accumulator.add(edges)
      unsafe accumulator.resolve(rule, coverage: &coverage) { _, x, row in
        unsafe body(&image, rows, x, row)
      }
      y = rows.upperBound
    }
  }
}

extension Bitmap {
  /// Hands over the bytes of `count` pixels of row `y` from column `x`.
  @inline(__always)
  mutating func withRow(
    _ y: Int, from x: Int, count: Int, _ body: (UnsafeMutableBufferPointer<UInt8>) -> Void
  ) {
    let first = 4 * (y * width + x)
    unsafe pixels.withUnsafeMutableBufferPointer { bytes in
      unsafe body(UnsafeMutableBufferPointer(rebasing: bytes[first..<first + 4 * count]))
    }
  }
}
