public import Numbers
public import Raster
import Requirements

/// Matrices drawn as cells with their numbers: the pictures that explain padding and convolution.
///
/// Cells of the padding ring are hatched, windows are highlighted, and beams lead from a window to
/// the cell that it makes.
///
/// ```swift
/// TensorGrid.convolution("One output", input: x, kernel: w, padding: .init(1), at: (0, 0))
/// TensorGrid("Padding", panels: [.init(padded, caption: "zeros", padding: .init(1))])
/// ```
public struct TensorGrid: Graphic, Hashable {
  /// How many rows and columns at the rim of a matrix are padding.
  public struct Ring: Sendable, Hashable {
    /// Rows above.
    public var top: Int { didSet { check() } }
    /// Columns at the left.
    public var left: Int { didSet { check() } }
    /// Rows below.
    public var bottom: Int { didSet { check() } }
    /// Columns at the right.
    public var right: Int { didSet { check() } }

    /// The same width on all sides.
    public init(
      _ width: Int = 0, fileID: StaticString = #fileID,
      line: UInt = #line
    ) {
      self.init(
        top: width, left: width, bottom: width, right: width, fileID: fileID, line: line)
    }

    /// One width per side. Traps on a negative one.
    public init(
      top: Int, left: Int, bottom: Int, right: Int, fileID: StaticString = #fileID,
      line: UInt = #line
    ) {
      self.top = top
      self.left = left
      self.bottom = bottom
      self.right = right
      check(fileID, line)
    }

    private func check(_ file: StaticString = #fileID, _ line: UInt = #line) {
      require(
        min(top, left, bottom, right) >= 0,
        "TensorGrid: a ring of \(top), \(left), \(bottom), \(right) has a negative width",
        file: file, line: line)
    }
  }

  /// A block of cells with a coloured frame, such as the kernel's window or the cell that it makes.
  public struct Highlight: Sendable, Hashable {
    /// The rows.
    public var rows: Range<Int> { didSet { check() } }
    /// The columns.
    public var columns: Range<Int> { didSet { check() } }
    /// The distance of the cells that take part: 1 for all of them, 2 for every second one.
    public var dilation: Int { didSet { check() } }
    /// The colour.
    public var color: Ink

    /// Makes a block. Traps when it is empty or the dilation is not positive.
    public init(
      rows: Range<Int>, columns: Range<Int>, dilation: Int = 1, color: Ink = .series(1),
      fileID: StaticString = #fileID,
      line: UInt = #line
    ) {
      self.rows = rows
      self.columns = columns
      self.dilation = dilation
      self.color = color
      check(fileID, line)
    }

    private func check(_ file: StaticString = #fileID, _ line: UInt = #line) {
      require(
        !rows.isEmpty && !columns.isEmpty,
        "TensorGrid: a highlight of rows \(rows), columns \(columns) is empty", file: file,
        line: line)
      require(dilation > 0, "TensorGrid: \(dilation) is not a dilation", file: file, line: line)
    }

    /// Makes a block of one cell.
    public init(
      row: Int, column: Int, color: Ink = .series(1), fileID: StaticString = #fileID,
      line: UInt = #line
    ) {
      self.init(
        rows: row..<row + 1, columns: column..<column + 1, color: color, fileID: fileID,
        line: line)
    }

    func contains(row: Int, column: Int) -> Bool {
      rows.contains(row) && columns.contains(column)
        && (row - rows.lowerBound) % dilation == 0
        && (column - columns.lowerBound) % dilation == 0
    }
  }

  /// One matrix.
  public struct Panel: Sendable, Hashable {
    /// The numbers; NaN leaves a cell empty.
    public var values: Matrix { didSet { check() } }
    /// A few words under the matrix.
    public var caption: String
    /// The cells at the rim that are padding and are hatched.
    public var padding: Ring { didSet { check() } }
    /// The blocks of cells with a coloured frame.
    public var highlights: [Highlight]
    /// How the numbers are written.
    public var format: NumberFormat { didSet { check() } }
    /// Colours for the cells by value; `nil` leaves them plain.
    public var colormap: Colormap?
    /// How many sheets lie behind each other, for a tensor of several channels.
    public var sheetCount: Int { didSet { check() } }

    /// Makes a panel. Traps when the padding ring is larger than the matrix, and when there is no
    /// sheet.
    public init(
      _ values: Matrix, caption: String = "", padding: Ring = Ring(),
      highlights: [Highlight] = [], format: NumberFormat = .automatic,
      colormap: Colormap? = nil, sheetCount: Int = 1, fileID: StaticString = #fileID,
      line: UInt = #line
    ) {
      self.values = values
      self.caption = caption
      self.padding = padding
      self.highlights = highlights
      self.format = format
      self.colormap = colormap
      self.sheetCount = sheetCount
      check(fileID, line)
    }

    private func check(_ file: StaticString = #fileID, _ line: UInt = #line) {
      require(
        padding.top + padding.bottom <= values.rows
          && padding.left + padding.right <= values.columns,
        "TensorGrid: the padding ring is larger than the \(values.rows)×\(values.columns) matrix",
        file: file, line: line)
      require(
        sheetCount > 0, "TensorGrid: a panel has 1 sheet or more, not \(sheetCount)", file: file,
        line: line)
      MarkChecks("TensorGrid", caption.isEmpty ? nil : caption, file, line).format(format)
    }

