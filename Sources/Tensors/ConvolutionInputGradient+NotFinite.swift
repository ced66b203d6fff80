internal import KernelInterface

// The gradient of the input is computed as a correlation of the output's gradient, with zeros around it.
// By the definition nothing is around it, and 0 · NaN and 0 · ∞ are NaN: weights that are not finite are
// left out of the correlation and added where the definition has them.

extension Tensor {
  /// The same with zeros for what is not finite; `nil` where all is. In row-major order.
  func withZerosForInfinities() -> Tensor? {
    if isTame || elements.allSatisfy(\.isFinite) { return nil }
    return map { $0.isFinite ? $0 : 0 }
  }

  /// Adds to the gradient of a convolution's input what the weights give that are not finite.
  ///
  /// - Parameters:
  ///   - w: The kernel, in row-major order.
  ///   - dy: The output's gradient, held in the lanes, as this tensor is.
  ///   - geometry: The sizes of the forward convolution.
  ///   - rectifier: What says where this gradient is zero, held in the lanes.
  func addInfinities(
    of w: Tensor, _ dy: Tensor, _ geometry: ConvolutionGeometry, through rectifier: Tensor?
  ) {
    let terms = InfiniteWeight.all(of: w, geometry)
    let (window, output) = (geometry.window, geometry.window.output)
    let (height, width) = (window.image.height, window.image.width)
    ThreadPool.shared.run(parts: blocks) { block in
      let (gradient, result) = unsafe (dy.lanes(ofBlock: block), lanes(ofBlock: block))
      let mask = unsafe rectifier.map { unsafe $0.lanes(ofBlock: block) }
      let isFree = lanesWithoutItem(ofBlock: block)
      for term in terms {
        for i in 0..<output.height {
          let row = i * window.stride.height + term.row - window.margins.top
          if !(0..<height ~= row) { continue }
          for j in 0..<output.width {
            let column = j * window.stride.width + term.column - window.margins.left
            if !(0..<width ~= column) { continue }
            let place = (term.input * height + row) * width + column
            let source = (term.output * output.height + i) * output.width + j
            var value = unsafe term.weight * gradient[source]
            value.replace(with: 0, where: isFree)
            if let mask = unsafe mask { unsafe value.replace(with: 0, where: mask[place] .<= 0) }
            unsafe result[place] += value
          }
        }
      }
    }
  }
}

/// A weight that is not finite: from which input channel and cell to which output channel.
private struct InfiniteWeight {
  var input: Int, output: Int
  /// Where the cell lies in the image, seen from the kernel's corner.
  var row: Int, column: Int
  var weight: Float

  /// All of a kernel; of several NaNs of an input channel's cell the first, since NaN of one is NaN of all.
  static func all(of w: Tensor, _ g: ConvolutionGeometry) -> [InfiniteWeight] {
    let (inputs, rows, columns) = (w.shape[1], w.shape[2], w.shape[3])
    let outputs = w.shape[0] / g.groups
    var found: [InfiniteWeight] = []
    for group in 0..<g.groups {
      for cell in 0..<inputs * rows * columns {
        var hasNaN = false
        for output in group * outputs..<(group + 1) * outputs {
          let weight = unsafe w.storage.base[output * inputs * rows * columns + cell]
          if weight.isFinite || weight.isNaN && hasNaN { continue }
          hasNaN = hasNaN || weight.isNaN
          found.append(
            InfiniteWeight(
              input: group * inputs + cell / (rows * columns), output: output,
              row: cell / columns % rows * g.window.dilation.height,
              column: cell % columns * g.window.dilation.width, weight: weight))
        }
      }
    }
    return found
  }
}
