import Datasets
import NeuralNetworks
import Tensors
import TestSupport
import Testing

/// What a reader sees of a value that somebody prints.
@Suite struct PrintingTests {
  /// A value of every public type of tensors, data sets and networks, made anew.
  private static func values() throws -> [Any] {
    var random = SplitMix64(seed: 1)
    let tensor = Tensor.uniform([2, 1, 6, 6], using: &random)
    let convolution = Conv2D(inputChannels: 1, outputChannels: 2, kernelSize: 3, using: &random)
    let network = try Sequential(input: [2, 1, 6, 6]) {
      convolution
      BatchNorm2D(channels: 2)
      ReLU()
      Flatten()
      Linear(inputs: 32, outputs: 3, using: &random)
    }
    let layers: [any Layer] =
      network.layers + [
        ConvTranspose2D(
          inputChannels: 1, outputChannels: 2, kernelSize: 3, stride: 2, using: &random),
        MaxPool2D(size: 2), AveragePool2D(size: 3, stride: 1, padding: .same),
        GlobalAveragePool2D(),
        LeakyReLU(), Sigmoid(), Tanh(), Dropout(rate: 0.5), Padding2D(1, mode: .reflect),
        Residual(ReLU()), network, BatchNorm1D(channels: 2), LayerNorm([3]),
        AdaptiveAveragePool2D(size: 2), AdaptiveMaxPool2D(size: 2),
        Conv1D(
          inputChannels: 2, outputChannels: 4, kernelSize: 3, stride: 2, before: 2, after: 0,
          dilation: 2, groups: 2, using: &random),
      ]
    let forward = network.forward(tensor)
    let loss = softmaxCrossEntropy(forward.output, labels: [0, 1])
    let data = Dataset(
      images: tensor, labels: [0, 1], sources: [DataSource(name: "digits", content: [1])])
    var trainer = Trainer(network, Adam(), schedule: .constant(1e-3), averaging: 0.9)
    trainer.step(data.batches(of: 2)[0], using: &random)
    let designer = ConvolutionDesigner(layers: 2)
    let rules: [Any] = [
      SGD(learningRate: 0.1, momentum: 0.9, usesNesterov: true), Adam(),
      Adam(decoupledWeightDecay: 0.1),
      ParameterGroups(
        of: network, .init(Adam()) { $1.shape.rank > 1 }, .init(SGD(learningRate: 1))),
      LearningRateSchedule.cosine(peak: 0.1, steps: 10, final: 0.01, warmUp: 2),
      LearningRateSchedule.step(peak: 0.1, every: 3), LearningRateSchedule.constant(0.1),
      Initializer.heNormal, Initializer.uniform(-1...1), trainer, trainer.history,
      trainer.average as Any, EarlyStopping(patience: 1, keeping: network),
    ]
    let results: [Any] = [
      forward, forward.pullback, forward.pullback(loss.gradient), loss, network.summary,
      network.summary.rows[0], network.evaluate(data), network.evaluate(data).confusion,
      network.weights(metadata: ["a": "b"]), network.weights().entries[0], PaddingMode.constant(2),
      designer, try designer.plan(from: 8, to: 6), LayerRule(),
      LossHistory.Divergence.self, LayerBuilder.self,
    ]
    let sizes: [Any] = [
      tensor, Tensor([]), Tensor([0, 3]), tensor.shape, Extent2D(3), Padding.same, Padding.all(2),
      Padding.same.margins(image: 5, window: 3), SplitMix64(seed: 3), InstructionSet.available[0],
      ConvolutionAlgorithm.allCases, WindowGeometryBox.window, WindowGeometryBox.convolution,
      WindowGeometryBox.pooling,
    ]
    let files: [Any] = [
      data, data.batches(of: 1), data.batches(of: 1)[0], data.sources[0], Augmentation(shift: 1),
      try IDXFile(bytes: [0, 0, 8, 1, 0, 0, 0, 1, 5], name: "file"),
      SHA256(), SafeTensors.ElementType.other("F4"),
    ]
    return layers.map { $0 as Any } + rules + results + sizes + files + errors()
      + [GradientCheck(of: ReLU(), at: tensor), RectifierRole.none]
  }

