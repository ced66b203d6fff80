import Requirements
import Tensors

/// The way back through one layer of a network, and what is known of the layer there.
struct PlacedPullback: Sendable {
  let pullback: Pullback
  /// The layer's position.
  let layer: Int
  /// How many parameters it has.
  let parameterCount: Int
  /// The shape of its input.
  let input: Shape

  var isTrainable: Bool { parameterCount > 0 }

  /// dL/dx and dL/dw; traps where they are not of the layer's input and parameters.
  func gradients(_ outputGradient: Tensor, wantsInput: Bool) -> (
    input: Tensor?, parameters: [Tensor]
  ) {
    Place.enter(layer)
    defer { Place.leave() }
    let gradients = pullback.gradients(outputGradient, wantsInput: wantsInput)
    require(
      gradients.parameters.count == parameterCount,
      "a pullback returns dL/dw for each of its layer's \(parameterCount) parameters, not for "
        + "\(gradients.parameters.count)")
    require(
      !wantsInput || gradients.input != nil, "the pullback was asked for dL/dx and returned none")
    // Nobody looks at the other ones: an index has no gradient.
    if wantsInput, let gradient = gradients.input {
      require(
        gradient.shape == input,
        "a pullback returns dL/dx with the shape of its layer's input, \(input), not \(gradient.shape)"
      )
    }
    return gradients
  }
}

extension PlacedPullback {
  init(of layer: any Layer, at position: Int, _ forward: Forward, input: Shape) {
    pullback = forward.pullback
    self.layer = position
    parameterCount = layer.parameterNames.count
    self.input = input
  }
}
