import PNGCoding
public import Raster

/// Turns drawings into SVG files.
public enum SVGEncoder {
  /// The text of an SVG file with everything that was drawn.
  ///
  /// Letters are outlines, so that every program shows the same ones; each is kept once and used where
  /// it stands. Pictures are PNG files within the file. Nothing is looked up elsewhere: the file may be
  /// opened from a disk, embedded in a page or put into it; names in it are its own, so that several
  /// in one page do not meet. The same drawing makes the same bytes.
  ///
  /// A point becomes a pixel of CSS, the size at which reports show figures.
  ///
  /// - Parameters:
  ///   - drawing: What was drawn.
  ///   - title: A short name, shown as a tip by some programs; left out when empty.
  ///   - description: What there is to see, for those who cannot; left out when empty.
  public static func encode(
    _ drawing: Drawing, title: String = "", description: String = ""
  ) -> String {
    var writer = SVGWriter()
    for operation in Seams.closed(drawing.operations) { writer.add(operation) }
    return writer.document(drawing, title: title, description: description)
  }
}
