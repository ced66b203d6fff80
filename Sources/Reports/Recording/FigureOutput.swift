/// A picture that a lab shows.
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

/// One picture of a figure: a PNG file, or pixels of which one is made.
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

  private var content: Content

  private enum Content: Sendable {
    case file([UInt8])
    case pixels(PixelPicture)
  }

  /// An encoded picture.
  package init(_ appearance: Appearance = .light, png: [UInt8]) {
    self.appearance = appearance
    content = .file(png)
  }

  /// A picture that will be encoded.
  package init(_ appearance: Appearance = .light, pixels: PixelPicture) {
    self.appearance = appearance
    content = .pixels(pixels)
  }

  /// The PNG file, byte by byte. Where there is none yet, it is made or waited for.
  package var png: [UInt8] {
    switch content {
    case .file(let bytes): bytes
    case .pixels(let picture): picture.png
    }
  }

  /// The pixels of which a file is made.
  package var pixels: PixelPicture? {
    if case .pixels(let picture) = content { picture } else { nil }
  }

  private enum CodingKeys: CodingKey { case appearance, png }

  package init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: CodingKeys.self)
    appearance = try container.decode(Appearance.self, forKey: .appearance)
    content = .file(try container.decode(Base64Coded.self, forKey: .png).wrappedValue)
  }

  package func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: CodingKeys.self)
    try container.encode(appearance, forKey: .appearance)
    try container.encode(Base64Coded(wrappedValue: png), forKey: .png)
  }

  package static func == (a: FigureImage, b: FigureImage) -> Bool {
    a.appearance == b.appearance && a.png == b.png
  }

  package func hash(into hasher: inout Hasher) {
    hasher.combine(appearance)
    hasher.combine(png)
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
