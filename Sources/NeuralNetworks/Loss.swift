public import Tensors

/// A scalar loss with its gradient for what the network returned.
public struct Loss: Sendable {
  /// The loss, averaged over the batch.
  public let value: Float

  /// dL/dy, with the shape of the network's output.
  public let gradient: Tensor

  /// A loss with its gradient.
  public init(value: Float, gradient: Tensor) {
    self.value = value
    self.gradient = gradient
  }
}
