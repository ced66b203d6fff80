internal import Requirements

/// The convolution of a batch of images with a kernel, plus a bias per output channel.
///
///     y[n, o, i, j] = b[o] + Σ x[n, c, i·s + u·d − top, j·s + v·d − left] · w[o, c, u, v]
///
/// summed over the input channels c of o's group and the kernel's rows u and columns v; s is the
/// stride, d the dilation, and cells outside the image are zero.
///
/// - Parameters:
///   - x: The images, (N, C, H, W).
///   - w: The kernel, (O, C / groups, kernel rows, kernel columns).
///   - bias: One number per output channel, (O), or none.
///   - geometry: The sizes; `x` and `w` must be of its shapes.
/// - Returns: (N, O, output rows, output columns).
public func convolve(
  _ x: Tensor, _ w: Tensor, bias: Tensor? = nil, _ geometry: ConvolutionGeometry
) -> Tensor {
  requireShape(x, geometry.input, "convolution's input")
  requireShape(w, geometry.kernel, "convolution's kernel")
  if let bias { requireShape(bias, [geometry.kernel[0]], "convolution's bias") }
  let y = Tensor(geometry.output, repeating: 0)
  let plan = RowPlan(geometry)
  let weights = w.elements
  let biases = bias?.elements
  unsafe x.withElements { source in
    guard let source = source.baseAddress else { return }
    for item in 0..<geometry.input[0] {
      for o in 0..<geometry.kernel[0] {
        let image = unsafe y.storage.base + (item * geometry.kernel[0] + o) * plan.outputArea
        if let biases { unsafe image.update(repeating: biases[o], count: plan.outputArea) }
        for c in 0..<geometry.kernel[1] {
          let channel = o / plan.outputsPerGroup * geometry.kernel[1] + c
          let input = unsafe source + (item * geometry.input[1] + channel) * plan.inputArea
          plan.forEachTap { tap, outputStart, inputStart, rows, columns in
            let weight = weights[(o * geometry.kernel[1] + c) * plan.taps + tap]
            for row in 0..<rows {
              let to = unsafe image + outputStart + row * plan.outputWidth
              let from = unsafe input + inputStart + row * plan.inputRowStep
              if plan.columnStep == 1 {
                for j in 0..<columns { unsafe to[j] += weight * from[j] }
              } else {
                for j in 0..<columns { unsafe to[j] += weight * from[j * plan.columnStep] }
              }
            }
          }
        }
      }
    }
  }
  return y
}

/// The gradient of a convolution with respect to its input: the adjoint map of ``convolve``.
///
///     dx[n, c, i·s + u·d − top, j·s + v·d − left] += dy[n, o, i, j] · w[o, c, u, v]
///
/// - Parameters:
///   - dy: The gradient with respect to the output, (N, O, output rows, output columns).
///   - w: The kernel, (O, C / groups, kernel rows, kernel columns).
///   - geometry: The sizes of the forward convolution.
/// - Returns: (N, C, H, W).
public func convolveInputGradient(
  _ dy: Tensor, _ w: Tensor, _ geometry: ConvolutionGeometry
) -> Tensor {
  requireShape(dy, geometry.output, "convolution's output gradient")
  requireShape(w, geometry.kernel, "convolution's kernel")
  let dx = Tensor(geometry.input, repeating: 0)
  let plan = RowPlan(geometry)
  let weights = w.elements
  unsafe dy.withElements { source in
    guard let source = source.baseAddress else { return }
    for item in 0..<geometry.input[0] {
      for o in 0..<geometry.kernel[0] {
        let gradient = unsafe source + (item * geometry.kernel[0] + o) * plan.outputArea
        for c in 0..<geometry.kernel[1] {
          let channel = o / plan.outputsPerGroup * geometry.kernel[1] + c
          let image = unsafe dx.storage.base + (item * geometry.input[1] + channel) * plan.inputArea
          plan.forEachTap { tap, outputStart, inputStart, rows, columns in
            let weight = weights[(o * geometry.kernel[1] + c) * plan.taps + tap]
            for row in 0..<rows {
              let from = unsafe gradient + outputStart + row * plan.outputWidth
              let to = unsafe image + inputStart + row * plan.inputRowStep
              if plan.columnStep == 1 {
                for j in 0..<columns { unsafe to[j] += weight * from[j] }
              } else {
                for j in 0..<columns { unsafe to[j * plan.columnStep] += weight * from[j] }
              }
            }
          }
        }
      }
    }
  }
  return dx
}

