public import Raster

/// Turns drawings into PDF files of one page.
public enum PDFEncoder {
  /// The bytes of a PDF file with everything that was drawn, on a page of its size.
  ///
  /// Text is text: it can be searched and copied, in a TrueType font of which the file holds the glyphs
  /// that it shows. Pictures keep their pixels. A point is a point of the page; where a side would be
  /// longer than the 14,400 units that readers accept, the page has a larger unit (`UserUnit` 2, 4, …),
  /// and readers that do not know it show it smaller. The same drawing makes the same bytes on the same
  /// version of zlib; the file names no date.
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
