public import Numbers

/// A column of a table made from a collection: its head, and what it shows of an element.
public struct TableColumn<Element> {
  /// The head.
  public var head: Table.Column

  /// What it shows of an element.
  public var cell: (Element) -> Table.Cell

  /// A column from its parts.
  public init(_ head: Table.Column, cell: @escaping (Element) -> Table.Cell) {
    self.head = head
    self.cell = cell
  }
}

extension TableColumn {
  /// A column of texts, or of anything that describes itself.
  @_disfavoredOverload
  public static func column(
    _ title: String, _ text: @escaping (Element) -> some CustomStringConvertible,
    unit: String? = nil, alignment: Table.Alignment = .leading
  ) -> Self {
    Self(Table.Column(title, unit: unit, alignment: alignment)) { element in
      Table.Cell(text(element).description)
    }
  }

  /// A column of numbers, to the right.
  public static func column(
    _ title: String, _ value: @escaping (Element) -> some BinaryFloatingPoint,
    as format: NumberFormat = .automatic, unit: String? = nil, tolerance: Tolerance? = nil,
    alignment: Table.Alignment = .trailing
  ) -> Self {
    Self(Table.Column(title, unit: unit, alignment: alignment)) { element in
      Table.Cell(Double(value(element)), as: format, tolerance: tolerance)
    }
  }

  /// A column of numbers with their uncertainties, to the right: `9.88 ± 0.05`.
  ///
  /// The digits of both follow the uncertainty, as `NumberFormat.uncertain` says.
  public static func column(
    _ title: String, _ value: @escaping (Element) -> some BinaryFloatingPoint,
    uncertainty: @escaping (Element) -> some BinaryFloatingPoint, digits: Int? = nil,
    inPercent: Bool = false, unit: String? = nil, tolerance: Tolerance? = nil,
    alignment: Table.Alignment = .trailing
  ) -> Self {
    Self(Table.Column(title, unit: unit, alignment: alignment)) { element in
      Table.Cell(
        Double(value(element)),
        as: .uncertain(
          by: Double(uncertainty(element)), digits: digits, inPercent: inPercent),
        tolerance: tolerance)
    }
  }

  /// A column of whole numbers, to the right, thousands separated.
  public static func column(
    _ title: String, _ value: @escaping (Element) -> some BinaryInteger,
    as format: NumberFormat = .integer, unit: String? = nil,
    alignment: Table.Alignment = .trailing
  ) -> Self {
    Self(Table.Column(title, unit: unit, alignment: alignment)) { element in
      Table.Cell(Double(value(element)), as: format)
    }
  }

  /// A column of numbers that may be missing; a dash stands for one that is.
  public static func column<Value: BinaryFloatingPoint>(
    _ title: String, _ value: @escaping (Element) -> Value?,
    as format: NumberFormat = .automatic, unit: String? = nil, tolerance: Tolerance? = nil,
    alignment: Table.Alignment = .trailing
  ) -> Self {
    Self(Table.Column(title, unit: unit, alignment: alignment)) { element in
      value(element).map { Table.Cell(Double($0), as: format, tolerance: tolerance) } ?? "–"
    }
  }
}
