import Tensors

// The slow, readable twins of the fast operations: straight from the formulas, one element at a
// time, summed in double precision.

/// An image batch or kernel as nested loops see it.
struct Direct {
  let shape: [Int]
  var values: [Double]

  init(_ tensor: Tensor) {
    shape = tensor.shape.dimensions
    values = tensor.elements.map(Double.init)
  }

  init(_ shape: Shape) {
    self.shape = shape.dimensions
    values = [Double](repeating: 0, count: shape.count)
  }

  subscript(n: Int, c: Int, i: Int, j: Int) -> Double {
    get { values[((n * shape[1] + c) * shape[2] + i) * shape[3] + j] }
    set { values[((n * shape[1] + c) * shape[2] + i) * shape[3] + j] = newValue }
  }

  /// Zero outside the image.
  func padded(_ n: Int, _ c: Int, _ i: Int, _ j: Int) -> Double {
    i >= 0 && j >= 0 && i < shape[2] && j < shape[3] ? self[n, c, i, j] : 0
  }
}

/// Calls `body` for every multiply-add of a convolution with its output, input and kernel position.
func forEachMultiplyAdd(
  _ g: ConvolutionGeometry,
  _ body: (_ n: Int, _ o: Int, _ i: Int, _ j: Int, _ c: Int, _ y: Int, _ x: Int, _ w: [Int]) -> Void
) {
  let perGroup = g.kernel[0] / g.groups
  let window = g.window
  for n in 0..<g.output[0] {
    for o in 0..<g.output[1] {
      for i in 0..<g.output[2] {
        for j in 0..<g.output[3] {
          for c in 0..<g.kernel[1] {
            for u in 0..<g.kernel[2] {
              for v in 0..<g.kernel[3] {
                let y = i * window.stride.height + u * window.dilation.height - window.margins.top
                let x = j * window.stride.width + v * window.dilation.width - window.margins.left
                guard y >= 0, x >= 0, y < g.input[2], x < g.input[3] else { continue }
                body(n, o, i, j, o / perGroup * g.kernel[1] + c, y, x, [o, c, u, v])
              }
            }
          }
        }
      }
    }
  }
}

func directConvolve(_ x: Tensor, _ w: Tensor, bias: Tensor?, _ g: ConvolutionGeometry) -> Direct {
  let (x, w) = (Direct(x), Direct(w))
  var out = Direct(g.output)
  if let bias {
    let area = g.output[2] * g.output[3]
    for index in out.values.indices {
      out.values[index] = Double(bias.elements[index / area % g.output[1]])
    }
  }
  forEachMultiplyAdd(g) { n, o, i, j, c, y, xx, k in
    out[n, o, i, j] += x[n, c, y, xx] * w[k[0], k[1], k[2], k[3]]
  }
  return out
}

func directInputGradient(_ dy: Tensor, _ w: Tensor, _ g: ConvolutionGeometry) -> Direct {
  let (dy, w) = (Direct(dy), Direct(w))
  var out = Direct(g.input)
  forEachMultiplyAdd(g) { n, o, i, j, c, y, x, k in
    out[n, c, y, x] += dy[n, o, i, j] * w[k[0], k[1], k[2], k[3]]
  }
  return out
}

func directWeightGradient(_ dy: Tensor, _ x: Tensor, _ g: ConvolutionGeometry) -> Direct {
  let (dy, x) = (Direct(dy), Direct(x))
  var out = Direct(g.kernel)
  forEachMultiplyAdd(g) { n, o, i, j, c, y, xx, k in
    out[k[0], k[1], k[2], k[3]] += dy[n, o, i, j] * x[n, c, y, xx]
  }
  return out
}

/// The largest difference relative to the reference's largest value.
func relativeError(_ actual: Tensor, _ expected: Direct) -> Double {
  guard actual.shape.dimensions == expected.shape else { return .infinity }
  var scale = 1e-30
  var worst = 0.0
  for (a, e) in zip(actual.elements, expected.values) {
    scale = max(scale, e.magnitude)
    let difference = (Double(a) - e).magnitude
    if !(difference <= worst) { worst = difference }
  }
  return worst / scale
}

/// The inner product of two tensors in double precision.
func inner(_ a: Tensor, _ b: Tensor) -> Double {
  zip(a.elements, b.elements).reduce(0) { $0 + Double($1.0) * Double($1.1) }
}
