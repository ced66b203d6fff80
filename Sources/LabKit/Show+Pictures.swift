internal import PNGCoding
internal import Requirements
internal import VectorCoding

/// The surroundings that a figure is drawn for.
public enum FigureAppearances: Sendable {
  /// Dark ink on light paper, shown everywhere.
  case light

  /// Two pictures, joined so that a reader sees the one that suits the page.
  case lightAndDark
}

/// Shows a figure, or anything that draws itself, under the lines that show it.
///
/// ```swift
/// //| label: fig-loss
/// //| fig-cap: "Training loss"
/// show(loss)
/// ```
///
/// - Parameters:
///   - graphic: The figure.
///   - label: Its name, which begins with `fig-`: the file is named after it, and prose may refer
///     to it. The cell's `//| label:` goes before it.
///   - caption: What stands under it. The cell's `//| fig-cap:` goes before it.
///   - alternativeText: The figure in words; its own sentence when left out. The cell's
///     `//| fig-alt:` goes before it.
///   - appearances: The surroundings that it is drawn for.
///   - scale: Pixels per point; 2 looks sharp on most screens.
///   - fileID: The file that shows it; leave it out.
///   - line: The line that shows it; leave it out.
public func show(
  _ graphic: some Graphic, label: String? = nil, caption: String? = nil,
  alternativeText: String? = nil, appearances: FigureAppearances = .lightAndDark,
  scale: Double = 2, fileID: String = #fileID, line: Int = #line
) {
  if let watcher = ShownGraphics.watcher { return watcher(graphic) }
  showPicture(
    alternativeText ?? graphic.alternativeText, label, caption, graphic.size, fileID, line,
    vectors: { words in
      let drawing = graphic.drawing()
      let svg = SVGEncoder.encode(drawing, title: "", description: words)
      return [
        FigureFile(ending: "svg", bytes: Array(svg.utf8)),
        FigureFile(ending: "pdf", bytes: PDFEncoder.encode(drawing, title: "", description: words)),
      ]
    }
  ) {
    var images = [image(.light, of: graphic, theme: .light, scale: scale)]
    if appearances == .lightAndDark {
      images.append(image(.dark, of: graphic, theme: .dark, scale: scale))
    }
    return images
  }
}

/// Shows a picture of pixels under the lines that show it.
///
/// - Parameters:
///   - bitmap: The picture.
///   - label: Its name, as for a figure.
///   - caption: What stands under it.
///   - alternativeText: The picture in words.
///   - pixelsPerPoint: How many pixels make a point on the page.
///   - fileID: The file that shows it; leave it out.
///   - line: The line that shows it; leave it out.
public func show(
  _ bitmap: Bitmap, label: String? = nil, caption: String? = nil,
  alternativeText: String? = nil, pixelsPerPoint: Double = 1,
  fileID: String = #fileID, line: Int = #line
) {
  let size = Size(
    width: Double(bitmap.width) / pixelsPerPoint, height: Double(bitmap.height) / pixelsPerPoint)
  showPicture(
    alternativeText ?? "A picture of \(bitmap.width) by \(bitmap.height) pixels",
    label, caption, size, fileID, line
  ) {
    [image(.light, bitmap, pixelsPerPoint, tolerance: 0)]
  }
}

/// What sees the graphics that a lab shows as the values that they are, with their data: for tests that
/// compare descriptions with them.
package enum ShownGraphics {
  /// Takes each graphic instead of the run.
  @TaskLocal package static var watcher: (@Sendable (any Graphic) -> Void)?
}

/// Sends a picture to the run in progress; outside of one its words are printed, and nothing is
/// drawn.
private func showPicture(
  _ words: String, _ label: String?, _ caption: String?, _ size: Size, _ fileID: String,
  _ line: Int, vectors: (String) -> [FigureFile] = { _ in [] }, images: () -> [FigureImage]
) {
  guard let session = Session.current else {
    Swift.print(words)
    return
  }
  session.show(
    .figure(
      FigureOutput(
        label: label, caption: caption, alternativeText: words, width: size.width,
        height: size.height, images: images(),
        vectors: session.shapes(words, fileID: fileID, line: line, vectors))),
    fileID: fileID, line: line)
}

private func image(
  _ appearance: FigureImage.Appearance, of graphic: some Graphic, theme: Theme, scale: Double
) -> FigureImage {
  image(appearance, graphic.render(theme: theme, scale: scale), scale, tolerance: 6)
}

/// A picture of a figure, as pixels: the process that weaves makes a file of them, while the lab goes on.
///
/// A picture that cannot be encoded (one without pixels) is a mistake in the lab.
private func image(
  _ appearance: FigureImage.Appearance, _ bitmap: Bitmap, _ scale: Double, tolerance: Int
) -> FigureImage {
  do {
    try PNGEncoder.check(bitmap)
  } catch {
    requirementFailed("a picture that can be encoded as PNG was expected: \(error)")
  }
  let picture = PixelPicture(bitmap, pixelsPerPoint: scale, tolerance: tolerance)
  // A lab that measures times has the machine to itself; and what is huge does not travel.
  guard Session.current?.sendsPixels ?? false, bitmap.pixels.count <= 1 << 26 else {
    return FigureImage(appearance, png: picture.png)
  }
  return FigureImage(appearance, pixels: picture)
}
