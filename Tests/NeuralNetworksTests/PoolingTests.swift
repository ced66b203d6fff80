import NeuralNetworks
import Tensors
import Testing

@Suite struct PoolingTests {
  private let x = Tensor([1, 1, 3, 3], [1, 2, 3, 4, 9, 6, 7, 8, 5])
  private let ones = Tensor([1, 1, 3, 3], repeating: 1)

  @Test func `The largest of each window`() {
    #expect(MaxPool2D(size: 2, stride: 1)(x) == Tensor([1, 1, 2, 2], repeating: 9))
    #expect(MaxPool2D(size: 2)(x) == Tensor([1, 1, 1, 1], [9]))
    #expect(MaxPool2D(size: 2, padding: .same)(x) == Tensor([1, 1, 2, 2], [9, 6, 8, 5]))
  }

  /// Padding never wins: it is less than any number, not zero.
  @Test func `The maximum of negative numbers is one of them`() {
    let negative = x * -1
    #expect(MaxPool2D(size: 2, padding: 1)(negative) == Tensor([1, 1, 2, 2], [-1, -2, -4, -5]))
  }

  /// Of equals the first gets the gradient, row by row.
  @Test func `The gradient goes to the first of equals`() {
    let forward = MaxPool2D(size: 3).forward(ones)
    #expect(
      forward.pullback(Tensor([1, 1, 1, 1], [5])).input
        == Tensor([1, 1, 3, 3], [5, 0, 0, 0, 0, 0, 0, 0, 0]))
  }

  /// By default as the framework that the padding comes from: TensorFlow leaves the padding out of
  /// the mean, PyTorch counts it as zeros.
  @Test func `The padding counts by the rule of its framework`() {
    let same = AveragePool2D(size: 3, stride: 1, padding: .same)
    #expect(same(ones) == ones)
    #expect(!same.countsPadding)
    let ring = AveragePool2D(size: 3, stride: 1, padding: 1)
    let counted = ring(ones) * 9
    #expect(relativeError(counted, Tensor([1, 1, 3, 3], [4, 6, 4, 6, 9, 6, 4, 6, 4])) < 1e-6)
    #expect(AveragePool2D(size: 3, stride: 1, padding: 1, countsPadding: false)(ones) == ones)
    #expect(AveragePool2D(size: 3, padding: .same, countsPadding: true).countsPadding)
  }

  @Test func `The mean of an image`() {
    #expect(GlobalAveragePool2D()(x) == Tensor([1, 1], [5]))
    let gradient = GlobalAveragePool2D().forward(x).pullback(Tensor([1, 1], [9])).input
    #expect(relativeError(gradient, ones) < 1e-6)
  }

  /// The sum of 50,000 numbers that are nearly equal loses four digits in single precision.
  @Test func `A global mean is rounded once`() {
    var random = SplitMix64(seed: 7)
    let x = Tensor.uniform([3, 2, 223, 227], in: 1000...1001, using: &random)
    let (elements, area) = (x.elements, 223 * 227)
    let means = (0..<6).map { plane in
      Float(
        elements[plane * area..<(plane + 1) * area].reduce(0) { $0 + Double($1) } / Double(area))
    }
    #expect(GlobalAveragePool2D()(x).elements == means)
    #expect(AdaptiveAveragePool2D(size: 1)(x).elements == means)
  }
}
