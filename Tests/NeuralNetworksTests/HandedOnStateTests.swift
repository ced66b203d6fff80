import NeuralNetworks
import Tensors
import Testing

/// Layers that hold stateful layers and do right: none of them is refused. (Those that do wrong are in
/// `TrapSentenceTests`.)
@Suite struct HandedOnStateTests {
  private func norm() -> BatchNorm1D { BatchNorm1D(channels: 2) }

  /// Goes through a layer and back, twice, as a gradient check does.
  @discardableResult
  private func goBack(_ layer: some Layer) -> [Tensor] {
    var random = SplitMix64(seed: 3)
    let forward = layer.forward(Tensor.uniform([6, 2], in: -1...1, using: &random))
    _ = forward.pullback(Tensor([6, 2], repeating: 1))
    return forward.pullback.parameters(Tensor([6, 2], repeating: 1))
  }

  @Test func `The state of two layers may be handed on in any order, or stay as it was`() {
    let (a, b) = (norm(), norm())
    goBack(TwoLayers(first: a, second: b))
    goBack(TwoLayers(first: a, second: b) { $0.two.state + $0.one.state })
    goBack(TwoLayers(first: a, second: b) { $0.one.state + $0.layer.second.state })
    goBack(TwoLayers(first: a, second: b) { $0.layer.first.state + $0.layer.second.state })
  }

  @Test func `A layer that is used twice has one state`() throws {
    let shared = norm()
    goBack(TwoLayers(first: shared, second: shared) { $0.two.state })
    goBack(TwoLayers(first: shared, second: shared) { $0.one.state })
    // Their mean.
    goBack(
      TwoLayers(first: shared, second: shared) {
        zip($0.one.state, $0.two.state).map { ($0 + $1) * 0.5 }
      })
    // A network of layers, one of them known by nothing but its passes.
    let layers = try Sequential(input: [6, 2], layers: [shared, Counting()])
    goBack(TwoLayers(first: layers, second: layers) { $0.two.state })
    let residual = Residual(layers)
    goBack(TwoLayers(first: residual, second: residual) { $0.two.state })
    let own = TwoLayers(first: shared, second: norm())
    goBack(TwoLayers(first: own, second: own) { $0.one.state })
  }

  @Test func `The second use of a layer may begin with the state of the first, and other weights`()
  {
    /// The same layer for each of some steps, its weights changed for each.
    struct Steps: Layer {
      var cell: BatchNorm1D
      func outputShape(for input: Shape) throws(ShapeError) -> Shape { input }
      func callAsFunction(_ x: Tensor) -> Tensor { x }
      func forward(_ x: Tensor, using random: inout some RandomNumberGenerator) -> Forward {
        var (cell, y) = (cell, x)
        var passes: [Forward] = []
        for step in 1...4 {
          cell.parameters = cell.parameters.map { $0 + Float(step) }
          let pass = cell.forward(y, using: &random)
          cell.state = pass.state
          y = pass.output
          passes.append(pass)
        }
        return Forward(
          output: y, state: cell.state,
          pullback: Pullback { [passes] dy in
            Gradients(input: passes.reversed().reduce(dy) { $1.pullback($0).input })
          })
      }
    }
    goBack(Steps(cell: norm()))
  }

  @Test func `Unknown layers may be one and the same`() {
    goBack(TwoLayers(first: Counting(), second: Counting()) { $0.two.state })
    goBack(TwoLayers(first: Counting(), second: Counting()))
  }

  @Test func `Statistics of several layers may be made into one`() {
    goBack(
      TwoLayers(first: norm(), second: norm()) {
        zip($0.one.state, $0.two.state).map { ($0 + $1) * 0.5 }
      })
    // And so within another layer.
    let own = TwoLayers(first: norm(), second: norm()) {
      zip($0.one.state, $0.two.state).map { ($0 + $1) * 0.5 }
    }
    goBack(TwoLayers(first: own, second: Tanh()))
    goBack(TwoLayers(first: own, second: norm()))
  }

  @Test func `A layer that draws which of its layers it takes may be used twice`() {
    /// One of two, the next one at each use.
    struct OneOfTwo: Layer {
      var layers: [BatchNorm1D]
      var taken: Int
      func outputShape(for input: Shape) throws(ShapeError) -> Shape { input }
      func callAsFunction(_ x: Tensor) -> Tensor { x }
      func forward(_ x: Tensor, using random: inout some RandomNumberGenerator) -> Forward {
        let inner = layers[taken].forward(x, using: &random)
        let states = layers.indices.map { $0 == taken ? inner.state : layers[$0].state }
        return Forward(
          output: inner.output, state: states.flatMap(\.self), pullback: inner.pullback)
      }
    }
    let layers = [norm(), norm()]
    let (first, second) = (
      OneOfTwo(layers: layers, taken: 0), OneOfTwo(layers: layers, taken: 1)
    )
    goBack(TwoLayers(first: first, second: second) { $0.two.state })
  }

  @Test func `What is evaluated, thrown away or computed again on the way back forgets nothing`() {
    /// Takes a pass of its layer, throws it away, and takes another one on the way back.
    struct Again: Layer {
      var layer: BatchNorm1D
      var evaluated: BatchNorm1D
      func outputShape(for input: Shape) throws(ShapeError) -> Shape { input }
      func callAsFunction(_ x: Tensor) -> Tensor { layer(x) }
      func forward(_ x: Tensor, using random: inout some RandomNumberGenerator) -> Forward {
        _ = evaluated(x)
        _ = evaluated.forward(x, using: &random)
        let pass = layer.forward(x, using: &random)
        return Forward(
          output: pass.output, state: pass.state,
          pullback: Pullback { dy in
            let again = layer.forward(x)
            _ = pass.pullback(dy)
            return again.pullback(dy)
          })
      }
    }
    goBack(Again(layer: norm(), evaluated: norm()))
  }

