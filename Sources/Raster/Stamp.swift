import Requirements

/// A small shape that is drawn at many places: the symbol of a plot's points.
///
/// Layers are painted in the order in which they were added, around the origin. A layer without a
/// colour of its own takes the colour of the place.
///
/// ```swift
/// var dot = Stamp()
/// dot.fill(.circle(center: .zero, radius: 3))
/// canvas.draw(dot, at: places, color: .black)
/// ```
public struct Stamp: Sendable, Hashable {
  /// One shape of the stamp.
  package struct Layer: Sendable, Hashable {
    package var path: Path
    /// How the line along the path looks; `nil` fills its inside.
    package var stroke: Stroke?
    /// `nil` for the colour of the place.
    package var color: Color?
  }

  package private(set) var layers: [Layer] = []

  /// A stamp that leaves no mark.
  public init() {}

  /// Adds the inside of a path, with the non-zero rule.
  public mutating func fill(_ path: Path, _ color: Color? = nil) {
    layers.append(Layer(path: path, stroke: nil, color: color))
  }

  /// Adds a line along a path.
  public mutating func stroke(_ path: Path, _ stroke: Stroke, _ color: Color? = nil) {
    layers.append(Layer(path: path, stroke: stroke, color: color))
  }
}

extension Canvas {
  /// Draws a stamp at each of the points in turn, in one colour where its layers have none.
  ///
  /// A hundred and more are painted by masks, each at the nearest eighth of a pixel: the cost of a
  /// place is then that of its edge pixels, whatever the shape.
  public mutating func draw(_ stamp: Stamp, at points: [Point], color: Color) {
    draw(stamp, at: points) { _ in color }
  }

  /// Draws a stamp at each of the points in turn, in the colour for each where its layers have none.
  ///
  /// Traps when there is not one colour for each point.
  public mutating func draw(_ stamp: Stamp, at points: [Point], colors: [Color]) {
    require(
      colors.count == points.count,
      "\(points.count) stamps have \(points.count) colours, not \(colors.count)"
    )
    draw(stamp, at: points) { colors[$0] }
  }

  /// As many stamps are painted one by one, exactly.
  static let mostExactStamps = 99

  private mutating func draw(
    _ stamp: Stamp, at points: [Point], _ color: (Int) -> Color
  ) {
    guard !points.isEmpty, !stamp.layers.isEmpty else { return }
    recordStamps(stamp, points, color)
    guard points.count > Self.mostExactStamps, clip.coverage == nil,
      var masks = StampMasks(stamp, transform)
    else {
      for (i, point) in points.enumerated() { paint(stamp, at: point, color(i)) }
      return
    }
    var last = color(0)
    var blenders = masks.blenders(last)
    var isOpaque = blenders.allSatisfy { $0.alpha == 255 }
    for (i, point) in points.enumerated() {
      let next = color(i)
      if next != last {
        last = next
        blenders = masks.blenders(next)
        isOpaque = blenders.allSatisfy { $0.alpha == 255 }
      }
      guard let place = masks.place(transform(point)) else { continue }
      let mask = masks.mask(place, isOpaque: isOpaque)
      guard mask.width > 0 else { continue }
      let (x, y) = (place.x + mask.x, place.y + mask.y)
      let area = clip.area
      if x >= area.x, y >= area.y, x + mask.width <= area.x + area.width,
        y + mask.height <= area.y + area.height
      {
        paint(mask, x, y, blenders)
      } else if x < area.x + area.width, y < area.y + area.height, x + mask.width > area.x,
        y + mask.height > area.y
      {
        paint(stamp, at: point, next)
      }
    }
  }

  /// Paints one stamp exactly.
  private mutating func paint(_ stamp: Stamp, at point: Point, _ color: Color) {
    let shift = AffineTransform.translation(x: point.x, y: point.y).concatenating(transform)
    for layer in stamp.layers {
      fill(
        layer.outline(meanScale: transform.meanScale), through: shift,
        Blender(layer.color ?? color, .light), .nonZero)
    }
  }

  /// Paints a mask whose every pixel lies on the canvas and inside of the clip.
  private mutating func paint(_ mask: StampMask, _ x: Int, _ y: Int, _ blenders: [Blender]) {
    let width = image.width
    // The innermost loop of a scatter plot: a million stamps of a hundred pixels each.
    unsafe image.pixels.withUnsafeMutableBufferPointer { pixels in
      unsafe blenders.withUnsafeBufferPointer { blenders in
        unsafe mask.spans.withUnsafeBufferPointer { spans in
          for i in 0..<spans.count {
            let span = unsafe spans[i]
            let start = 4 * ((y + Int(span.y)) * width + x + Int(span.x))
            unsafe blenders[Int(span.layer)].replace(pixels, from: start, count: Int(span.count))
          }
        }
        unsafe TransferFunction.srgb.withTables { lights, codes in
          unsafe mask.mixtures.withUnsafeBufferPointer { mixtures in
            for i in 0..<mixtures.count {
              let one = unsafe mixtures[i]
              let place = 4 * ((y + Int(one.y)) * width + x + Int(one.x))
              unsafe blenders[Int(one.layer)].mix(
                Int(one.coverage), pixels, place, lights, codes)
            }
          }
        }
      }
    }
  }
}

extension Stamp.Layer {
  /// The outline of what is painted.
  func outline(meanScale: Double) -> Path {
    guard let stroke else { return path }
    guard meanScale > 0 else { return Path() }
    return StrokeOutline.outline(of: path, stroke, tolerance: Path.flatness / meanScale)
  }
}
