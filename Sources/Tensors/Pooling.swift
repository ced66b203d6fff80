internal import KernelInterface

/// The largest element under each window, or NaN where there is one; cells in the padding do not take
/// part.
///
/// - Parameters:
///   - x: The images, (N, C, H, W).
///   - geometry: The sizes; `x` must be of its input shape.
/// - Returns: (N, C, output rows, output columns).
public func maxPool(_ x: Tensor, _ geometry: PoolingGeometry) -> Tensor {
  requireShape(x, geometry.input, "pooling's input")
  let y = Tensor(uninitialized: geometry.output, layout: .lanes)
  unsafe geometry.forEachPart(input: x.heldInLanes(), output: y, gradient: nil) { job in
    unsafe Compute.kernels.maxPool(job)
  }
  return y
}

/// The gradient of ``maxPool(_:_:)``: each output's gradient goes to the first of its window's
/// largest elements, row by row; of a window with NaNs, to the last of them.
///
/// - Parameters:
///   - dy: The gradient with respect to the output, (N, C, output rows, output columns).
///   - x: The input of the forward pass, (N, C, H, W).
///   - geometry: The sizes of the forward pass.
///   - throughRectifier: Whether `x` is the output of ``relu(_:)`` and the gradient before that is
///     wanted: zero where `x` is not positive, which saves a pass.
/// - Returns: (N, C, H, W).
public func maxPoolGradient(
  _ dy: Tensor, _ x: Tensor, _ geometry: PoolingGeometry, throughRectifier: Bool = false
) -> Tensor {
  requireShape(dy, geometry.output, "pooling's output gradient")
  requireShape(x, geometry.input, "pooling's input")
  let dx = Tensor(uninitialized: geometry.input, layout: .lanes)
  unsafe geometry.forEachPart(input: x.heldInLanes(), output: dy.heldInLanes(), gradient: dx) {
    job in
    var job = unsafe job
    unsafe job.rectified = throughRectifier
    unsafe Compute.kernels.maxPoolGradient(job)
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
  let y = Tensor(uninitialized: geometry.output, layout: .lanes)
  unsafe geometry.forEachPart(input: x.heldInLanes(), output: y, gradient: nil) { job in
    var job = unsafe job
    unsafe job.countsPadding = countsPadding
    unsafe Compute.kernels.averagePool(job)
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
  let dx = Tensor(uninitialized: geometry.input, layout: .lanes)
  unsafe geometry.forEachPart(input: nil, output: dy.heldInLanes(), gradient: dx) { job in
    var job = unsafe job
    unsafe job.countsPadding = countsPadding
    unsafe Compute.kernels.averagePoolGradient(job)
  }
  return dx
}

extension PoolingGeometry {
  /// Cuts the planes into parts and calls `body` with the job of each, on several threads.
  fileprivate func forEachPart(
    input x: Tensor?, output y: Tensor, gradient dx: Tensor?, _ body: (PoolingJob) -> Void
  ) {
    let channels = input[1]
    let blocks = y.blocks
    let area = window.image.height * window.image.width
    let outputArea = window.output.height * window.output.width
    let wanted = max(1, 4 * Compute.threadCount / max(1, blocks))
    let planes = max(1, (channels + wanted - 1) / wanted)
    let parts = (channels + planes - 1) / planes
    ThreadPool.shared.run(parts: blocks * parts, costPerPart: planes * area * 16) { index in
      let (block, part) = index.quotientAndRemainder(dividingBy: parts)
      let first = part * planes
      // A pass that has no use for a pointer gets that of the output, and leaves it alone.
      let output = unsafe y.lanes(ofBlock: block) + first * outputArea
      var job = unsafe PoolingJob(
        input: x.map { unsafe UnsafePointer($0.lanes(ofBlock: block) + first * area) }
          ?? UnsafePointer(output), output: output,
        inputGradient: dx.map { unsafe $0.lanes(ofBlock: block) + first * area } ?? output)
      unsafe job.planes = min(planes, channels - first)
      unsafe (job.height, job.width) = (window.image.height, window.image.width)
      unsafe (job.outputHeight, job.outputWidth) = (window.output.height, window.output.width)
      unsafe (job.windowHeight, job.windowWidth) = (window.window.height, window.window.width)
      unsafe (job.strideHeight, job.strideWidth) = (window.stride.height, window.stride.width)
      unsafe (job.top, job.left) = (window.margins.top, window.margins.left)
      unsafe body(job)
    }
  }
}
