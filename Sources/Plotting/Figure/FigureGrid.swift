import Numbers
public import Raster

/// Figures in rows and columns whose plot areas align, optionally with shared axes.
///
/// ```swift
/// let grid = FigureGrid("Training", columns: 2, shares: .x) {
///   Figure("Loss", x: Axis("step")) { LineMark(y: losses) }
///   Figure("Accuracy", x: Axis("step")) { LineMark(y: accuracies) }
/// }
/// let facets = FigureGrid(facets: modes, columns: 3, x: Axis("step"), y: Axis("loss")) { mode in
///   LineMark(y: lossesByMode[mode] ?? [])
/// }
/// ```
public struct FigureGrid: Graphic {
  /// Which axes have the same domain in all figures, and are labelled only at the grid's edge.
  public enum Sharing: Sendable, Hashable {
    /// None.
    case none
    /// The horizontal one.
    case x
    /// The vertical one.
    case y
    /// Both.
    case both

    var isX: Bool { self == .x || self == .both }
    var isY: Bool { self == .y || self == .both }
  }

  /// The title above all figures.
  public var title: String?
  /// The figures, row by row. Histograms of one quantity share their bins: in figures that share an
  /// axis, and in figures whose horizontal axes have the same label.
  public var figures: [Figure] {
    didSet { figures = Self.sharingBins(figures, shares) }
  }
  /// How many stand beside each other.
  public var columns: Int {
    didSet { MarkChecks("FigureGrid", title, #fileID, #line).columns(columns) }
  }
  /// Which axes are shared.
  public var shares: Sharing {
    didSet { figures = Self.sharingBins(figures, shares) }
  }
  /// Whether the figures' titles begin with (a), (b), (c) …
  public var showsLetters: Bool
  /// The size that was asked for, or `nil` for what the figures want.
  public var preferredSize: Size? {
    didSet { preferredSize.map(MarkChecks("FigureGrid", title, #fileID, #line).size) }
  }

  /// Makes a grid of figures. Traps when `columns` is not positive.
  public init(
    _ title: String? = nil, columns: Int, shares: Sharing = .none, showsLetters: Bool = false,
    size: Size? = nil, fileID: StaticString = #fileID, line: UInt = #line,
    @FigureBuilder figures: () -> [Figure]
  ) {
    let checks = MarkChecks("FigureGrid", title, fileID, line)
    checks.columns(columns)
    if let size { checks.size(size) }
    self.title = title
    self.figures = Self.sharingBins(figures(), shares)
    self.columns = columns
    self.shares = shares
    self.showsLetters = showsLetters
    self.preferredSize = size
  }

  /// Makes one figure per facet, titled by it, all with the same axes.
  ///
  /// - Parameters:
  ///   - title: The title of the grid.
  ///   - facets: What the figures differ in: names, numbers, cases.
  ///   - columns: How many figures stand beside each other.
  ///   - x: The horizontal axis of each.
  ///   - y: The vertical axis of each.
  ///   - secondY: The vertical axis of each on the right.
  ///   - shares: Which axes have the same domain in all figures.
  ///   - size: In points; `nil` chooses by the number of figures.
  ///   - legendTitle: What the entries of the legend differ in.
  ///   - fileID: The file that draws; leave it out.
  ///   - line: The line that draws; leave it out.
  ///   - name: A facet's title; by default how it prints.
  ///   - marks: The marks of a facet.
  public init<Facet>(
    _ title: String? = nil, facets: [Facet], columns: Int, x: Axis = Axis(), y: Axis = Axis(),
    secondY: Axis? = nil, shares: Sharing = .both, size: Size? = nil,
    legendTitle: String? = nil, fileID: StaticString = #fileID, line: UInt = #line,
    name: (Facet) -> String = { "\($0)" },
    @MarkBuilder marks: (Facet) -> [any Mark]
  ) {
    let figures = facets.map { facet in
      Figure(name(facet), x: x, y: y, secondY: secondY, legendTitle: legendTitle) { marks(facet) }
    }
    self.init(
      title, columns: columns, shares: shares, size: size, fileID: fileID, line: line
    ) { figures }
  }

  /// The size in points.
  public var size: Size { FigureGridLayout(self, theme: .light).size }

  /// Draws all figures.
  public func draw(on canvas: inout Canvas, theme: Theme) {
    FigureGridLayout(self, theme: theme).draw(on: &canvas)
  }

  /// The figures' descriptions one after the other.
  public var alternativeText: String {
    let heading = title.map { PlainText.of($0) + ". " } ?? ""
    guard !figures.isEmpty else { return heading + "No figures." }
    return heading + figures.map(\.alternativeText).joined(separator: " ")
  }
}

/// Lists figures in a grid's closure; `if`, `for` and arrays of figures work.
@resultBuilder
public enum FigureBuilder {
  /// One figure.
  public static func buildExpression(_ figure: Figure) -> [Figure] { [figure] }
  /// Several figures.
  public static func buildExpression(_ figures: [Figure]) -> [Figure] { figures }
  /// All figures in order.
  public static func buildBlock(_ figures: [Figure]...) -> [Figure] { figures.flatMap { $0 } }
  /// The figures of an `if` without `else`.
  public static func buildOptional(_ figures: [Figure]?) -> [Figure] { figures ?? [] }
  /// The figures of an `if`.
  public static func buildEither(first: [Figure]) -> [Figure] { first }
  /// The figures of an `else`.
  public static func buildEither(second: [Figure]) -> [Figure] { second }
  /// The figures of a `for`.
  public static func buildArray(_ figures: [[Figure]]) -> [Figure] { figures.flatMap { $0 } }
}
