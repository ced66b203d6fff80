import Datasets
import Foundation
import NeuralNetworks
import Tensors
import Testing

@Suite struct TrainingHelpersTests {
  private let data: Dataset

  init() throws { data = try MNIST.train1000().prefix(400) }

  private func network() throws -> Sequential {
    var random = SplitMix64(seed: 1)
    return try Sequential(input: [50, 1, 28, 28]) {
      Conv2D(inputChannels: 1, outputChannels: 4, kernelSize: 5, stride: 2, using: &random)
      BatchNorm2D(channels: 4)
      ReLU()
      Dropout(rate: 0.2)
      Flatten()
      Linear(inputs: 576, outputs: 10, using: &random)
    }
  }

  /// A training that was cut in two, its state written to files and read again, ends with the same
  /// bits as one that was not.
  @Test(arguments: ["SGD", "Adam", "groups"])
  func `A training goes on with the same bits`(_ rule: String) throws {
    let network = try network()
    let optimizer: any Optimizer =
      switch rule {
      case "SGD": SGD(learningRate: 0.05, momentum: 0.9, weightDecay: 1e-3)
      case "Adam": Adam(learningRate: 1e-3)
      default:
        ParameterGroups(
          of: network, .init(Adam(decoupledWeightDecay: 0.1)) { $1.shape.rank > 1 },
          .init(SGD(learningRate: 0.1, momentum: 0.5), rateFactor: 0.5))
      }
    try expectSameBits(network, optimizer)
  }

  private func expectSameBits(_ network: Sequential, _ optimizer: some Optimizer) throws {
    func train(_ trainer: inout Trainer<Sequential, some Optimizer>, _ random: inout SplitMix64) {
      trainer.epoch(data, batchSize: 50, augmentation: Augmentation(shift: 1), using: &random)
    }
    var whole = Trainer(network, optimizer)
    var random = SplitMix64(seed: 7)
    train(&whole, &random)
    let (folder, kept) = (FileManager.default.temporaryDirectory, random.state)
    let weights = folder.appendingPathComponent("\(UUID()).safetensors").path
    let memory = folder.appendingPathComponent("\(UUID()).safetensors").path
    defer { for path in [weights, memory] { try? FileManager.default.removeItem(atPath: path) } }
    try whole.network.save(to: weights)
    try whole.optimizer.save(to: memory)
    train(&whole, &random)

    var (again, rule) = (network, optimizer)
    try again.load(from: weights)
    try rule.resume(from: memory)
    var resumed = Trainer(again, rule)
    var other = SplitMix64(seed: kept)
    train(&resumed, &other)
    #expect(resumed.network.parameters == whole.network.parameters)
    #expect(resumed.network.state == whole.network.state)
    #expect(other.state == random.state)
    // Without the memory it would have gone elsewhere: the test can fail.
    var forgetful = Trainer(again, optimizer)
    other = SplitMix64(seed: kept)
    train(&forgetful, &other)
    #expect(forgetful.network.parameters != whole.network.parameters)
  }

