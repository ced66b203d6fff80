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
  /// The shape of its output, if it stands before all parameters and may hold layers all the same.
  let unknownOutput: Shape?

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
    if let gradient = gradients.input {
      require(
        gradient.shape == input,
        "a pullback returns dL/dx with the shape of its layer's input, \(input), not \(gradient.shape)"
      )
    }
    return gradients
  }

  /// Goes back through a layer before the first one with parameters, whose gradients nobody asks for, if it
  /// is one of somebody's own: the layers within might make new state that it forgets.
  func look() {
    if let unknownOutput { _ = gradients(Tensor(unknownOutput), wantsInput: false) }
  }
}

extension PlacedPullback {
  /// The way back of a pass; a layer before all that have parameters is asked whether it may hold others.
  init(
    of layer: any Layer, at position: Int, _ forward: Forward, input: Shape,
    isBeforeParameters: Bool
  ) {
    pullback = forward.pullback
    self.layer = position
    parameterCount = layer.parameterNames.count
    self.input = input
    let isKnown = !isBeforeParameters || parameterCount > 0 || layer is any HoldsNoLayers
    unknownOutput = isKnown ? nil : forward.output.shape
  }
}

extension Layer {
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
