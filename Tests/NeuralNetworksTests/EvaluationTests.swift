import Datasets
import NeuralNetworks
import Tensors
import Testing

@Suite struct EvaluationTests {
  /// The identity on rows: the logits are the images themselves.
  private func network() throws -> Sequential { try Sequential(input: [1, 3, 1, 1]) { Flatten() } }

  @Test func `The size of the batches changes nothing`() throws {
    var random = SplitMix64(seed: 1)
    let images = Tensor.normal([25, 3, 1, 1], using: &random)
    let labels = (0..<25).map { $0 % 3 }
    let all = try network().evaluate(images: images, labels: labels, batchSize: 25)
    for size in [1, 4, 24, 1000] {
      let parts = try network().evaluate(images: images, labels: labels, batchSize: size)
      #expect(parts.predictions == all.predictions)
      #expect(parts.confusion == all.confusion)
      #expect(parts.loss == all.loss)
      #expect(try network().predictions(for: images, batchSize: size) == all.predictions)
    }
    let set = Dataset(images: images, labels: labels)
    #expect(try network().evaluate(set).confusion == all.confusion)
  }

  /// To the last bit, through every kind of layer.
  @Test func `Nor their logits`() throws {
    var random = SplitMix64(seed: 3)
    let network = try Sequential(input: [1, 2, 14, 14]) {
      Conv2D(inputChannels: 2, outputChannels: 8, kernelSize: 3, padding: 1, using: &random)
      BatchNorm2D(channels: 8)
      ReLU()
      Conv2D(inputChannels: 8, outputChannels: 8, kernelSize: 3, padding: 1, using: &random)
      ReLU()
      MaxPool2D(size: 2)
      Conv2D(inputChannels: 8, outputChannels: 5, kernelSize: 5, padding: 2, using: &random)
      Tanh()
      Conv2D(inputChannels: 5, outputChannels: 6, kernelSize: 1, using: &random)
      AveragePool2D(size: 3, stride: 2)
      GlobalAveragePool2D()
      Linear(inputs: 6, outputs: 3, using: &random)
    }
    let images = Tensor.normal([53, 2, 14, 14], using: &random)
    let labels = (0..<53).map { $0 % 3 }
    let all = network.evaluate(images: images, labels: labels, batchSize: 53)
    for size in [1, 2, 3, 5, 7, 11, 16, 17, 33, 52] {
      let parts = network.evaluate(images: images, labels: labels, batchSize: size)
      #expect(parts.loss.bitPattern == all.loss.bitPattern, "batches of \(size)")
    }
  }

  /// One prediction for each image: the notebook's fault was one class for fifty of them.
  @Test func `Every image is read by itself`() throws {
    let images = Tensor([4, 3, 1, 1], [5, 0, 0, 0, 5, 0, 0, 0, 5, 1, 1, 0])
    let evaluation = try network().evaluate(images: images, labels: [0, 1, 2, 1])
    #expect(evaluation.predictions == [0, 1, 2, 0])
    #expect(evaluation.accuracy == 0.75)
    #expect(evaluation.confusion.counts == [[1, 0, 0], [1, 1, 0], [0, 0, 1]])
  }

  @Test func `The matrix knows recall and precision`() {
    let matrix = ConfusionMatrix(
      labels: [0, 0, 0, 1, 1, 1], predictions: [0, 0, 1, 1, 1, 1], classes: 3)
    #expect(matrix.itemCount == 6 && matrix.correctCount == 5)
    #expect(matrix.recall(of: 0) == 2.0 / 3)
    #expect(matrix.precision(of: 0) == 1)
    #expect(matrix.precision(of: 1) == 0.75)
    #expect(matrix.recall(of: 2) == nil && matrix.precision(of: 2) == nil)
    #expect(matrix.description == "2 1 0\n0 3 0\n0 0 0")
    #expect(ConfusionMatrix(classes: 2).accuracy == 0)
  }
}
