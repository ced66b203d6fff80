import NeuralNetworks
import Tensors
import TestSupport
import Testing

/// What has gone wrong in other libraries, by public reports, tried here. Each test names the report.
@Suite struct PublicReportsTests {
  /// keras 7563, tf-keras 242 and tensorflow 21271: large logits made losses of 8 in place of 150, or
  /// infinite.
  @Test func `Large logits have their own loss`() {
    let loss = softmaxCrossEntropy(
      Tensor([2, 3], [300, 100, 100, -100, 200, 500]), labels: [0, 1])
    #expect(loss.value == 150)
    let soft = softmaxCrossEntropy(
      Tensor([1, 2], [-4885.4614, 4878.027]), probabilities: Tensor([1, 2], [0.2, 0.8]))
    #expect(abs(soft.value - 0.2 * (4878.027 + 4885.4614)) < 0.01)
    #expect(soft.gradient.elements.allSatisfy { $0.isFinite })
  }

  /// tensorflow 11756: a logit of −∞, which masks a class, made the gradient NaN. jax 21495: a row of
  /// nothing else has no probabilities.
  @Test func `A masked class has the probability and the gradient zero`() {
    let p = softmax(Tensor([2, 3], [1, -.infinity, 1, -.infinity, -.infinity, -.infinity]))
    #expect(Array(p.elements[0..<3]) == [0.5, 0, 0.5])
    #expect(p.elements[3..<6].allSatisfy { $0.isNaN })
    let row = Tensor([1, 3], Array(p.elements[0..<3]))
    #expect(softmaxGradient(Tensor([1, 3], [1, 0, 0]), row).elements == [0.25, 0, -0.25])
    let loss = softmaxCrossEntropy(Tensor([1, 3], [1, -.infinity, 1]), labels: [0])
    #expect(abs(loss.value - 0.6931472) < 1e-6)
    #expect(loss.gradient.elements == [-0.5, 0, 0.5])
  }

  /// pytorch 7645 and 40131, tensorflow 125965: a maximum forgot a NaN, crashed on −∞, or depended on
  /// the channel that it stood in.
  @Test(arguments: [0, 1, 2, 3])
  func `A maximum keeps a NaN in every channel`(_ place: Int) {
    let x = Tensor([17, 3, 2, 2]) { $0 % 4 == place ? .nan : Float($0 % 4) }
    for layer: any Layer in [MaxPool2D(size: 2), AdaptiveMaxPool2D(size: 1)] {
      let forward = layer.forward(x)
      #expect(forward.output.elements.allSatisfy { $0.isNaN })
      let dx = forward.pullback(Tensor([17, 3, 1, 1], repeating: 2)).input
      #expect(dx.elements == (0..<x.count).map { $0 % 4 == place ? 2 : 0 })
      let least = layer(Tensor([1, 1, 2, 2], repeating: -.infinity))
      #expect(least.elements == [-.infinity])
    }
  }

  /// pytorch 46849: a norm beyond the range of single precision set all gradients to zero, and an
  /// infinite one made them NaN.
  @Test func `Clipping takes long gradients and leaves infinite ones`() {
    var long = [Tensor([100], repeating: 1e20)]
    #expect(abs(clip(&long, toNorm: 1) - 1e21) < 1e15)
    #expect(long[0].elements.allSatisfy { abs($0 - 0.1) < 1e-6 })
    for odd in [Float.infinity, .nan] {
      var gradients = [Tensor([2], [1, odd]), Tensor([1], [3])]
      #expect(!clip(&gradients, toNorm: 1).isFinite)
      #expect(gradients[1].elements == [3])
    }
  }

  /// pytorch 81409: windows were computed in single precision and reached beyond the image. Each
  /// window's bounds are whole numbers here.
  @Test func `Windows of large images end where the image does`() {
    for (extent, outputs) in [(5877, 2855), (4757, 3527), (5873, 3527)] {
      let x = Tensor([1, 1, extent, 1]) { Float($0) }
      let y = AdaptiveMaxPool2D(size: Extent2D(height: outputs, width: 1))(x).elements
      let ends = (0..<outputs).map { Float(((($0 + 1) * extent + outputs - 1) / outputs) - 1) }
      #expect(y == ends)
    }
  }

