import Raster

/// Appends numbers to text as SVG and PDF both read them: plain decimals, never an exponent, never
/// more digits than can be seen.
struct Decimals {
  private(set) var text: [UInt8] = []

  /// Appends bytes as they are.
  mutating func raw(_ string: StaticString) {
    // A literal's bytes live as long as the program.
    unsafe text.append(
      contentsOf: UnsafeBufferPointer(start: string.utf8Start, count: string.utf8CodeUnitCount))
  }

  /// Appends a string.
  mutating func string(_ string: String) { text.append(contentsOf: string.utf8) }

  mutating func bytes(_ bytes: [UInt8]) { text += bytes }

  /// Appends a number rounded to so many decimals, and a space before it where the text does not end
  /// in a letter or bracket.
  mutating func number(_ value: Double, decimals: Int = 2) {
    if let last = text.last, !Self.separates(last) { text.append(UInt8(ascii: " ")) }
    let scale = Self.powers[decimals]
    // What does not fit is far outside of every page.
    let limit = 1e9
    var rest = Int((min(max(value.isNaN ? 0 : value, -limit), limit) * scale).rounded())
    if rest < 0 {
      text.append(UInt8(ascii: "-"))
      rest = -rest
    }
    let whole = rest / Int(scale)
    var part = rest % Int(scale)
    if whole > 0 || part == 0 { string("\(whole)") }
    guard part > 0 else { return }
    text.append(UInt8(ascii: "."))
    var unit = Int(scale) / 10
    while part > 0 {
      text.append(UInt8(ascii: "0") + UInt8(part / unit))
      part %= unit
      unit /= 10
    }
  }

  /// Appends both coordinates of a point.
  mutating func point(_ point: Point, decimals: Int = 2) {
    number(point.x, decimals: decimals)
    number(point.y, decimals: decimals)
  }

  private static let powers: [Double] = [1, 10, 100, 1e3, 1e4, 1e5, 1e6]

  /// Whether a number may follow the byte without a space.
  private static func separates(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "."), UInt8(ascii: ")"): false
    default: true
    }
  }
}
