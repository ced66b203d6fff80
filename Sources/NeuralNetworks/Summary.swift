public import Tensors

/// A network as a table: a row per layer with its output shape, parameters and multiply-adds.
public struct Summary: Sendable, Hashable, CustomStringConvertible {
  /// One layer.
  public struct Row: Sendable, Hashable {
    /// The position in the network, from 0.
    public let position: Int
    /// The layer's name.
    public let layer: String
    /// The shape of its output, batch axis included.
    public let output: Shape
    /// How many numbers training adjusts.
    public let parameterCount: Int
    /// Multiplications with an addition in one evaluation of this shape, biases not counted.
    public let multiplyAdds: Int
  }

  /// The shape of the input.
  public let input: Shape

  /// The layers, first to last.
  public let rows: [Row]

  /// The sum of the rows' parameters.
  public var parameterCount: Int { rows.reduce(0) { $0 + $1.parameterCount } }

  /// The sum of the rows' multiply-adds.
  public var multiplyAdds: Int { sum(ofMultiplyAdds: rows.map(\.multiplyAdds)) }

  /// A table in plain text with a row of sums.
  public var description: String {
    let cells =
      [["", "layer", "output", "parameters", "multiply-adds"], ["", "input", "\(input)", "", ""]]
      + rows.map { row in
        [
          "\(row.position)", row.layer, "\(row.output)", "\(row.parameterCount)",
          "\(row.multiplyAdds)",
        ]
      } + [["", "sum", "", "\(parameterCount)", "\(multiplyAdds)"]]
    let widths = (0..<5).map { column in cells.map { $0[column].count }.max() ?? 0 }
    return cells.map { row in
      let padded = zip(row, widths).enumerated().map { column, cell in
        let space = String(repeating: " ", count: cell.1 - cell.0.count)
        return column == 1 || column == 2 ? cell.0 + space : space + cell.0
      }
      let line = padded.joined(separator: "  ")
      return String(line.reversed().drop { $0 == " " }.reversed())
    }.joined(separator: "\n")
  }
}

extension Sequential {
  /// The network as a table, for the input it was checked for.
  public var summary: Summary { summary(for: input) }

  /// The network as a table for inputs of a given shape.
  ///
  /// Traps where the network does not take the shape.
  public func summary(for input: Shape) -> Summary {
    var shape = input
    let rows = layers.enumerated().map { position, layer in
      let multiplyAdds = layer.multiplyAdds(for: shape)
      shape = layer.requireOutputShape(for: shape)
      return Summary.Row(
        position: position, layer: layer.name, output: shape, parameterCount: layer.parameterCount,
        multiplyAdds: multiplyAdds)
    }
    return Summary(input: input, rows: rows)
  }
}

extension Sequential {
  /// The network as a table: its ``summary``.
  public var description: String { summary.description }
}
