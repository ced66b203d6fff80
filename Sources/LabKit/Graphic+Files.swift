internal import PNGCoding
internal import SystemCalls
internal import VectorCoding

/// Figures as files of their own: for print, for slides, for hand-ins.
extension Graphic {
  /// The text of an SVG file that shows the graphic.
  ///
  /// ```swift
  /// try figure.write(to: "loss.pdf")      // or .svg, .png
  /// let text = figure.svg(theme: .print)
  /// ```
  ///
  /// Shapes and letters stand where the picture of a report has them.
  ///
  /// - Parameters:
  ///   - theme: The colours: `.light`, `.dark`, `.print` or one of your own.
  ///   - title: A short name; a figure's own stands in the picture anyway.
  ///   - description: What there is to see; `nil` takes the graphic's own sentence.
  public func svg(theme: Theme = .light, title: String = "", description: String? = nil) -> String {
    SVGEncoder.encode(
      drawing(theme: theme), title: title, description: description ?? alternativeText)
  }

  /// The bytes of a PDF file of one page that shows the graphic, with text that can be searched.
  ///
  /// - Parameters:
  ///   - theme: The colours.
  ///   - title: The title of the document.
  ///   - description: What there is to see; `nil` takes the graphic's own sentence.
  public func pdf(theme: Theme = .light, title: String = "", description: String? = nil) -> [UInt8]
  {
    PDFEncoder.encode(
      drawing(theme: theme), title: title, description: description ?? alternativeText)
  }

  /// The bytes of a PNG file. Mixtures along the edges of lines may change invisibly where a palette
  /// then suffices.
  func png(theme: Theme, scale: Double) throws(PNGError) -> [UInt8] {
    try PNGEncoder.encode(
      render(theme: theme, scale: scale), pixelsPerPoint: scale, tolerance: 6)
  }

  /// Writes the graphic to a file; the ending says which kind: `.svg`, `.pdf` or `.png`.
  ///
  /// A file that is there is replaced.
  ///
  /// - Throws: When the name has another ending, or the file cannot be written.
  public func write(to path: String, theme: Theme = .light) throws {
    let bytes: [UInt8]
    switch Paths.ending(of: path) {
    case "svg": bytes = Array(svg(theme: theme).utf8)
    case "pdf": bytes = pdf(theme: theme)
    case "png":
      bytes = try png(theme: theme, scale: 2)
    default:
      throw FileError(path: path, reason: "ends in none of .svg, .pdf and .png, which say the kind")
    }
    try Disk().replace(path, with: bytes)
  }
}
