import Datasets
import NeuralNetworks
import Tensors
import Testing

/// A layer with a size that is wrong.
private func conv(
  _ channels: Int = 1, kernel: Extent2D = 3, stride: Extent2D = 1, padding: Padding = .valid,
  dilation: Extent2D = 1
) -> Conv2D {
  var random = SplitMix64(seed: 1)
  return Conv2D(
    inputChannels: channels, outputChannels: 2, kernelSize: kernel, stride: stride,
    padding: padding, dilation: dilation, using: &random)
}

private let weight = Tensor([1, 1, 2, 2])
private let huge = Int.max
private let tooMany = "a shape has at most 2⁴⁶ elements, but "

/// Sizes that overflow, or that nothing has.
let sizeRefusals: [Refusal] = [
  Refusal("shape", says: tooMany + "4294967296×4294967296 has more") {
    _ = Shape([1 << 32, 1 << 32])
  },
  Refusal("empty shape", says: tooMany) { _ = Shape([0, 1 << 32, 1 << 32]) },
  Refusal("largest shape", says: "There is no memory for a tensor") { _ = Tensor([1 << 46]) },
  Refusal("linear", says: tooMany) {
    var random = SplitMix64(seed: 1)
    _ = Linear(inputs: 1 << 40, outputs: 1 << 40, using: &random)
  },
  Refusal("channels", says: tooMany) { _ = conv(huge) },
  Refusal("kernel", says: "Conv2D: a kernel size is at most 1073741824 in each axis, not \(huge)") {
    _ = conv(kernel: Extent2D(huge))
  },
  Refusal("large kernel", says: "Conv2D: \(tooMany)2×1×1073741824×1073741824 has more") {
    _ = conv(kernel: Extent2D(1 << 30))
  },
  Refusal("negative kernel", says: "Conv2D: a kernel size is at least 1×1, not -1×-1") {
    _ = conv(kernel: Extent2D(-1))
  },
  Refusal(
    "stride", says: "Conv2D: a stride is at most 1073741824 in each axis, not \(huge)×\(huge)"
  ) {
    _ = conv(stride: Extent2D(huge))
  },
  Refusal("dilation", says: "Conv2D: a dilation is at most 1073741824 in each axis") {
    _ = conv(dilation: Extent2D(huge))
  },
  Refusal(
    "padding", says: "Conv2D: a padding has at most 1073741824 cells on each side, not \(huge)"
  ) {
    _ = conv(padding: .all(huge))
  },
  Refusal("cropping", says: "Conv2D: a padding has at most 1073741824 cells on each side") {
    _ = conv(padding: .all(.min))
  },
  Refusal("transposed stride", says: "ConvTranspose2D: a stride is at most") {
    _ = ConvTranspose2D(weight: weight, stride: Extent2D(huge))
  },
  Refusal("transposed padding", says: "ConvTranspose2D: a padding has at most") {
    _ = ConvTranspose2D(weight: weight, padding: .all(huge))
  },
  Refusal("transposed channels", says: tooMany) {
    var random = SplitMix64(seed: 1)
    _ = ConvTranspose2D(inputChannels: huge, outputChannels: 1, kernelSize: 2, using: &random)
  },
  Refusal("pooling window", says: "MaxPool2D: a kernel size is at most") {
    _ = MaxPool2D(size: Extent2D(huge))
  },
  Refusal("pooling padding", says: "AveragePool2D: a padding has at most") {
    _ = AveragePool2D(size: 2, padding: .all(huge))
  },
  Refusal("frame", says: "Padding2D: a padding has at most") { _ = Padding2D(huge) },
  Refusal("sequences", says: "BatchNorm1D takes at least 1 channel, not 0") {
    _ = BatchNorm1D(channels: 0)
  },
  Refusal("groups of sequences", says: "Conv1D with 4 output channels cannot have 3 groups") {
    _ = Conv1D(weight: Tensor([4, 1, 3]), groups: 3)
  },
  Refusal("stride of sequences", says: "Conv1D: ") {
    _ = Conv1D(weight: Tensor([4, 1, 3]), stride: 0)
  },
  Refusal("warm-up", says: "a cosine of 5 steps leaves nothing after 5 steps of warm-up") {
    _ = LearningRateSchedule.cosine(peak: 1, steps: 5, warmUp: 5)(0)
  },
  Refusal("no pixels at most", says: "AdaptiveMaxPool2D: an output has 1×1 to") {
    _ = AdaptiveMaxPool2D(size: Extent2D(height: 0, width: 1))
  },
  Refusal("no pixels", says: "AdaptiveAveragePool2D: an output has 1×1 to") {
    _ = AdaptiveAveragePool2D(size: Extent2D(height: 1, width: 0))
  },
  Refusal("output padding of rows", says: "an output padding of 2×0 is not below the stride 2×2") {
    _ = ConvTranspose2D(
      weight: Tensor([1, 1, 3, 3]), stride: 2, outputPadding: Extent2D(height: 2, width: 0))
  },
  Refusal("output padding of columns", says: "an output padding of 0×2 is not below") {
    _ = ConvTranspose2D(
      weight: Tensor([1, 1, 3, 3]), stride: 2, outputPadding: Extent2D(height: 0, width: 2))
  },
  Refusal("a stride of no columns", says: "Conv2D: ") {
    _ = conv(stride: Extent2D(height: 1, width: 0))
  },
  Refusal("softmax's gradient", says: "2×3", "3×2") {
    _ = softmaxGradient(Tensor([2, 3]), Tensor([3, 2]))
  },
  Refusal("no batch", says: "a batch has at least 1 item, not 0") {
    _ = Linear(weight: Tensor([2, 1])).evaluate(
      Dataset(images: Tensor([1, 1]), labels: [0]), batchSize: 0)
  },
  Refusal("normalised channels", says: tooMany) { _ = BatchNorm2D(channels: huge) },
  Refusal("geometry's stride", says: "the stride must be at most 1073741824 in each axis") {
    _ = ConvolutionGeometry(input: [1, 1, 4, 4], kernel: [1, 1, 2, 2], stride: Extent2D(huge))
  },
  Refusal("geometry's padding", says: "a padding has at most 1073741824 cells") {
    _ = PoolingGeometry(input: [1, 1, 4, 4], window: 2, padding: .all(huge))
  },
  Refusal("margins", says: "padding is for sizes up to 1073741824") {
    _ = Padding.same.margins(image: Extent2D(huge), window: 3)
  },
  Refusal("margins without a stride", says: "a stride is at least 1×1, not 0×0") {
    _ = Padding.same.margins(image: 4, window: 3, stride: 0)
  },
  Refusal("image", says: "Conv2D: the width (axis 3)", "at most 1073741824") {
    _ = conv().multiplyAdds(for: [1, 1, 3, 1 << 40])
  },
  Refusal("multiply-adds", says: "multiply-adds are beyond counting") {
    _ = Linear(weight: Tensor([1 << 10, 1 << 10])).multiplyAdds(for: [1 << 46, 1])
  },
  Refusal("threads", says: "operations need 1 to 1024 threads, but \(huge) were asked for") {
    Compute.threadCount = huge
  },
  Refusal("batch size 0", says: "a batch of 0 samples was asked for") {
    _ = Dataset(images: Tensor([1, 1, 1, 1]), labels: [0]).batches(of: 0)
  },
]

@Suite struct SizeLimitTests {
  /// What is as large as allowed is no mistake.
  @Test func `The limits themselves are taken`() throws {
    #expect(Shape([1 << 23, 1 << 23]).count == Shape.mostElements)
    #expect(Shape([0, 1 << 46]).count == 0)
    #expect(
      try conv(stride: Extent2D(1 << 30)).outputShape(for: [1, 1, 4, 4]) == [1, 2, 1, 1])
    #expect(
      Dataset(images: Tensor([3, 1, 1, 1]), labels: [0, 0, 0]).batches(of: .max).map(\.count) == [3]
    )
    var optimizer = SGD(learningRate: 1)
    optimizer.learningRate = 0
    #expect(softmax(Tensor([0, 3])).shape == [0, 3])
  }
}
