/// What was drawn on a canvas, as shapes and not as pixels: what files that stay sharp at every size
/// are made of.
///
/// A canvas that ``Canvas/init(recording:scale:background:)`` made keeps a list of what is drawn on
/// it beside its pixels, in the same places to a pixel. `VectorCoding` writes it as SVG and PDF.
public struct Drawing: Sendable {
  /// The extent in points.
  public let size: Size
  /// What lies under everything.
  public let background: Color
  /// What was drawn, in this order, in points from the upper left corner, y down.
  package internal(set) var operations: [Operation] = []

  /// A drawing of nothing.
  public init(size: Size, background: Color) {
    self.size = size
    self.background = background
  }

  /// One step of a drawing.
  package enum Operation: Sendable {
    /// The inside of a path.
    case fill(Path, Color, FillRule)
    /// A line along a path.
    case stroke(Path, Stroke, Color)
    /// A piece of text, glyph by glyph.
    case text(TextRun, Color)
    /// A picture: the transform takes its unit square, upper left corner at the origin, to its place.
    case picture(Bitmap, AffineTransform, Interpolation)
    /// One stamp at many places, with the colour of each.
    case stamps(Stamp, [Point], [Color])
    /// From here to the matching end nothing is painted outside of the path.
    case beginClip(Path, FillRule)
    /// The end of the innermost clip.
    case endClip
  }

  /// The glyphs of a text.
  package struct TextRun: Sendable {
    /// The text, with its markup.
    package var string: String
    package var glyphs: [Glyph]
  }

  /// A glyph and where it stands.
  package struct Glyph: Sendable {
    package var font: Font
    package var index: Int
    /// The character that it stands for, where there is one.
    package var letter: Unicode.Scalar
    /// From the font's units, y up, to points, y down.
    package var place: AffineTransform

    /// The outline in font units, y up.
    package var outline: Path { font.outline(of: index) }
  }
}

extension Canvas {
  /// An empty canvas that keeps what is drawn on it as shapes, too.
  ///
  /// - Parameters:
  ///   - size: The extent in points.
  ///   - scale: The pixels per point that lines and letters are aligned to. 2, as pictures have, puts
  ///     everything where pictures have it.
  ///   - background: What lies under everything.
  public init(recording size: Size, scale: Double = 2, background: Color = .white) {
    self.init(size: size, scale: scale, background: background)
    recording = Drawing(size: size, background: background)
  }

  /// What was drawn so far, in a canvas that was made for recording; nothing in others.
  public func drawing() -> Drawing? { recording }

  /// From the coordinates that are drawn in to points of the whole canvas.
  private var toPoints: AffineTransform { transform.concatenating(.scale(1 / scale)) }

  /// Keeps a step, if steps are kept.
  mutating func record(_ operation: (AffineTransform) -> Drawing.Operation?) {
    guard recording != nil, let operation = operation(toPoints) else { return }
    recording?.operations.append(operation)
  }

  /// Keeps a line. Through a transform that stretches lines unevenly it is kept as its outline.
  mutating func recordStroke(_ path: Path, _ stroke: Stroke, _ color: Color) {
    let meanScale = max(transform.meanScale, 1e-9)
    record { toPoints in
      guard toPoints.keepsShapes else {
        let tolerance = Path.flatness / meanScale
        let outline = StrokeOutline.outline(of: path, stroke, tolerance: tolerance)
        return .fill(outline.transformed(by: toPoints), color, .nonZero)
      }
      let factor = toPoints.meanScale
      var scaled = stroke
      scaled.width *= factor
      scaled.dash = stroke.dash.map { $0 * factor }
      scaled.dashPhase *= factor
      return .stroke(path.transformed(by: toPoints), scaled, color)
    }
  }

  /// So many stamps are kept as shapes; more are kept as a picture, because a file of a million shapes
  /// is one that nobody can open.
  static let mostRecordedStamps = 20_000
  /// The pixels per point of such a picture: 288 to the inch, and fewer where a canvas would not hold them.
  private var stampScale: Double {
    min(4, (Self.mostPixels / (size.width * size.height)).squareRoot() * 0.99)
  }

  /// Keeps stamps.
  mutating func recordStamps(_ stamp: Stamp, _ points: [Point], _ color: (Int) -> Color) {
    guard recording != nil else { return }
    let toPoints = toPoints
    // What lies far beyond every page stays away, as it does for shapes.
    let seen = points.indices.filter {
      points[$0].x.magnitude < 1e12 && points[$0].y.magnitude < 1e12
    }
    if points.count > Self.mostRecordedStamps {
      var sheet = Canvas(size: size, scale: stampScale, background: .clear)
      sheet.transform = toPoints.concatenating(.scale(stampScale))
      sheet.draw(stamp, at: points, colors: points.indices.map(color))
      let place = AffineTransform.scale(x: size.width, y: size.height)
      record { _ in .picture(sheet.image, place, .smooth) }
    } else if toPoints.isTranslation {
      record { _ in .stamps(stamp, seen.map { toPoints(points[$0]) }, seen.map(color)) }
    } else {
      for i in seen {
        let point = points[i]
        for layer in stamp.layers {
          let path = layer.path.transformed(by: .translation(x: point.x, y: point.y))
          let ink = layer.color ?? color(i)
          if let stroke = layer.stroke {
            recordStroke(path, stroke, ink)
          } else {
            record { .fill(path.transformed(by: $0), ink, .nonZero) }
          }
        }
      }
    }
  }
}

extension AffineTransform {
  /// Whether angles stay angles, so that a transformed line is a line of another width.
  fileprivate var keepsShapes: Bool {
    let size = max(abs(a), abs(b), abs(c), abs(d))
    let isTurn = abs(a - d) <= 1e-9 * size && abs(b + c) <= 1e-9 * size
    let isMirror = abs(a + d) <= 1e-9 * size && abs(b - c) <= 1e-9 * size
    return isTurn || isMirror
  }

  fileprivate var isTranslation: Bool {
    abs(a - 1) < 1e-12 && abs(d - 1) < 1e-12 && b == 0 && c == 0
  }
}
