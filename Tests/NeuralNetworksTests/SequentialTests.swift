import NeuralNetworks
import Tensors
import Testing

@Suite struct SequentialTests {
  private func network() throws -> Sequential {
    var random = SplitMix64(seed: 1)
    return try Sequential(input: [1, 1, 28, 28]) {
      Conv2D(
        inputChannels: 1, outputChannels: 4, kernelSize: 3, padding: 1, bias: false,
        using: &random)
      ReLU()
      Conv2D(inputChannels: 4, outputChannels: 2, kernelSize: 7, bias: false, using: &random)
      ReLU()
      Flatten()
      Linear(inputs: 968, outputs: 10, using: &random)
    }
  }

  /// The figures of Lab 10: 36 + 392 + 9,690 parameters.
  @Test func `The summary counts parameters and multiply adds`() throws {
    let network = try network()
    let summary = network.summary
    #expect(summary.parameterCount == 10_118)
    #expect(network.parameterCount == 10_118)
    #expect(summary.rows.map(\.parameterCount) == [36, 0, 392, 0, 0, 9690])
    #expect(
      summary.rows.map(\.multiplyAdds) == [28 * 28 * 36, 0, 22 * 22 * 392, 0, 0, 9680])
    #expect(network.multiplyAdds(for: [50, 1, 28, 28]) == 50 * summary.multiplyAdds)
    #expect(
      summary.rows.map(\.output)
        == [
          [1, 4, 28, 28], [1, 4, 28, 28], [1, 2, 22, 22], [1, 2, 22, 22], [1, 968], [1, 10],
        ])
    #expect(
      summary.description == """
           layer    output     parameters  multiply-adds
           input    1×1×28×28
        0  Conv2D   1×4×28×28          36          28224
        1  ReLU     1×4×28×28           0              0
        2  Conv2D   1×2×22×22         392         189728
        3  ReLU     1×2×22×22           0              0
        4  Flatten  1×968               0              0
        5  Linear   1×10             9690           9680
           sum                      10118         227632
        """)
  }

  @Test func `The layer that does not fit is named`() {
    var random = SplitMix64(seed: 1)
    let layers: [any Layer] = [
      Conv2D(inputChannels: 1, outputChannels: 4, kernelSize: 3, using: &random), ReLU(),
      Conv2D(inputChannels: 3, outputChannels: 2, kernelSize: 3, using: &random),
    ]
    let error = #expect(throws: ShapeError.self) {
      try Sequential(input: [1, 1, 8, 8], layers: layers)
    }
    #expect(error?.axis == 1)
    #expect(error?.size == 4)
    #expect(error?.limit == .exactly(3))
    #expect(
      error?.description
        == "layer 2, Conv2D: the channels (axis 1) of the input 1×4×6×6 should be 3, not 4: "
        + "that is what the layer was made for")
  }

  @Test func `The builder takes conditions and loops`() throws {
    for deep in [false, true] {
      let network = try Sequential(input: [1, 2, 8, 8]) {
        if deep {
          for _ in 0..<2 { ReLU() }
        } else {
          Tanh()
        }
        if deep { Sigmoid() }
        Flatten()
      }
      #expect(
        network.layers.map(\.name)
          == (deep ? ["ReLU", "ReLU", "Sigmoid", "Flatten"] : ["Tanh", "Flatten"]))
    }
  }

  @Test func `Parameters and names go together`() throws {
    var network = try network()
    #expect(network.parameterNames == ["0.weight", "2.weight", "5.weight", "5.bias"])
    let zeros = network.parameters.map { Tensor($0.shape) }
    network.parameters = zeros
    #expect(network.parameters == zeros)
  }

  /// The whole network's gradients by finite differences of its loss along random directions: the
  /// chain of pullbacks is right, not only each of them.
  @Test func `The whole networks gradient is right`() throws {
    var random = SplitMix64(seed: 3)
    var network = try Sequential(input: [2, 1, 6, 6]) {
      Conv2D(inputChannels: 1, outputChannels: 2, kernelSize: 3, padding: 1, using: &random)
      Tanh()
      AveragePool2D(size: 2)
      Conv2D(inputChannels: 2, outputChannels: 2, kernelSize: 2, using: &random)
      BatchNorm2D(channels: 2)
      Sigmoid()
      Flatten()
      Linear(inputs: 8, outputs: 3, using: &random)
    }
    let x = Tensor.uniform([4, 1, 6, 6], in: -1...1, using: &random)
    let labels = [0, 1, 2, 1]
    func loss(_ network: Sequential, _ x: Tensor) -> Loss {
      softmaxCrossEntropy(network.forward(x).output, labels: labels)
    }
    let forward = network.forward(x)
    let gradients = forward.pullback(
      softmaxCrossEntropy(forward.output, labels: labels).gradient)
    // Loss values are rounded to Float: the step is large, and the direction long.
    let towards = Tensor.uniform(x.shape, in: -1...1, using: &random)
    let numeric = derivative(at: x, along: towards, step: 0.125) {
      Double(loss(network, $0).value)
    }
    #expect(abs(numeric - inner(gradients.input, towards)) < 1e-4)
    for index in network.parameters.indices {
      let start = network.parameters[index]
      let towards = Tensor.uniform(start.shape, in: -1...1, using: &random)
      let numeric = derivative(at: start, along: towards, step: 0.125) {
        network.parameters[index] = $0
        return Double(loss(network, x).value)
      }
      network.parameters[index] = start
      #expect(
        abs(numeric - inner(gradients.parameters[index], towards)) < 1e-4,
        "\(network.parameterNames[index])")
    }
  }

  @Test func `A network is a layer`() throws {
    var random = SplitMix64(seed: 4)
    let inner = try Sequential(input: [1, 2, 4, 4]) {
      Conv2D(inputChannels: 2, outputChannels: 2, kernelSize: 3, using: &random)
      Tanh()
    }
    let outer = try Sequential(input: [1, 1, 4, 4]) {
      Conv2D(inputChannels: 1, outputChannels: 2, kernelSize: 1, using: &random)
      inner
    }
    #expect(outer.parameterNames == ["0.weight", "0.bias", "1.0.weight", "1.0.bias"])
    expectGradients(of: outer, at: Tensor.uniform([2, 1, 4, 4], in: -1...1, using: &random))
  }

  @Test func `An input that does not fit traps with the sentence`() async throws {
    let result = await #expect(
      processExitsWith: .failure, observing: [\.standardErrorContent]
    ) {
      var random = SplitMix64(seed: 1)
      _ = Linear(inputs: 3, outputs: 1, using: &random)(Tensor([2, 4]))
    }
    let said = String(decoding: try #require(result).standardErrorContent, as: UTF8.self)
    #expect(said.contains("Linear: the number of inputs (axis 1) of the input 2×4 should be 3"))
  }
}
