internal import KernelInterface

extension Tensor {
  /// One step of Adam in place, in a single pass:
  ///
  /// ```text
  /// m ← β₁ m + (1 − β₁) g
  /// v ← β₂ v + (1 − β₂) g²
  /// self ← self − rate · m / (√v · rootScale + epsilon)
  /// ```
  ///
  /// - Parameters:
  ///   - gradient: g, of the same shape.
  ///   - mean: m, of the same shape, changed in place.
  ///   - square: v, of the same shape, changed in place.
  ///   - beta1: The share of the old mean that is kept.
  ///   - beta2: The share of the old mean square that is kept.
  ///   - rate: The step length, divided by 1 − β₁ᵗ in step t.
  ///   - rootScale: 1 / √(1 − β₂ᵗ) in step t.
  ///   - epsilon: What keeps the divisor above zero.
  public mutating func adamStep(
    gradient: Tensor, mean: inout Tensor, square: inout Tensor, keepingMean beta1: Double,
    keepingSquare beta2: Double, rate: Float, rootScale: Float, epsilon: Float
  ) {
    for other in [gradient, mean, square] { requireSameShape(self, other) }
    let gradient = gradient.inRowMajorOrder()
    prepareForWriting()
    mean.prepareForWriting()
    square.prepareForWriting()
    let vectors = storage.vectors
    let grain = 2048
    let parts = (vectors + grain - 1) / grain
    let (w, m, v) = unsafe (storage.lanes, mean.storage.lanes, square.storage.lanes)
    ThreadPool.shared.run(parts: parts, costPerPart: min(vectors, grain) * 20) { part in
      let start = part * grain
      var job = unsafe AdamJob(
        weights: w + start, gradient: gradient.storage.lanes + start, mean: m + start,
        square: v + start)
      unsafe job.count = min(grain, vectors - start)
      unsafe (job.keepingMean, job.keepingSquare) = (Float(beta1), Float(beta2))
      unsafe (job.takingMean, job.takingSquare) = (Float(1 - beta1), Float(1 - beta2))
      unsafe (job.rate, job.rootScale, job.epsilon) = (rate, rootScale, epsilon)
      unsafe Compute.kernels.adamStep(job)
    }
  }

  /// Brings the elements into row-major order in storage of this tensor's own.
  mutating func prepareForWriting() {
    if layout != .rowMajor { self = inRowMajorOrder() }
    makeUnique()
  }
}
