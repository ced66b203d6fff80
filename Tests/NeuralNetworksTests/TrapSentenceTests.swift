import Datasets
import NeuralNetworks
import Tensors
import Testing

/// A programmer's mistake and what its trap must say.
struct Refusal: Sendable {
  let name: String
  let says: [String]
  let act: @Sendable () -> Void

  init(_ name: String, says: String..., act: @escaping @Sendable () -> Void) {
    self.name = name
    self.says = says
    self.act = act
  }
}

/// A network of a convolution, a batch normalisation and a linear layer.
private func network() -> Sequential {
  var random = SplitMix64(seed: 1)
  do {
    return try Sequential(input: [2, 1, 6, 6]) {
      Conv2D(inputChannels: 1, outputChannels: 2, kernelSize: 3, using: &random)
      ReLU()
      BatchNorm2D(channels: 2)
      Flatten()
      Linear(inputs: 32, outputs: 3, using: &random)
    }
  } catch {
    fatalError("the fixture does not fit: \(error)")
  }
}

/// One step of an optimizer for a network, then one for other parameters.
private func reuse(_ optimizer: some Optimizer, for others: [Tensor]) {
  var (optimizer, w) = (optimizer, [Tensor([2]), Tensor([3])])
  optimizer.update(&w, w)
  var others = others
  optimizer.update(&others, others)
}

private let serves = "one optimizer serves one network, so take a new one for another"

/// y = a b x with two parameters that are called whatever one likes.
private struct Scales: Layer {
  var parameters = [Tensor([1], [2]), Tensor([1], [3])]
  var parameterNames: [String]

  init(names: [String]) { parameterNames = names }

  func outputShape(for input: Shape) throws(ShapeError) -> Shape { input }
  func callAsFunction(_ x: Tensor) -> Tensor { x * parameters[0][0] * parameters[1][0] }
  func forward(_ x: Tensor, using random: inout some RandomNumberGenerator) -> Forward {
    let (a, b) = (parameters[0][0], parameters[1][0])
    return Forward(
      output: self(x),
      pullback: Pullback { dy in
        let sum = (dy * x).sum()
        return Gradients(
          input: dy * (a * b), parameters: [Tensor([1], [sum * b]), Tensor([1], [sum * a])])
      })
  }
}

