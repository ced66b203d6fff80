import Requirements
public import Tensors

/// The mean of the squared differences over all elements.
///
/// ```text
/// L = 1/n Σ (y − t)²
/// dL/dy = 2 (y − t) / n
/// ```
///
/// n counts the elements of the whole batch, as PyTorch's `MSELoss` and Keras's
/// `MeanSquaredError` do.
///
/// - Parameters:
///   - y: The network's output, of any shape.
///   - target: What it should be, of the same shape.
/// - Returns: The loss and dL/dy.
public func meanSquaredError(_ y: Tensor, target: Tensor) -> Loss {
  requireComparable(y, target)
  let difference = y - target
  let squares = difference.elements.reduce(0.0) { $0 + Double($1) * Double($1) }
  return Loss(
    value: Float(squares / Double(y.shape.count)),
    gradient: difference * (2 / Float(y.shape.count)))
}

/// Traps where an output cannot be compared with a target, element by element.
func requireComparable(_ y: Tensor, _ target: Tensor) {
  require(
    y.shape == target.shape,
    "an output of shape \(y.shape) takes a target of the same shape, not \(target.shape)")
  require(y.shape.count > 0, "the mean over no elements does not exist")
}
