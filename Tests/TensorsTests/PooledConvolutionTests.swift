import Testing

@testable import Tensors

/// A convolution and the pool behind it in one pass give the bits of both, one after the other.
@Suite(.serialized) struct PooledConvolutionTests {
  /// Sizes with whole and half rows of tiles, full and almost full blocks, and groups.
  private static let sizes: [ConvolutionGeometry] = [
    ([16, 16, 6, 6], 32, 1), ([25, 32, 10, 8], 18, 1), ([44, 17, 12, 14], 35, 1),
    ([26, 34, 6, 10], 64, 2), ([31, 32, 8, 26], 17, 1),
  ].map { input, outputs, groups in
    ConvolutionGeometry(
      input: input, kernel: [outputs, input[1] / groups, 3, 3], padding: .all(1), groups: groups)
  }

  /// What there is to compute with.
  private struct Numbers {
    var x: Tensor, w: Tensor, bias: Tensor, dy: Tensor

    init(_ g: ConvolutionGeometry, seed: UInt64, isWhole: Bool) {
      var random = SplitMix64(seed: seed)
      func draw(_ shape: Shape) -> Tensor {
        let tensor = Tensor.uniform(shape, in: -1...1, using: &random)
        // Whole numbers have many equals and zeros of both signs among them.
        return isWhole ? Tensor(shape, tensor.elements.map { ($0 * 1.4).rounded() }) : tensor
      }
      (x, w, bias) = (draw(g.input), draw(g.kernel), draw([g.kernel[0]]))
      dy = draw([g.output[0], g.output[1], g.output[2] / 2, g.output[3] / 2])
    }
  }

  /// All results in one pass: nil where it is refused.
  private func together(
    _ g: ConvolutionGeometry, _ numbers: Numbers, rectified: Bool
  ) throws -> [Tensor]? {
    let pool = PoolingGeometry(input: g.output, window: 2)
    let pooled = try #require(PooledConvolution(g, pool))
    let (x, w) = (numbers.x, numbers.w)
    guard let (y, winners) = pooled(x, w, bias: numbers.bias, rectified: rectified) else {
      return nil
    }
    let dy = rectified ? reluGradient(numbers.dy, y) : numbers.dy
    return [
      y, pooled.inputGradient(dy, winners, w, through: nil),
      pooled.inputGradient(dy, winners, w, through: x), pooled.weightGradient(dy, winners, x),
      pooled.biasGradient(dy, winners),
    ]
  }

  /// The same, one after the other.
  private func separately(
    _ g: ConvolutionGeometry, _ numbers: Numbers, rectified: Bool
  ) -> [Tensor] {
    let pool = PoolingGeometry(input: g.output, window: 2)
    let (x, w) = (numbers.x, numbers.w)
    let y = convolve(x, w, bias: numbers.bias, g, rectified: rectified)
    let dy = maxPoolGradient(numbers.dy, y, pool, throughRectifier: rectified)
    return [
      maxPool(y, pool), convolveInputGradient(dy, w, g),
      convolveInputGradient(dy, w, g, through: x), convolveWeightGradient(dy, x, g),
      dy.channelSums(),
    ]
  }

  /// Bits, all NaNs alike.
  private func bits(_ tensors: [Tensor]) -> [UInt32] {
    tensors.flatMap { $0.elements.map { $0.isNaN ? 0x7FC0_0000 : $0.bitPattern } }
  }

  private func expectSameBits(_ g: ConvolutionGeometry, _ numbers: Numbers) throws {
    for rectified in [false, true] {
      let expected = bits(separately(g, numbers, rectified: rectified))
      let results = SameBitsTests.underEverySetting {
        Result { try together(g, numbers, rectified: rectified).map(bits) }
      }
      for (setting, result) in results {
        let agrees = try result.get() == expected
        #expect(
          agrees, "\(g.input) → \(g.kernel[0]), rectified: \(rectified), \(setting)")
      }
    }
  }

  @Test func `A convolution and its pool have the same bits in one pass`() throws {
    for (index, g) in Self.sizes.enumerated() {
      try expectSameBits(g, Numbers(g, seed: UInt64(index), isWhole: false))
    }
  }

  @Test func `The first of equals wins in one pass as well`() throws {
    for (index, g) in Self.sizes.prefix(3).enumerated() {
      try expectSameBits(g, Numbers(g, seed: UInt64(10 + index), isWhole: true))
    }
  }

  @Test func `Numbers that are none take the same way in one pass`() throws {
    let g = Self.sizes[1]
    var numbers = Numbers(g, seed: 20, isWhole: false)
    numbers.bias[2] = .nan
    numbers.bias[5] = .infinity
    numbers.bias[7] = -.infinity
    try expectSameBits(g, numbers)
    // A gradient of these is computed by the definition.
    numbers.dy[3, 1, 2, 1] = .infinity
    numbers.dy[24, 2, 0, 0] = .nan
    numbers.dy[11, 9, 4, 3] = 1e30
    try expectSameBits(g, numbers)
  }

  @Test func `Inputs and weights that filtering does not compute with are refused`() throws {
    let g = Self.sizes[0]
    let numbers = Numbers(g, seed: 30, isWhole: false)
    for value in [Float.nan, .infinity, 1e20] {
      var wild = numbers
      wild.x[15, 3, 2, 2] = value
      #expect(try together(g, wild, rectified: true) == nil)
      wild = numbers
      wild.w[7, 3, 2, 1] = value
      #expect(try together(g, wild, rectified: true) == nil)
    }
    #expect(try together(g, numbers, rectified: true) != nil)
  }

  @Test func `Other windows, margins and odd images are no case for one pass`() {
    func fits(
      _ input: Shape, kernel: Int = 3, padding: Padding = .all(1), window: Extent2D = 2,
      stride: Extent2D = 2, margin: Int = 0
    ) -> Bool {
      let g = ConvolutionGeometry(
        input: input, kernel: [32, input[1], kernel, kernel], padding: padding)
      let pool = PoolingGeometry(
        input: g.output, window: window, stride: stride, padding: .all(margin))
      return PooledConvolution(g, pool) != nil
    }
    #expect(fits([16, 16, 8, 8]))
    #expect(!fits([16, 16, 9, 8]))
    #expect(!fits([16, 16, 8, 9]))
    #expect(!fits([16, 16, 8, 8], kernel: 5, padding: .all(2)))
    #expect(!fits([16, 16, 8, 8], padding: .valid))
    #expect(!fits([16, 16, 8, 8], window: 3))
    #expect(!fits([16, 16, 8, 8], stride: 1))
    #expect(!fits([16, 16, 8, 8], margin: 1))
    #expect(!fits([16, 3, 8, 8]))
    // The last block would be folded.
    #expect(!fits([50, 16, 8, 8]))
    #expect(fits([60, 16, 8, 8]))
  }
}