/// The gradient of a convolution with respect to its kernel.
///
///     dw[o, c, u, v] = Σ dy[n, o, i, j] · x[n, c, i·s + u·d − top, j·s + v·d − left]
///
/// summed over the items n and the output positions i, j.
///
/// - Parameters:
///   - dy: The gradient with respect to the output, (N, O, output rows, output columns).
///   - x: The input of the forward convolution, (N, C, H, W).
///   - geometry: The sizes of the forward convolution.
/// - Returns: (O, C / groups, kernel rows, kernel columns).
public func convolveWeightGradient(
  _ dy: Tensor, _ x: Tensor, _ geometry: ConvolutionGeometry
) -> Tensor {
  requireShape(dy, geometry.output, "convolution's output gradient")
  requireShape(x, geometry.input, "convolution's input")
  let plan = RowPlan(geometry)
  var sums = [Float](repeating: 0, count: geometry.kernel.count)
  unsafe dy.withElements { gradients in
    unsafe x.withElements { source in
      guard let gradients = gradients.baseAddress, let source = source.baseAddress else { return }
      for item in 0..<geometry.input[0] {
        for o in 0..<geometry.kernel[0] {
          let gradient = unsafe gradients + (item * geometry.kernel[0] + o) * plan.outputArea
          for c in 0..<geometry.kernel[1] {
            let channel = o / plan.outputsPerGroup * geometry.kernel[1] + c
            let image = unsafe source + (item * geometry.input[1] + channel) * plan.inputArea
            plan.forEachTap { tap, outputStart, inputStart, rows, columns in
              // Eight partial sums, so that the additions need not wait for each other.
              var lanes = SIMD8<Float>()
              var rest: Float = 0
              for row in 0..<rows {
                let a = unsafe gradient + outputStart + row * plan.outputWidth
                let b = unsafe image + inputStart + row * plan.inputRowStep
                var j = 0
                if plan.columnStep == 1 {
                  while j + 8 <= columns {
                    let p = unsafe UnsafeRawPointer(a + j).loadUnaligned(as: SIMD8<Float>.self)
                    let q = unsafe UnsafeRawPointer(b + j).loadUnaligned(as: SIMD8<Float>.self)
                    lanes += p * q
                    j += 8
                  }
                }
                while j < columns {
                  unsafe rest += a[j] * b[j * plan.columnStep]
                  j += 1
                }
              }
              sums[(o * geometry.kernel[1] + c) * plan.taps + tap] += lanes.sum() + rest
            }
          }
        }
      }
    }
  }
  return Tensor(geometry.kernel, sums)
}

/// For one geometry, the rows and columns that each cell of the kernel reaches inside the image.
private struct RowPlan {
  let window: WindowGeometry
  let taps: Int
  let outputsPerGroup: Int
  let inputArea: Int
  let outputArea: Int
  let outputWidth: Int
  /// From one output row to the next, in input elements.
  let inputRowStep: Int
  /// From one output column to the next, in input elements.
  let columnStep: Int

  init(_ geometry: ConvolutionGeometry) {
    window = geometry.window
    taps = window.window.height * window.window.width
    outputsPerGroup = max(geometry.kernel[0] / geometry.groups, 1)
    inputArea = window.image.height * window.image.width
    outputArea = window.output.height * window.output.width
    outputWidth = window.output.width
    inputRowStep = window.stride.height * window.image.width
    columnStep = window.stride.width
  }

  /// Calls `body` for every cell of the kernel with the outputs whose input lies in the image.
  @inline(__always)
  func forEachTap(
    _ body: (_ tap: Int, _ outputStart: Int, _ inputStart: Int, _ rows: Int, _ columns: Int) -> Void
  ) {
    for u in 0..<window.window.height {
      let y = u * window.dilation.height - window.margins.top
      let rows = reach(y, window.stride.height, window.output.height, window.image.height)
      for v in 0..<window.window.width {
        let x = v * window.dilation.width - window.margins.left
        let columns = reach(x, window.stride.width, window.output.width, window.image.width)
        if rows.isEmpty || columns.isEmpty { continue }
        body(
          u * window.window.width + v,
          rows.lowerBound * outputWidth + columns.lowerBound,
          (rows.lowerBound * window.stride.height + y) * window.image.width
            + columns.lowerBound * window.stride.width + x,
          rows.count, columns.count)
      }
    }
  }

  /// The outputs i in 0 ..< outputs with 0 ≤ i · stride + start < size.
  private func reach(_ start: Int, _ stride: Int, _ outputs: Int, _ size: Int) -> Range<Int> {
    let first = start >= 0 ? 0 : (stride - 1 - start) / stride
    let end = start >= size ? 0 : min(outputs, (size - 1 - start) / stride + 1)
    return first..<max(first, end)
  }
}

/// Traps unless a tensor has the shape that its role asks for.
func requireShape(_ tensor: Tensor, _ shape: Shape, _ role: @autoclosure () -> String) {
  require(
    tensor.shape == shape, "The \(role()) must be \(shape), but it is \(tensor.shape).")
}
