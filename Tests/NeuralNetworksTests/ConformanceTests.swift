import NeuralNetworks
import Tensors
import Testing

/// Every layer, loss, optimizer and schedule against PyTorch and TensorFlow, on several hundred
/// random configurations.
@Suite struct ConformanceTests {
  /// The distance from the float64 reference that is allowed, relative to its largest magnitude.
  static let tolerance = 1e-5

  let fixture: ConformanceFixture

  init() throws {
    fixture = try ConformanceFixture.shared.get()
  }

  private func expect(
    _ actual: Tensor, is name: String, of test: ConformanceCase,
    sourceLocation: SourceLocation = #_sourceLocation
  ) {
    let error = fixture.error(of: actual, in: test, name)
    #expect(error < Self.tolerance, "\(name) of \(test)", sourceLocation: sourceLocation)
  }

  /// Output, dL/dx and dL/dw of a layer for the gradient that the script drew.
  private func expectLayer(
    _ layer: some Layer, on x: Tensor, parameters: [String] = [], _ test: ConformanceCase,
    sourceLocation: SourceLocation = #_sourceLocation
  ) {
    let forward = layer.forward(x)
    expect(forward.output, is: "y", of: test, sourceLocation: sourceLocation)
    #expect(layer(x).shape == forward.output.shape, sourceLocation: sourceLocation)
    let gradients = forward.pullback(test.draw(9, forward.output.shape))
    expect(gradients.input, is: "dx", of: test, sourceLocation: sourceLocation)
    #expect(gradients.parameters.count == parameters.count, sourceLocation: sourceLocation)
    for (gradient, name) in zip(gradients.parameters, parameters) {
      expect(gradient, is: name, of: test, sourceLocation: sourceLocation)
    }
  }

