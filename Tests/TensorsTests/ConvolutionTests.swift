import Testing

@testable import Tensors

/// A convolution's three maps against their slow twins, and the identities between them.
@Suite struct ConvolutionTests {
  @Test func `Agrees with the direct twin`() {
    for g in randomGeometries(150, seed: 1) + largeKernelGeometries(60, seed: 2)
      + pointGeometries(20, seed: 3)
    {
      var random = SplitMix64(seed: UInt64(g.multiplyAdds))
      let x = Tensor.uniform(g.input, in: -1...1, using: &random)
      let w = Tensor.uniform(g.kernel, in: -1...1, using: &random)
      let b = Tensor.uniform([g.kernel[0]], in: -1...1, using: &random)
      let dy = Tensor.uniform(g.output, in: -1...1, using: &random)
      #expect(
        relativeError(convolve(x, w, bias: b, g), directConvolve(x, w, bias: b, g)) < 1e-5, "\(g)")
      #expect(relativeError(convolve(x, w, g), directConvolve(x, w, bias: nil, g)) < 1e-5, "\(g)")
      #expect(
        relativeError(convolveInputGradient(dy, w, g), directInputGradient(dy, w, g)) < 1e-5, "\(g)"
      )
      #expect(
        relativeError(convolveWeightGradient(dy, x, g), directWeightGradient(dy, x, g)) < 1e-5,
        "\(g)")
    }
  }

  /// The image is one long row to kernels of one cell, but only where nothing is added below or cut off.
  @Test(arguments: [(0, 1), (0, 3), (1, 0), (2, 2), (0, 0)])
  func `A kernel of one cell sees the padding below`(_ top: Int, _ bottom: Int) {
    let g = ConvolutionGeometry(
      input: [17, 20, 5, 6], kernel: [5, 20, 1, 1],
      padding: .explicit(top: top, bottom: bottom, left: 0, right: 0))
    var random = SplitMix64(seed: 12)
    let x = Tensor.uniform(g.input, in: -1...1, using: &random)
    let w = Tensor.uniform(g.kernel, in: -1...1, using: &random)
    let dy = Tensor.uniform(g.output, in: -1...1, using: &random)
    #expect(relativeError(convolve(x, w, g), directConvolve(x, w, bias: nil, g)) < 1e-5)
    #expect(relativeError(convolveInputGradient(dy, w, g), directInputGradient(dy, w, g)) < 1e-5)
    #expect(relativeError(convolveWeightGradient(dy, x, g), directWeightGradient(dy, x, g)) < 1e-5)
  }

  @Test func `Gradients are the adjoints`() {
    for g in randomGeometries(30, seed: 2) + largeKernelGeometries(10, seed: 3)
      + pointGeometries(10, seed: 4)
    {
      var random = SplitMix64(seed: 3)
      let x = Tensor.uniform(g.input, in: -1...1, using: &random)
      let w = Tensor.uniform(g.kernel, in: -1...1, using: &random)
      let dy = Tensor.uniform(g.output, in: -1...1, using: &random)
      let forward = inner(convolve(x, w, g), dy)
      let tolerance = 1e-5 * Double(g.multiplyAdds).squareRoot() + 1e-5
      #expect(abs(forward - inner(x, convolveInputGradient(dy, w, g))) < tolerance, "\(g)")
      #expect(abs(forward - inner(w, convolveWeightGradient(dy, x, g))) < tolerance, "\(g)")
    }
  }

  /// Blocks with few items are folded, strips of their rows side by side: to the last bit the same.
  @Test func `An item is the same in every batch`() {
    for g in randomGeometries(40, seed: 4) + largeKernelGeometries(20, seed: 5)
      + pointGeometries(10, seed: 6)
    {
      for items: Int in [1, 2, 3, 5, 8, 9] {
        var random = SplitMix64(seed: 6)
        func geometry(_ items: Int) -> ConvolutionGeometry {
          ConvolutionGeometry(
            input: g.input.replacingLeading(with: items), kernel: g.kernel, stride: g.window.stride,
            dilation: g.window.dilation,
            padding: .explicit(
              top: g.window.margins.top, bottom: g.window.margins.bottom,
              left: g.window.margins.left,
              right: g.window.margins.right), groups: g.groups)
        }
        let (full, few) = (geometry(16), geometry(items))
        let x = Tensor.uniform(full.input, in: -1...1, using: &random)
        let w = Tensor.uniform(g.kernel, in: -1...1, using: &random)
        let b = Tensor.uniform([g.kernel[0]], in: -1...1, using: &random)
        let dy = Tensor.uniform(full.output, in: -1...1, using: &random)
        #expect(
          convolve(x[items: 0..<items], w, bias: b, few, rectified: true)
            == convolve(x, w, bias: b, full, rectified: true)[items: 0..<items], "\(g) \(items)")
        #expect(
          convolveInputGradient(dy[items: 0..<items], w, few, through: x[items: 0..<items])
            == convolveInputGradient(dy, w, full, through: x)[items: 0..<items], "\(g) \(items)")
      }
    }
  }

  @Test func `A rectifier in the same pass changes nothing`() {
    for g in randomGeometries(20, seed: 7) + largeKernelGeometries(10, seed: 8)
      + pointGeometries(10, seed: 9)
    {
      var random = SplitMix64(seed: 10)
      let x = Tensor.uniform(g.input, in: -1...1, using: &random)
      let w = Tensor.uniform(g.kernel, in: -1...1, using: &random)
      let b = Tensor.uniform([g.kernel[0]], in: -1...1, using: &random)
      let dy = Tensor.uniform(g.output, in: -1...1, using: &random)
      #expect(
        convolve(x, w, bias: b, g, rectified: true) == relu(convolve(x, w, bias: b, g)), "\(g)")
      #expect(
        convolveInputGradient(dy, w, g, through: x)
          == reluGradient(convolveInputGradient(dy, w, g), x),
        "\(g)")
    }
  }

  /// Large kernels at stride 1 are split by parity, small ones and strided ones are not.
  @Test func `The split is used where it pays`() {
    func splits(_ kernel: Shape, size: Int = 28, stride: Extent2D = 1) -> Bool {
      CorrelationPlan(
        forward: ConvolutionGeometry(
          input: [1, kernel[1], size, size], kernel: kernel, stride: stride)
      ).split != nil
    }
    #expect(splits([2, 4, 7, 7]))
    #expect(splits([32, 16, 5, 5]))
    #expect(!splits([4, 1, 3, 3]))
    #expect(!splits([2, 4, 7, 7], stride: 2))
    #expect(!splits([2, 4, 7, 7], size: 9))
    #expect(!splits([1, 4, 7, 7]))
  }
}
