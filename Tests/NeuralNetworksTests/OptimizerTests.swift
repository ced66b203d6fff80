import NeuralNetworks
import Tensors
import TestSupport
import Testing

@Suite struct OptimizerTests {
  private let start = [Tensor([2], [1, -2])]
  private let gradient = [Tensor([2], [0.5, 1])]

  @Test func `Plain descent subtracts the scaled gradient`() {
    var (w, optimizer) = (start, SGD(learningRate: 0.5))
    optimizer.update(&w, gradient)
    #expect(w == [Tensor([2], [0.75, -2.5])])
    #expect(optimizer.velocities.isEmpty)
  }

  /// Two steps by hand: v = g, then v = g/2 + g.
  @Test func `Momentum adds up`() {
    var (w, optimizer) = (start, SGD(learningRate: 0.5, momentum: 0.5))
    optimizer.update(&w, gradient)
    optimizer.update(&w, gradient)
    #expect(w == [Tensor([2], [1 - 0.25 - 0.375, -2 - 0.5 - 0.75])])
    var (n, nesterov) = (start, SGD(learningRate: 0.5, momentum: 0.5, usesNesterov: true))
    nesterov.update(&n, gradient)
    #expect(n == [Tensor([2], [1 - 0.375, -2 - 0.75])])
  }

  /// The first step of Adam is the learning rate, whatever the gradient's size.
  @Test(arguments: [1e-3, 1, 1e3] as [Float])
  func `Adams first step is the learning rate`(_ size: Float) {
    var (w, optimizer) = (start, Adam(learningRate: 0.25))
    optimizer.update(&w, gradient.map { $0 * size })
    #expect(relativeError(w[0], Tensor([2], [0.75, -2.25])) < 1e-4)
  }

  @Test func `Decoupled decay shrinks the weights themselves`() {
    var (w, optimizer) = (start, Adam(learningRate: 0.5, decoupledWeightDecay: 0.5))
    optimizer.update(&w, [Tensor([2])])
    #expect(w == [Tensor([2], [0.75, -1.5])])
  }

  @Test func `Optimizers are values`() {
    var (w, optimizer) = (start, Adam())
    optimizer.update(&w, gradient)
    var (copy, copied) = (w, optimizer)
    optimizer.update(&w, gradient)
    copied.update(&copy, gradient)
    #expect(w == copy)
    #expect(optimizer.stepCount == 2)
  }

  @Test func `Gradients that do not fit trap`() async {
    let ended1 = await #expect(
      processExitsWith: .failure, observing: [\.standardErrorContent]
    ) {
      var (w, optimizer) = ([Tensor([2])], SGD(learningRate: 1))
      optimizer.update(&w, [Tensor([3])])
    }
    #expect(ended1.said("SGD"))
  }

  /// Each rule finds the minimum of a bowl that is ten times steeper one way.
  @Test func `Every rule descends`() {
    let optimizers: [any Optimizer] = [
      SGD(learningRate: 0.05), SGD(learningRate: 0.02, momentum: 0.8),
      SGD(learningRate: 0.02, momentum: 0.8, usesNesterov: true), Adam(learningRate: 0.1),
      Adam(learningRate: 0.1, decoupledWeightDecay: 1e-4),
    ]
    for optimizer in optimizers {
      var (optimizer, w) = (optimizer, start)
      for _ in 0..<400 { optimizer.update(&w, [w[0] * Tensor([2], [1, 10])]) }
      #expect(w[0].elements.allSatisfy { $0.magnitude < 0.01 })
    }
  }
}
