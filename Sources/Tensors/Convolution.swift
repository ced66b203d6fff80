internal import Requirements

/// The convolution of a batch of images with a kernel, plus a bias per output channel.
///
/// ```text
/// y[n, o, i, j] = b[o] + Σ x[n, c, i·s + u·d − top, j·s + v·d − left] · w[o, c, u, v]
/// ```
///
/// summed over the input channels c of o's group and the kernel's rows u and columns v; s is the
/// stride, d the dilation, and cells outside the image are zero.
///
/// - Parameters:
///   - x: The images, (N, C, H, W).
///   - w: The kernel, (O, C / groups, kernel rows, kernel columns).
///   - bias: One number per output channel, (O), or none.
///   - geometry: The sizes; `x` and `w` must be of its shapes.
///   - rectified: Whether the result goes through ``relu(_:)`` at once, which saves a pass over it.
///   - algorithm: How it is computed; what does not fit the geometry traps.
/// - Returns: (N, O, output rows, output columns).
/// - Complexity: `geometry.multiplyAdds`, at close to the processor's peak rate for batches of 16
///   and more; 9 to 15 items take as long as 16, 1 to 8 about as long as the next power of two of
///   them and a margin per strip of rows. By ``ConvolutionAlgorithm/winograd`` it is a third of the
///   multiply-adds and the transforms, in all less than half the time.
public func convolve(
  _ x: Tensor, _ w: Tensor, bias: Tensor? = nil, _ geometry: ConvolutionGeometry,
  rectified: Bool = false, algorithm: ConvolutionAlgorithm = .automatic
) -> Tensor {
  convolveKeepingFold(x, w, bias: bias, geometry, rectified: rectified, algorithm: algorithm).output
}

/// The convolution of ``convolve(_:_:bias:_:rectified:algorithm:)``, and what it has made that the gradient of
/// the kernel wants as well: the folded last block of the images, if there is one.
package func convolveKeepingFold(
  _ x: Tensor, _ w: Tensor, bias: Tensor? = nil, _ geometry: ConvolutionGeometry,
  rectified: Bool = false, algorithm: ConvolutionAlgorithm = .automatic
) -> (output: Tensor, folded: Tensor?) {
  requireShape(x, geometry.input, "convolution's input")
  requireShape(w, geometry.kernel, "convolution's kernel")
  if let bias { requireShape(bias, [geometry.kernel[0]], "convolution's bias") }
  let (x, w) = (x.heldInLanes(), w.inRowMajorOrder())
  if algorithm != .winograd, geometry.addsCells, let finite = w.withZerosForInfinities() {
    let y = convolve(x, finite, bias: bias, geometry, algorithm: .direct)
    y.addInfinities(of: w, seeing: x, geometry)
    return (rectified ? relu(y) : y, nil)
  }
  let plan = ConvolutionPlans.plans(for: geometry, algorithm).forward
  if algorithm.isTooFast(plan, for: w) {
    return convolveKeepingFold(
      x, w, bias: bias, geometry, rectified: rectified, algorithm: .direct)
  }
  let y = Tensor(uninitialized: geometry.output, layout: .lanes)
  let magnitudes = Magnitudes(blocks: x.blocks)
  let folded = plan.folded(x)
  plan.run(
    x, w, into: y,
    CorrelationPlan.Finish(
      bias: bias?.inRowMajorOrder(), rectifies: rectified, magnitudes: magnitudes),
    folded: folded)
  algorithm.mend(y, of: plan, magnitudes, from: x) { items in
    convolve(
      x.gatheringItems(items), w, bias: bias, geometry.with(items: items.count),
      rectified: rectified, algorithm: .direct)
  }
  return (y, folded)
}

