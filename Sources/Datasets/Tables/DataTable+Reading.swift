internal import Requirements
public import SystemCalls

extension DataTable {
  /// What a field says where there is no value, unless the reader is told otherwise.
  public static let usualMissing: Set<String> = [
    "", "NA", "N/A", "n/a", "NaN", "nan", "NULL", "null", "-", "–",
  ]

  /// Reads a CSV or TSV file that stands beside the source file of the lab.
  ///
  /// - Parameters:
  ///   - name: The file's name, or its path from the source file's folder.
  ///   - columns: The columns to read, in the order that the table shall have. Without them it is all
  ///     columns, each of numbers where all its fields are numbers or missing, otherwise of texts.
  ///   - decimal: What stands before the digits after the units.
  ///   - delimiter: What stands between fields; `nil` looks at the head.
  ///   - missing: What a field says, without quotes and blanks around it, where a value is missing.
  ///   - sourceFile: The file that it stands beside; leave it out.
  /// - Throws: What is wrong with the file, with line and column.
  public init(
    beside name: String, columns: [ColumnKind]? = nil, decimal: DecimalSign = .point,
    delimiter: Character? = nil, missing: Set<String> = usualMissing,
    sourceFile: String = #filePath
  ) throws(FileError) {
    let folder = sourceFile.prefix(upTo: sourceFile.lastIndex(of: "/") ?? sourceFile.startIndex)
    let path = name.hasPrefix("/") || folder.isEmpty ? name : folder + "/" + name
    guard fileExists(path) else {
      throw FileError(
        path: name, reason: "does not exist beside \(fileName(sourceFile))")
    }
    try self.init(
      contentsOf: path, columns: columns, decimal: decimal, delimiter: delimiter,
      missing: missing)
  }

  /// Reads a CSV or TSV file.
  ///
  /// - Parameters:
  ///   - path: The file, from the folder that the lab runs in.
  ///   - columns: As for ``init(beside:columns:decimal:delimiter:missing:sourceFile:)``.
  ///   - decimal: What stands before the decimals: a point or a comma.
  ///   - delimiter: What stands between fields; found out where left out.
  ///   - missing: What stands where a value is missing.
  ///   - byteLimit: The longest file that is read.
  /// - Throws: What is wrong with the file, with line and column.
  public init(
    contentsOf path: String, columns: [ColumnKind]? = nil, decimal: DecimalSign = .point,
    delimiter: Character? = nil, missing: Set<String> = usualMissing, byteLimit: Int = 1 << 28
  ) throws(FileError) {
    let bytes: [UInt8]
    do {
      bytes = try readFile(path, byteLimit: byteLimit)
    } catch {
      // A report names the file and not the machine's folders.
      throw error.of(fileName(path))
    }
    try self.init(
      bytes: bytes, name: fileName(path), columns: columns, decimal: decimal,
      delimiter: delimiter, missing: missing)
  }

  /// Reads the bytes of a CSV or TSV file.
  ///
  /// - Parameters:
  ///   - bytes: UTF-8, the first row the names of the columns: `length`, or with a unit `length (m)`
  ///     or `length [m]`.
  ///   - name: What errors and the provenance call the file.
  ///   - columns: As for ``init(beside:columns:decimal:delimiter:missing:sourceFile:)``.
  ///   - decimal: What stands before the decimals: a point or a comma.
  ///   - delimiter: What stands between fields; found out where left out.
  ///   - missing: What stands where a value is missing.
  /// - Throws: What is wrong with the content, with line and column.
  public init(
    bytes: [UInt8], name: String, columns: [ColumnKind]? = nil, decimal: DecimalSign = .point,
    delimiter: Character? = nil, missing: Set<String> = usualMissing
  ) throws(FileError) {
    let text = try DelimitedText(bytes: bytes, delimiter: delimiter, path: name)
    let reading = try TableReading(text, name, decimal, missing)
    let source = DataSource(
      name: name, sha256: SHA256.digest(of: bytes), byteCount: bytes.count,
      rowCount: reading.rows.count)
    let read = if let columns { try reading.columns(columns) } else { try reading.inferred() }
    self.init(source: source, columns: read)
  }
}

/// A file's fields on their way to be columns.
private struct TableReading {
  struct Head { var name: String, unit: String? }

  let path: String
  let decimal: DecimalSign
  let missing: Set<String>
  let delimiter: Character
  var heads: [Head] = []
  var rows: ArraySlice<[DelimitedText.Field]>

  init(
    _ text: DelimitedText, _ path: String, _ decimal: DecimalSign, _ missing: Set<String>
  ) throws(FileError) {
    self.path = path
    self.decimal = decimal
    self.missing = missing
    delimiter = text.delimiter
    guard let first = text.rows.first else {
      throw FileError(path: path, reason: "is empty; its first row should name the columns")
    }
    rows = text.rows.dropFirst()
    for field in first {
      let head = Self.head(field.text)
      guard !head.name.isEmpty else { throw fault(field, "this column has no name") }
      guard !heads.contains(where: { $0.name == head.name }) else {
        throw fault(field, "a column named '\(head.name)' stands to the left already")
      }
      heads.append(head)
    }
    for row in rows where row.count != heads.count {
      let place = row.count > heads.count ? row[heads.count] : row[row.count - 1]
      throw fault(
        place,
        "this row has \(row.count) \(row.count == 1 ? "field" : "fields"), and the first row names "
          + "\(heads.count) \(heads.count == 1 ? "column" : "columns")"
          + (row.count > heads.count && delimiter == "," && decimal == .comma
            ? "; a decimal comma inside of commas needs quotes" : ""))
    }
  }

