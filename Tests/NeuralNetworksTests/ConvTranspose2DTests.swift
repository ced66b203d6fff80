import NeuralNetworks
import Tensors
import Testing

@Suite struct ConvTranspose2DTests {
  /// One pixel stamps the kernel.
  @Test func `A pixel stamps the kernel`() {
    let kernel = Tensor([1, 1, 2, 2], [1, 2, 3, 4])
    let x = Tensor([1, 1, 1, 2], [1, 10])
    let apart = ConvTranspose2D(weight: kernel, stride: Extent2D(height: 1, width: 2))
    #expect(apart(x) == Tensor([1, 1, 2, 4], [1, 2, 10, 20, 3, 4, 30, 40]))
    let overlapping = ConvTranspose2D(weight: kernel, bias: Tensor([1], [100]))
    #expect(overlapping(x) == Tensor([1, 1, 2, 3], [101, 112, 120, 103, 134, 140]))
  }

  /// It is the transpose of the convolution with the same settings, on the size that it returns:
  /// ⟨conv x, y⟩ = ⟨x, transposed y⟩ for every padding, also where the kernel is shorter than the
  /// stride.
  @Test func `Is the transpose of the convolution`() throws {
    for stride in 1...4 {
      for dilation in 1...3 {
        var random = SplitMix64(seed: UInt64(stride * 8 + dilation))
        for kernel in 1...4 {
          for padding in [Padding.valid, .same, 1] {
            let w = Tensor.uniform([3, 2, kernel, kernel], in: -1...1, using: &random)
            let transposed = ConvTranspose2D(
              weight: w, stride: Extent2D(stride), padding: padding, dilation: Extent2D(dilation))
            let convolution = Conv2D(
              weight: w, stride: Extent2D(stride), padding: padding, dilation: Extent2D(dilation))
            let y = Tensor.uniform([2, 3, 4, 5], in: -1...1, using: &random)
            let size = try transposed.outputShape(for: y.shape)
            if padding == .same { #expect(size == [2, 2, 4 * stride, 5 * stride]) }
            let x = Tensor.uniform(size, in: -1...1, using: &random)
            #expect(try convolution.outputShape(for: size) == y.shape)
            #expect(abs(inner(convolution(x), y) - inner(x, transposed(y))) < 1e-4)
          }
        }
      }
    }
  }

  /// The output padding adds rows and columns below and right that no stamp reaches.
  @Test func `The output padding adds cells below and right`() {
    let w = Tensor([1, 1, 1, 1], [2])
    let layer = ConvTranspose2D(
      weight: w, stride: 2, outputPadding: Extent2D(height: 1, width: 0))
    #expect(
      layer(Tensor([1, 1, 2, 2], [1, 2, 3, 4]))
        == Tensor([1, 1, 4, 3], [2, 0, 4, 0, 0, 0, 6, 0, 8, 0, 0, 0]))
  }
}
