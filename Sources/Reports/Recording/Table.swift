public import Numbers
internal import Requirements

/// Rows and columns that a lab shows.
///
/// ```swift
/// show(
///   Table(
///     results,
///     columns: [
///       .column("Layer", \.name),
///       .column("Loss", \.loss, as: .decimal(places: 3), unit: "nats"),
///     ]))
/// ```
public struct Table: Codable, Hashable, Sendable {
  /// Where the text of a column stands.
  public enum Alignment: String, Codable, Hashable, Sendable {
    /// For text.
    case leading

    /// For marks and short codes.
    case center

    /// For numbers, so that their digits line up.
    case trailing
  }

  /// A column's head.
  public struct Column: Codable, Hashable, Sendable {
    /// The head, Markdown without HTML.
    public var title: String

    /// The unit of all its numbers, shown in the head: `ms`.
    public var unit: String?

    /// Where its text stands.
    public var alignment: Alignment

    /// A column's head.
    public init(_ title: String, unit: String? = nil, alignment: Alignment = .leading) {
      self.title = title
      self.unit = unit
      self.alignment = alignment
    }
  }

  /// One cell.
  public struct Cell: Codable, Hashable, Sendable {
    /// What it says, Markdown without HTML; `|` and line ends are escaped on the way out.
    public var text: String

    /// The number that ``text`` was made from, when the check may accept others.
    public var value: Double?

    /// How it was written.
    public var format: NumberFormat?

    /// How far a committed number may be off; `nil` means not at all.
    public var tolerance: Tolerance?

    /// Whether it differs from run to run.
    public var isVolatile: Bool

    /// A text.
    public init(_ text: String, isVolatile: Bool = false) {
      self.text = text
      self.isVolatile = isVolatile
    }

    /// A number, written in a format.
    public init(
      _ value: Double, as format: NumberFormat = .automatic, tolerance: Tolerance? = nil,
      isVolatile: Bool = false
    ) {
      self.text = format.string(value)
      self.value = value
      self.format = format
      self.tolerance = tolerance
      self.isVolatile = isVolatile
    }

    /// A value that was published elsewhere, with its tolerance.
    public init(_ published: Published) {
      text = published.text
      value = published.value
      format = published.format
      tolerance = published.tolerance
      isVolatile = published.isVolatile
    }
  }

  /// The heads.
  public var columns: [Column]

  /// The cells, row by row, as many in each as there are columns.
  public var rows: [[Cell]]

  /// The label given in code; it goes before the cell's `//| label:`.
  public var label: String?

  /// The caption given in code, Markdown; it goes before the cell's `//| tbl-cap:`.
  public var caption: String?

  /// A table from its cells.
  ///
  /// Traps when a row has more or fewer cells than there are columns.
  public init(
    columns: [Column], rows: [[Cell]], label: String? = nil, caption: String? = nil
  ) {
    for (index, row) in rows.enumerated() {
      require(
        row.count == columns.count,
        "row \(index) of the table has \(row.count) cells, expected \(columns.count)")
    }
    self.columns = columns
    self.rows = rows
    self.label = label
    self.caption = caption
  }

  /// A table with one row for each element.
  ///
  /// - Parameters:
  ///   - elements: What the rows are made from, in order.
  ///   - columns: The columns, each with what it shows of an element.
  ///   - label: Its name, which begins with `tbl-`.
  ///   - caption: What stands over it.
  public init<Elements: Sequence>(
    _ elements: Elements, columns: [TableColumn<Elements.Element>], label: String? = nil,
    caption: String? = nil
  ) {
    self.init(
      columns: columns.map(\.head),
      rows: elements.map { element in columns.map { $0.cell(element) } },
      label: label, caption: caption)
  }
}

extension Table.Cell: ExpressibleByStringLiteral {
  /// A text.
  public init(stringLiteral value: String) {
    self.init(value)
  }
}
