import Datasets
import NeuralNetworks
import Tensors
import Testing

/// Trainings that are cut in two, and files that must not be taken up.
@Suite struct ResumingTests {
  private let data: Dataset

  init() throws { data = try MNIST.train1000().prefix(200) }

  private func network(seed: UInt64 = 1) throws -> Sequential {
    var random = SplitMix64(seed: seed)
    return try Sequential(input: [50, 1, 28, 28]) {
      Conv2D(inputChannels: 1, outputChannels: 2, kernelSize: 5, stride: 3, using: &random)
      BatchNorm2D(channels: 2)
      Dropout(rate: 0.2)
      Flatten()
      Linear(inputs: 128, outputs: 10, using: &random)
    }
  }

  private func trainer(
    _ rule: some Optimizer, seed: UInt64 = 1
  ) throws -> Trainer<Sequential, some Optimizer> {
    Trainer(
      try network(seed: seed), rule, schedule: .cosine(peak: 0.01, steps: 20, warmUp: 3),
      largestGradient: 1, averaging: 0.9)
  }

  private func tensor(_ values: [Float]) -> Tensor { Tensor([values.count], values) }

  /// The next rate, the average and the count of steps are those of the training that was not cut.
  @Test func `A trainer goes on with the same bits`() throws {
    var whole = try trainer(Adam())
    var random = SplitMix64(seed: 7)
    for _ in 0..<2 { whole.epoch(data, batchSize: 50, using: &random) }
    let (bytes, kept) = (whole.saved().encoded(), random.state)
    whole.epoch(data, batchSize: 50, using: &random)

    // Other weights at first: all comes from the file.
    var resumed = try trainer(Adam(), seed: 2)
    try resumed.resume(SafeTensors(bytes: bytes, name: "training.safetensors"))
    #expect(resumed.stepCount == 8 && resumed.average?.stepCount == 8)
    var other = SplitMix64(seed: kept)
    resumed.epoch(data, batchSize: 50, using: &other)
    #expect(resumed.network.parameters == whole.network.parameters)
    #expect(resumed.network.state == whole.network.state)
    #expect(resumed.average?.parameters == whole.average?.parameters)
    #expect(resumed.average?.state == whole.average?.state)
    #expect(resumed.average?.stepCount == 12)
    #expect(resumed.history == whole.history)
    #expect(resumed.optimizer.learningRate == whole.optimizer.learningRate)
    #expect(resumed.saved().encoded() == whole.saved().encoded())
  }

  @Test func `A training that diverged stays diverged`() throws {
    var history = Trainer(try network(), SGD(learningRate: 1))
    history.warn = { _ in }
    var random = SplitMix64(seed: 1)
    history.step(Tensor([50, 1, 28, 28], repeating: .nan), using: &random) { _ in
      Loss(value: .nan, gradient: Tensor([50, 10]))
    }
    var resumed = Trainer(try network(), SGD(learningRate: 1))
    try resumed.resume(history.saved())
    #expect(resumed.history.divergence == history.history.divergence)
    #expect(resumed.history.losses.count == 1 && resumed.history.losses[0].isNaN)
  }

  /// A rate that a loop sets by hand is part of what is remembered.
  @Test func `The learning rate comes along`() throws {
    var adam = Adam(learningRate: 0.5)
    try adam.resume(Adam(learningRate: 0.125).saved())
    #expect(adam.learningRate == 0.125)
    var sgd = SGD(learningRate: 0.5)
    try sgd.resume(SGD(learningRate: 0.3).saved())
    #expect(sgd.learningRate == 0.3)
  }

