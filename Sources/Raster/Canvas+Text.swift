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
    let lines = lines(of: text, at: point, anchor: anchor, rotation: rotation)
    if recording != nil {
      let glyphs = lines.flatMap { line in
        line.layout.glyphs(line: line.index, through: line.toPixels)
      }
      let toPoints = AffineTransform.scale(1 / scale)
      let run = Drawing.TextRun(
        string: text.string,
        glyphs: glyphs.map { glyph in
          var glyph = glyph
          glyph.place = glyph.place.concatenating(toPoints)
          return glyph
        })
      record { _ in .text(run, color) }
    }
    fill(outline(of: lines), through: .identity, Blender(color, .encoded), .nonZero)
  }

  /// Draws a border of the given width around the letters of a text, in the background's colour for
  /// instance, so that the text drawn after it stays readable on top of lines.
  public mutating func drawHalo(
    around text: Text, at point: Point, anchor: Anchor = Anchor(.left, .baseline), width: Double,
    color: Color, rotation: Double = 0
  ) {
    let outline = outline(
      of: lines(of: text, at: point, anchor: anchor, rotation: rotation))
    let line = Stroke(width: 2 * width * transform.meanScale, join: .round)
    let toPoints = AffineTransform.scale(1 / scale)
    let inPoints = Stroke(width: line.width / scale, join: .round)
    record { _ in .stroke(outline.transformed(by: toPoints), inPoints, color) }
    let band = StrokeOutline.outline(of: outline, line, tolerance: Path.flatness)
    fill(band, through: .identity, Blender(color, .light), .nonZero)
  }

  /// A line of a text, and where it stands: from points of the line to pixels.
  private struct PlacedLine {
    var layout: TextLayout
    var index: Int
    var toPixels: AffineTransform
  }

  /// The lines of a text.
  private func lines(
    of text: Text, at point: Point, anchor: Anchor, rotation: Double
  ) -> [PlacedLine] {
    let layout = TextLayout(text)
    MissingGlyphs.report(layout.missing, in: text.string)
    let turn = AffineTransform.rotation(degrees: rotation)
      .concatenating(.translation(x: point.x, y: point.y)).concatenating(transform)
    var result: [PlacedLine] = []
    for line in layout.lines.indices where !layout.lines[line].glyphs.isEmpty {
      let origin = layout.origin(ofLine: line, anchor)
      var toPixels = AffineTransform.translation(x: origin.x, y: origin.y).concatenating(turn)
      if turn.b == 0 { toPixels.ty = toPixels.ty.rounded() }
      if turn.a == 0 { toPixels.tx = toPixels.tx.rounded() }
      result.append(PlacedLine(layout: layout, index: line, toPixels: toPixels))
    }
    return result
  }

  /// The outline of a text in pixels.
  private func outline(of lines: [PlacedLine]) -> Path {
    var result = Path()
    for line in lines {
      result.append(line.layout.path(line: line.index).transformed(by: line.toPixels))
    }
    return result
  }
}
