import NeuralNetworks
import Tensors
import TestSupport
import Testing

@Suite struct BatchNorm2DTests {
  @Test func `Training normalises every channel`() {
    var random = SplitMix64(seed: 1)
    let layer = BatchNorm2D(channels: 3)
    let x = Tensor.uniform([4, 3, 5, 6], in: 2...9, using: &random)
    let y = layer.forward(x).output
    let count = Float(4 * 5 * 6)
    let means = y.channelSums() / count
    let variances = (y * y).channelSums() / count
    for mean in means.elements { #expect(mean.magnitude < 1e-5) }
    for variance in variances.elements { #expect((variance - 1).magnitude < 1e-4) }
  }

  /// The mean of equal numbers is that number, to the last bit: what is left is the bias.
  @Test(arguments: [(3, Float(12345.67)), (7, 0.1), (37, 1e10), (60, -3.3e-5)])
  func `Equal numbers are normalised to nothing`(_ count: Int, _ value: Float) {
    let row = Tensor([1, count], repeating: value)
    #expect(row.mean(axes: [1])[0] == value)
    #expect(LayerNorm([count])(row) == Tensor([1, count]))
    let column = row.reshaped(to: [count, 1, 1, 1])
    #expect(BatchNorm2D(channels: 1).forward(column).output == Tensor([count, 1, 1, 1]))
    let rows = row.reshaped(to: [count, 1])
    #expect(BatchNorm1D(channels: 1).forward(rows).output == Tensor([count, 1]))
  }

  /// Worked by hand: a channel with the values 1 and 3 has mean 2, biased variance 1, unbiased 2.
  @Test func `The state is returned and nothing else changes`() {
    var layer = BatchNorm2D(channels: 1, momentum: 0.25)
    let before = layer
    let x = Tensor([2, 1, 1, 1], [1, 3])
    let forward = layer.forward(x)
    #expect(layer.state == before.state)
    #expect(forward.state == [Tensor([1], [0.5]), Tensor([1], [1.25])])
    let untrained = layer(x)
    #expect(relativeError(untrained, x) < 1e-5)
    layer.state = forward.state
    let expected = x.map { ($0 - 0.5) / (1.25 + layer.epsilon).squareRoot() }
    #expect(relativeError(layer(x), expected) < 1e-6)
  }

  @Test func `A network collects the state`() throws {
    var network = try Sequential(input: [2, 2, 3, 3]) {
      ReLU()
      BatchNorm2D(channels: 2)
      BatchNorm2D(channels: 2, momentum: 0.5)
    }
    #expect(
      network.stateNames
        == ["1.running_mean", "1.running_var", "2.running_mean", "2.running_var"])
    var random = SplitMix64(seed: 2)
    let x = Tensor.uniform([2, 2, 3, 3], in: 0...1, using: &random)
    let forward = network.forward(x)
    #expect(forward.state.count == 4)
    network.state = forward.state
    #expect(network.state == forward.state)
  }

  /// With momentum 1 the running statistics are those of the last batch, so inference repeats the
  /// training output but for the unbiased variance.
  @Test func `Inference repeats training`() {
    var random = SplitMix64(seed: 3)
    var layer = BatchNorm2D(channels: 2, momentum: 1)
    layer.parameters = [Tensor([2], [2, -1]), Tensor([2], [0.5, 3])]
    let x = Tensor.uniform([8, 2, 16, 16], in: -3...1, using: &random)
    let forward = layer.forward(x)
    layer.state = forward.state
    #expect(relativeError(layer(x), forward.output) < 1e-3)
  }

  @Test func `A single value has no variance`() async {
    let ended1 = await #expect(
      processExitsWith: .failure, observing: [\.standardErrorContent]
    ) {
      _ = BatchNorm2D(channels: 2).forward(Tensor([1, 2, 1, 1]))
    }
    #expect(ended1.said("training takes more than 1 value per channel, not 1×2×1×1"))
  }
}
