import NeuralNetworks
import Tensors

/// Layers run one after the other, there and back: what a network that joins some of them must equal.
struct OneByOne {
  let output: Tensor
  let gradients: Gradients

  init(_ layers: [any Layer], _ x: Tensor, _ outputGradient: Tensor) {
    var y = x
    var pullbacks: [Pullback] = []
    for layer in layers {
      let forward = layer.forward(y)
      y = forward.output
      pullbacks.append(forward.pullback)
    }
    output = y
    var gradient = outputGradient
    var parameters: [[Tensor]] = []
    for pullback in pullbacks.reversed() {
      let gradients = pullback(gradient)
      gradient = gradients.input
      parameters.append(gradients.parameters)
    }
    gradients = Gradients(
      input: gradient, parameters: parameters.reversed().flatMap { $0 })
  }
}