  /// pytorch 83062, 78868 and 70232: sizes without end, of zero or below were taken.
  @Test func `Sizes that cannot be are refused`() async {
    let endless = await #expect(
      processExitsWith: .failure, observing: [\.standardErrorContent]
    ) { _ = AdaptiveAveragePool2D(size: Extent2D(height: 576_460_752_303_423_488, width: 1)) }
    #expect(endless.said("an output has 1×1 to"))
    let negative = await #expect(
      processExitsWith: .failure, observing: [\.standardErrorContent]
    ) { _ = AdaptiveMaxPool2D(size: Extent2D(height: 1, width: -3)) }
    #expect(negative.said("not 1×-3"))
  }

  /// pytorch 7716, Flux 1992: a single value per channel has no variance; running statistics became
  /// NaN, or inference was refused too. pytorch 12013: an empty batch made the running mean NaN.
  @Test func `A single value has no variance, and can be read`() async {
    let x = Tensor([1, 2], [1, 2])
    #expect(BatchNorm1D(channels: 2, epsilon: 1)(x).elements.allSatisfy { $0.isFinite })
    let single = await #expect(
      processExitsWith: .failure, observing: [\.standardErrorContent]
    ) { _ = BatchNorm1D(channels: 2).forward(Tensor([1, 2], [1, 2])) }
    #expect(single.said("more than 1 value per channel"))
    let empty = await #expect(
      processExitsWith: .failure, observing: [\.standardErrorContent]
    ) { _ = BatchNorm1D(channels: 2).forward(Tensor([0, 2])) }
    #expect(empty.said("more than 1 value per channel"))
  }

  /// pytorch 73205 and 91383: labels that mean "leave this out" went into the smoothed part of the
  /// loss, or beyond the classes. There are none here: a label that is no class is refused.
  @Test func `A label that is no class is refused, smoothed or not`() async {
    let outside = await #expect(
      processExitsWith: .failure, observing: [\.standardErrorContent]
    ) { _ = softmaxCrossEntropy(Tensor([1, 3]), labels: [-100], smoothing: 0.1) }
    #expect(outside.said("label -100 of item 0 is not in 0 to 2"))
  }

  /// pytorch 2647: Adam's memory before its first step could be saved and not taken up.
  /// pytorch 3852 and pytorch-i3d 38: moments of other parameters were taken without a word.
  @Test func `A memory is of its parameters`() async throws {
    var fresh = Adam(learningRate: 0.1)
    try fresh.resume(Adam().saved())
    var weights = [Tensor([2], [1, 2])]
    fresh.update(&weights, [Tensor([2], [1, 1])])
    #expect(weights[0].elements.allSatisfy { $0.isFinite })
    let foreign = await #expect(
      processExitsWith: .failure, observing: [\.standardErrorContent]
    ) {
      var optimizer = Adam()
      var weights = [Tensor([2]), Tensor([3])]
      optimizer.update(&weights, [Tensor([2]), Tensor([3])])
      var resumed = Adam()
      try? resumed.resume(optimizer.saved())
      var others = [Tensor([3]), Tensor([2])]
      resumed.update(&others, [Tensor([3]), Tensor([2])])
    }
    #expect(foreign.said("Adam"))
  }

  /// pytorch 7172: the slope of a loss at its minimum was 1, so that masked pixels pulled. pytorch
  /// 48595: the straight part of a Huber loss has the slope of its threshold.
  @Test func `A perfect answer pulls nowhere`() {
    let y = Tensor([4], [0, 5, -5, 0.25])
    let loss = huber(y, target: Tensor([4]), delta: 0.5)
    #expect(loss.gradient.elements == [0, 0.125, -0.125, 0.0625])
    #expect(meanSquaredError(y, target: y).gradient.elements == [0, 0, 0, 0])
  }

  /// pytorch 26214 and 24341: a convolution of no items crashed, or left the gradient of the last
  /// batch where it was.
  @Test func `A batch of nothing has the gradient zero`() {
    var random = SplitMix64(seed: 1)
    let layer = Conv2D(inputChannels: 1, outputChannels: 2, kernelSize: 3, using: &random)
    let forward = layer.forward(Tensor([0, 1, 5, 5]))
    #expect(forward.output.shape == [0, 2, 3, 3])
    let gradients = forward.pullback(Tensor([0, 2, 3, 3]))
    #expect(gradients.input.shape == [0, 1, 5, 5])
    #expect(gradients.parameters.allSatisfy { $0.elements.allSatisfy { $0 == 0 } })
  }
}
