import Numbers
public import Raster

/// Pictures in rows and columns, each with a caption: samples of a data set, predictions, kernels.
///
/// ```swift
/// ImageGrid("Test digits", tiles: digits.map { ImageGrid.Tile($0, caption: "7") }, columns: 5)
/// ```
///
/// Pixels are drawn as sharp squares of a whole number of screen pixels where that fits.
public struct ImageGrid: Graphic, Hashable {
  /// One picture.
  public struct Tile: Sendable, Hashable {
    /// The pixels, drawn with the grid's colormap.
    public var pixels: Matrix
    /// The picture in its own colours, which goes before the pixels; `nil` for values that take the
    /// grid's colours.
    public var picture: Bitmap?
    /// A few words under the picture; longer ones are wrapped.
    public var caption: String
    /// The colour of a frame around the picture, which also colours the caption; `nil` for none.
    public var highlight: Ink?

    /// Makes a tile of values, drawn with the grid's colormap.
    public init(_ pixels: Matrix, caption: String = "", highlight: Ink? = nil) {
      self.pixels = pixels
      self.caption = caption
      self.highlight = highlight
    }

    /// Makes a tile of a picture in its own colours: a photograph, a sample of a data set in colour.
    public init(_ picture: Bitmap, caption: String = "", highlight: Ink? = nil) {
      self.init(Matrix(rows: 0, columns: 0) { _, _ in 0 }, caption: caption, highlight: highlight)
      self.picture = picture
    }

    /// The height in pixels.
    public var rows: Int { picture?.height ?? pixels.rows }
    /// The width in pixels.
    public var columns: Int { picture?.width ?? pixels.columns }
  }

  /// The title.
  public var title: String?
  /// The pictures, row by row.
  public var tiles: [Tile]
  /// How many pictures stand beside each other.
  public var columns: Int {
    didSet { MarkChecks("ImageGrid", title, #fileID, #line).columns(columns) }
  }
  /// The length of a picture's longer side, in points.
  public var tileSize: Double {
    didSet { Self.check(tileSize: tileSize, MarkChecks("ImageGrid", title, #fileID, #line)) }
  }
  /// The colours.
  public var colormap: Colormap
  /// The values of the first and last colour; `nil` takes those of all pictures together.
  public var domain: ClosedRange<Double>? {
    didSet { ColorScale.linear.check(domain, nil, MarkChecks("ImageGrid", title, #fileID, #line)) }
  }
  /// Whether pixels keep sharp edges or are blended into each other.
  public var isSmooth: Bool
  /// Whether a colour bar explains the values.
  public var showsColorBar: Bool
  /// What the colour bar shows.
  public var label: String?

  /// Makes a grid. Traps when `columns` or `tileSize` is not positive.
  public init(
    _ title: String? = nil, tiles: [Tile], columns: Int, tileSize: Double = 84,
    colormap: Colormap = .gray, domain: ClosedRange<Double>? = nil, isSmooth: Bool = false,
    showsColorBar: Bool = false, label: String? = nil, fileID: StaticString = #fileID,
    line: UInt = #line
  ) {
    let checks = MarkChecks("ImageGrid", title, fileID, line)
    checks.columns(columns)
    Self.check(tileSize: tileSize, checks)
    ColorScale.linear.check(domain, nil, checks)
    self.title = title
    self.tiles = tiles
    self.columns = columns
    self.tileSize = tileSize
    self.colormap = colormap
    self.domain = domain
    self.isSmooth = isSmooth
    self.showsColorBar = showsColorBar
    self.label = label
  }

  private static func check(tileSize: Double, _ checks: MarkChecks) {
    checks.require(
      tileSize > 0 && tileSize < 1e4, "\(tileSize) points is not a tile's size")
  }

  /// The size in points: what the tiles and their captions need.
  public var size: Size { ImageGridLayout(self, theme: .light).size }

  /// Draws the grid at its size.
  public func draw(on canvas: inout Canvas, theme: Theme) {
    ImageGridLayout(self, theme: theme).draw(on: &canvas)
  }

  /// The number of pictures and their captions.
  public var alternativeText: String {
    let heading = title.map { PlainText.of($0) + ": " } ?? ""
    guard let first = tiles.first else { return heading + "no images." }
    let count = tiles.count == 1 ? "1 image" : "\(tiles.count) images"
    let same = tiles.allSatisfy {
      $0.rows == first.rows && $0.columns == first.columns
    }
    var text = heading + count
    if same {
      text += " of \(first.rows)×\(first.columns) pixels"
    }
    let captions = tiles.map { PlainText.of($0.caption) }.filter { !$0.isEmpty }
    if !captions.isEmpty {
      text += ", captioned " + captions.prefix(12).map { "“\($0)”" }.joined(separator: ", ")
      if captions.count > 12 { text += " and \(captions.count - 12) more" }
    }
    text += "."
    for note in notes { text += " " + Figure.capitalised(note) + "." }
    return text
  }

  /// Pixels that are no numbers, and how they are drawn.
  var notes: [String] {
    let values = tiles.filter { $0.picture == nil }.flatMap(\.pixels.values)
    return MissingValues(values).sentences(
      nil, what: ("pixel", "pixels"), nan: ", hatched", infinite: ", in the last colour",
      negative: ", in the first colour")
      + ColorMapping(colormap, values, domain: domain).notes(values, what: ("pixel", "pixels"))
  }
}
