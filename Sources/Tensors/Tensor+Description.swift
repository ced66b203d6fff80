extension Tensor: CustomStringConvertible {
  /// Shape and range, then the elements of a small tensor or a corner of a large one, row by row.
  ///
  /// ```text
  /// 2×3 tensor, -1.5 to 3.25
  ///   0.0000   1.0000  -1.5000
  ///   3.2500   0.5000   2.0000
  /// ```
  ///
  /// Of the axes before the last two the first indices are shown, each matrix under its own.
  public var description: String {
    let head = "\(shape) tensor\(range)"
    if count == 0 { return head }
    if shape.rank == 0 { return "\(head)\n  \(Self.texts([elements[0]])[0])" }
    let columns = shape[shape.rank - 1]
    let rows = shape.rank == 1 ? 1 : shape[shape.rank - 2]
    let matrices = count / (rows * columns)
    let shownMatrices = matrices <= 4 && count <= 64 ? matrices : 1
    let (shownRows, shownColumns) = (Self.shown(rows, most: 8), Self.shown(columns, most: 8))
    let values = elements
    var lines = [head]
    var cells: [[Float]] = []
    for matrix in 0..<shownMatrices {
      for row in shownRows {
        cells.append(shownColumns.map { values[(matrix * rows + row) * columns + $0] })
      }
    }
    let texts = Self.texts(cells.flatMap(\.self))
    let width = texts.map(\.count).max() ?? 0
    for matrix in 0..<shownMatrices {
      if shape.rank > 2 { lines.append("[\(place(ofMatrix: matrix)), :, :]") }
      for row in shownRows.indices {
        let start = (matrix * shownRows.count + row) * shownColumns.count
        let line = texts[start..<start + shownColumns.count].map {
          String(repeating: " ", count: width - $0.count) + $0
        }
        lines.append(
          "  " + line.joined(separator: "  ") + (shownColumns.count < columns ? "  …" : ""))
      }
      if shownRows.count < rows { lines.append("  …") }
    }
    if shownMatrices < matrices { lines.append("…") }
    return lines.joined(separator: "\n")
  }

  /// ", smallest to largest" of the numbers, and how many are none.
  private var range: String {
    var (least, most) = (Float.infinity, -Float.infinity)
    var none = 0
    for element in elements {
      if element.isNaN {
        none += 1
      } else {
        (least, most) = (min(least, element), max(most, element))
      }
    }
    let numbers = least > most ? "" : ", \(least) to \(most)"
    return numbers + (none == 0 ? "" : ", \(none) NaN")
  }

  /// The indices of an axis that are shown: all of them, or the first.
  private static func shown(_ extent: Int, most: Int) -> Range<Int> {
    0..<(extent <= most ? extent : most - 2)
  }

  /// The indices of a matrix along the axes before the last two.
  private func place(ofMatrix matrix: Int) -> String {
    var (rest, indices) = (matrix, [String]())
    for extent in shape.dimensions.dropLast(2).reversed() {
      indices.insert("\(rest % extent)", at: 0)
      rest /= extent
    }
    return indices.joined(separator: ", ")
  }

  /// The numbers in one notation: whole, with 4 decimals, or with an exponent where these would say
  /// little, of a single number too: none but a zero reads as one.
  private static func texts(_ values: [Float]) -> [String] {
    let finite = values.filter(\.isFinite)
    let largest = finite.reduce(0) { max($0, $1.magnitude) }
    if finite.allSatisfy({ $0 == $0.rounded() }) && largest < 1e7 {
      return values.map { $0.isFinite ? whole($0) : special($0) }
    }
    let smallest = finite.reduce(largest) { $1 == 0 ? $0 : min($0, $1.magnitude) }
    if largest >= 1e5 || largest < 1e-2 || smallest < 1e-4 {
      return values.map { $0.isFinite ? scientific($0) : special($0) }
    }
    return values.map { $0.isFinite ? fixed(Double($0), decimals: 4) : special($0) }
  }

  private static func whole(_ value: Float) -> String {
    value == 0 && value.sign == .minus ? "-0" : "\(Int(value))"
  }

  private static func special(_ value: Float) -> String { value.isNaN ? "NaN" : "\(value)" }

  /// A number of less than 10⁹ in magnitude, rounded to so many decimals.
  private static func fixed(_ value: Double, decimals: Int) -> String {
    let unit = (0..<decimals).reduce(1) { unit, _ in unit * 10 }
    let scaled = Int((value.magnitude * Double(unit)).rounded())
    let rest = "\(scaled % unit)"
    let zeros = String(repeating: "0", count: decimals - rest.count)
    return (value.sign == .minus ? "-" : "") + "\(scaled / unit).\(zeros)\(rest)"
  }

  private static func scientific(_ value: Float) -> String {
    if value == 0 { return whole(value) }
    var (mantissa, exponent) = (Double(value), 0)
    while mantissa.magnitude >= 9.99995 { (mantissa, exponent) = (mantissa / 10, exponent + 1) }
    while mantissa.magnitude < 0.99995 { (mantissa, exponent) = (mantissa * 10, exponent - 1) }
    return fixed(mantissa, decimals: 4) + "e\(exponent)"
  }
}

extension Tensor: CustomReflectable {
  /// The shape and the first elements, for `dump` and debuggers: where the elements lie says nothing.
  public var customMirror: Mirror {
    Mirror(
      self, children: ["shape": shape.description, "first elements": Array(elements.prefix(8))],
      displayStyle: .struct)
  }
}