  @Test func `An average goes on`() throws {
    var layer = Linear(weight: Tensor([1, 1], [8]))
    var whole = WeightAverage(of: layer, keeping: 0.75)
    layer.parameters = [Tensor([1, 1], [4])]
    whole.update(with: layer)
    var resumed = WeightAverage(of: Linear(weight: Tensor([1, 1])), keeping: 0.75)
    try resumed.resume(whole.saved())
    layer.parameters = [Tensor([1, 1], [0])]
    whole.update(with: layer)
    resumed.update(with: layer)
    #expect(resumed.parameters == whole.parameters && resumed.parameters[0].elements == [3])
    #expect(resumed.stepCount == 2)
    expectRefusal("with kept share 0.75, and is to be resumed with kept share 0.5") {
      var other = WeightAverage(of: layer, keeping: 0.5)
      try other.resume(whole.saved())
    }
    expectRefusal("of the kind parameter of the shapes 1×1, expected 1×2") {
      var other = WeightAverage(of: Linear(weight: Tensor([1, 2])), keeping: 0.75)
      try other.resume(whole.saved())
    }
  }

  @Test func `Early stopping goes on`() throws {
    func layer(_ weight: Float) -> Linear { Linear(weight: Tensor([1, 1], [weight])) }
    var whole = EarlyStopping(patience: 2, keeping: layer(0))
    var fresh = EarlyStopping(patience: 2, keeping: layer(9))
    try fresh.resume(whole.saved())
    #expect(fresh.lowest == .infinity && fresh.bestEpoch == nil && fresh.best.weight[0, 0] == 0)
    for (epoch, value) in [3, 0.1, 0.2].enumerated() { whole.add(value, of: layer(Float(epoch))) }
    var resumed = EarlyStopping(patience: 2, keeping: layer(9))
    try resumed.resume(whole.saved())
    #expect(resumed.lowest == 0.1 && resumed.bestEpoch == 1 && resumed.epochCount == 3)
    #expect(resumed.best.weight[0, 0] == 1 && !resumed.isOver)
    resumed.add(0.3, of: layer(3))
    #expect(resumed.isOver)
    expectRefusal("with patience 2, and is to be resumed with patience 3") {
      var other = EarlyStopping(patience: 3, keeping: layer(0))
      try other.resume(whole.saved())
    }
  }

