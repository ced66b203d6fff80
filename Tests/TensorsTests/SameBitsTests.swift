import Testing

@testable import Tensors

/// The same bits from every instruction set that this machine runs and any number of threads.
@Suite(.serialized) struct SameBitsTests {
  /// Runs `body` under every setting and returns its results with the setting's name.
  static func underEverySetting<R>(_ body: () -> R) -> [(setting: String, result: R)] {
    let (set, threads) = (Compute.instructionSet, Compute.threadCount)
    defer { (Compute.instructionSet, Compute.threadCount) = (set, threads) }
    var results: [(String, R)] = []
    for set in InstructionSet.available {
      for threads in [1, 2, 3, 5] {
        (Compute.instructionSet, Compute.threadCount) = (set, threads)
        results.append(("\(set), \(threads) threads", body()))
      }
    }
    return results
  }

  /// All bits of some tensors.
  static func bits(_ tensors: [Tensor]) -> [UInt32] {
    tensors.flatMap { $0.elements.map(\.bitPattern) }
  }

  @Test func `Convolutions have the same bits`() {
    for g in randomGeometries(40, seed: 7) + largeKernelGeometries(15, seed: 8)
      + pointGeometries(15, seed: 9)
    {
      var random = SplitMix64(seed: 5)
      let x = Tensor.uniform(g.input, in: -1...1, using: &random)
      let w = Tensor.uniform(g.kernel, in: -1...1, using: &random)
      let b = Tensor.uniform([g.kernel[0]], in: -1...1, using: &random)
      let dy = Tensor.uniform(g.output, in: -1...1, using: &random)
      let results = Self.underEverySetting {
        Self.bits([
          convolve(x, w, bias: b, g), convolveInputGradient(dy, w, g),
          convolve(x, w, g, rectified: true), convolveInputGradient(dy, w, g, through: x),
          convolveWeightGradient(dy, x, g),
        ])
      }
      for (setting, bits) in results { #expect(bits == results[0].result, "\(setting)") }
    }
  }

  @Test func `Linear maps`() {
    let cases: [(Int, Int, Int)] = [
      (5, 33, 7), (50, 968, 10), (64, 700, 130), (1, 1, 1), (100, 65, 6),
    ]
    for (items, inputs, outputs) in cases {
      var random = SplitMix64(seed: 6)
      let x = Tensor.uniform([items, inputs], in: -1...1, using: &random)
      let w = Tensor.uniform([outputs, inputs], in: -1...1, using: &random)
      let b = Tensor.uniform([outputs], in: -1...1, using: &random)
      let dy = Tensor.uniform([items, outputs], in: -1...1, using: &random)
      let results = Self.underEverySetting {
        Self.bits([linear(x, w, bias: b), linearInputGradient(dy, w), linearWeightGradient(dy, x)])
      }
      for (setting, bits) in results { #expect(bits == results[0].result, "\(setting)") }
    }
  }

  @Test func `Functions pools and channels`() {
    var random = SplitMix64(seed: 8)
    let x = Tensor.normal([37, 3, 9, 11], standardDeviation: 20, using: &random)
    let c = Tensor.uniform([3], in: 0.5...2, using: &random)
    let g = PoolingGeometry(input: x.shape, window: 3, stride: 2, padding: .all(1))
    let results = Self.underEverySetting {
      Self.bits([
        exp(x), log(x * x), sigmoid(x), tanh(x), squareRoot(x * x), x / (x + 3), maxPool(x, g),
        averagePool(x, g), maxPoolGradient(maxPool(x, g), x, g),
        x.scalingPerChannel(c, adding: c), x.channelSums(),
      ])
    }
    for (setting, bits) in results { #expect(bits == results[0].result, "\(setting)") }
  }

  @Test func `Adam's steps have the same bits`() {
    var random = SplitMix64(seed: 9)
    let w = Tensor.uniform([7, 31], in: -1...1, using: &random)
    let gradients = (0..<5).map { _ in Tensor.uniform([7, 31], in: -1...1, using: &random) }
    let results = Self.underEverySetting {
      var (w, m, v) = (w, Tensor([7, 31]), Tensor([7, 31]))
      for gradient in gradients {
        w.adamStep(
          gradient: gradient, mean: &m, square: &v, keepingMean: 0.9, keepingSquare: 0.999,
          rate: 0.01, rootScale: 1.5, epsilon: 1e-8)
      }
      return Self.bits([w, m, v])
    }
    for (setting, bits) in results { #expect(bits == results[0].result, "\(setting)") }
  }
}
