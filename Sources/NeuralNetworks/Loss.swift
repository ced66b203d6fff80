public import Tensors

/// A scalar loss with its gradient for what the network returned.
public struct Loss: Sendable, CustomStringConvertible {
  /// The loss, averaged over the batch.
  public let value: Float

  /// dL/dy, with the shape of the network's output.
  public let gradient: Tensor

  /// A loss with its gradient.
  public init(value: Float, gradient: Tensor) {
    self.value = value
    self.gradient = gradient
  }

  /// The value, and the gradient's shape.
  public var description: String { "Loss \(value), gradient \(gradient.shape)" }
}
