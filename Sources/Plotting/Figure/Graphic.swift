public import Raster

/// Something that can be shown in a report: a figure, a grid of figures or images, a diagram.
public protocol Graphic: Sendable {
  /// How large it wants to be drawn, in points.
  var size: Size { get }
  /// Draws it at its size, the upper left corner at the origin.
  func draw(on canvas: inout Canvas, theme: Theme)
  /// A sentence that says what there is to see, with its data, for those who cannot.
  var alternativeText: String { get }
}

extension Graphic {
  /// The graphic as pixels: `scale` of them per point, so 2 for a high-density screen.
  ///
  /// The same graphic, theme and scale give the same pixels on every machine.
  /// Traps on a scale that is no number above zero.
  public func render(
    theme: Theme = .light, scale: Double = 2, fileID: StaticString = #fileID, line: UInt = #line
  ) -> Bitmap {
    check(scale, fileID, line)
    var canvas = Canvas(size: size, scale: scale, background: theme.background)
    draw(on: &canvas, theme: theme)
    return canvas.bitmap()
  }

  /// The graphic as shapes, for files that stay sharp at every size: `VectorCoding` writes them as SVG
  /// and PDF.
  ///
  /// The same calls draw it as in ``render(theme:scale:fileID:line:)``, and everything stands where that picture
  /// has it.
  /// Traps on a scale that is no number above zero.
  public func drawing(
    theme: Theme = .light, scale: Double = 2, fileID: StaticString = #fileID, line: UInt = #line
  ) -> Drawing {
    check(scale, fileID, line)
    var canvas = Canvas(recording: size, scale: scale, background: theme.background)
    draw(on: &canvas, theme: theme)
    // A canvas that was made for recording has a drawing.
    return canvas.drawing() ?? Drawing(size: size, background: theme.background)
  }

  private func check(_ scale: Double, _ file: StaticString, _ line: UInt) {
    MarkChecks("\(Self.self)", nil, file, line).require(
      scale > 0 && scale.isFinite, "it cannot be drawn with \(scale) pixels per point")
  }
}
