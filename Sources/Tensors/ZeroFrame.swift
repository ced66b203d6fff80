/// The zeros around an image as cells of its own: where a weight is not finite they count.
///
/// The loops leave out rows and columns that hold nothing but padding, some of them more than others, and a
/// folded block other ones than a full block. That makes no difference as long as 0 · w is 0; but 0 · NaN and
/// 0 · ∞ are NaN, and by the definition every output that sees such a weight is NaN, or infinite.
struct ZeroFrame {
  /// The sizes of the same convolution of the larger images.
  let geometry: ConvolutionGeometry
  /// For each row and column of the larger image that of the smaller one, if it has one.
  private let rows: [Int?], columns: [Int?]

  /// `nil` where nothing is added on any side.
  init?(_ g: ConvolutionGeometry) {
    let (window, margins) = (g.window, g.window.margins)
    guard max(margins.top, margins.bottom, margins.left, margins.right) > 0 else { return nil }
    func places(_ size: Int, _ before: Int, _ after: Int) -> [Int?] {
      (-before..<size + after).map { 0..<size ~= $0 ? $0 : nil }
    }
    rows = places(window.image.height, margins.top, margins.bottom)
    columns = places(window.image.width, margins.left, margins.right)
    geometry = ConvolutionGeometry(
      input: [g.input[0], g.input[1], rows.count, columns.count], kernel: g.kernel,
      stride: window.stride, dilation: window.dilation, groups: g.groups)
  }

  /// The images with their zeros.
  func around(_ images: Tensor) -> Tensor { gatherSpatial(images, rows: rows, columns: columns) }
}