  @Test func `The fixture is what the script writes`() {
    #expect(fixture.cases.count > 500)
    #expect(fixture.metadata["torch"] != nil && fixture.metadata["tensorflow"] != nil)
    // The count that the module's README names.
    #expect(fixture.metadata["checkedByTensorFlow"] == "303")
    let kinds = Set(fixture.cases.map(\.kind))
    #expect(kinds.count == 21)
    #expect(
      fixture.tensors.count == fixture.cases.reduce(0) { $0 + $1.results.count })
  }

  @Test func `Convolution agrees`() throws {
    for test in ConformanceFixture.cases(of: "conv") {
      let (input, kernel) = (try #require(test.input), try #require(test.kernel))
      let bias = test.bias == true
      let layer = Conv2D(
        weight: test.draw(1, Shape(kernel)), bias: bias ? test.draw(2, [kernel[0]]) : nil,
        stride: try extent(test.stride), padding: try #require(test.padding).padding,
        paddingMode: try mode(test), dilation: try extent(test.dilation),
        groups: try #require(test.groups))
      expectLayer(
        layer, on: test.draw(0, Shape(input)), parameters: bias ? ["dw", "db"] : ["dw"], test)
    }
  }

  @Test func `Transposed convolution`() throws {
    for test in ConformanceFixture.cases(of: "convTranspose") {
      let (input, kernel) = (try #require(test.input), try #require(test.kernel))
      let (bias, groups) = (test.bias == true, try #require(test.groups))
      let layer = ConvTranspose2D(
        weight: test.draw(1, Shape(kernel)), bias: bias ? test.draw(2, [kernel[1] * groups]) : nil,
        stride: try extent(test.stride), padding: try #require(test.padding).padding,
        outputPadding: try extent(test.outputPadding), dilation: try extent(test.dilation),
        groups: groups)
      expectLayer(
        layer, on: test.draw(0, Shape(input)), parameters: bias ? ["dw", "db"] : ["dw"], test)
    }
  }

  @Test func `Padding agrees`() throws {
    for test in ConformanceFixture.cases(of: "pad") {
      guard case .sides(let s) = test.padding else { throw FixtureError.incomplete }
      expectLayer(
        Padding2D(top: s[0], bottom: s[1], left: s[2], right: s[3], mode: try mode(test)),
        on: test.draw(0, Shape(try #require(test.input))), test)
    }
  }

  @Test func `Pooling agrees`() throws {
    for test in ConformanceFixture.cases(of: "maxPool", "averagePool", "globalAveragePool") {
      let x = test.draw(0, Shape(try #require(test.input)))
      if test.kind == "globalAveragePool" {
        expectLayer(GlobalAveragePool2D(), on: x, test)
        continue
      }
      let kernel = try #require(test.kernel)
      let size = Extent2D(height: kernel[2], width: kernel[3])
      let (stride, padding) = (try extent(test.stride), try #require(test.padding).padding)
      if test.kind == "maxPool" {
        expectLayer(MaxPool2D(size: size, stride: stride, padding: padding), on: x, test)
      } else {
        expectLayer(
          AveragePool2D(
            size: size, stride: stride, padding: padding, countsPadding: test.countsPadding),
          on: x, test)
      }
    }
  }

  @Test func `Batch norm`() throws {
    for test in ConformanceFixture.cases(of: "batchNorm") {
      let x = test.draw(0, Shape(try #require(test.input)))
      let channels: Shape = [x.shape[1]]
      var layer = BatchNorm2D(
        channels: x.shape[1], momentum: try #require(test.momentum),
        epsilon: try #require(test.epsilon))
      layer.parameters = [test.draw(1, channels), test.draw(2, channels)]
      layer.state = [test.draw(3, channels), test.draw(4, channels).map { $0 * $0 + 0.5 }]
      if test.training == true {
        expectLayer(layer, on: x, parameters: ["dw", "db"], test)
        let state = layer.forward(x).state
        expect(state[0], is: "mean", of: test)
        expect(state[1], is: "variance", of: test)
      } else {
        expect(layer(x), is: "y", of: test)
      }
    }
  }

  @Test func `Linear agrees`() throws {
    for test in ConformanceFixture.cases(of: "linear") {
      let kernel = try #require(test.kernel)
      let bias = test.bias == true
      let layer = Linear(
        weight: test.draw(1, Shape(kernel)), bias: bias ? test.draw(2, [kernel[0]]) : nil)
      expectLayer(
        layer, on: test.draw(0, Shape(try #require(test.input))),
        parameters: bias ? ["dw", "db"] : ["dw"], test)
    }
  }

  @Test func `Activation agrees`() throws {
    for test in ConformanceFixture.cases(of: "relu", "leakyReLU", "sigmoid", "tanh") {
      let scale = try #require(test.scale)
      let x = test.draw(0, Shape(try #require(test.input))) * scale
      let layer: any Layer =
        switch test.kind {
        case "relu": ReLU()
        case "leakyReLU": LeakyReLU(slope: try #require(test.slope))
        case "sigmoid": Sigmoid()
        default: Tanh()
        }
      let forward = layer.forward(x)
      expect(forward.output, is: "y", of: test)
      // The reference's gradient is the one for x before it was scaled.
      expect(forward.pullback(test.draw(9, x.shape)).input * scale, is: "dx", of: test)
    }
  }

  @Test func `Loss agrees`() throws {
    for test in ConformanceFixture.cases(
      of: "crossEntropyLabels", "crossEntropyProbabilities", "meanSquaredError")
    {
      let y = test.draw(0, Shape(try #require(test.input))) * (try #require(test.scale))
      let loss: Loss
      switch test.kind {
      case "crossEntropyLabels": loss = softmaxCrossEntropy(y, labels: try #require(test.labels))
      case "crossEntropyProbabilities":
        let classes = y.shape[1]
        let squares = test.draw(1, y.shape).elements.map { Double($0) * Double($0) }
        let sums = (0..<y.shape[0]).map { squares[$0 * classes..<($0 + 1) * classes].reduce(0, +) }
        loss = softmaxCrossEntropy(
          y, probabilities: Tensor(y.shape) { Float(squares[$0] / sums[$0 / classes]) })
      default: loss = meanSquaredError(y, target: test.draw(1, y.shape))
      }
      expect(Tensor([1], [loss.value]), is: "value", of: test)
      expect(loss.gradient, is: "dz", of: test)
    }
  }

  @Test func `Optimizer agrees`() throws {
    for test in ConformanceFixture.cases(of: "sgd", "adam", "adamW", "kerasAdam") {
      let (rates, decay) = (try #require(test.rates), test.weightDecay ?? 0)
      let (shape, scale) = (Shape(try #require(test.input)), try #require(test.scale))
      var optimizer: any Optimizer
      if test.kind == "sgd" {
        optimizer = SGD(
          learningRate: 0.1, momentum: try #require(test.momentum),
          usesNesterov: test.nesterov == true,
          weightDecay: decay)
      } else {
        let (beta1, beta2) = (try #require(test.beta1), try #require(test.beta2))
        switch test.kind {
        case "adam":
          optimizer = Adam(learningRate: 0.1, beta1: beta1, beta2: beta2, weightDecay: decay)
        case "adamW":
          optimizer = Adam(
            learningRate: 0.1, beta1: beta1, beta2: beta2, decoupledWeightDecay: decay)
        default:
          optimizer = Adam(
            learningRate: 0.1, beta1: beta1, beta2: beta2, epsilon: 1e-7, usesEpsilonHat: true)
        }
      }
      var parameters = [test.draw(0, shape)]
      for (step, rate) in rates.enumerated() {
        var random = SplitMix64(seed: (test.seed * 1000 + UInt64(step)) * 16)
        let gradient = Tensor(shape) { _ in (-1 + 2 * random.nextUnitFloat()) * scale }
        optimizer.learningRate = rate
        optimizer.update(&parameters, [gradient])
      }
      expect(parameters[0], is: "w", of: test)
    }
  }

  @Test(arguments: ConformanceFixture.cases(of: "cosine", "step"))
  func `Schedule agrees`(_ test: ConformanceCase) throws {
    let (rate, warmUp) = (try #require(test.rate), try #require(test.warmUp))
    let steps = try #require(test.steps)
    let schedule: LearningRateSchedule =
      test.kind == "cosine"
      ? .cosine(peak: rate, steps: steps, final: try #require(test.final), warmUp: warmUp)
      : .step(peak: rate, every: try #require(test.every), factor: try #require(test.factor))
    expect(Tensor([steps]) { schedule($0) }, is: "rates", of: test)
  }

  private func extent(_ pair: [Int]?) throws -> Extent2D {
    let pair = try #require(pair)
    return Extent2D(height: pair[0], width: pair[1])
  }

  private func mode(_ test: ConformanceCase) throws -> PaddingMode {
    switch try #require(test.mode) {
    case "zeros": .zeros
    case "constant": .constant(try #require(test.value))
    case "reflect": .reflect
    case "replicate": .replicate
    case "circular": .circular
    default: throw FixtureError.incomplete
    }
  }
}

/// A fixture that does not say what the test needs.
enum FixtureError: Error {
  case incomplete
}
