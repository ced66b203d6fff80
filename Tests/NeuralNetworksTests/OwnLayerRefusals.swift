import NeuralNetworks
import Tensors

// Mistakes in layers of one's own: state that is forgotten, gradients of another shape.

/// Holds a batch normalisation and shows nothing of it.
private struct Hiding: Layer {
  var body = BatchNorm1D(channels: 2)

  func outputShape(for input: Shape) throws(ShapeError) -> Shape { input }
  func callAsFunction(_ x: Tensor) -> Tensor { body(x) }
  func forward(_ x: Tensor, using random: inout some RandomNumberGenerator) -> Forward {
    let inner = body.forward(x, using: &random)
    return Forward(output: inner.output, pullback: inner.pullback)
  }
}

/// A linear layer whose way back, or whose state, is spoiled.
private struct Spoiled: Layer {
  var body = Linear(weight: Tensor([2, 2]))
  var parameters: [Tensor] {
    get { body.parameters }
    set { body.parameters = newValue }
  }
  var parameterNames: [String] { body.parameterNames }
  var state: [Tensor] = []
  var stateNames: [String] { state.isEmpty ? [] : ["count"] }
  let spoil: @Sendable (Gradients) -> Gradients

  func outputShape(for input: Shape) throws(ShapeError) -> Shape { input }
  func callAsFunction(_ x: Tensor) -> Tensor { body(x) }
  func forward(_ x: Tensor, using random: inout some RandomNumberGenerator) -> Forward {
    let inner = body.forward(x, using: &random)
    return Forward(
      output: inner.output, pullback: Pullback { [spoil] in spoil(inner.pullback($0)) })
  }
}

/// One step of a network with a layer behind another one.
private func step(_ layers: any Layer...) {
  var random = SplitMix64(seed: 1)
  guard let network = try? Sequential(input: [4, 2], layers: layers) else { return }
  var trainer = Trainer(network, SGD(learningRate: 1))
  trainer.step(Tensor([4, 2]), using: &random) { meanSquaredError($0, target: Tensor([4, 2])) }
}

/// Holds a layer and hands on its parameters, but not its state.
private struct Forgetful<Body: Layer>: Layer {
  var body: Body
  var parameters: [Tensor] {
    get { body.parameters }
    set { body.parameters = newValue }
  }
  var parameterNames: [String] { body.parameterNames }

  func outputShape(for input: Shape) throws(ShapeError) -> Shape { input }
  func callAsFunction(_ x: Tensor) -> Tensor { body(x) }
  func forward(_ x: Tensor, using random: inout some RandomNumberGenerator) -> Forward {
    let inner = body.forward(x, using: &random)
    return Forward(output: inner.output, pullback: Pullback { inner.pullback($0) })
  }
}

private func norm() -> BatchNorm1D { BatchNorm1D(channels: 2) }

let ownLayerRefusals: [Refusal] = [
  Refusal(
    "state made and not handed on",
    says: "layer 1, a layer inside of this one made 2 tensors of new state", "hands on 0",
    "Forward(output:, state: inner.state, pullback:)"
  ) {
    step(Tanh(), Forgetful(body: norm()))
  },
  Refusal("state forgotten without a network", says: "a layer inside of this one made 2 tensors") {
    _ = GradientCheck(of: Forgetful(body: BatchNorm1D(channels: 2)), at: Tensor([4, 2]))
  },
  Refusal(
    "state of the second layer not handed on",
    says: "layer 1, the layers inside of this one made 4 tensors of new state", "hands on 2",
    "Forward(output:, state: first.state + second.state, pullback:)"
  ) {
    step(Tanh(), TwoLayers(first: norm(), second: norm()) { $0.one.state })
  },
  Refusal(
    "state of the first layer not handed on", says: "made 4 tensors of new state", "hands on 2"
  ) {
    let layer = Residual(TwoLayers(first: Residual(norm()), second: norm()) { $0.two.state })
    _ = layer.forward(Tensor([4, 2])).pullback(Tensor([4, 2]))
  },
  Refusal(
    "half of a state handed on", says: "made 4 tensors of new state", "hands on 3"
  ) {
    let layer = TwoLayers(first: norm(), second: norm()) { $0.one.state + [$0.two.state[0]] }
    _ = layer.forward(Tensor([4, 2])).pullback(Tensor([4, 2]))
  },
  Refusal("a layer of one's own among them", says: "made 3 tensors", "hands on 2") {
    let layer = TwoLayers(first: norm(), second: Counting()) { $0.one.state }
    _ = layer.forward(Tensor([4, 2])).pullback(Tensor([4, 2]))
  },
  Refusal("state forgotten beside a layer that is used twice", says: "made 4 tensors", "on 2") {
    let shared = norm()
    let inner = TwoLayers(first: shared, second: norm())
    let layer = TwoLayers(first: inner, second: shared) { $0.two.state }
    _ = layer.forward(Tensor([4, 2])).pullback(Tensor([4, 2]))
  },
  Refusal("state of a copy forgotten, noticed after its first step", says: "made 4 tensors") {
    let one = norm()
    var layer = TwoLayers(first: one, second: one) { $0.one.state }
    let forward = layer.forward(Tensor([4, 2], [1, 2, 3, 4, 5, 6, 7, 9]))
    var (parameters, optimizer) = (layer.parameters, SGD(learningRate: 1))
    optimizer.update(&parameters, forward.pullback.parameters(forward.output))
    layer.parameters = parameters
    layer.first.state = forward.state
    _ = layer.forward(Tensor([4, 2])).pullback(Tensor([4, 2]))
  },
  Refusal(
    "state hidden before the first parameters",
    says: "layer 1, a layer inside of this one made 2 tensors of new state", "hands on 0"
  ) { step(Tanh(), Hiding(), Linear(weight: Tensor([2, 2]))) },
  Refusal(
    "state not returned",
    says: "layer 1, Spoiled has 1 tensors of state (count), and its forward pass returned 0"
  ) { step(Tanh(), Spoiled(state: [Tensor([1])]) { $0 }) },
  Refusal(
    "gradient of another shape",
    says: "layer 1, a pullback returns dL/dx with the shape of its layer's input, 4×2, not 2×4"
  ) {
    step(
      Linear(weight: Tensor([2, 2])),
      Spoiled { Gradients(input: $0.input.transposed(), parameters: $0.parameters) })
  },
  Refusal(
    "gradients of too few parameters",
    says: "layer 1, a pullback returns dL/dw for each of its layer's 1 parameters, not for 0"
  ) { step(Linear(weight: Tensor([2, 2])), Spoiled { Gradients(input: $0.input) }) },
]