  /// `length (m)` and `length [m]` are a name and a unit.
  static func head(_ text: String) -> Head {
    let text = trimmed(text)
    for (open, close) in [("(", ")"), ("[", "]")] as [(Character, Character)]
    where text.last == close {
      guard let start = text.lastIndex(of: open) else { continue }
      let name = trimmed(String(text[..<start]))
      let unit = trimmed(String(text[text.index(after: start)...].dropLast()))
      if !name.isEmpty, !unit.isEmpty { return Head(name: name, unit: unit) }
    }
    return Head(name: text, unit: nil)
  }

  private static func trimmed(_ text: String) -> String {
    let isBlank = { (character: Character) in character == " " || character == "\t" }
    var text = text.drop(while: isBlank)
    while let last = text.last, isBlank(last) { text.removeLast() }
    return String(text)
  }

  func fault(_ field: DelimitedText.Field, _ reason: String) -> FileError {
    FileError(path: path, reason: "line \(field.line), column \(field.column): \(reason)")
  }

  private func isMissing(_ field: DelimitedText.Field) -> Bool {
    !field.isQuoted && missing.contains(Self.trimmed(field.text))
  }

  // MARK: Columns

  /// The columns that are asked for.
  func columns(_ kinds: [ColumnKind]) throws(FileError) -> [DataColumn] {
    var columns: [DataColumn] = []
    for kind in kinds {
      let index = try index(kind.name)
      switch kind.kind {
      case .text: columns.append(texts(index))
      case .number:
        var column = try numbers(index)
        if let unit = kind.unit { column.unit = unit }
        columns.append(try adding(kind.uncertainty, to: column))
      }
    }
    return columns
  }

  private func index(_ name: String) throws(FileError) -> Int {
    guard let index = heads.firstIndex(where: { $0.name == name }) else {
      throw FileError(
        path: path,
        reason: "has no column '\(name)'; it has "
          + heads.map { "'\($0.name)'" }.joined(separator: ", "))
    }
    return index
  }

  private func adding(
    _ uncertainty: ColumnKind.Uncertainty, to column: DataColumn
  ) throws(FileError) -> DataColumn {
    guard case .numbers(let values, let own) = column.values else { return column }
    var column = column
    switch uncertainty {
    case .none: return column
    case .constant(let constant):
      require(
        constant > 0 && constant.isFinite,
        "the uncertainty of '\(column.name)' is a length above 0, but it is \(constant)")
      column.values = .numbers(values, uncertainties: values.map { _ in constant })
    case .column(let name):
      let index = try index(name)
      guard case .numbers(let errors, _) = try numbers(index).values else { return column }
      for (row, error) in zip(rows, errors) where error <= 0 {
        throw fault(row[index], "an uncertainty is above 0, but here is \(row[index].text)")
      }
      if own != nil {
        throw FileError(
          path: path,
          reason: "the column '\(column.name)' has uncertainties after ± and others in '\(name)'")
      }
      column.values = .numbers(values, uncertainties: errors)
    }
    return column
  }

  /// All columns, numbers where they are.
  func inferred() throws(FileError) -> [DataColumn] {
    var columns: [DataColumn] = []
    for index in heads.indices {
      let fields = rows.lazy.map { $0[index] }.filter { !isMissing($0) }
      let first = fields.first { NumberField($0.text, decimal: decimal) == nil }
      guard let first else {
        // A column with nothing in it is one of numbers, none of which is there.
        columns.append(try numbers(index))
        continue
      }
      // A comma where a point was expected makes no text of a number.
      if fields.allSatisfy({ NumberField($0.text, decimal: decimal.other) != nil }) {
        throw notANumber(first, heads[index].name)
      }
      var column = texts(index)
      column.whyText =
        "line \(first.line), column \(first.column) says '\(shortened(first.text))'"
      columns.append(column)
    }
    return columns
  }

  private func texts(_ index: Int) -> DataColumn {
    DataColumn(
      heads[index].name, unit: heads[index].unit,
      .texts(rows.map { isMissing($0[index]) ? nil : $0[index].text }))
  }

  private func numbers(_ index: Int) throws(FileError) -> DataColumn {
    var values: [Double] = []
    var uncertainties: [Double] = []
    var decimals: Int? = 0
    var bare: DelimitedText.Field?
    for row in rows {
      let field = row[index]
      if isMissing(field) {
        values.append(.nan)
        uncertainties.append(.nan)
        continue
      }
      guard let number = NumberField(field.text, decimal: decimal) else {
        throw notANumber(field, heads[index].name)
      }
      values.append(number.value)
      uncertainties.append(number.uncertainty ?? .nan)
      if number.uncertainty == nil { bare = bare ?? field }
      decimals = if let one = number.decimals, let all = decimals { max(one, all) } else { nil }
    }
    let hasUncertainties = uncertainties.contains { !$0.isNaN }
    if hasUncertainties, let bare {
      throw fault(
        bare, "other numbers of '\(heads[index].name)' have their uncertainty after ±, this one not"
      )
    }
    return DataColumn(
      heads[index].name, unit: heads[index].unit,
      .numbers(values, uncertainties: hasUncertainties ? uncertainties : nil),
      decimals: decimals)
  }

  private func notANumber(_ field: DelimitedText.Field, _ name: String) -> FileError {
    var reason = "'\(shortened(field.text))' is no number, as '\(name)' should hold"
    if NumberField(field.text, decimal: decimal.other) != nil {
      reason =
        decimal == .point
        ? "'\(field.text)' has a decimal comma; if the whole file has, read it with decimal: .comma"
        : "'\(field.text)' has a decimal point, and the file is read with decimal: .comma"
    }
    return fault(field, reason)
  }

  private func shortened(_ text: String) -> String {
    text.count > 40 ? String(text.prefix(39)) + "…" : text
  }
}