  @Test func `Networks that are trained side by side do not meet`() async throws {
    let results = try await withThrowingTaskGroup(of: [Tensor].self) { group in
      for _ in 0..<8 {
        group.addTask {
          var layer = try Sequential(
            input: [6, 2],
            layers: [Residual(TwoLayers(first: norm(), second: norm())), norm(), Counting()])
          var optimizer = SGD(learningRate: 0.1)
          var random = SplitMix64(seed: 1)
          for _ in 0..<50 {
            let forward = layer.forward(Tensor.uniform([6, 2], in: -1...1, using: &random))
            await Task.yield()
            let gradients = forward.pullback.parameters(forward.output)
            var parameters = layer.parameters
            optimizer.update(&parameters, gradients)
            layer.parameters = parameters
          }
          return layer.parameters
        }
      }
      return try await group.reduce(into: []) { $0.append($1) }
    }
    #expect(results.allSatisfy { $0 == results[0] })
  }

  /// A layer of one's own that shows neither parameters nor state.
  private struct Plain: Layer {
    var pass: @Sendable (Tensor) -> Forward
    func outputShape(for input: Shape) throws(ShapeError) -> Shape { input }
    func callAsFunction(_ x: Tensor) -> Tensor { pass(x).output }
    func forward(_ x: Tensor, using random: inout some RandomNumberGenerator) -> Forward { pass(x) }
  }

  /// One step of a network with this layer first, and what its parameters are then.
  private func train(_ layers: any Layer...) throws -> [Tensor] {
    var random = SplitMix64(seed: 3)
    var trainer = Trainer(try Sequential(input: [6, 2], layers: layers), SGD(learningRate: 1))
    let x = Tensor.uniform([6, 2], in: -1...1, using: &random)
    trainer.step(x, using: &random) { meanSquaredError($0, target: Tensor([6, 2])) }
    return trainer.network.parameters
  }

  /// Nobody goes back through what stands before all parameters: it need not know how.
  @Test func `Layers before all parameters are left alone`() throws {
    let linear = Linear(weight: Tensor([2, 2], [1, 2, 3, 4]))
    let rounding = Plain { x in
      Forward(
        output: x.map { ($0 * 8).rounded() },
        pullback: Pullback { _ in fatalError("rounding has no gradient") })
    }
    #expect(try train(rounding, linear) != [linear.weight])
    // A trained layer that stays as it is, its way back and all.
    let frozen = Plain { linear.forward($0) }
    #expect(try train(frozen, Tanh(), linear).count == 1)
    // One that reads with the statistics that it has.
    let norm = norm()
    #expect(
      try train(
        Plain { Forward(output: norm($0), pullback: Pullback { Gradients(input: $0) }) }, linear
      ).count == 1)
    // Nested, and in a network without any parameters.
    #expect(
      try train(Residual(try Sequential(input: [6, 2], layers: [rounding])), linear).count == 1)
    #expect(try train(rounding).isEmpty)
  }

  /// An index has no gradient, and nobody asks for it.
  @Test func `The first layer's gradient may be none`() throws {
    struct Table: Layer {
      var parameters = [Tensor([2, 2], [1, 2, 3, 4])]
      var parameterNames: [String] { ["table"] }
      func outputShape(for input: Shape) throws(ShapeError) -> Shape { input }
      func callAsFunction(_ x: Tensor) -> Tensor { x }
      func forward(_ x: Tensor, using random: inout some RandomNumberGenerator) -> Forward {
        Forward(
          output: x,
          pullback: Pullback { _ in
            Gradients(input: Tensor([0]), parameters: [Tensor([2, 2], repeating: 1)])
          })
      }
    }
    #expect(try train(Tanh(), Table(), Tanh()) == [Tensor([2, 2], [0, 1, 2, 3])])
  }

  @Test func `A network of unknown stateful layers may be used twice`() throws {
    let linear = Linear(weight: Tensor([2, 2], [1, 2, 3, 4]))
    for layers: [any Layer] in [
      [Counting(), linear], [linear, Counting()], [Residual(Counting()), linear],
      [try Sequential(input: [6, 2], layers: [Counting()]), linear],
    ] {
      let body = try Sequential(input: [6, 2], layers: layers)
      goBack(TwoLayers(first: body, second: body) { $0.two.state })
    }
  }

  @Test func `A layer with a state of its own hands on both`() {
    /// Counts its batches beside what its layer keeps.
    struct Own: Layer {
      var body: any Layer
      func outputShape(for input: Shape) throws(ShapeError) -> Shape { input }
      func callAsFunction(_ x: Tensor) -> Tensor { x }
      func forward(_ x: Tensor, using random: inout some RandomNumberGenerator) -> Forward {
        let inner = body.forward(x, using: &random)
        return Forward(
          output: inner.output, state: inner.state + [Tensor([1])], pullback: inner.pullback)
      }
    }
    let own = Own(body: norm())
    goBack(own)
    goBack(TwoLayers(first: own, second: norm()))
    goBack(TwoLayers(first: own, second: own) { $0.two.state })
  }
}
