public import Numbers
import Requirements

extension TensorGrid {
  /// The drawing of padding lectures: kernel ∗ padded input = output, with the window that makes
  /// one output cell, and the beam from it to that cell.
  ///
  /// The convolution is the one of neural networks (cross-correlation):
  ///
  /// ```text
  /// output[i, j] = Σ kernel[a, b] · padded[i·stride + a·dilation, j·stride + b·dilation]
  /// ```
  ///
  /// - Parameters:
  ///   - title: The title.
  ///   - input: The input, one channel of it.
  ///   - kernel: The kernel.
  ///   - padding: How many rows and columns are put around the input.
  ///   - padded: The input with its ring, for padding other than with zeros; by default zeros are
  ///     put around the input.
  ///   - stride: How far the kernel moves from one output cell to the next.
  ///   - dilation: How far apart the cells that one output cell sees are.
  ///   - cell: The output cell that is explained.
  ///   - showsSum: Whether the sum that makes the cell is written out as the subtitle.
  ///   - format: How the numbers are written.
  ///   - fileID: The file that draws; leave it out.
  ///   - line: The line that draws; leave it out.
  ///
  /// Traps when the kernel does not fit the padded input, when `padded` is not the input and its
  /// ring, or when the cell is outside of the output.
  public static func convolution(
    _ title: String? = nil, input: Matrix, kernel: Matrix, padding: Ring = Ring(),
    padded: Matrix? = nil, stride: Int = 1, dilation: Int = 1,
    at cell: (row: Int, column: Int) = (0, 0), showsSum: Bool = true,
    format: NumberFormat = .automatic, fileID: StaticString = #fileID,
    line: UInt = #line
  ) -> TensorGrid {
    require(stride > 0, "TensorGrid: \(stride) is not a stride", file: fileID, line: line)
    require(dilation > 0, "TensorGrid: \(dilation) is not a dilation", file: fileID, line: line)
    let rows = input.rows + padding.top + padding.bottom
    let columns = input.columns + padding.left + padding.right
    let framed =
      padded
      ?? Matrix(rows: rows, columns: columns) { row, column in
        let (i, j) = (row - padding.top, column - padding.left)
        let isInside = i >= 0 && i < input.rows && j >= 0 && j < input.columns
        return isInside ? input[i, j] : 0
      }
    require(
      framed.rows == rows && framed.columns == columns,
      "TensorGrid: the padded input is \(framed.rows)×\(framed.columns), not \(rows)×\(columns)",
      file: fileID, line: line)
    let reach = (
      rows: (kernel.rows - 1) * dilation + 1, columns: (kernel.columns - 1) * dilation + 1
    )
    require(
      kernel.rows > 0 && kernel.columns > 0 && reach.rows <= rows && reach.columns <= columns,
      "TensorGrid: a \(kernel.rows)×\(kernel.columns) kernel of dilation \(dilation) does not fit "
        + "\(rows)×\(columns)", file: fileID, line: line)
    let output = Matrix(
      rows: (rows - reach.rows) / stride + 1, columns: (columns - reach.columns) / stride + 1
    ) { i, j in
      var sum = 0.0
      for a in 0..<kernel.rows {
        for b in 0..<kernel.columns {
          sum += kernel[a, b] * framed[i * stride + a * dilation, j * stride + b * dilation]
        }
      }
      return sum
    }
    require(
      0 <= cell.row && cell.row < output.rows && 0 <= cell.column && cell.column < output.columns,
      "TensorGrid: cell (\(cell.row), \(cell.column)) is outside of the "
        + "\(output.rows)×\(output.columns) output", file: fileID, line: line)

    let top = cell.row * stride
    let left = cell.column * stride
    let window = Highlight(
      rows: top..<top + reach.rows, columns: left..<left + reach.columns, dilation: dilation)
    let made = Highlight(row: cell.row, column: cell.column)
    var sum = ""
    if showsSum && kernel.values.count <= 9 {
      var terms: [String] = []
      for a in 0..<kernel.rows {
        for b in 0..<kernel.columns {
          let value = framed[top + a * dilation, left + b * dilation]
          terms.append("\(factor(kernel[a, b], format))·\(factor(value, format))")
        }
      }
      sum =
        terms.joined(separator: " + ") + " = "
        + format.string(output[cell.row, cell.column], .picture)
    }
    let ringed = padding == Ring() ? "input" : "padded input"
    return TensorGrid(
      title, subtitle: sum.isEmpty ? nil : sum,
      panels: [
        Panel(kernel, caption: "kernel \(kernel.rows)×\(kernel.columns)", format: format),
        Panel(
          framed, caption: "\(ringed) \(rows)×\(columns)", padding: padding,
          highlights: [window], format: format),
        Panel(
          output, caption: "output \(output.rows)×\(output.columns)", highlights: [made],
          format: format),
      ],
      operators: ["∗", "="], beams: [Beam(from: window, in: 1, to: made, in: 2)])
  }

  /// A factor of a product, negative ones in parentheses.
  private static func factor(_ value: Double, _ format: NumberFormat) -> String {
    let text = format.string(value, .picture)
    return value < 0 ? "(\(text))" : text
  }
}
