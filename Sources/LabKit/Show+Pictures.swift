internal import PNGCoding
internal import Requirements

/// Shows a picture of pixels under the lines that show it.
///
/// - Parameters:
///   - bitmap: The picture.
///   - label: Its name, which begins with `fig-`: the file is named after it, and prose may refer
///     to it. The cell's `//| label:` goes before it.
///   - caption: What stands under it. The cell's `//| fig-cap:` goes before it.
///   - alternativeText: The picture in words. The cell's `//| fig-alt:` goes before it.
///   - pixelsPerPoint: How many pixels make a point on the page; 2 looks sharp on most screens.
///   - fileID: The file that shows it; leave it out.
///   - line: The line that shows it; leave it out.
public func show(
  _ bitmap: Bitmap, label: String? = nil, caption: String? = nil,
  alternativeText: String? = nil, pixelsPerPoint: Double = 1,
  fileID: String = #fileID, line: Int = #line
) {
  let words = alternativeText ?? "A picture of \(bitmap.width) by \(bitmap.height) pixels"
  guard let session = Session.current else {
    Swift.print(words)
    return
  }
  session.show(
    .figure(
      FigureOutput(
        label: label, caption: caption, alternativeText: words,
        width: Double(bitmap.width) / pixelsPerPoint,
        height: Double(bitmap.height) / pixelsPerPoint,
        images: [FigureImage(png: encoded(bitmap, pixelsPerPoint: pixelsPerPoint))])),
    fileID: fileID, line: line)
}

/// The bytes of the PNG file. What cannot be encoded (a picture without pixels) is a mistake in
/// the lab.
func encoded(_ bitmap: Bitmap, pixelsPerPoint: Double) -> [UInt8] {
  do {
    return try PNGEncoder.encode(bitmap, pixelsPerPoint: pixelsPerPoint)
  } catch {
    require(false, "a picture that can be encoded as PNG was expected: \(error)")
    return []
  }
}