  @Test func `A memory of another rule is refused`() throws {
    var adam = Adam()
    let error = #expect(throws: WeightsError.self) {
      try adam.resume(SGD(learningRate: 1, momentum: 0.5).saved())
    }
    #expect(
      error?.description == "The file (in memory) holds no memory of Adam but of SGD.")
  }

  /// Decay pulls at weights and leaves biases alone.
  @Test func `Groups spare biases`() throws {
    var layer = Linear(weight: Tensor([1, 2], [4, -4]), bias: Tensor([1], [4]))
    var optimizer = ParameterGroups(
      of: layer, .init(SGD(learningRate: 0.5, weightDecay: 0.5)) { $1.shape.rank > 1 },
      .init(SGD(learningRate: 0.5), rateFactor: 2))
    optimizer.update(&layer, [Tensor([1, 2]), Tensor([1], [1])])
    #expect(layer.weight.elements == [3, -3] && layer.bias?.elements == [3])
    optimizer.learningRate = 0.25
    #expect(optimizer.groups.map(\.optimizer.learningRate) == [0.25, 0.5])
    #expect(optimizer.assignment == [0, 1])
  }

  @Test func `Clipping keeps the direction`() {
    var gradients = [Tensor([2], [3, 0]), Tensor([1], [4])]
    #expect(clip(&gradients, toNorm: 10) == 5)
    #expect(gradients[1].elements == [4])
    clip(&gradients, toNorm: 1)
    #expect(relativeError(gradients[0], Tensor([2], [0.6, 0])) < 1e-6)
    #expect(relativeError(gradients[1], Tensor([1], [0.8])) < 1e-6)
    var broken = [Tensor([2], [.nan, 1])]
    #expect(clip(&broken, toNorm: 1).isNaN && broken[0][1] == 1)
  }

  @Test func `The average follows the weights`() {
    var layer = Linear(weight: Tensor([1, 1], [8]))
    var average = WeightAverage(of: layer, keeping: 0.75)
    for weight in [4, 0, 8] as [Float] {
      layer.parameters = [Tensor([1, 1], [weight])]
      average.update(with: layer)
    }
    // 4, then 3, then 3·0.75 + 2.
    #expect(average.applied(to: layer).weight.elements == [4.25])
    #expect(layer.weight.elements == [8])
  }

  @Test func `Stopping waits for its patience`() {
    var stopping = EarlyStopping(patience: 2, keeping: Linear(weight: Tensor([1, 1])))
    var over: [Bool] = []
    for (epoch, value) in [3, 2, 2.5, .nan, 1].enumerated() {
      stopping.add(value, of: Linear(weight: Tensor([1, 1], [Float(epoch)])))
      over.append(stopping.isOver)
    }
    #expect(over == [false, false, false, true, false])
    #expect(stopping.lowest == 1 && stopping.bestEpoch == 4 && stopping.best.weight[0, 0] == 4)
  }

  /// A value counts as better when it is lower by the least gain, and not by less.
  @Test func `A small gain is none`() {
    let layer = Linear(weight: Tensor([1, 1]))
    var stopping = EarlyStopping(patience: 2, leastGain: 0.1, keeping: layer)
    #expect([1, 0.95, 0.85].map { stopping.add($0, of: layer) } == [true, false, true])
    #expect(stopping.bestEpoch == 2 && stopping.lowest == 0.85 && stopping.epochCount == 3)
  }

  @Test func `A split is a partition`() {
    var random = SplitMix64(seed: 4)
    let (training, validation) = data.split(validation: 100, using: &random)
    #expect(training.count == 300 && validation.count == 100)
    func sums(_ data: Dataset) -> [Float] {
      (0..<data.count).map { data.images[items: $0..<$0 + 1].sum() * 16 + Float(data.labels[$0]) }
    }
    #expect((sums(training) + sums(validation)).sorted() == sums(data).sorted())
    #expect(validation.labels != Array(data.labels.suffix(100)))
  }
}

@Suite struct ResidualTests {
  @Test func `Carries its input around`() throws {
    var random = SplitMix64(seed: 1)
    let layer = Residual(
      try Sequential(input: [2, 2, 4, 4]) {
        // Without a bias: the normalisation would take it away, and its gradient is nothing.
        Conv2D(
          inputChannels: 2, outputChannels: 2, kernelSize: 3, padding: 1, bias: false,
          using: &random)
        BatchNorm2D(channels: 2)
        Tanh()
      })
    let x = Tensor.uniform([2, 2, 4, 4], in: -1...1, using: &random)
    #expect(layer(x) == x + layer.body(x))
    #expect(layer.parameterNames == ["body.0.weight", "body.1.weight", "body.1.bias"])
    #expect(layer.stateNames == ["body.1.running_mean", "body.1.running_var"])
    expectGradients(of: layer, at: x)
  }

  /// Inside a network, between rectifiers that are fused with their neighbours.
  @Test func `Stands between rectifiers`() throws {
    var random = SplitMix64(seed: 2)
    let body = Conv2D(inputChannels: 2, outputChannels: 2, kernelSize: 1, using: &random)
    let network = try Sequential(input: [2, 1, 4, 4]) {
      Conv2D(inputChannels: 1, outputChannels: 2, kernelSize: 3, using: &random)
      ReLU()
      Residual(body)
      ReLU()
      Flatten()
      Linear(inputs: 8, outputs: 2, using: &random)
    }
    let x = Tensor.uniform([2, 1, 4, 4], in: -1...1, using: &random)
    let forward = network.forward(x)
    #expect(network(x) == forward.output)
    let dy = Tensor.uniform([2, 2], in: -1...1, using: &random)
    // Layer by layer, with nothing fused.
    var (y, pullbacks) = (x, [Pullback]())
    for layer in network.layers {
      let step = layer.forward(y)
      y = step.output
      pullbacks.append(step.pullback)
    }
    var (gradient, parameters) = (dy, [[Tensor]]())
    for pullback in pullbacks.reversed() {
      let gradients = pullback(gradient)
      gradient = gradients.input
      parameters.append(gradients.parameters)
    }
    let gradients = forward.pullback(dy)
    #expect(relativeError(gradients.input, gradient) < 1e-6)
    for (a, b) in zip(gradients.parameters, parameters.reversed().flatMap(\.self)) {
      #expect(relativeError(a, b) < 1e-6)
    }
  }

  @Test func `A body that changes the shape is refused`() {
    let layer = Residual(Conv2D(weight: Tensor([3, 2, 1, 1])))
    let error = #expect(throws: ShapeError.self) { try layer.outputShape(for: [1, 2, 4, 4]) }
    #expect(
      error?.description == "Residual: the size (axis 1) of the input 1×2×4×4 should be 3, not 2: "
        + "what is carried around is added to an output of 1×3×4×4")
  }
}