/// The gradient of a convolution with respect to its input: the adjoint map of the convolution.
///
/// ```text
/// dx[n, c, i·s + u·d − top, j·s + v·d − left] += dy[n, o, i, j] · w[o, c, u, v]
/// ```
///
/// - Parameters:
///   - dy: The gradient with respect to the output, (N, O, output rows, output columns).
///   - w: The kernel, (O, C / groups, kernel rows, kernel columns).
///   - geometry: The sizes of the forward convolution.
///   - rectifier: Where the input is the output of ``relu(_:)`` and the gradient before that is
///     wanted, the input: the result is zero where it is not positive, which saves a pass.
///   - algorithm: How it is computed; what does not fit the geometry traps.
/// - Returns: (N, C, H, W).
/// - Complexity: As the forward convolution.
public func convolveInputGradient(
  _ dy: Tensor, _ w: Tensor, _ geometry: ConvolutionGeometry, through rectifier: Tensor? = nil,
  algorithm: ConvolutionAlgorithm = .automatic
) -> Tensor {
  requireShape(dy, geometry.output, "convolution's output gradient")
  requireShape(w, geometry.kernel, "convolution's kernel")
  if let rectifier { requireShape(rectifier, geometry.input, "rectifier's output") }
  let (dy, w) = (dy.heldInLanes(), w.inRowMajorOrder())
  if let finite = w.withZerosForInfinities() {
    let dx = convolveInputGradient(
      dy, finite, geometry, through: rectifier,
      algorithm: algorithm == .automatic ? .direct : algorithm)
    dx.addInfinities(of: w, dy, geometry, through: rectifier?.heldInLanes())
    return dx
  }
  let passes = ConvolutionPlans.plans(for: geometry, algorithm).inputGradient
  if passes.contains(where: { algorithm.isTooFast($0, for: w) }) {
    return convolveInputGradient(dy, w, geometry, through: rectifier, algorithm: .direct)
  }
  let magnitudes = Magnitudes(blocks: dy.blocks)
  let finish = CorrelationPlan.Finish(mask: rectifier?.heldInLanes(), magnitudes: magnitudes)
  let dx = Tensor(uninitialized: geometry.input, layout: .lanes)
  for pass in passes { pass.run(dy, w, into: dx, finish) }
  guard let fast = passes.first(where: \.isFast) else { return dx }
  algorithm.mend(dx, of: fast, magnitudes, from: dy) { items in
    convolveInputGradient(
      dy.gatheringItems(items), w, geometry.with(items: items.count),
      through: rectifier?.gatheringItems(items), algorithm: .direct)
  }
  return dx
}

/// The gradient of a convolution with respect to its kernel.
///
/// ```text
/// dw[o, c, u, v] = Σ dy[n, o, i, j] · x[n, c, i·s + u·d − top, j·s + v·d − left]
/// ```
///
/// summed over the items n and the output positions i, j.
///
/// - Parameters:
///   - dy: The gradient with respect to the output, (N, O, output rows, output columns).
///   - x: The input of the forward convolution, (N, C, H, W).
///   - geometry: The sizes of the forward convolution.
///   - algorithm: How it is computed; what does not fit the geometry traps.
/// - Returns: (O, C / groups, kernel rows, kernel columns).
/// - Complexity: As the forward convolution.
public func convolveWeightGradient(
  _ dy: Tensor, _ x: Tensor, _ geometry: ConvolutionGeometry,
  algorithm: ConvolutionAlgorithm = .automatic
) -> Tensor {
  convolveWeightGradient(dy, x, folded: nil, geometry, algorithm: algorithm)
}

/// The gradient of ``convolveWeightGradient(_:_:_:algorithm:)``.
///
/// - Parameter folded: What the forward convolution of the same images has kept.
package func convolveWeightGradient(
  _ dy: Tensor, _ x: Tensor, folded: Tensor?, _ geometry: ConvolutionGeometry,
  algorithm: ConvolutionAlgorithm = .automatic
) -> Tensor {
  requireShape(dy, geometry.output, "convolution's output gradient")
  requireShape(x, geometry.input, "convolution's input")
  let (dy, x) = (dy.heldInLanes(), x.heldInLanes())
  let dw =
    algorithm.usesWinograd(for: geometry)
    ? WinogradWeightGradient(geometry).run(dy, x)
    : ConvolutionPlans.plans(for: geometry, algorithm).weightGradient.run(dy, x, folded)
  return algorithm.isTooFast(for: geometry, dw)
    ? ConvolutionPlans.plans(for: geometry, .direct).weightGradient.run(dy, x, nil) : dw
}

/// Traps unless a tensor has the shape that its role asks for.
func requireShape(_ tensor: Tensor, _ shape: Shape, _ role: @autoclosure () -> String) {
  require(
    tensor.shape == shape, "the \(role()) must be \(shape), but it is \(tensor.shape)")
}
