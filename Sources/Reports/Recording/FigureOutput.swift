/// A picture that a lab shows: encoded once by the run, carried as bytes from there on.
package struct FigureOutput: Codable, Hashable, Sendable {
  /// The label given in code; it goes before the cell's `//| label:`. `fig-loss` makes the file
  /// `fig-loss.png`, a number ("Figure 3") and a target for `@fig-loss`.
  package var label: String?

  /// The caption given in code, Markdown; it goes before the cell's `//| fig-cap:`.
  package var caption: String?

  /// The picture in words, plain text; the cell's `//| fig-alt:` goes before it.
  package var alternativeText: String

  /// Width on the page in points; the pixels are usually twice as many.
  package var width: Double

  /// Height on the page in points.
  package var height: Double

  /// The encoded pictures: one, or one for light and one for dark surroundings.
  package var images: [FigureImage]

  /// The same figure as shapes, where the reader asked for that.
  package var vectors: [FigureFile]

  /// A picture with its words.
  package init(
    label: String? = nil, caption: String? = nil, alternativeText: String, width: Double,
    height: Double, images: [FigureImage], vectors: [FigureFile] = []
  ) {
    self.label = label
    self.caption = caption
    self.alternativeText = alternativeText
    self.width = width
    self.height = height
    self.images = images
    self.vectors = vectors
  }
}

/// One encoded picture of a figure.
package struct FigureImage: Codable, Hashable, Sendable {
  /// The surroundings that a picture is drawn for.
  package enum Appearance: String, Codable, Hashable, Sendable {
    /// Dark ink on light paper; also what is shown where only one picture can be.
    case light

    /// Light ink on dark paper.
    case dark
  }

  /// The surroundings that it is drawn for.
  package var appearance: Appearance

  /// The PNG file, byte by byte.
  @Base64Coded package var png: [UInt8]

  /// An encoded picture.
  package init(_ appearance: Appearance = .light, png: [UInt8]) {
    self.appearance = appearance
    self.png = png
  }
}

/// A figure as a file of shapes.
package struct FigureFile: Codable, Hashable, Sendable {
  /// What its name ends in: `svg`, `pdf`.
  package var ending: String

  /// The file, byte by byte.
  @Base64Coded package var bytes: [UInt8]

  /// A file.
  package init(ending: String, bytes: [UInt8]) {
    self.ending = ending
    self.bytes = bytes
  }
}
