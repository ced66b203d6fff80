import Raster

/// The pieces that SVG elements are made of.
extension Decimals {
  /// The steps of a path as the attribute `d` has them.
  mutating func path(_ path: Path, decimals: Int = 2) {
    for element in path.elements {
      switch element {
      case .move(let point):
        raw("M")
        self.point(point, decimals: decimals)
      case .line(let point):
        raw("L")
        self.point(point, decimals: decimals)
      case .quad(let point, let control):
        raw("Q")
        self.point(control, decimals: decimals)
        self.point(point, decimals: decimals)
      case .cubic(let point, let first, let second):
        raw("C")
        self.point(first, decimals: decimals)
        self.point(second, decimals: decimals)
        self.point(point, decimals: decimals)
      case .close: raw("Z")
      }
    }
  }

  /// A colour as `fill` or `stroke`, with its opacity where there is one, or in any case.
  mutating func paint(_ attribute: StaticString, _ color: Color, always: Bool = false) {
    raw(" ")
    raw(attribute)
    raw("=\"")
    hex(color)
    raw("\"")
    if color.alpha < 1 || always { opacity(attribute, color) }
  }

  /// The opacity of a colour as `fill-opacity` or `stroke-opacity`.
  mutating func opacity(_ attribute: StaticString, _ color: Color) {
    raw(" ")
    raw(attribute)
    raw("-opacity=\"")
    number(color.alpha, decimals: 4)
    raw("\"")
  }

  /// A colour as `#rrggbb`, without its opacity.
  mutating func hex(_ color: Color) {
    raw("#")
    let bytes = color.bytes
    for byte in [bytes.red, bytes.green, bytes.blue] {
      let digits = String(byte, radix: 16)
      string(digits.count < 2 ? "0" + digits : digits)
    }
  }

  /// How a line looks.
  mutating func stroke(_ stroke: Stroke) {
    raw(" stroke-width=\"")
    number(stroke.width)
    raw("\"")
    switch stroke.cap {
    case .butt: break
    case .round: raw(" stroke-linecap=\"round\"")
    case .square: raw(" stroke-linecap=\"square\"")
    }
    switch stroke.join {
    case .miter:
      if stroke.miterLimit != 4 {
        raw(" stroke-miterlimit=\"")
        number(max(stroke.miterLimit, 1))
        raw("\"")
      }
    case .round: raw(" stroke-linejoin=\"round\"")
    case .bevel: raw(" stroke-linejoin=\"bevel\"")
    }
    guard !stroke.dash.isEmpty else { return }
    raw(" stroke-dasharray=\"")
    for length in stroke.dash { number(length) }
    raw("\"")
    if stroke.dashPhase != 0 {
      raw(" stroke-dashoffset=\"")
      number(stroke.dashPhase)
      raw("\"")
    }
  }

  /// A transform as the attribute of this name has it.
  mutating func transform(_ t: AffineTransform, decimals: Int) {
    raw("matrix(")
    for factor in [t.a, t.b, t.c, t.d] { number(factor, decimals: decimals) }
    point(Point(t.tx, t.ty))
    raw(")")
  }

  /// A name within the file.
  mutating func name(_ kind: StaticString, _ number: Int, _ mark: StaticString) {
    raw(kind)
    string("\(number)")
    raw(mark)
  }

  /// The beginning of an element that shows what stands elsewhere.
  mutating func use(_ kind: StaticString, _ number: Int, _ mark: StaticString) {
    raw("<use xlink:href=\"#")
    name(kind, number, mark)
    raw("\"")
  }

  /// Text with what XML reads as its own escaped, and without the characters that it forbids.
  mutating func escaped(_ text: String) {
    for scalar in text.unicodeScalars {
      switch scalar {
      case "&": raw("&amp;")
      case "<": raw("&lt;")
      case ">": raw("&gt;")
      case "\"": raw("&quot;")
      // Tab, line feed and carriage return, scalar by scalar.
      case "\u{9}", "\u{A}", "\u{D}": raw(" ")
      default:
        if scalar.value < 0x20 || scalar.value == 0xFFFE || scalar.value == 0xFFFF {
          raw("\u{FFFD}")
        } else {
          string(String(Character(scalar)))
        }
      }
    }
  }
}
