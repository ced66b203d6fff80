import NeuralNetworks
import Tensors

/// A layer of one's own that holds two, one after the other, and hands on of their state what one likes.
struct TwoLayers: Layer {
  var first: any Layer
  var second: any Layer
  /// What is handed on of the passes of both.
  var handsOn: @Sendable (Passes) -> [Tensor] = { $0.one.state + $0.two.state }

  /// A pass of the first and one of the second.
  struct Passes {
    var layer: TwoLayers
    var one, two: Forward
  }

  var parameters: [Tensor] {
    get { first.parameters + second.parameters }
    set {
      let count = first.parameters.count
      first.parameters = Array(newValue.prefix(count))
      second.parameters = Array(newValue.dropFirst(count))
    }
  }
  var parameterNames: [String] { first.parameterNames + second.parameterNames.map { "2.\($0)" } }

  func outputShape(for input: Shape) throws(ShapeError) -> Shape {
    try second.outputShape(for: first.outputShape(for: input))
  }
  func callAsFunction(_ x: Tensor) -> Tensor { second(first(x)) }
  func forward(_ x: Tensor, using random: inout some RandomNumberGenerator) -> Forward {
    let one = first.forward(x, using: &random)
    let two = second.forward(one.output, using: &random)
    return Forward(
      output: two.output, state: handsOn(Passes(layer: self, one: one, two: two)),
      pullback: Pullback { dy in
        let back = two.pullback(dy)
        let further = one.pullback(back.input)
        return Gradients(
          input: further.input, parameters: further.parameters + back.parameters)
      })
  }
}

/// A stateful layer of one's own, of which nothing but its passes is known: x, counting its batches.
struct Counting: Layer {
  var state = [Tensor([1])]
  var stateNames: [String] { ["batches"] }

  func outputShape(for input: Shape) throws(ShapeError) -> Shape { input }
  func callAsFunction(_ x: Tensor) -> Tensor { x }
  func forward(_ x: Tensor, using random: inout some RandomNumberGenerator) -> Forward {
    Forward(output: x, state: [state[0] + 1], pullback: Pullback { Gradients(input: $0) })
  }
}