    func isPadding(row: Int, column: Int) -> Bool {
      row < padding.top || row >= values.rows - padding.bottom || column < padding.left
        || column >= values.columns - padding.right
    }
  }

  /// A beam from a block of cells to another one that is made from it.
  public struct Beam: Sendable, Hashable {
    /// The panel that it starts in.
    public var source: Int
    /// The block that it starts at.
    public var from: Highlight
    /// The panel that it leads to.
    public var target: Int
    /// The block that it leads to.
    public var to: Highlight

    /// Makes a beam.
    public init(from: Highlight, in source: Int, to: Highlight, in target: Int) {
      self.source = source
      self.from = from
      self.target = target
      self.to = to
    }
  }

  /// The title.
  public var title: String?
  /// A smaller line below the title, such as the sum that makes the output.
  public var subtitle: String?
  /// The matrices, from left to right.
  public var panels: [Panel]
  /// What stands between a panel and the next: “∗”, “=”, “→”. Missing ones are blank.
  public var operators: [String]
  /// The beams between panels.
  public var beams: [Beam]
  /// How many panels stand beside each other; `nil` for all.
  public var columns: Int? { didSet { check() } }
  /// The side of a cell in points; `nil` is 28, or less when the whole would be very wide.
  public var cellSize: Double? { didSet { check() } }

  /// Makes a diagram. Traps when a highlight or beam lies outside of its panel, and on more operators
  /// than there are places between panels.
  public init(
    _ title: String? = nil, subtitle: String? = nil, panels: [Panel], operators: [String] = [],
    beams: [Beam] = [], columns: Int? = nil, cellSize: Double? = nil,
    fileID: StaticString = #fileID,
    line: UInt = #line
  ) {
    self.title = title
    self.subtitle = subtitle
    self.panels = panels
    self.operators = operators
    self.beams = beams
    self.columns = columns
    self.cellSize = cellSize
    check(fileID, line)
  }

  /// Traps with a sentence when a property cannot be.
  private func check(_ file: StaticString = #fileID, _ line: UInt = #line) {
    func check(_ highlight: Highlight, _ panel: Int) {
      require(
        panels.indices.contains(panel), "TensorGrid: there is no panel \(panel)", file: file,
        line: line)
      let values = panels[panel].values
      require(
        highlight.rows.lowerBound >= 0 && highlight.rows.upperBound <= values.rows
          && highlight.columns.lowerBound >= 0 && highlight.columns.upperBound <= values.columns,
        "TensorGrid: rows \(highlight.rows), columns \(highlight.columns) are outside of panel "
          + "\(panel), \(values.rows)×\(values.columns)", file: file, line: line)
    }
    for (index, panel) in panels.enumerated() {
      for highlight in panel.highlights { check(highlight, index) }
    }
    for beam in beams {
      check(beam.from, beam.source)
      check(beam.to, beam.target)
    }
    require(
      operators.count < max(panels.count, 1),
      "TensorGrid: \(operators.count) operators between \(panels.count) panels", file: file,
      line: line)
    if let columns {
      require(
        columns > 0, "TensorGrid: \(columns) is not a number of columns", file: file, line: line)
    }
    if let cellSize {
      require(
        cellSize > 0 && cellSize < 1000, "TensorGrid: \(cellSize) is not a cell's size",
        file: file, line: line)
    }
  }

  /// The size in points: what the cells and their captions need.
  public var size: Size { TensorGridLayout(self, theme: .light).size }

  /// Draws the diagram at its size.
  public func draw(on canvas: inout Canvas, theme: Theme) {
    TensorGridLayout(self, theme: theme).draw(on: &canvas)
  }

  /// The panels with their sizes, padding and highlights.
  public var alternativeText: String {
    var text = title.map { PlainText.of($0) + ": " } ?? ""
    if let subtitle { text += PlainText.of(subtitle) + ". " }
    let parts = panels.map { panel -> String in
      var part = "a \(panel.values.rows)×\(panel.values.columns) matrix"
      if !panel.caption.isEmpty { part += " “\(PlainText.of(panel.caption))”" }
      let empty = panel.values.values.count(where: \.isNaN)
      if empty > 0 { part += ", \(empty) of \(panel.values.values.count) cells empty" }
      if panel.padding != Ring() { part += " with a hatched padding ring" }
      for highlight in panel.highlights {
        part +=
          highlight.rows.count == 1 && highlight.columns.count == 1
          ? ", cell (\(highlight.rows.lowerBound), \(highlight.columns.lowerBound)) highlighted"
          : ", rows \(highlight.rows.lowerBound) to \(highlight.rows.upperBound - 1) and columns "
            + "\(highlight.columns.lowerBound) to \(highlight.columns.upperBound - 1) highlighted"
      }
      return part
    }
    return text + Figure.capitalised(parts.joined(separator: "; ")) + "."
  }
}
