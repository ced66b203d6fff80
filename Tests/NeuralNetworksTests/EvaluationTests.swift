import Datasets
import NeuralNetworks
import Tensors
import Testing

@Suite struct EvaluationTests {
  /// The identity on rows: the logits are the images themselves.
  private func network() throws -> Sequential { try Sequential(input: [1, 3, 1, 1]) { Flatten() } }

  @Test func theSizeOfTheBatchesChangesNothing() throws {
    var random = SplitMix64(seed: 1)
    let images = Tensor.normal([25, 3, 1, 1], using: &random)
    let labels = (0..<25).map { $0 % 3 }
    let all = try network().evaluate(images: images, labels: labels, batchSize: 25)
    for size in [1, 4, 24, 1000] {
      let parts = try network().evaluate(images: images, labels: labels, batchSize: size)
      #expect(parts.predictions == all.predictions)
      #expect(parts.confusion == all.confusion)
      #expect(abs(parts.loss - all.loss) < 1e-6)
      #expect(try network().predictions(for: images, batchSize: size) == all.predictions)
    }
    let set = Dataset(images: images, labels: labels)
    #expect(try network().evaluate(set).confusion == all.confusion)
  }

  /// One prediction for each image: the notebook's fault was one class for fifty of them.
  @Test func everyImageIsReadByItself() throws {
    let images = Tensor([4, 3, 1, 1], [5, 0, 0, 0, 5, 0, 0, 0, 5, 1, 1, 0])
    let evaluation = try network().evaluate(images: images, labels: [0, 1, 2, 1])
    #expect(evaluation.predictions == [0, 1, 2, 0])
    #expect(evaluation.accuracy == 0.75)
    #expect(evaluation.confusion.counts == [[1, 0, 0], [1, 1, 0], [0, 0, 1]])
  }

  @Test func theMatrixKnowsRecallAndPrecision() {
    let matrix = ConfusionMatrix(
      labels: [0, 0, 0, 1, 1, 1], predictions: [0, 0, 1, 1, 1, 1], classes: 3)
    #expect(matrix.total == 6 && matrix.correct == 5)
    #expect(matrix.recall(of: 0) == 2.0 / 3)
    #expect(matrix.precision(of: 0) == 1)
    #expect(matrix.precision(of: 1) == 0.75)
    #expect(matrix.recall(of: 2) == nil && matrix.precision(of: 2) == nil)
    #expect(matrix.description == "2 1 0\n0 3 0\n0 0 0")
    #expect(ConfusionMatrix(classes: 2).accuracy == 0)
  }
}
