public import Numbers

/// A value that the lab gives a name, for its prose, its tables and the check.
public struct Published: Codable, Hashable, Sendable {
  /// The name that prose uses: `\(accuracy)`.
  public var name: String

  /// The value as a reader sees it: `89.8%`.
  public var text: String

  /// The number itself, when it is one.
  public var value: Double?

  /// How ``text`` was made from ``value``; lets the check read a committed number back.
  public var format: NumberFormat?

  /// How far a committed report may be off; `nil` means not at all.
  public var tolerance: Tolerance?

  /// Whether the value differs from run to run (a duration): the check asks for its form only.
  public var isVolatile: Bool

  /// Where a number comes from that was not computed here.
  public var quotedFrom: String?

  /// The line that published it.
  public var location: SourceLocation?

  /// A value that is not a number.
  public init(
    _ name: String, text: String, isVolatile: Bool = false, quotedFrom: String? = nil,
    at location: SourceLocation? = nil
  ) {
    self.name = name
    self.text = text
    self.isVolatile = isVolatile
    self.quotedFrom = quotedFrom
    self.location = location
  }

  /// A number, written in a format.
  public init(
    _ name: String, value: Double, format: NumberFormat = .automatic, tolerance: Tolerance? = nil,
    isVolatile: Bool = false, quotedFrom: String? = nil, at location: SourceLocation? = nil
  ) {
    self.name = name
    self.text = format.string(value)
    self.value = value
    self.format = format
    self.tolerance = tolerance
    self.isVolatile = isVolatile
    self.quotedFrom = quotedFrom
    self.location = location
  }
}

/// How far a number of a committed report may be from the number that a run gives.
public enum Tolerance: Codable, Hashable, Sendable {
  /// |committed − computed| ≤ this, in the units of the value itself (0.01 is one percent point).
  case absolute(Double)

  /// |committed − computed| ≤ this · |computed|.
  case relative(Double)

  /// Whether a committed number is close enough to a computed one.
  public func accepts(_ committed: Double, for computed: Double) -> Bool {
    // Two NaNs, or two infinities of one sign, agree: their difference would not say so.
    if committed == computed || (committed.isNaN && computed.isNaN) { return true }
    let distance = (committed - computed).magnitude
    switch self {
    case .absolute(let limit): return distance <= limit
    case .relative(let limit): return distance <= limit * computed.magnitude
    }
  }
}

/// A parameter of the lab (`--epochs 2`), with the value that it had in the run.
package struct Parameter: Codable, Hashable, Sendable {
  /// Its name in code and in prose: `epochs`.
  package var name: String

  /// Its value as a reader sees it.
  package var text: String

  /// A parameter with its value.
  package init(_ name: String, text: String) {
    self.name = name
    self.text = text
  }
}

/// A data file that the lab read.
package struct DataSource: Codable, Hashable, Sendable {
  /// What it is: `train-images-idx3-ubyte.gz`.
  package var name: String

  /// Its SHA-256 digest, 64 hexadecimal digits.
  package var sha256: String

  /// Its length in bytes.
  package var byteCount: Int

  /// How many rows a table in it has; `nil` for other files.
  package var rowCount: Int?

  /// A data file.
  package init(name: String, sha256: String, byteCount: Int, rowCount: Int? = nil) {
    self.name = name
    self.sha256 = sha256
    self.byteCount = byteCount
    self.rowCount = rowCount
  }
}
