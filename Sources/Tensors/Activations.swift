/// The rectifier, `max(x, 0)`, on every element; a NaN becomes 0.
public func relu(_ x: Tensor) -> Tensor { x.map { $0 > 0 ? $0 : 0 } }

/// The gradient of ``relu(_:)``: `dy` where the output (or input) is positive, 0 elsewhere.
///
/// - Parameters:
///   - dy: The gradient with respect to the output.
///   - y: The output of the rectifier, or its input: both are positive at the same places.
public func reluGradient(_ dy: Tensor, _ y: Tensor) -> Tensor {
  dy.zip(with: y) { $1 > 0 ? $0 : 0 }
}
