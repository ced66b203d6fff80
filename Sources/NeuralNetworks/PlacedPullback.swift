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

extension Layer {
  /// Whether layers within may make state that this one does not show: it has neither parameters nor state,
  /// and is none of those of this module that hold no others.
  var mayHideState: Bool {
    parameterNames.isEmpty && stateNames.isEmpty && !(self is any HoldsNoLayers)
  }

  /// Traps where a training pass returned less state than the layer has; more is noticed when it is set.
  func requireState(of forward: Forward) {
    let count = state.count
    require(
      forward.state.count >= count,
      "\(name) has \(count) tensors of state\(count == 0 ? "" : " (\(stateNames.joined(separator: ", ")))"), "
        + "and its forward pass returned \(forward.state.count): it returns "
        + "Forward(output:, state:, pullback:) with all of them")
  }
}

/// A layer of this module that has neither parameters nor layers within.
private protocol HoldsNoLayers {}

extension AdaptiveAveragePool2D: HoldsNoLayers {}
extension AdaptiveMaxPool2D: HoldsNoLayers {}
extension AveragePool2D: HoldsNoLayers {}
extension Dropout: HoldsNoLayers {}
extension Flatten: HoldsNoLayers {}
extension GlobalAveragePool2D: HoldsNoLayers {}
extension LeakyReLU: HoldsNoLayers {}
extension MaxPool2D: HoldsNoLayers {}
extension Padding2D: HoldsNoLayers {}
extension ReLU: HoldsNoLayers {}
extension Sigmoid: HoldsNoLayers {}
extension Tanh: HoldsNoLayers {}
