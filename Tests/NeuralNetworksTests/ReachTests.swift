import Datasets
import Foundation
import NeuralNetworks
import Tensors
import Testing

/// Layers, losses and helpers beyond images against PyTorch; `Fixtures/make_reach.py` made the numbers.
@Suite struct ReachTests {
  let file: SafeTensors

  init() throws {
    file = try SafeTensors(
      path: URL(filePath: #filePath).deletingLastPathComponent()
        .appending(path: "Fixtures/reach.safetensors").path())
  }

  private func expect(
    _ actual: Tensor, _ name: String, tolerance: Double = 1e-5,
    sourceLocation: SourceLocation = #_sourceLocation
  ) throws {
    let error = relativeError(actual, try file.tensor(name))
    #expect(error < tolerance, "\(name)", sourceLocation: sourceLocation)
  }

  /// Output, dL/dx and dL/dw of a layer that takes its parameters from the case.
  private func expectLayer(_ name: String, _ layer: some Layer) throws {
    var layer = layer
    layer.parameters = try layer.parameterNames.map { try file.tensor("\(name)/\($0)") }
    let x = try file.tensor("\(name)/x")
    #expect(try layer.outputShape(for: x.shape) == file.tensor("\(name)/y").shape)
    let forward = layer.forward(x)
    try expect(forward.output, "\(name)/y")
    let gradients = forward.pullback(try file.tensor("\(name)/dy"))
    try expect(gradients.input, "\(name)/dx")
    for (parameter, gradient) in zip(layer.parameterNames, gradients.parameters) {
      try expect(gradient, "\(name)/d\(parameter)")
    }
    if layer.stateNames.isEmpty { try expect(layer(x), "\(name)/y") }
  }

  @Test func `Normalisations agree with PyTorch`() throws {
    try expectLayer("layerNorm", LayerNorm([4, 5]))
    try expectLayer("layerNormRow", LayerNorm([7]))
    try expectLayer("batchNormRows", BatchNorm1D(channels: 3))
    try expectLayer("batchNormSequence", BatchNorm1D(channels: 3))
  }

  @Test func `Sequences agree with PyTorch`() throws {
    try expectLayer(
      "conv1D",
      Conv1D(weight: Tensor([5, 4, 3]), bias: Tensor([5]), stride: 2, before: 3, dilation: 2))
    try expectLayer(
      "conv1DGroups", Conv1D(weight: Tensor([6, 2, 4]), bias: Tensor([6]), groups: 2))
    let error = #expect(throws: ShapeError.self) {
      try Conv1D(weight: Tensor([1, 2, 5])).outputShape(for: [1, 2, 4])
    }
    #expect(
      error?.description == "Conv1D: the length (axis 2) of the input 1×2×4 should be at least 5, "
        + "not 4: the window spans 5")
  }

  /// A layer that normalises all axes has no axis left to count the items.
  @Test func `Axes that are missing are refused`() {
    #expect(throws: ShapeError.self) { try LayerNorm([3]).outputShape(for: [3]) }
    #expect(throws: ShapeError.self) { try Flatten().outputShape(for: []) }
  }

  @Test func `Adaptive pooling`() throws {
    try expectLayer("adaptive", AdaptiveAveragePool2D(size: Extent2D(height: 3, width: 4)))
    try expectLayer("adaptiveLarger", AdaptiveAveragePool2D(size: Extent2D(height: 5, width: 2)))
    try expectLayer("adaptiveMax", AdaptiveMaxPool2D(size: Extent2D(height: 3, width: 4)))
    try expectLayer("adaptiveMaxLarger", AdaptiveMaxPool2D(size: Extent2D(height: 5, width: 2)))
    try expectLayer("adaptiveMaxEqual", AdaptiveMaxPool2D(size: Extent2D(height: 2, width: 3)))
    let layers: [any Layer] = [AdaptiveAveragePool2D(size: 2), AdaptiveMaxPool2D(size: 2)]
    for (input, quantity) in [([1, 1, 0, 4] as Shape, "height"), ([1, 1, 4, 0], "width")] {
      for layer in layers {
        let error = #expect(throws: ShapeError.self) { try layer.outputShape(for: input) }
        #expect(error?.quantity == quantity)
      }
    }
  }

  @Test func `Adaptive pooling keeps a NaN wherever it stands`() {
    let layer = AdaptiveMaxPool2D(size: 1)
    for place in 0..<4 {
      let forward = layer.forward(Tensor([1, 1, 2, 2]) { $0 == place ? .nan : Float($0) })
      #expect(forward.output.elements[0].isNaN)
      let dx = forward.pullback(Tensor([1, 1, 1, 1], [3])).input
      #expect(dx.elements == (0..<4).map { $0 == place ? 3 : 0 })
    }
  }

  @Test func `A carried input agrees with PyTorch`() throws {
    let body = try Sequential(
      input: [2, 3, 5, 4],
      layers: [Conv2D(weight: Tensor([3, 3, 3, 3]), bias: Tensor([3]), padding: 1), ReLU()])
    var layer = Residual(body)
    layer.parameters = [try file.tensor("residual/weight"), try file.tensor("residual/bias")]
    let forward = layer.forward(try file.tensor("residual/x"))
    try expect(forward.output, "residual/y")
    let gradients = forward.pullback(try file.tensor("residual/dy"))
    try expect(gradients.input, "residual/dx")
    try expect(gradients.parameters[0], "residual/dweight")
    try expect(gradients.parameters[1], "residual/dbias")
  }

  /// Other rates and decays for biases, and a memory that is saved in the middle and taken up by a new
  /// optimizer, as in the script.
  @Test func `Groups and a memory taken up again agree with PyTorch`() throws {
    var network = try Sequential(
      input: [1, 3],
      layers: [
        Linear(weight: Tensor([4, 3]), bias: Tensor([4])),
        Linear(weight: Tensor([2, 4]), bias: Tensor([2])),
      ])
    network.parameters = try (0..<4).map { try file.tensor("groups/\($0)") }
    func rule() -> ParameterGroups {
      ParameterGroups(
        of: network,
        .init(Adam(learningRate: 0.05, decoupledWeightDecay: 0.1)) { $1.shape.rank > 1 },
        .init(Adam(), rateFactor: 0.4))
    }
    var optimizer = rule()
    for step in 0..<6 {
      optimizer.update(&network, try (0..<4).map { try file.tensor("groups/\(step)/\($0)") })
      if step == 2 {
        let saved = optimizer.saved()
        optimizer = rule()
        try optimizer.resume(saved)
      }
    }
    for (index, parameter) in network.parameters.enumerated() {
      try expect(parameter, "groups/y\(index)")
    }
  }

  @Test func `An attention block and a recurrent cell`() throws {
    try expectLayer(
      "attention", Attention(parameters: [Tensor([4, 3]), Tensor([4, 3]), Tensor([4, 6])]))
    try expectLayer(
      "recurrent", Recurrence(parameters: [Tensor([4, 3]), Tensor([4, 4]), Tensor([4])]))
  }

  @Test func `Arithmetic agrees with PyTorch`() throws {
    let (x, w) = (try file.tensor("matmul/x"), try file.tensor("matmul/w"))
    let dy = try file.tensor("matmul/dy")
    try expect(matmul(x, w), "matmul/y")
    try expect(matmul(dy, w.transposed()).summed(to: x.shape), "matmul/dx")
    try expect(matmul(x.transposed(), dy).summed(to: w.shape), "matmul/dw")
    let (a, b, da) = (
      try file.tensor("broadcast/x"), try file.tensor("broadcast/w"),
      try file.tensor("broadcast/dy")
    )
    try expect(a * b + b, "broadcast/y")
    try expect(da * b, "broadcast/dx")
    try expect((da * (a + 1)).summed(to: b.shape), "broadcast/dw")
    try expect(try file.tensor("permute/x").permuted([2, 0, 3, 1]), "permute/y")
    try expect(try file.tensor("permute/dy").permuted([1, 3, 0, 2]), "permute/dx")
    try expect(try file.tensor("sums/x").sum(axes: [0, 2]), "sums/y")
    let p = softmax(try file.tensor("softmax/x") * 3)
    try expect(p, "softmax/y")
    try expect(softmaxGradient(try file.tensor("softmax/dy"), p) * 3, "softmax/dx")
  }

  @Test func `Losses agree with PyTorch`() throws {
    let targets = try file.tensor("binary/targets")
    func expectLoss(_ name: String, _ scale: Float, _ loss: (Tensor) -> Loss) throws {
      let loss = loss(try file.tensor("\(name)/x") * scale)
      try expect(Tensor([], [loss.value]), "\(name)/y")
      try expect(loss.gradient * scale, "\(name)/dx")
    }
    try expectLoss("binary", 40) { binaryCrossEntropy($0, targets: (targets + 1) / 2) }
    try expectLoss("huber", 3) { huber($0, target: targets, delta: 0.7) }
    try expectLoss("smoothed", 5) { softmaxCrossEntropy($0, labels: [0, 2, 1, 1], smoothing: 0.2) }
    try expectLoss("pixels", 1) {
      softmaxCrossEntropy($0, labels: [0, 1, 2, 2, 1, 0, 1, 2])
    }
    #expect(binaryCrossEntropy(Tensor([1], [.nan]), targets: Tensor([1])).value.isNaN)
    #expect(
      binaryCrossEntropy(Tensor([2], [1e30, -1e30]), targets: Tensor([2], [1, 0])).value == 0)
  }

  @Test func `Helpers agree with PyTorch`() throws {
    var gradients = [try file.tensor("clip/0"), try file.tensor("clip/1")]
    let norm = clip(&gradients, toNorm: 1.5)
    try expect(Tensor([], [norm]), "clip/norm")
    for index in 0...1 { try expect(gradients[index], "clip/d\(index)") }
    var layer = Linear(weight: Tensor([2, 2]))
    var average = WeightAverage(of: layer, keeping: 0.9)
    for step in 0..<4 {
      layer.parameters = [try file.tensor("average/\(step)")]
      average.update(with: layer)
    }
    try expect(average.parameters[0], "average/y")
    try expect(
      resample(
        try file.tensor("sample/x"), rows: file.tensor("sample/rows"),
        columns: file.tensor("sample/columns")), "sample/y")
  }

  /// Each shorter than 40 lines.
  @Test func `Their layers are short`() throws {
    let path = URL(filePath: #filePath).deletingLastPathComponent()
      .appending(path: "AttentionAndRecurrence.swift")
    let parts = try String(contentsOf: path, encoding: .utf8).split(separator: "struct ")
      .dropFirst()
    #expect(parts.count == 2)
    for part in parts { #expect(part.split(separator: "\n").count < 40) }
  }

  /// The example of the README is the file that is compiled here.
  @Test func `The README's layer is compiled and right`() throws {
    let tests = URL(filePath: #filePath).deletingLastPathComponent()
    let code = try String(contentsOf: tests.appending(path: "OwnLayer.swift"), encoding: .utf8)
    let layer = code.components(separatedBy: "import Tensors\n\n")[1]
    let readme = try String(
      contentsOf: tests.appending(path: "../../Sources/NeuralNetworks/README.md"), encoding: .utf8)
    #expect(readme.contains("```swift\n\(layer)```\n"))
    var random = SplitMix64(seed: 1)
    let around = Around(body: Linear(inputs: 3, outputs: 3, using: &random))
    let check = GradientCheck(of: around, at: Tensor.uniform([2, 3], in: -1...1, using: &random))
    #expect(check.worst < 5e-4 && check.entries.map(\.name) == ["input", "weight", "bias"])
  }

  /// Around a normalisation, which has a state.
  @Test func `The README's layer hands state on`() throws {
    let network = try Sequential(input: [8, 2], layers: [Around(body: BatchNorm1D(channels: 2))])
    var trainer = Trainer(network, SGD(learningRate: 0))
    var random = SplitMix64(seed: 1)
    trainer.step(Tensor([8, 2], repeating: 10), using: &random) {
      meanSquaredError($0, target: Tensor([8, 2]))
    }
    #expect(trainer.network.state[0].elements == [1, 1])
  }

  /// A pullback that is wrong is found.
  @Test func `The gradient check can fail`() {
    struct Wrong: Layer {
      func outputShape(for input: Shape) throws(ShapeError) -> Shape { input }
      func callAsFunction(_ x: Tensor) -> Tensor { x * x }
      func forward(_ x: Tensor, using random: inout some RandomNumberGenerator) -> Forward {
        Forward(output: x * x, pullback: Pullback { Gradients(input: $0 * x) })
      }
    }
    let check = GradientCheck(of: Wrong(), at: Tensor([2], [1, 2]))
    #expect(abs(check.worst - 0.5) < 1e-3)
  }

  /// A straight line through points: rows of any rank and real targets.
  @Test func `A regression needs no contortions`() throws {
    var random = SplitMix64(seed: 5)
    let x = Tensor.uniform([200, 3], in: -1...1, using: &random)
    let truth = Linear(
      weight: Tensor([2, 3], [1, -2, 3, 0.5, 0, -1]), bias: Tensor([2], [4, -3]))
    let data = Dataset(inputs: x, targets: truth(x))
    var trainer = Trainer(Linear(inputs: 3, outputs: 2, using: &random), SGD(learningRate: 0.3))
    for _ in 0..<60 {
      for batch in data.batches(of: 20, shuffledUsing: &random) {
        trainer.step(batch.inputs, using: &random) { meanSquaredError($0, target: batch.targets) }
      }
    }
    #expect(relativeError(trainer.network.weight, truth.weight) < 1e-3)
  }

  @Test func `A dataset has any rank and labels for pixels`() {
    let data = Dataset(
      images: Tensor([3, 2, 2, 2]) { Float($0) }, labels: (0..<12).map { $0 % 2 })
    #expect(data.labelsPerItem == 4)
    let batch = data.batches(of: 2)[1]
    #expect(batch.count == 1 && batch.labels == [0, 1, 0, 1])
    #expect(data[[2, 0]].labels.count == 8 && data[1..<2].labels == [0, 1, 0, 1])
    let series = Dataset(inputs: Tensor([4, 7]), targets: Tensor([4, 7, 2]) { Float($0 / 14) })
    #expect(series.count == 4 && series.labels.isEmpty)
    #expect(series.batches(of: 3)[1].targets == Tensor([1, 7, 2], repeating: 3))
  }
}
