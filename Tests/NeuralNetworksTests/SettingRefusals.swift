import Datasets
import NeuralNetworks
import Tensors

/// (N, 1) becomes (N).
private struct Rows: Layer {
  func outputShape(for input: Shape) throws(ShapeError) -> Shape { [input[0]] }
  func callAsFunction(_ x: Tensor) -> Tensor { x.reshaped(to: [x.shape[0]]) }
  func forward(_ x: Tensor, using random: inout some RandomNumberGenerator) -> Forward {
    Forward(output: self(x), pullback: Pullback { Gradients(input: $0.reshaped(to: x.shape)) })
  }
}

/// Settings that cannot be, given or assigned.
let settingRefusals: [Refusal] = [
  // Augmentation.
  Refusal("shift assigned", says: "a shift is at least 0 and finite, not nan") {
    var augmentation = Augmentation(shift: 1)
    augmentation.shift = .nan
  },
  Refusal("rotation assigned", says: "a rotation is at least 0 and finite, not inf") {
    var augmentation = Augmentation(degrees: 1)
    augmentation.degrees = .infinity
  },
  Refusal("scale assigned", says: "a change of scale is at least 0 and below 1, not 1.0") {
    var augmentation = Augmentation(scale: 0.5)
    augmentation.scale = 1
  },
  Refusal("bend assigned", says: "a bend is at least 0 and finite, not -1.0") {
    var augmentation = Augmentation(bend: 0.5)
    augmentation.bend = -1
  },
  Refusal("spacing assigned", says: "control points are at least 1 pixel apart, not 0.0") {
    var augmentation = Augmentation(bend: 0.5)
    augmentation.bendSpacing = 0
  },
  Refusal("spacing given", says: "control points are at least 1 pixel apart, not nan") {
    _ = Augmentation(bendSpacing: .nan)
  },
  Refusal("limit assigned", says: "a limit on the gradient is above 0, not -1.0") {
    var trainer = Trainer(ReLU(), SGD(learningRate: 1), largestGradient: 1)
    trainer.largestGradient = -1
  },

  // Data sets without one class for each sample.
  Refusal(
    "targets in an epoch",
    says: "takes a data set with classes, and this one has targets of shape 4×2",
    "make a step(_:using:loss:) for each of its batches"
  ) {
    var (trainer, random) = (Trainer(Tanh(), SGD(learningRate: 1)), SplitMix64(seed: 1))
    trainer.epoch(
      Dataset(inputs: Tensor([4, 2]), targets: Tensor([4, 2])), batchSize: 2, using: &random)
  },
  Refusal("targets in an evaluation", says: "one class for each sample, and this one has 0") {
    _ = Tanh().evaluate(Dataset(inputs: Tensor([4, 2]), targets: Tensor([4, 2])))
  },
  Refusal("classes of pixels in an evaluation", says: "for each sample, and this one has 4") {
    _ = Tanh().evaluate(
      Dataset(images: Tensor([2, 3, 2, 2]), labels: Array(repeating: 0, count: 8)))
  },

  // Sentences tell the shapes that were given.
  Refusal(
    "one row normalised", says: "BatchNorm1D: training takes more than 1 value per channel, not 1×2"
  ) {
    _ = BatchNorm1D(channels: 2).forward(Tensor([1, 2]))
  },
  Refusal("no pixels", says: "the batch of logits, 2×3×0×4, is empty") {
    _ = softmaxCrossEntropy(Tensor([2, 3, 0, 4]), labels: [])
  },
  Refusal("no classes of pixels", says: "logits have the shape (N, classes, …), not 2×0×3") {
    _ = softmaxCrossEntropy(Tensor([2, 0, 3]), labels: [])
  },
  Refusal("logits without classes", says: "logits have the shape (N, classes), not 2") {
    _ = Rows().evaluate(images: Tensor([2, 1]), labels: [0, 0])
  },
  Refusal(
    "a stride that leaves the world",
    says: "ConvTranspose2D: the height (axis 2) of the input 1×1×8×8 should be at most 1, not 8"
  ) {
    _ = ConvTranspose2D(weight: Tensor([1, 1, 2, 2]), stride: Extent2D(1 << 30))(
      Tensor([1, 1, 8, 8]))
  },

  // Numbers that no layer has.
  Refusal(
    "fans beyond counting",
    says: "heNormal takes fans of at least 1 that can be added, not fan-in -1 and fan-out 1"
  ) {
    var random = SplitMix64(seed: 1)
    _ = Initializer.heNormal([2], fanIn: -1, fanOut: 1, using: &random)
  },
  Refusal("fans that overflow", says: "glorotUniform takes fans of at least 1 that can be added") {
    var random = SplitMix64(seed: 1)
    _ = Initializer.glorotUniform([2], fanIn: .max, fanOut: .max, using: &random)
  },
  Refusal("no fan", says: "heUniform takes fans of at least 1 that can be added, not fan-in 0") {
    var random = SplitMix64(seed: 1)
    _ = Initializer.heUniform([2], fanIn: 0, fanOut: 1, using: &random)
  },
  Refusal("a negative deviation", says: "standard deviation of at least 0, not 0.0 and -1.0") {
    var random = SplitMix64(seed: 1)
    _ = Tensor.normal([2], standardDeviation: -1, using: &random)
  },
  Refusal("a deviation of no number", says: "at least 0, not 0.0 and nan") {
    var random = SplitMix64(seed: 1)
    _ = Initializer.normal(standardDeviation: .nan)([2], fanIn: 1, fanOut: 1, using: &random)
  },
  Refusal("a mean of no number", says: "distribution has a finite mean", "not nan and 1.0") {
    var random = SplitMix64(seed: 1)
    _ = Tensor.normal([2], mean: .nan, using: &random)
  },
  Refusal("a range too wide", says: "of a range to draw from is finite, not that of -3e+38") {
    var random = SplitMix64(seed: 1)
    _ = Tensor.uniform([2], in: -3e38...3e38, using: &random)
  },
  Refusal("items without end", says: "a tensor of 2 items has no item 9223372036854775806") {
    _ = Tensor([2])[items: 0..<Int.max]
  },
  Refusal("items before the first", says: "a tensor of 2 items has no item -1") {
    _ = Tensor([2])[items: -1..<1]
  },
  Refusal("classes", says: "a confusion matrix takes 1 to 32768 classes, not 9223372036854775807") {
    _ = ConfusionMatrix(classes: .max)
  },
  Refusal("rounds", says: "multiplying takes 0 to 2⁴⁰ rounds, not -1") {
    _ = Compute.spinMultiplyAdds(rounds: -1)
  },
  Refusal("a sum of multiply-adds", says: "multiply-adds are beyond counting") {
    let layer = Linear(weight: Tensor([1 << 12, 1 << 12]))
    let layers = Array(repeating: layer, count: 33)
    _ = try? Sequential(input: [1, 1 << 12], layers: layers).multiplyAdds(for: [1 << 34, 1 << 12])
  },
  Refusal("layers of a design", says: "a design has at most 65536 layers, not 92233720") {
    _ = ConvolutionDesigner(layers: .max)
  },
  Refusal("a slope", says: "the slope of a leaky rectifier is finite, not nan") {
    _ = LeakyReLU(slope: .nan)
  },
  Refusal("an infinite epsilon", says: "epsilon is above 0 and finite, not inf") {
    _ = BatchNorm2D(channels: 1, epsilon: .infinity)
  },
  Refusal("Adam's epsilon", says: "epsilon is above 0 and finite, not nan") {
    _ = Adam(epsilon: .nan)
  },
  Refusal("a group's factor", says: "learning rate is at least 0 and finite, not -2.0") {
    var group = ParameterGroups.Group(Adam())
    group.rateFactor = -2
  },
]
