import Raster

/// The pieces that the content of a PDF page is made of.
extension Decimals {
  /// The steps of a path, each on a line.
  mutating func pdfPath(_ path: Path) {
    var current = Point.zero
    var start = Point.zero
    for element in path.elements {
      switch element {
      case .move(let point):
        self.point(point)
        raw(" m\n")
        start = point
        current = point
      case .line(let point):
        self.point(point)
        raw(" l\n")
        current = point
      case .quad(let point, let control):
        // A cubic curve of the same shape: its control points lie two thirds of the way to the one.
        self.point(current + (control - current) * (2 / 3))
        self.point(point + (control - point) * (2 / 3))
        self.point(point)
        raw(" c\n")
        current = point
      case .cubic(let point, let first, let second):
        self.point(first)
        self.point(second)
        self.point(point)
        raw(" c\n")
        current = point
      case .close:
        raw("h\n")
        current = start
      }
    }
  }

  /// The three components of a colour.
  mutating func pdfColor(_ color: Color) {
    for component in [color.red, color.green, color.blue] { number(component, decimals: 4) }
  }

  /// The six factors of a transform.
  mutating func pdfTransform(_ t: AffineTransform) {
    for factor in [t.a, t.b, t.c, t.d] { number(factor, decimals: 6) }
    point(Point(t.tx, t.ty))
  }

  /// How a line looks.
  mutating func pdfStroke(_ stroke: Stroke) {
    number(stroke.width)
    raw(" w ")
    switch stroke.cap {
    case .butt: raw("0 J ")
    case .round: raw("1 J ")
    case .square: raw("2 J ")
    }
    switch stroke.join {
    case .miter:
      raw("0 j ")
      number(max(stroke.miterLimit, 1))
      raw(" M ")
    case .round: raw("1 j ")
    case .bevel: raw("2 j ")
    }
    // A pattern without a length is refused by some programs; such a line is solid.
    raw("[")
    if stroke.dash.contains(where: { $0 > 0 }) {
      for length in stroke.dash { number(length) }
    }
    raw("]")
    // A phase below zero, which PDF has not, is that of so many whole patterns later; a pattern of an odd
    // number of lengths is as long as two.
    let pattern = stroke.dash.reduce(0, +) * (stroke.dash.count % 2 == 0 ? 1 : 2)
    let phase =
      pattern > 0 ? stroke.dashPhase.truncatingRemainder(dividingBy: pattern) : stroke.dashPhase
    number(phase < 0 ? phase + max(pattern, -phase) : phase)
    raw(" d ")
  }
}
