import NeuralNetworks
import Tensors
import Testing

@Suite struct InitializerTests {
  private func draw(_ initializer: Initializer, seed: UInt64 = 1) -> Tensor {
    var random = SplitMix64(seed: seed)
    return initializer([100, 200], fanIn: 200, fanOut: 100, using: &random)
  }

  @Test func `Mean and variance are as promised`() {
    let cases: [(initializer: Initializer, mean: Float, variance: Float)] = [
      (Initializer.uniform(-0.5...1.5), 0.5 as Float, 2.0 / 12.0 * 2 as Float),
      (.normal(mean: 2, standardDeviation: 3), 2, 9), (.glorotUniform, 0, 2.0 / 300),
      (.glorotNormal, 0, 2.0 / 300), (.heUniform, 0, 2.0 / 200), (.heNormal, 0, 2.0 / 200),
    ]
    for (initializer, mean, variance) in cases {
      let drawn = draw(initializer)
      // 20,000 numbers: five standard errors of the mean; of the variance no more than these.
      #expect((drawn.mean() - mean).magnitude < 5 * (variance / 20_000).squareRoot())
      let centred = drawn - mean
      #expect(((centred * centred).mean() / variance - 1).magnitude < 0.05)
    }
  }

  @Test func `Uniform bounds hold`() {
    let bound = (6.0 / 300 as Float).squareRoot()
    let drawn = draw(.glorotUniform)
    #expect(drawn.maximum() <= bound && drawn.minimum() >= -bound)
    #expect(drawn.maximum() > 0.99 * bound && drawn.minimum() < -0.99 * bound)
  }

  @Test func `A seed gives the same bits`() {
    for initializer in [Initializer.glorotUniform, .heNormal] {
      #expect(draw(initializer) == draw(initializer))
      #expect(draw(initializer) != draw(initializer, seed: 2))
    }
  }

  @Test func `Constants are constant`() {
    #expect(draw(.zeros) == Tensor([100, 200]))
    #expect(draw(.constant(3)) == Tensor([100, 200], repeating: 3))
  }

  /// The fans of a convolution count the kernel's cells and the channels of one group.
  @Test func `A convolutions fans count the kernel`() {
    var random = SplitMix64(seed: 3)
    let layer = Conv2D(
      inputChannels: 8, outputChannels: 32, kernelSize: Extent2D(height: 3, width: 5), groups: 2,
      using: &random)
    let bound = (6.0 / Float(4 * 15 + 16 * 15)).squareRoot()
    #expect(layer.weight.maximum() <= bound)
    #expect(layer.weight.maximum() > 0.98 * bound)
    #expect(layer.bias == Tensor([32]))
  }
}
