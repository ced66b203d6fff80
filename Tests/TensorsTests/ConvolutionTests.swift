import Tensors
import Testing

/// A convolution's three maps against their slow twins, and the identities between them.
@Suite struct ConvolutionTests {
  @Test(arguments: randomGeometries(150, seed: 1))
  func agreesWithTheDirectTwin(_ g: ConvolutionGeometry) {
    var random = SplitMix64(seed: UInt64(g.multiplyAdds))
    let x = Tensor.uniform(g.input, in: -1...1, using: &random)
    let w = Tensor.uniform(g.kernel, in: -1...1, using: &random)
    let b = Tensor.uniform([g.kernel[0]], in: -1...1, using: &random)
    let dy = Tensor.uniform(g.output, in: -1...1, using: &random)
    #expect(relativeError(convolve(x, w, bias: b, g), directConvolve(x, w, bias: b, g)) < 1e-5)
    #expect(relativeError(convolve(x, w, g), directConvolve(x, w, bias: nil, g)) < 1e-5)
    #expect(relativeError(convolveInputGradient(dy, w, g), directInputGradient(dy, w, g)) < 1e-5)
    #expect(relativeError(convolveWeightGradient(dy, x, g), directWeightGradient(dy, x, g)) < 1e-5)
  }

  @Test(arguments: randomGeometries(30, seed: 2))
  func gradientsAreTheAdjoints(_ g: ConvolutionGeometry) {
    var random = SplitMix64(seed: 3)
    let x = Tensor.uniform(g.input, in: -1...1, using: &random)
    let w = Tensor.uniform(g.kernel, in: -1...1, using: &random)
    let dy = Tensor.uniform(g.output, in: -1...1, using: &random)
    let forward = inner(convolve(x, w, g), dy)
    let tolerance = 1e-5 * Double(g.multiplyAdds).squareRoot() + 1e-5
    #expect(abs(forward - inner(x, convolveInputGradient(dy, w, g))) < tolerance)
    #expect(abs(forward - inner(w, convolveWeightGradient(dy, x, g))) < tolerance)
  }
}
