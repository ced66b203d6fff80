import KernelInterface

// The zeros around an image are multiplied like its own cells, and 0 · NaN and 0 · ∞ are NaN. The loops leave
// out rows and columns of padding, a folded block other ones than a full block: weights that are not finite
// are left out of them and added where the definition has them.

extension ConvolutionGeometry {
  /// Whether there are zeros on any side of the images.
  var addsCells: Bool {
    let margins = window.margins
    return max(margins.top, margins.bottom, margins.left, margins.right) > 0
  }
}

extension Tensor {
  /// Adds to the output of a convolution what the weights give that are not finite.
  ///
  /// - Parameters:
  ///   - w: The kernel, in row-major order.
  ///   - x: The images, held in the lanes, as this tensor is.
  ///   - geometry: The sizes.
  func addInfinities(of w: Tensor, seeing x: Tensor, _ geometry: ConvolutionGeometry) {
    let (window, output) = (geometry.window, geometry.window.output)
    let (height, width) = (window.image.height, window.image.width)
    let (inputs, rows, columns) = (w.shape[1], w.shape[2], w.shape[3])
    let outputs = w.shape[0] / geometry.groups
    ThreadPool.shared.run(parts: blocks * w.shape[0]) { part in
      let (block, channel) = part.quotientAndRemainder(dividingBy: w.shape[0])
      let image = unsafe x.lanes(ofBlock: block) + channel / outputs * inputs * height * width
      let result = unsafe lanes(ofBlock: block) + channel * output.height * output.width
      let isFree = lanesWithoutItem(ofBlock: block)
      let weights = unsafe w.storage.base + channel * inputs * rows * columns
      let cells = (0..<inputs * rows * columns).filter { unsafe !weights[$0].isFinite }
      // Every output sees every weight: one NaN, and all are.
      let hasNaN = cells.contains { unsafe weights[$0].isNaN }
      for cell in hasNaN ? Array(cells.prefix(1)) : cells {
        let weight = unsafe hasNaN ? .nan : weights[cell]
        let (input, place) = cell.quotientAndRemainder(dividingBy: rows * columns)
        for i in 0..<output.height {
          let row =
            i * window.stride.height + place / columns * window.dilation.height - window.margins.top
          for j in 0..<output.width {
            let column =
              j * window.stride.width + place % columns * window.dilation.width
              - window.margins.left
            let isInside = 0..<height ~= row && 0..<width ~= column
            var value =
              unsafe isInside
              ? image[(input * height + row) * width + column] : Lanes(repeating: 0)
            value *= weight
            value.replace(with: 0, where: isFree)
            unsafe result[i * output.width + j] += value
          }
        }
      }
    }
  }
}
