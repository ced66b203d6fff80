/// The largest element under each window; cells in the padding do not take part.
///
/// - Parameters:
///   - x: The images, (N, C, H, W).
///   - geometry: The sizes; `x` must be of its input shape.
/// - Returns: (N, C, output rows, output columns).
public func maxPool(_ x: Tensor, _ geometry: PoolingGeometry) -> Tensor {
  requireShape(x, geometry.input, "pooling's input")
  let y = Tensor(uninitialized: geometry.output)
  let width = geometry.window.image.width
  unsafe x.withElements { x in
    geometry.forEachWindow { plane, output, rows, columns in
      var best = unsafe x[plane + rows.lowerBound * width + columns.lowerBound]
      for row in rows {
        for column in columns {
          let value = unsafe x[plane + row * width + column]
          if value > best { best = value }
        }
      }
      unsafe y.storage.base[output] = best
    }
  }
  return y
}

/// The gradient of ``maxPool(_:_:)``: each output's gradient goes to the first of its window's
/// largest elements, row by row.
///
/// - Parameters:
///   - dy: The gradient with respect to the output, (N, C, output rows, output columns).
///   - x: The input of the forward pass, (N, C, H, W).
///   - geometry: The sizes of the forward pass.
/// - Returns: (N, C, H, W).
public func maxPoolGradient(_ dy: Tensor, _ x: Tensor, _ geometry: PoolingGeometry) -> Tensor {
  requireShape(dy, geometry.output, "pooling's output gradient")
  requireShape(x, geometry.input, "pooling's input")
  let dx = Tensor(geometry.input, repeating: 0)
  let width = geometry.window.image.width
  unsafe x.withElements { x in
    unsafe dy.withElements { dy in
      geometry.forEachWindow { plane, output, rows, columns in
        var best = plane + rows.lowerBound * width + columns.lowerBound
        for row in rows {
          for column in columns {
            let index = plane + row * width + column
            if unsafe x[index] > x[best] { best = index }
          }
        }
        unsafe dx.storage.base[best] += dy[output]
      }
    }
  }
  return dx
}

/// The mean under each window.
///
/// - Parameters:
///   - x: The images, (N, C, H, W).
///   - geometry: The sizes; `x` must be of its input shape.
///   - countsPadding: Whether cells in the padding count as zeros (PyTorch's default) or do not
///     take part in the mean (TensorFlow's rule).
/// - Returns: (N, C, output rows, output columns).
public func averagePool(
  _ x: Tensor, _ geometry: PoolingGeometry, countsPadding: Bool = false
) -> Tensor {
  requireShape(x, geometry.input, "pooling's input")
  let y = Tensor(uninitialized: geometry.output)
  let width = geometry.window.image.width
  let full = geometry.window.window.height * geometry.window.window.width
  unsafe x.withElements { x in
    geometry.forEachWindow { plane, output, rows, columns in
      var sum: Float = 0
      for row in rows {
        for column in columns { unsafe sum += x[plane + row * width + column] }
      }
      let cells = countsPadding ? full : rows.count * columns.count
      unsafe y.storage.base[output] = sum / Float(cells)
    }
  }
  return y
}

/// The gradient of ``averagePool(_:_:countsPadding:)``: each output's gradient, shared evenly by
/// the cells of its window.
///
/// - Parameters:
///   - dy: The gradient with respect to the output, (N, C, output rows, output columns).
///   - geometry: The sizes of the forward pass.
///   - countsPadding: As in the forward pass.
/// - Returns: (N, C, H, W).
public func averagePoolGradient(
  _ dy: Tensor, _ geometry: PoolingGeometry, countsPadding: Bool = false
) -> Tensor {
  requireShape(dy, geometry.output, "pooling's output gradient")
  let dx = Tensor(geometry.input, repeating: 0)
  let width = geometry.window.image.width
  let full = geometry.window.window.height * geometry.window.window.width
  unsafe dy.withElements { dy in
    geometry.forEachWindow { plane, output, rows, columns in
      let cells = countsPadding ? full : rows.count * columns.count
      let share = unsafe dy[output] / Float(cells)
      for row in rows {
        for column in columns { unsafe dx.storage.base[plane + row * width + column] += share }
      }
    }
  }
  return dx
}

extension PoolingGeometry {
  /// Calls `body` for every output element with the start of its input plane, its own index and
  /// the rows and columns of the image under its window.
  @inline(__always)
  func forEachWindow(
    _ body: (_ plane: Int, _ output: Int, _ rows: Range<Int>, _ columns: Range<Int>) -> Void
  ) {
    var index = 0
    for plane in 0..<input[0] * input[1] {
      for i in 0..<window.output.height {
        let top = i * window.stride.height - window.margins.top
        let rows = max(top, 0)..<min(top + window.window.height, window.image.height)
        for j in 0..<window.output.width {
          let left = j * window.stride.width - window.margins.left
          let columns = max(left, 0)..<min(left + window.window.width, window.image.width)
          body(plane * window.image.height * window.image.width, index, rows, columns)
          index += 1
        }
      }
    }
  }
}
