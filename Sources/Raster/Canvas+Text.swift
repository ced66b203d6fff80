extension Canvas {
  /// Draws a text with its anchor at a point.
  ///
  /// Upright text stands with its baselines between two rows of pixels, at most half a pixel from
  /// where it was asked for, so that all labels of a size look equally sharp; text that is turned a
  /// quarter likewise between columns.
  ///
  /// - Parameters:
  ///   - text: What to draw.
  ///   - point: Where its anchor lies.
  ///   - anchor: Which point of the text that is.
  ///   - color: The colour of the letters.
  ///   - rotation: By how many degrees the text is turned about the point, counter-clockwise.
  public mutating func draw(
    _ text: Text, at point: Point, anchor: Anchor = Anchor(.left, .baseline),
    color: Color = .black, rotation: Double = 0
  ) {
    guard color.alpha > 0 else { return }
    let outline = outline(of: text, at: point, anchor: anchor, rotation: rotation)
    fill(outline, through: .identity, Blender(color, .encoded), .nonZero)
  }

  /// Draws a border of the given width around the letters of a text, in the background's colour for
  /// instance, so that the text drawn after it stays readable on top of lines.
  public mutating func drawHalo(
    around text: Text, at point: Point, anchor: Anchor = Anchor(.left, .baseline), width: Double,
    color: Color, rotation: Double = 0
  ) {
    let outline = outline(of: text, at: point, anchor: anchor, rotation: rotation)
    let line = Stroke(width: 2 * width * transform.meanScale, join: .round)
    let band = StrokeOutline.outline(of: outline, line, tolerance: Path.flatness)
    fill(band, through: .identity, Blender(color, .light), .nonZero)
  }

  /// The outline of a text in pixels.
  private func outline(
    of text: Text, at point: Point, anchor: Anchor, rotation: Double
  ) -> Path {
    let layout = TextLayout(text)
    MissingGlyphs.report(layout.missing, in: text.string)
    let turn = AffineTransform.rotation(degrees: rotation)
      .concatenating(.translation(x: point.x, y: point.y)).concatenating(transform)
    var result = Path()
    for line in layout.lines.indices where !layout.lines[line].glyphs.isEmpty {
      let origin = layout.origin(ofLine: line, anchor)
      var toPixels = AffineTransform.translation(x: origin.x, y: origin.y).concatenating(turn)
      if turn.b == 0 { toPixels.ty = toPixels.ty.rounded() }
      if turn.a == 0 { toPixels.tx = toPixels.tx.rounded() }
      result.append(layout.path(line: line).transformed(by: toPixels))
    }
    return result
  }
}
