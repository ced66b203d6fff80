/// A column of a table of data: numbers, or texts.
public struct DataColumn: Hashable, Sendable {
  /// What a column holds; a number that is missing is NaN, a text that is missing `nil`.
  public enum Values: Hashable, Sendable {
    /// Numbers, and how far each may be off where that is known.
    case numbers([Double], uncertainties: [Double]? = nil)

    /// Texts.
    case texts([String?])
  }

  /// What it is called: `length`.
  public var name: String

  /// The unit of its numbers: `m`.
  public var unit: String?

  /// What it holds.
  public var values: Values

  /// The most digits after the point that a number has in the file; `nil` where some are written with
  /// an exponent, or computed.
  public var decimals: Int?

  /// Why a column is text that was not asked to be, with line and column of the file.
  var whyText: String?

  /// A column from its parts.
  public init(_ name: String, unit: String? = nil, _ values: Values, decimals: Int? = nil) {
    self.name = name
    self.unit = unit
    self.values = values
    self.decimals = decimals
  }

  /// How many rows it has.
  public var count: Int {
    switch values {
    case .numbers(let numbers, _): numbers.count
    case .texts(let texts): texts.count
    }
  }

  /// The name with its unit: `length (m)`.
  public var title: String { unit.map { "\(name) (\($0))" } ?? name }

  /// How many of its values are missing.
  public var missingCount: Int {
    switch values {
    case .numbers(let numbers, _): numbers.count { $0.isNaN }
    case .texts(let texts): texts.count { $0 == nil }
    }
  }

  /// The rows with these numbers.
  func rows(_ indices: [Int]) -> DataColumn {
    var column = self
    switch values {
    case .numbers(let numbers, let uncertainties):
      column.values = .numbers(
        indices.map { numbers[$0] },
        uncertainties: uncertainties.map { all in indices.map { all[$0] } }
      )
    case .texts(let texts):
      column.values = .texts(indices.map { texts[$0] })
    }
    return column
  }
}

/// What a column of a file is meant to be.
public struct ColumnKind: Hashable, Sendable {
  enum Kind: Hashable, Sendable { case number, text }
  enum Uncertainty: Hashable, Sendable {
    case none
    case constant(Double)
    case column(String)
  }

  var name: String
  var kind: Kind
  var unit: String?
  var uncertainty: Uncertainty = .none

  /// A column of numbers.
  ///
  /// - Parameters:
  ///   - name: Its head in the file, without a unit in brackets.
  ///   - unit: The unit, where the head does not say it or is to be overruled.
  public static func number(_ name: String, unit: String? = nil) -> ColumnKind {
    ColumnKind(name: name, kind: .number, unit: unit)
  }

  /// A column of numbers with their standard uncertainties in another column, which then is no column
  /// of its own.
  public static func number(
    _ name: String, unit: String? = nil, uncertainty column: String
  ) -> ColumnKind {
    ColumnKind(name: name, kind: .number, unit: unit, uncertainty: .column(column))
  }

  /// A column of numbers that all have the same standard uncertainty.
  public static func number(
    _ name: String, unit: String? = nil, uncertainty: Double
  ) -> ColumnKind {
    ColumnKind(name: name, kind: .number, unit: unit, uncertainty: .constant(uncertainty))
  }

  /// A column of texts, whatever they look like: numbers of students, dates.
  public static func text(_ name: String) -> ColumnKind { ColumnKind(name: name, kind: .text) }
}
