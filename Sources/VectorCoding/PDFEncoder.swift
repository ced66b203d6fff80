public import Raster

/// Turns drawings into PDF files of one page.
public enum PDFEncoder {
  /// The bytes of a PDF file with everything that was drawn, on a page of its size.
  ///
  /// Text is text: it can be searched and copied, in a TrueType font of which the file holds the glyphs
  /// that it shows. Pictures keep their pixels. A point is a point of the page. The same drawing makes
  /// the same bytes on the same version of zlib; the file names no date.
  ///
  /// - Parameters:
  ///   - drawing: What was drawn.
  ///   - title: The title of the document; left out when empty.
  ///   - description: What there is to see, for those who cannot; left out when empty.
  ///   - language: The language of title and description, as in BCP 47.
  public static func encode(
    _ drawing: Drawing, title: String = "", description: String = "", language: String = "en"
  ) -> [UInt8] {
    var writer = PDFWriter()
    return writer.file(drawing, title: title, description: description, language: language)
  }
}