let refusals: [Refusal] = [
  // Places that do not exist.
  Refusal("layer", says: "a network of 5 layers has no layer 99") { _ = network()[99] },
  Refusal("class", says: "a matrix of 2 classes has no class 2") {
    _ = ConfusionMatrix(classes: 2).recall(of: 2)
  },

  // Optimizers.
  Refusal("SGD for more", says: "SGD remembers the steps of 2 parameters and was given 3", serves) {
    reuse(SGD(learningRate: 1, momentum: 0.5), for: [Tensor([2]), Tensor([3]), Tensor([4])])
  },
  Refusal("SGD for fewer", says: "SGD remembers the steps of 2 parameters and was given 1", serves)
  {
    reuse(SGD(learningRate: 1, momentum: 0.5), for: [Tensor([2])])
  },
  Refusal("Adam for more", says: "Adam remembers the steps of 2 parameters and was given 3", serves)
  {
    reuse(Adam(), for: [Tensor([2]), Tensor([3]), Tensor([4])])
  },
  Refusal(
    "Adam for fewer", says: "Adam remembers the steps of 2 parameters and was given 1", serves
  ) {
    reuse(Adam(), for: [Tensor([2])])
  },
  Refusal("AdamW for others", says: "AdamW remembers parameter 1 with the shape 3 and was given 5")
  {
    reuse(Adam(decoupledWeightDecay: 0.1), for: [Tensor([2]), Tensor([5])])
  },
  Refusal("rate of SGD", says: "a learning rate is at least 0 and finite, not -1.0") {
    _ = SGD(learningRate: -1)
  },
  Refusal("rate assigned", says: "a learning rate is at least 0 and finite, not -1.0") {
    var optimizer = SGD(learningRate: 1)
    optimizer.learningRate = -1
  },
  Refusal("rate of Adam assigned", says: "a learning rate is at least 0 and finite, not nan") {
    var optimizer = Adam()
    optimizer.learningRate = .nan
  },
  Refusal("momentum assigned", says: "a momentum is at least 0 and below 1, not 2.0") {
    var optimizer = SGD(learningRate: 1)
    optimizer.momentum = 2
  },
  Refusal("decay assigned", says: "a weight decay is at least 0 and finite, not -1.0") {
    var optimizer = SGD(learningRate: 1)
    optimizer.weightDecay = -1
  },
  Refusal("schedule", says: "a learning rate is at least 0 and finite, not -1.0") {
    _ = LearningRateSchedule.cosine(peak: -1, steps: 10)
  },
  Refusal(
    "state forgotten",
    says: "this step would forget the state of Sequential (2.running_mean, 2.running_var)",
    "call update(&network, forward, loss.gradient)"
  ) {
    var (network, optimizer) = (network(), SGD(learningRate: 1))
    let forward = network.forward(Tensor([2, 1, 6, 6]))
    optimizer.update(&network, forward.pullback.parameters(Tensor([2, 3])))
  },

  Refusal("no parameters", says: "Sequential has 6 parameters, and was given 0 for them") {
    var network = network()
    network.parameters = []
  },
  Refusal("average of another network", says: "one average serves one network") {
    var average = WeightAverage(of: network(), keeping: 0.5)
    average.update(with: Linear(weight: Tensor([2, 2])))
  },
  Refusal(
    "negative targets",
    says: "target probabilities are at least 0, and item 1 has -0.5 for class 2"
  ) {
    _ = softmaxCrossEntropy(
      Tensor([2, 3]), probabilities: Tensor([2, 3], [1, 0, 0, 1, 0.5, -0.5]))
  },
  Refusal("batches beyond the last", says: "the batches from 1 up to 5 were asked for of 2") {
    let data = Dataset(images: Tensor([4, 3]), labels: [0, 1, 2, 3])
    _ = data.batches(of: 2)[1..<5]
  },
  Refusal("a batch after the last", says: "batch 3 was asked for of 2") {
    let batches = Dataset(images: Tensor([4, 3]), labels: [0, 1, 2, 3]).batches(of: 2)
    _ = batches[batches.index(batches.index(after: 0), offsetBy: 2)]
  },

  // Names.
  Refusal("two of one name saved", says: "Scales has two tensors of the name weight, and a file") {
    _ = Scales(names: ["weight", "weight"]).weights()
  },
  Refusal("two of one name loaded", says: "Scales has two tensors of the name weight") {
    var layer = Scales(names: ["weight", "weight"])
    try? layer.load(SafeTensors())
  },
  Refusal(
    "no names saved",
    says: "Scales has 2 parameters and 0 names for them: its parameterNames are []"
  ) {
    _ = Scales(names: []).weights()
  },
  Refusal("no names in a network", says: "layer 1, Scales has 2 parameters and 1 names for them") {
    _ = try? Sequential(input: [1, 2], layers: [Tanh(), Scales(names: ["weight"])])
  },
  Refusal("no names in groups", says: "Scales has 2 parameters and 0 names") {
    _ = ParameterGroups(of: Scales(names: []), .init(Adam()))
  },

  // Gradients of another shape, empty batches.
  Refusal("gradient of Flatten", says: "a pullback takes the gradient of its output, of shape 2×6")
  {
    _ = Flatten().forward(Tensor([2, 1, 2, 3])).pullback(Tensor([3, 4]))
  },
  Refusal("gradient of pooling", says: "of shape 2×6, not one of shape 3×4") {
    _ = GlobalAveragePool2D().forward(Tensor([2, 6, 2, 3])).pullback(Tensor([3, 4]))
  },
  Refusal("empty batch", says: "the mean loss of no items does not exist: the batch of logits, 0×3")
  {
    _ = softmaxCrossEntropy(Tensor([0, 3]), labels: [])
  },
  Refusal("batches of nothing", says: "a batch has at least 1 item, not 0") {
    _ = network().evaluate(images: Tensor([2, 1, 6, 6]), labels: [0, 0], batchSize: 0)
  },
  Refusal("no classes", says: "logits have the shape (N, classes), not 3×0") {
    _ = softmaxCrossEntropy(Tensor([3, 0]), labels: [0, 0, 0])
  },

  // Inside a network.
  Refusal(
    "rank in a network",
    says: "layer 0, Conv2D: the rank of the input 2×36 should be 4, not 2"
  ) { _ = network()(Tensor([2, 36])) },
  Refusal("size in a network", says: "layer 4, Linear: the number of inputs (axis 1)") {
    _ = network().forward(Tensor([2, 1, 7, 7]))
  },
  Refusal("one value per channel", says: "layer 1, BatchNorm2D: training takes more than 1 value") {
    let layers: [any Layer] = [ReLU(), BatchNorm2D(channels: 2)]
    _ = try? Sequential(input: [2, 2, 1, 1], layers: layers).forward(Tensor([1, 2, 1, 1]))
  },
  Refusal("in a network within a network", says: "layer 1, layer 0, Linear: the number of inputs") {
    let inner = try? Sequential(input: [1, 3], layers: [Linear(weight: Tensor([2, 3]))])
    let outer = inner.flatMap { try? Sequential(input: [1, 3], layers: [Tanh(), $0]) }
    _ = outer?.forward(Tensor([1, 4]))
  },
  Refusal("after a network", says: "Fatal error: Linear: the number of inputs") {
    _ = network()(Tensor([2, 1, 6, 6]))
    _ = Linear(weight: Tensor([2, 3]))(Tensor([1, 4]))
  },
  Refusal(
    "parameter in a network", says: "layer 4, Linear: tensor 0 of its parameters has the shape"
  ) {
    var network = network()
    var parameters = network.parameters
    parameters[4] = Tensor([1])
    network.parameters = parameters
  },
  Refusal("randomness in a network", says: "layer 0, a layer of this network draws random numbers")
  {
    _ = try? Sequential(input: [1, 2], layers: [Dropout(rate: 0.5)]).forward(Tensor([1, 2]))
  },
]

private let allRefusals = refusals + sizeRefusals + settingRefusals + ownLayerRefusals

@Suite struct TrapSentenceTests {
  /// Every mistake ends in a trap that says what was expected and what came.
  /// (One test for all: as many lines of the log as there are cases say nothing.)
  @Test func `The trap says its sentence`() async throws {
    for index in allRefusals.indices {
      let name = allRefusals[index].name
      let result = await #expect(
        processExitsWith: .failure, observing: [\.standardErrorContent], "\(name)"
      ) { [index = index as Int] in
        allRefusals[index].act()
      }
      let said = String(decoding: try #require(result).standardErrorContent, as: UTF8.self)
      for sentence in allRefusals[index].says {
        #expect(said.contains(sentence), "\(name): \(said.prefix(300))")
      }
    }
  }

  /// A step without momentum remembers nothing and serves any network, as before.
  @Test func `Plain descent serves any`() {
    reuse(SGD(learningRate: 1), for: [Tensor([7])])
  }
}
