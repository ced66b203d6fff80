import NeuralNetworks
import Tensors

struct Around<Body: Layer>: Layer {
  var body: Body
  var parameters: [Tensor] {
    get { body.parameters }
    set { body.parameters = newValue }
  }
  var parameterNames: [String] { body.parameterNames }
  var state: [Tensor] {
    get { body.state }
    set { body.state = newValue }
  }
  var stateNames: [String] { body.stateNames }

  func outputShape(for input: Shape) throws(ShapeError) -> Shape { input }
  func callAsFunction(_ x: Tensor) -> Tensor { x + body(x) }
  func forward(_ x: Tensor, using random: inout some RandomNumberGenerator) -> Forward {
    let inner = body.forward(x, using: &random)
    return Forward(
      output: x + inner.output, state: inner.state,
      pullback: Pullback { dy in
        let gradients = inner.pullback(dy)
        return Gradients(input: dy + gradients.input, parameters: gradients.parameters)
      })
  }
}
