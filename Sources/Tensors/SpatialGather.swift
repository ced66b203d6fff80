internal import Requirements

/// Images put together from chosen rows and columns: every kind of padding and cropping.
///
/// ```text
/// y[n, c, i, j] = x[n, c, rows[i], columns[j]], or `fill` where either index is nil
/// ```
///
/// Zero, constant, reflecting, replicating and circular padding differ only in the indices.
///
/// - Parameters:
///   - x: The images, (N, C, H, W).
///   - rows: For every output row the input row that it repeats, or nil.
///   - columns: For every output column the input column that it repeats, or nil.
///   - fill: The value of cells that repeat nothing.
/// - Returns: (N, C, rows.count, columns.count).
public func gatherSpatial(
  _ x: Tensor, rows: [Int?], columns: [Int?], fill: Float = 0
) -> Tensor {
  let (height, width) = spatialSize(x, rows, columns)
  let y = Tensor([x.shape[0], x.shape[1], rows.count, columns.count], repeating: fill)
  unsafe x.withElements { x in
    var output = 0
    for plane in stride(from: 0, to: x.count, by: max(height * width, 1)) {
      for row in rows {
        for column in columns {
          if let row, let column {
            unsafe y.storage.base[output] = x[plane + row * width + column]
          }
          output += 1
        }
      }
    }
  }
  return y
}

/// The adjoint of ``gatherSpatial(_:rows:columns:fill:)``: adds every cell of `dy` to the input
/// cell that it repeats.
///
/// - Parameters:
///   - dy: The gradient with respect to the output, (N, C, rows.count, columns.count).
///   - rows: As in the forward pass.
///   - columns: As in the forward pass.
///   - size: Rows and columns of the forward pass's input.
/// - Returns: (N, C, H, W).
public func scatterSpatial(
  _ dy: Tensor, rows: [Int?], columns: [Int?], size: Extent2D
) -> Tensor {
  requireShape(dy, [dy.shape[0], dy.shape[1], rows.count, columns.count], "gathered gradient")
  let dx = Tensor([dy.shape[0], dy.shape[1], size.height, size.width], repeating: 0)
  _ = spatialSize(dx, rows, columns)
  unsafe dy.withElements { dy in
    var input = 0
    for plane in 0..<dx.shape[0] * dx.shape[1] {
      for row in rows {
        for column in columns {
          if let row, let column {
            unsafe dx.storage.base[(plane * size.height + row) * size.width + column] += dy[input]
          }
          input += 1
        }
      }
    }
  }
  return dx
}

/// Checks the indices of a gather and returns the height and width that they index.
private func spatialSize(_ x: Tensor, _ rows: [Int?], _ columns: [Int?]) -> (Int, Int) {
  require(x.shape.rank == 4, "a spatial gather takes N×C×H×W images, but the shape is \(x.shape)")
  for case let row? in rows {
    require(
      row >= 0 && row < x.shape[2], "row \(row) is outside images of \(x.shape[2]) rows")
  }
  for case let column? in columns {
    require(
      column >= 0 && column < x.shape[3],
      "column \(column) is outside images of \(x.shape[3]) columns")
  }
  return (x.shape[2], x.shape[3])
}
