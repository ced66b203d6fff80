import Tensors
import Testing

@Suite struct GeometryDescriptionTests {
  @Test
  func `A geometry prints as one line, without what is as usual`() {
    #expect(
      "\(ConvolutionGeometry(input: [50, 1, 28, 28], kernel: [4, 1, 3, 3]))"
        == "50×1×28×28 ∗ 4×1×3×3 → 50×4×26×26")
    #expect(
      "\(ConvolutionGeometry(input: [2, 6, 9, 9], kernel: [6, 2, 3, 3], stride: 2, dilation: 2, padding: 1, groups: 3))"
        == "2×6×9×9 ∗ 6×2×3×3, stride 2×2, dilation 2×2, padding top 1, bottom 1, left 1, right 1, "
        + "3 groups → 2×6×4×4")
    #expect(
      "\(PoolingGeometry(input: [50, 4, 28, 28], window: 2))"
        == "50×4×28×28, windows of 2×2, stride 2×2 → 50×4×14×14")
    #expect(
      "\(ConvolutionGeometry(input: [1, 1, 5, 6], kernel: [1, 1, 3, 3], stride: 2).window)"
        == "3×3 on 5×6, stride 2×2 → 2×2")
  }
}