  /// What goes wrong, as a value.
  private static func errors() -> [Any] {
    func thrown<Result>(_ body: () throws -> Result) -> Any? {
      do {
        _ = try body()
        return nil
      } catch { return error }
    }
    var history = LossHistory()
    let errors: [Any?] = [
      thrown { try Flatten().outputShape(for: []) },
      thrown { try MaxPool2D(size: 9).outputShape(for: [1, 1, 4, 4]) },
      thrown { try WindowGeometry(image: 4, window: 9) },
      thrown { try SafeTensors(bytes: [1, 2], name: "file") },
      thrown { try InstructionSet.chosen(by: "none") },
      thrown { try ConvolutionDesigner(layers: 0).plan(from: 5, to: 5) },
      thrown { () throws -> Void in
        var layer = Linear(weight: Tensor([1, 1]))
        try layer.load(SafeTensors())
      }, history.append(.nan),
    ]
    return errors.compactMap { $0 }
  }

  private enum WindowGeometryBox {
    static let convolution = ConvolutionGeometry(input: [1, 1, 4, 4], kernel: [1, 1, 2, 2])
    static let pooling = PoolingGeometry(input: [1, 1, 4, 4], window: 2)
    static let window = convolution.window
  }

  /// Printed twice, from two values made alike: the same text, and no place in memory in it.
  /// A dump tells the same in every run: no places in memory.
  @Test func `A dump shows no addresses`() throws {
    let tensor = Tensor([2, 5]) { Float($0) }
    var text = ""
    dump(Loss(value: 1, gradient: tensor), to: &text)
    #expect(text.contains("shape: \"2×5\"") && text.contains("- 7.0") && !text.contains("- 8.0"))
    var random = SplitMix64(seed: 1)
    let linear = Linear(inputs: 5, outputs: 2, using: &random)
    let network = try Sequential(input: [2, 5], layers: [linear])
    dump(Trainer(network, Adam(), averaging: 0.9), to: &text)
    dump(network.forward(tensor), to: &text)
    #expect(!text.contains("0x"), "\(text)")
  }

  @Test func `No value shows an address`() throws {
    let (first, second) = (try Self.values(), try Self.values())
    #expect(first.count == second.count && first.count > 60)
    for (a, b) in zip(first, second) {
      for (text, again) in [
        (String(describing: a), String(describing: b)),
        (String(reflecting: a), String(reflecting: b)),
      ] {
        #expect(text == again)
        #expect(!text.contains("0x") && !text.contains("unknown context"), "\(text.prefix(300))")
        #expect(!text.contains("TensorStorage"), "\(type(of: a)): \(text.prefix(300))")
        #expect(text.utf8.count < 4000, "\(type(of: a)) takes \(text.utf8.count) bytes")
      }
    }
  }

  /// Only names, of which there are no values.
  private static let names: Set = [
    "Tensors.Compute", "Datasets.MNIST", "NeuralNetworks.LayerBuilder",
  ]

  /// A type that is new is noticed. Tables are shown in `LabKitTests`.
  @Test func `Every public type is among the values`() throws {
    let found = PublicTypes.values(in: try Self.values())
    let declared = try PublicTypes.declared(in: ["Tensors", "Datasets", "NeuralNetworks"])
    let tables: Set = [
      "Datasets.DataTable", "Datasets.DataColumn", "Datasets.ColumnKind", "Datasets.DelimitedText",
      "Datasets.DecimalSign", "Datasets.Field", "Datasets.Row", "Datasets.Values",
    ]
    let missing = declared.subtracting(Self.names).subtracting(tables).subtracting(found.keys)
    #expect(missing.isEmpty, "no value of \(missing.sorted())")
    let troubles = PublicTypes.troubles(
      in: found.filter { declared.contains($0.key) }, PublicTypes.values(in: try Self.values()))
    #expect(troubles.isEmpty, "\(troubles.joined(separator: "\n"))")
  }

