import Numbers
import Raster

/// A line of text with its size and measures, placed by its letters and not by its box: what one
/// sees as the middle of a label is the middle of its capitals and digits.
struct Label: Sendable, Hashable {
  let string: String
  let size: Double
  let isBold: Bool
  let width: Double

  init(_ string: String, size: Double, isBold: Bool = false) {
    self.string = string
    self.size = size
    self.isBold = isBold
    width = string.isEmpty ? 0 : Self.text(string, size, isBold).width
  }

  private static func text(_ string: String, _ size: Double, _ isBold: Bool) -> Text {
    Text(string, size: size, weight: isBold ? .bold : .regular)
  }

  /// The height of capitals and digits, of DejaVu Sans.
  var capHeight: Double { size * 0.73 }
  /// The room kept above the baseline: capitals with an accent, superscripts.
  var ascent: Double { size * 0.93 }
  /// The room kept below the baseline.
  var descent: Double { size * 0.25 }
  /// The distance of baselines.
  var lineHeight: Double { size * 1.25 }

  enum Side: Sendable { case left, center, right }

  /// Draws with the baseline at a point, which is the text's left end, middle or right end.
  func draw(on canvas: inout Canvas, baseline point: Point, side: Side = .left, color: Color) {
    guard !string.isEmpty else { return }
    let offset = side == .left ? 0 : side == .center ? width / 2 : width
    canvas.draw(
      Self.text(string, size, isBold), at: Point(point.x - offset, point.y),
      anchor: Anchor(horizontal: .left, vertical: .baseline), color: color)
  }

  /// Draws with its capitals centred on a point's height.
  func draw(on canvas: inout Canvas, middle point: Point, side: Side = .center, color: Color) {
    draw(
      on: &canvas, baseline: Point(point.x, point.y + capHeight / 2), side: side, color: color)
  }

  /// Draws turned by an angle in degrees (counter-clockwise), about the point where its baseline
  /// starts, is halfway, or ends.
  func draw(
    on canvas: inout Canvas, baseline point: Point, side: Side, rotation: Double, color: Color
  ) {
    guard !string.isEmpty else { return }
    let horizontal: Anchor.Horizontal =
      side == .left ? .left : side == .center ? .center : .right
    canvas.draw(
      Self.text(string, size, isBold), at: point,
      anchor: Anchor(horizontal: horizontal, vertical: .baseline), color: color,
      rotation: rotation)
  }

  /// The text broken at spaces into lines no wider than `width`, at most `limit` of them; what
  /// does not fit ends in an ellipsis.
  static func wrapped(
    _ string: String, size: Double, isBold: Bool = false, width: Double, limit: Int
  ) -> [Label] {
    guard !string.isEmpty, limit > 0, width > 0 else { return [] }
    var lines: [String] = []
    for paragraph in string.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline) {
      var line = ""
      for word in paragraph.split(separator: " ", omittingEmptySubsequences: true) {
        let longer = line.isEmpty ? String(word) : line + " " + word
        if line.isEmpty || Label(longer, size: size, isBold: isBold).width <= width {
          line = longer
        } else {
          lines.append(line)
          line = String(word)
        }
      }
      lines.append(line)
    }
    var isCut = false
    if lines.count > limit {
      lines.removeSubrange(limit...)
      isCut = true
    }
    return lines.enumerated().compactMap { index, line in
      let text = isCut && index == limit - 1 ? line + "…" : line
      return fitted(text, size: size, isBold: isBold, width: width)
    }
  }

  /// The text on one line no wider than `width`, shortened with an ellipsis if need be; `nil` when
  /// not even that fits.
  static func fitted(_ string: String, size: Double, isBold: Bool = false, width: Double)
    -> Label?
  {
    let whole = Label(string, size: size, isBold: isBold)
    if whole.width <= width { return whole }
    // Cutting inside of a markup group would leave an open brace.
    var characters = Array(PlainText.of(string).filter { $0 != "^" && $0 != "_" })
    while !characters.isEmpty {
      characters.removeLast()
      while characters.last == " " || characters.last == "…" { characters.removeLast() }
      let cut = Label(String(characters) + "…", size: size, isBold: isBold)
      if cut.width <= width { return cut }
    }
    return nil
  }
}

extension Label {
  /// Where a line of text may stand: a point of its baseline, and which point of the text that is.
  struct Spot {
    var baseline: Point
    var side: Side
  }

  /// The first of several places that hides hardly more than the best of them; `nil` for none.
  func freest(of spots: [Spot], on canvas: Canvas, ground: Color) -> Spot? {
    let hidden = spots.map { spot in
      let offset = spot.side == .left ? 0 : spot.side == .center ? width / 2 : width
      let box = Rect(
        x: spot.baseline.x - offset, y: spot.baseline.y - capHeight, width: width,
        height: capHeight)
      return canvas.unlikeness(to: ground, in: box.inset(by: -2))
    }
    // Grid lines do not matter.
    let limit = (hidden.min() ?? 0) + 0.01
    return zip(spots, hidden).first { $0.1 <= limit }?.0
  }

  /// Draws over a halo in the background's colour, for text among data.
  func drawWithHalo(
    on canvas: inout Canvas, baseline point: Point, side: Side = .left, color: Color, halo: Color
  ) {
    guard !string.isEmpty else { return }
    let offset = side == .left ? 0 : side == .center ? width / 2 : width
    // White words on a white halo would be a blot: then the halo is what reads best behind them.
    let isReadable = (color.luminance - halo.luminance).magnitude > 0.18
    let halo = isReadable ? halo : (color.luminance > 0.4 ? Color.black : .white).opacity(0.6)
    canvas.drawHalo(
      around: Text(string, size: size, weight: isBold ? .bold : .regular),
      at: Point(point.x - offset, point.y), width: size * 0.2, color: halo)
    draw(on: &canvas, baseline: point, side: side, color: color)
  }
}
