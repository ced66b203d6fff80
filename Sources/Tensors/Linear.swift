internal import KernelInterface
internal import Requirements

/// A linear map with a bias, applied to every item: `y = x Wᵀ + b`.
///
/// - Parameters:
///   - x: The items, (N, I); a tensor of higher rank is read as (N, product of the rest).
///   - w: The weights, (O, I).
///   - bias: One number per output, (O), or none.
///   - rectified: Whether the result goes through ``relu(_:)`` at once.
/// - Returns: (N, O). Each is one chain of multiply-adds in single precision, whose rounding grows with its
///   length: for numbers of one sign about 10⁻⁶ of the result with 10⁴ inputs, 10⁻⁴ with 10⁶.
/// - Complexity: N · I · O multiply-adds.
public func linear(_ x: Tensor, _ w: Tensor, bias: Tensor? = nil, rectified: Bool = false) -> Tensor
{
  let (items, inputs, outputs) = linearSizes(x, w)
  if let bias { requireShape(bias, [outputs], "linear map's bias") }
  let y = Tensor(uninitialized: [items, outputs], layout: .lanes)
  let w = w.inRowMajorOrder()
  let bias = bias?.inRowMajorOrder()
  unsafe runLinear(x.heldInLanes(), inputs, into: y, outputs) { job in
    unsafe job.rowStep = inputs
    unsafe job.termStep = 1
    unsafe job.rectifies = rectified
    unsafe job.bias = bias.map { unsafe UnsafePointer($0.storage.base) }
  } matrix: {
    unsafe w.storage.base
  }
  withExtendedLifetime((w, bias)) {}
  return y
}

/// The gradient of ``linear(_:_:bias:rectified:)`` with respect to its input: `dx = dy W`.
///
/// - Parameters:
///   - dy: The gradient with respect to the output, (N, O).
///   - w: The weights, (O, I).
///   - rectifier: Where the input is the output of ``relu(_:)`` and the gradient before that is
///     wanted, the input: the result is zero where it is not positive.
/// - Returns: (N, I).
/// - Complexity: N · I · O multiply-adds.
public func linearInputGradient(
  _ dy: Tensor, _ w: Tensor, through rectifier: Tensor? = nil
) -> Tensor {
  require(
    dy.shape.rank == 2 && w.shape.rank == 2 && dy.shape[1] == w.shape[0],
    "a linear map's output gradient is N×O for weights O×I, but the shapes are \(dy.shape) and"
      + " \(w.shape)")
  let (items, outputs, inputs) = (dy.shape[0], w.shape[0], w.shape[1])
  if let rectifier {
    require(
      rectifier.shape[0] == items && rectifier.shape.itemElementCount == inputs,
      "the rectifier's output must have \(items) items of \(inputs), but it is"
        + " \(rectifier.shape)")
  }
  let dx = Tensor(uninitialized: [items, inputs], layout: .lanes)
  let w = w.inRowMajorOrder()
  unsafe runLinear(dy.heldInLanes(), outputs, into: dx, inputs, mask: rectifier?.heldInLanes()) {
    job in
    unsafe job.rowStep = 1
    unsafe job.termStep = inputs
  } matrix: {
    unsafe w.storage.base
  }
  withExtendedLifetime(w) {}
  return dx
}

/// The gradient of ``linear(_:_:bias:rectified:)`` with respect to its weights: `dW = dyᵀ x`.
///
/// - Parameters:
///   - dy: The gradient with respect to the output, (N, O).
///   - x: The input of the forward map, (N, I) or any shape with N leading.
/// - Returns: (O, I).
/// - Complexity: N · I · O multiply-adds.
public func linearWeightGradient(_ dy: Tensor, _ x: Tensor) -> Tensor {
  require(
    dy.shape.rank == 2 && x.shape.rank >= 1 && x.shape[0] == dy.shape[0],
    "the output gradient \(dy.shape) and the input \(x.shape) differ in the number of items")
  let (items, outputs, inputs) = (dy.shape[0], dy.shape[1], x.shape.itemElementCount)
  let dw = Tensor(uninitialized: [outputs, inputs])
  let (dy, x) = (dy.heldInLanes(), x.heldInLanes())
  // Whole strips of 64 inputs: about as many parts as keep all threads busy to the end.
  let strips = (inputs + 63) / 64
  let wanted = Compute.threadCount == 1 ? 1 : 4 * Compute.threadCount
  let stripsPerPart = max(1, (strips + wanted - 1) / wanted)
  let parts = (strips + stripsPerPart - 1) / stripsPerPart
  let cost = items * outputs * stripsPerPart * 4
  ThreadPool.shared.run(parts: parts, costPerPart: cost) { part in
    let scratch = TensorStorage(uninitialized: x.blocks * 16 * 64)
    var job = unsafe LinearWeightGradientJob(
      input: x.storage.lanes, gradient: dy.storage.lanes, result: dw.storage.base,
      scratch: scratch.lanes)
    unsafe (job.inputs, job.outputs, job.items) = (inputs, outputs, items)
    let first = part * stripsPerPart * 64
    unsafe job.range = first..<min(inputs, first + stripsPerPart * 64)
    unsafe Compute.kernels.linearWeightGradient(job)
    withExtendedLifetime(scratch) {}
  }
  return dw
}

/// Checks the shapes of a linear map and names its sizes.
private func linearSizes(_ x: Tensor, _ w: Tensor) -> (items: Int, inputs: Int, outputs: Int) {
  require(
    x.shape.rank >= 2 && w.shape.rank == 2 && x.shape.itemElementCount == w.shape[1],
    "a linear map takes N×I and weights O×I, but the shapes are \(x.shape) and \(w.shape)")
  return (x.shape[0], w.shape[1], w.shape[0])
}

/// Multiplies a matrix with a batch held in the lanes: `terms` numbers per item become `rows`.
private func runLinear(
  _ input: Tensor, _ terms: Int, into output: Tensor, _ rows: Int, mask: Tensor? = nil,
  _ configure: (inout LinearJob) -> Void, matrix: () -> UnsafeMutablePointer<Float>
) {
  let blocks = input.blocks
  if blocks == 0 || rows == 0 { return }
  // Blocks go together as far as the registers reach: each number of the matrix is read once for
  // all of them.
  let together = min(blocks, KernelSizes.linearBlocks)
  let bundles = (blocks + together - 1) / together
  let wanted = Compute.threadCount == 1 ? 1 : (3 * Compute.threadCount + bundles - 1) / bundles
  // Six rows are a tile.
  let rowsPerPart = max(6, ((rows + wanted - 1) / wanted + 5) / 6 * 6)
  let parts = (rows + rowsPerPart - 1) / rowsPerPart
  let cost = rowsPerPart * terms * together
  ThreadPool.shared.run(parts: bundles * parts, costPerPart: cost) { index in
    let (bundle, part) = index.quotientAndRemainder(dividingBy: parts)
    let first = bundle * together
    var job = unsafe LinearJob(
      a: matrix(), input: input.storage.lanes + first * terms,
      output: output.storage.lanes + first * rows)
    unsafe (job.inputStride, job.outputStride, job.terms) = (terms, rows, terms)
    unsafe job.blocks = min(together, blocks - first)
    unsafe job.rows = part * rowsPerPart..<min(rows, (part + 1) * rowsPerPart)
    unsafe job.lanes = output.laneCount(ofBlock: first + job.blocks - 1)
    unsafe job.mask = mask.map { unsafe UnsafePointer($0.storage.lanes + first * rows) }
    unsafe configure(&job)
    unsafe Compute.kernels.multiply(job)
  }
}