  @Test func `A layer is one line`() {
    var random = SplitMix64(seed: 1)
    let layer = Conv2D(
      inputChannels: 1, outputChannels: 4, kernelSize: 3, stride: 2, padding: 1, using: &random)
    #expect(
      "\(layer)" == "Conv2D(weight 4×1×3×3, bias 4, stride 2×2, padding 1), 40 parameters")
    #expect("\(MaxPool2D(size: 2))" == "MaxPool2D(window 2×2)")
    #expect("\(ReLU())" == "ReLU()")
    let wide = ConvTranspose2D(weight: Tensor([2, 1, 3, 3]), dilation: 2, groups: 2)
    #expect("\(wide)".contains("dilation 2×2, 2 groups") && !"\(layer)".contains("dilation"))
    #expect(
      "\(Linear(inputs: 5, outputs: 2, using: &random))"
        == "Linear(weight 2×5, bias 2), 12 parameters")
    #expect(
      "\(LearningRateSchedule.cosine(peak: 0.5, steps: 9, warmUp: 1))"
        == "cosine from 0.5 to 0.0 in 9 steps, after 1 steps of warm-up")
  }

  @Test func `A network is its table`() throws {
    let network = try Sequential(input: [1, 2], layers: [Linear(weight: Tensor([1, 2])), ReLU()])
    #expect("\(network)" == network.summary.description)
    #expect("\(network)".contains("0  Linear"))
  }

  /// What is not zero is not shown as zero, and a zero shows its sign.
  @Test func `Numbers of very different size are all shown`() {
    #expect(
      "\(Tensor([4], [12345, 1e-8, -2e-30, 0.5]))" == """
        4 tensor, -2e-30 to 12345.0
             1.2345e4    1.0000e-8  -2.0000e-30    5.0000e-1
        """)
    #expect("\(Tensor([2], [1e-4, 0.5]))".hasSuffix("0.0001  0.5000"))
    #expect("\(Tensor([2], [-0.0, 0]))".hasSuffix("-0   0"))
    #expect("\(Tensor([2], [-0.0, 0.5]))".hasSuffix("-0.0000   0.5000"))
    #expect("\(Tensor([2], [-0.0, 1e-9]))".hasSuffix("-0  1.0000e-9"))
  }

  @Test func `A data set shows what is wanted`() {
    let images = Tensor([2, 1, 1, 1])
    let data = Dataset(images: images, labels: [3, 1])
    #expect("\(data)" == "2 samples, images 2×1×1×1, labels 3, 1")
    #expect("\(data.batches(of: 1)[0])" == "Batch of 1, images 1×1×1×1, labels 3")
    let pixels = Dataset(images: Tensor([2, 1, 2, 2]), labels: [0, 1, 2, 3, 4, 5, 6, 7])
    #expect("\(pixels)".hasSuffix("labels 0, 1, 2, 3, 4, 5, … (0 to 7)"))
    let numbers = Dataset(inputs: images, targets: Tensor([2, 2], [0.5, -1, .nan, 2]))
    #expect("\(numbers)" == "2 samples, images 2×1×1×1, targets 2×2, -1.0 to 2.0, 1 NaN")
    #expect("\(Dataset(images: Tensor([0, 1, 1, 1]), labels: []))" == "0 samples, images 0×1×1×1")
  }

  @Test func `A tensor shows shape, range and a corner`() {
    #expect(
      "\(Tensor([2, 3], [0, 1, -1.5, 3.25, 0.5, 2]))" == """
        2×3 tensor, -1.5 to 3.25
           0.0000   1.0000  -1.5000
           3.2500   0.5000   2.0000
        """)
    #expect("\(Tensor([], [2.5]))" == "scalar tensor, 2.5 to 2.5\n  2.5000")
    #expect("\(Tensor([0, 3]))" == "0×3 tensor")
    #expect(
      "\(Tensor([2, 1, 2], [1, 2, 3, .nan]))" == """
        2×1×2 tensor, 1.0 to 3.0, 1 NaN
        [0, :, :]
            1    2
        [1, :, :]
            3  NaN
        """)
    // Up to four matrices are shown, of more than four the first.
    #expect("\(Tensor([2, 2, 1, 2]) { Float($0) })".contains("[1, 1, :, :]"))
    #expect(!"\(Tensor([5, 1, 2]) { Float($0) })".contains("[1, :, :]"))
    #expect(
      "\(Tensor([3], [1e-9, -2.5e-7, 0]))" == """
        3 tensor, -2.5e-07 to 1e-09
           1.0000e-9  -2.5000e-7           0
        """)
    #expect(
      "\(Tensor([64, 1, 28, 28]) { Float($0 % 7) })" == """
        64×1×28×28 tensor, 0.0 to 6.0
        [0, 0, :, :]
          0  1  2  3  4  5  …
          0  1  2  3  4  5  …
          0  1  2  3  4  5  …
          0  1  2  3  4  5  …
          0  1  2  3  4  5  …
          0  1  2  3  4  5  …
          …
        …
        """)
  }
}
