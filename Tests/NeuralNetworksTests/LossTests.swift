import NeuralNetworks
import Tensors
import Testing

@Suite struct LossTests {
  @Test func `Equal logits cost the logarithm of the classes`() {
    let loss = softmaxCrossEntropy(Tensor([2, 10]), labels: [3, 9])
    #expect((loss.value - 2.302585).magnitude < 1e-6)
    #expect((loss.gradient[0, 3] + 0.45).magnitude < 1e-7)
    #expect((loss.gradient[0, 0] - 0.05).magnitude < 1e-7)
  }

  @Test func `Huge logits stay finite`() {
    for size in [1e3, 1e30, .greatestFiniteMagnitude] as [Float] {
      let logits = Tensor([2, 3], [size, -size, 0, -size, size, -size])
      let loss = softmaxCrossEntropy(logits, labels: [0, 0])
      #expect(loss.value.isFinite && loss.value > 0)
      #expect(loss.gradient.elements.allSatisfy { $0.isFinite })
      #expect(softmax(logits).elements.allSatisfy { (0...1).contains($0) })
    }
  }

  /// Adding a number to a row changes nothing.
  @Test func `The loss is invariant to shifts`() {
    let logits = Tensor([2, 3], [1, 2, 3, -1, 0, 4])
    let shifted = logits + 1024
    #expect(
      softmaxCrossEntropy(logits, labels: [0, 2]).gradient
        == softmaxCrossEntropy(shifted, labels: [0, 2]).gradient)
  }

  @Test func `Labels are probabilities of one`() {
    var random = SplitMix64(seed: 1)
    let logits = Tensor.normal([7, 4], using: &random)
    let labels = [0, 1, 2, 3, 0, 1, 2]
    let onehot = Tensor([7, 4]) { labels[$0 / 4] == $0 % 4 ? 1 : 0 }
    let (a, b) = (
      softmaxCrossEntropy(logits, labels: labels),
      softmaxCrossEntropy(logits, probabilities: onehot)
    )
    #expect(a.value == b.value)
    #expect(a.gradient == b.gradient)
  }

  @Test func `Gradients agree with finite differences`() {
    var random = SplitMix64(seed: 2)
    let y = Tensor.normal([3, 4], using: &random)
    let t = softmax(Tensor.normal([3, 4], using: &random))
    let losses: [(Tensor) -> Loss] = [
      { softmaxCrossEntropy($0, labels: [0, 3, 1]) },
      { softmaxCrossEntropy($0, probabilities: t) },
      { softmaxCrossEntropy($0, probabilities: t * 3) },
      { meanSquaredError($0, target: t) },
    ]
    for loss in losses {
      let numeric = numericGradient(at: y, step: 0.25) { Double(loss($0).value) }
      #expect(relativeError(loss(y).gradient, numeric) < 1e-3)
    }
  }

  @Test func `Softmax rows sum to one`() {
    let p = softmax(Tensor([2, 3], [0, 1, 2, 5, 5, 5]))
    #expect((p[0, 0] + p[0, 1] + p[0, 2] - 1).magnitude < 1e-6)
    #expect((p[1, 0] - 1 / 3).magnitude < 1e-7)
    #expect((p[0, 2] / p[0, 1] - 2.7182818).magnitude < 1e-6)
  }

  @Test func `A label outside the classes traps`() async throws {
    let result = await #expect(
      processExitsWith: .failure, observing: [\.standardErrorContent]
    ) {
      _ = softmaxCrossEntropy(Tensor([1, 3]), labels: [3])
    }
    let said = String(decoding: try #require(result).standardErrorContent, as: UTF8.self)
    #expect(said.contains("label 3 of item 0 is not in 0 to 2"))
  }
}
