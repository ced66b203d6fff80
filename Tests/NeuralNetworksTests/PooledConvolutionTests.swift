import NeuralNetworks
import Tensors
import Testing

/// `Sequential` makes one step of a convolution and the pool behind it.
@Suite struct PooledConvolutionTests {
  private func bits(_ tensors: [Tensor]) -> [UInt32] {
    tensors.flatMap { $0.elements.map { $0.isNaN ? 0x7FC0_0000 : $0.bitPattern } }
  }

  /// Two pools, one behind a rectifier that a neighbour undoes, one without; the second's gradient
  /// comes from a layer that knows nothing of rectifiers.
  private func layers(_ random: inout SplitMix64, bias: Bool) -> [any Layer] {
    [
      Conv2D(inputChannels: 3, outputChannels: 16, kernelSize: 3, padding: 1, using: &random),
      ReLU(),
      Conv2D(
        inputChannels: 16, outputChannels: 32, kernelSize: 3, padding: 1, bias: bias,
        using: &random),
      ReLU(), MaxPool2D(size: 2),
      Conv2D(inputChannels: 32, outputChannels: 32, kernelSize: 3, padding: 1, using: &random),
      MaxPool2D(size: 2),
      Conv2D(inputChannels: 32, outputChannels: 16, kernelSize: 3, padding: 1, using: &random),
      ReLU(), MaxPool2D(size: 2), Tanh(), Flatten(),
      Linear(inputs: 144, outputs: 10, using: &random),
    ]
  }

  @Test func `Joined pools change nothing`() throws {
    var random = SplitMix64(seed: 1)
    for (items, bias, pixel) in [
      (16, true, nil), (32, false, nil), (29, true, nil), (18, true, nil), (16, true, Float.nan),
    ] {
      let layers = layers(&random, bias: bias)
      let network = try Sequential(input: [items, 3, 24, 24], layers: layers)
      var x = Tensor.uniform([items, 3, 24, 24], in: -1...1, using: &random)
      if let pixel { x[items - 1, 1, 4, 5] = pixel }
      let dy = Tensor.uniform([items, 10], in: -1...1, using: &random)
      let expected = OneByOne(layers, x, dy)
      let forward = network.forward(x)
      let gradients = forward.pullback(dy)
      #expect(bits([forward.output, network(x)]) == bits([expected.output, expected.output]))
      #expect(bits([gradients.input]) == bits([expected.gradients.input]))
      #expect(bits(gradients.parameters) == bits(expected.gradients.parameters))
      #expect(bits(forward.pullback.parameters(dy)) == bits(gradients.parameters))
    }
  }
}