  private func expectRefusal(
    _ says: String, sourceLocation: SourceLocation = #_sourceLocation, _ act: () throws -> Void
  ) {
    let error = #expect(throws: WeightsError.self, sourceLocation: sourceLocation) { try act() }
    #expect(
      error?.description.contains(says) == true, "\(error?.description ?? "nothing")",
      sourceLocation: sourceLocation)
  }

  /// One step of a rule for one parameter of two elements.
  private func stepped<Rule: Optimizer>(_ rule: Rule) -> Rule {
    var (rule, w) = (rule, [tensor([1, 2]), tensor([3])])
    rule.update(&w, w)
    return rule
  }

  @Test func `Other settings are refused`() {
    let adam = stepped(Adam(beta1: 0.5)).saved()
    expectRefusal("with beta1 0.5, and is to be resumed with beta1 0.9") {
      var other = Adam()
      try other.resume(adam)
    }
    expectRefusal("holds no memory of Adam but of AdamW") {
      var other = Adam()
      try other.resume(Adam(decoupledWeightDecay: 0.1).saved())
    }
    expectRefusal("with momentum 0.5, and is to be resumed with momentum 0.9") {
      var other = SGD(learningRate: 1, momentum: 0.9)
      try other.resume(SGD(learningRate: 1, momentum: 0.5).saved())
    }
    expectRefusal("with weight decay 0.0, and is to be resumed with weight decay 0.1") {
      var other = Adam(decoupledWeightDecay: 0.1)
      try other.resume(Adam(decoupledWeightDecay: 0).saved())
    }
  }

  @Test func `A file that lacks something is refused`() throws {
    func without(_ name: String, _ file: SafeTensors) throws -> SafeTensors {
      var rest = SafeTensors(metadata: file.metadata)
      for other in file.names where other != name { rest.set(other, try file.tensor(other)) }
      return rest
    }
    let sgd = stepped(SGD(learningRate: 1, momentum: 0.5))
    for index in 0..<2 {
      expectRefusal("holds no tensor \(index).velocity, and was saved with 2") {
        var other = SGD(learningRate: 1, momentum: 0.5)
        try other.resume(without("\(index).velocity", sgd.saved()))
      }
    }
    expectRefusal("holds no tensor 1.square") {
      var other = Adam()
      try other.resume(without("1.square", stepped(Adam()).saved()))
    }
    expectRefusal("gives 9000000000000000000 as steps, expected a number in 0 to") {
      var (other, file) = (Adam(), stepped(Adam()).saved())
      file.metadata["steps"] = "9000000000000000000"
      try other.resume(file)
    }
    expectRefusal("gives nan as learning rate") {
      var (other, file) = (Adam(), stepped(Adam()).saved())
      file.metadata["learning rate"] = "nan"
      try other.resume(file)
    }
    // As many steps as are taken at most, at once: nothing changes any more long before.
    var (patient, file) = (Adam(), stepped(Adam()).saved())
    file.metadata["steps"] = "\(1 << 32)"
    try patient.resume(file)
    #expect(patient.stepCount == 1 << 32)
  }

  @Test func `What is refused leaves nothing half resumed`() throws {
    let layer = Linear(weight: Tensor([1, 2], [1, 2]), bias: Tensor([1], [3]))
    func groups(_ second: any Optimizer) -> ParameterGroups {
      ParameterGroups(
        of: layer, .init(SGD(learningRate: 1, momentum: 0.5)) { $1.shape.rank > 1 }, .init(second))
    }
    var (saved, w) = (groups(Adam()), layer.parameters)
    saved.update(&w, w)
    var other = groups(SGD(learningRate: 1))
    expectRefusal("holds no memory of SGD but of Adam") { try other.resume(saved.saved()) }
    #expect((other.groups[0].optimizer as? SGD)?.velocities.isEmpty == true)
    expectRefusal("with groups of parameters 0 1, and is to be resumed with") {
      var all = ParameterGroups(
        of: layer, .init(SGD(learningRate: 1, momentum: 0.5)), .init(Adam()))
      try all.resume(saved.saved())
    }

    var whole = try trainer(Adam())
    var random = SplitMix64(seed: 7)
    whole.epoch(data, batchSize: 50, using: &random)
    var file = whole.saved()
    file.metadata["average.kept share"] = "0.5"
    var resumed = try trainer(Adam(), seed: 2)
    let before = resumed.saved().encoded()
    expectRefusal("with kept share 0.5") { try resumed.resume(file) }
    #expect(resumed.saved().encoded() == before)
    expectRefusal("with average running, and is to be resumed with average none") {
      var plain = Trainer(try network(), Adam(), largestGradient: 1)
      try plain.resume(whole.saved())
    }
    expectRefusal("with largest gradient 1.0, and is to be resumed with largest gradient none") {
      var free = Trainer(try network(), Adam(), averaging: 0.9)
      try free.resume(whole.saved())
    }
  }

  /// A rule of one's own that remembers nothing: its file is told from those of others.
  @Test func `A rule without a memory takes no other's`() throws {
    struct Still: Optimizer {
      var learningRate: Float = 1
      mutating func update(_ parameters: inout [Tensor], _ gradients: [Tensor]) {}
    }
    var still = Still()
    try still.resume(still.saved())
    expectRefusal("holds no memory of Still but of Adam") {
      var other = Still()
      try other.resume(stepped(Adam()).saved())
    }
    expectRefusal("holds no memory of Still but of no optimizer") {
      var other = Still()
      try other.resume(SafeTensors())
    }
    expectRefusal("holds tensors (x) that Still does not take up: it has no resume(_:) of its own")
    {
      var (other, file) = (Still(), Still().saved())
      file.set("x", Tensor([1]))
      try other.resume(file)
    }
    expectRefusal("holds no memory of Adam but of Still") {
      var other = Adam()
      try other.resume(still.saved())
    }
  }
}
