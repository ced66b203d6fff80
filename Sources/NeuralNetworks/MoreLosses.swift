import ElementaryFunctions
import Requirements
public import Tensors

/// The cross-entropy of independent yes-or-no questions, from logits, averaged over all elements.
///
/// ```text
/// L = 1/n Σ max(z, 0) − z t + ln(1 + e^−|z|)
/// dL/dz = (1 / (1 + e^−z) − t) / n
/// ```
///
/// Stable for logits of any size. PyTorch's `BCEWithLogitsLoss`, Keras's `BinaryCrossentropy` with
/// `from_logits`.
///
/// - Parameters:
///   - logits: The network's output, of any shape, not squashed.
///   - targets: The wanted probabilities, 0 to 1, of the same shape.
/// - Returns: The loss in nats and dL/dz.
public func binaryCrossEntropy(_ logits: Tensor, targets: Tensor) -> Loss {
  if let odd = targets.elements.first(where: { !(0 <= $0 && $0 <= 1) }) {
    requirementFailed("the targets of a binary cross-entropy lie in 0 to 1, not \(odd)")
  }
  return elementwiseLoss(logits, targets) { z, t in
    let small = Elementary.exp(-z.magnitude)
    let probability = z >= 0 ? 1 / (1 + small) : small / (1 + small)
    // max would let a NaN pass unseen.
    return ((z >= 0 || z.isNaN ? z : 0) - z * t + Elementary.log(1 + small), probability - t)
  }
}

/// Squares for small differences, straight lines for large ones, averaged over all elements: outliers
/// pull no harder than `delta`.
///
/// ```text
/// L = 1/n Σ d²/2 where |d| ≤ δ, else δ (|d| − δ/2),   d = y − t
/// dL/dy = min(max(d, −δ), δ) / n
/// ```
///
/// (Huber 1964; PyTorch's `HuberLoss`.)
///
/// - Parameters:
///   - y: The network's output, of any shape.
///   - target: What it should be, of the same shape.
///   - delta: Where squares end, above 0.
/// - Returns: The loss and dL/dy.
public func huber(_ y: Tensor, target: Tensor, delta: Float = 1) -> Loss {
  require(delta > 0, "where Huber's squares end is above 0, not \(delta)")
  let delta = Double(delta)
  return elementwiseLoss(y, target) { y, t in
    let d = y - t
    if d.magnitude > delta {
      return (delta * (d.magnitude - delta / 2), d > 0 ? delta : -delta)
    }
    return (d * d / 2, d)
  }
}

/// The mean of a loss of pairs of numbers, accumulated in double precision, and its gradient.
private func elementwiseLoss(
  _ y: Tensor, _ target: Tensor, _ pair: (Double, Double) -> (value: Double, slope: Double)
) -> Loss {
  requireComparable(y, target)
  let count = Double(y.shape.count)
  var total = 0.0
  let gradient = zip(y.elements, target.elements).map { y, t in
    let (value, slope) = pair(Double(y), Double(t))
    total += value
    return Float(slope / count)
  }
  return Loss(value: Float(total / count), gradient: Tensor(y.shape, gradient))
}

/// The gradient of ``softmax(_:)`` from its output: dz = p (dp − Σ dp p) along the last axis.
///
/// - Parameters:
///   - dp: The gradient with respect to the probabilities.
///   - p: The probabilities, of the same shape.
public func softmaxGradient(_ dp: Tensor, _ p: Tensor) -> Tensor {
  require(
    dp.shape == p.shape && p.shape.rank >= 1,
    "a gradient of shape \(dp.shape) does not belong to probabilities of shape \(p.shape)")
  return p * (dp - (dp * p).sum(axes: [p.shape.rank - 1], keepingAxes: true))
}
