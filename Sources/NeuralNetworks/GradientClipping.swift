import Requirements
public import Tensors

/// Scales gradients down, all by one factor, so that together they measure at most `limit`.
///
/// ```text
/// g ← g · min(1, limit / (‖g‖ + 10⁻⁶)),   ‖g‖ = √(Σ over all tensors and elements of g²)
/// ```
///
/// The direction stays. This is PyTorch's `clip_grad_norm_`; the norm is accumulated in double
/// precision, in the order of the elements.
///
/// - Parameters:
///   - gradients: The gradients of all parameters.
///   - limit: The longest that they may be together, above 0.
/// - Returns: How long they were, infinite beyond `Float`'s range. Where one of them is not finite it is
///   not either, and nothing is scaled.
@discardableResult
public func clip(_ gradients: inout [Tensor], toNorm limit: Float) -> Float {
  require(limit > 0, "a limit on the gradient is above 0, not \(limit)")
  var squares = 0.0
  for gradient in gradients {
    unsafe gradient.withElements { elements in
      for index in elements.indices {
        let element = unsafe Double(elements[index])
        squares += element * element
      }
    }
  }
  let norm = squares.squareRoot()
  let factor = Double(limit) / (norm + 1e-6)
  if norm.isFinite && factor < 1 {
    for index in gradients.indices { gradients[index] *= Float(factor) }
  }
  return Float(norm)
}
