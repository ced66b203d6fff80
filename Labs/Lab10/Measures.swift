import LabKit

/// |a - b| / |b| over all elements, the relative error in the Euclidean norm.
func relativeError(_ actual: Tensor, _ expected: Tensor) -> Double {
  let difference = actual - expected
  return (dot(difference, difference) / dot(expected, expected)).squareRoot()
}

/// The cosine of the angle between two tensors taken as vectors.
func cosine(_ a: Tensor, _ b: Tensor) -> Double {
  dot(a, b) / (dot(a, a) * dot(b, b)).squareRoot()
}

/// Σ aᵢ bᵢ in double precision.
func dot(_ a: Tensor, _ b: Tensor) -> Double {
  zip(a.elements, b.elements).reduce(0) { $0 + Double($1.0) * Double($1.1) }
}

/// The largest |aᵢ - bᵢ|.
func largestError(_ a: Tensor, _ b: Tensor) -> Double {
  zip(a.elements, b.elements).reduce(0) { max($0, abs(Double($1.0) - Double($1.1))) }
}

/// The check of the notebook, `np.all((reference - result)[0] < limit)`: no absolute value, and the
/// first item of the batch only.
func notebookAccepts(_ result: Tensor, reference: Tensor, limit: Float) -> Bool {
  zip(result[items: 0..<1].elements, reference[items: 0..<1].elements).allSatisfy {
    $1 - $0 < limit
  }
}

extension Matrix {
  /// One channel of one image of a batch (N, C, H, W).
  init(_ images: Tensor, item: Int = 0, channel: Int = 0) {
    let (rows, columns) = (images.shape[2], images.shape[3])
    self.init(rows: rows, columns: columns) { row, column in
      Double(images[item, channel, row, column])
    }
  }
}

/// A convolution with stride 1, numbers for it, and what the right and the faulty backward passes
/// make of them.
struct BackwardTrial {
  var x: Tensor
  var weight: Tensor
  var dy: Tensor
  var geometry: ConvolutionGeometry

  /// Numbers drawn as the notebook drew them: x and dL/dy from [0, 1), w from [-0.1, 0.1].
  init(
    input: Shape, outputs: Int = 20, kernel: Int, padding: Int,
    using random: inout SplitMix64
  ) {
    x = .uniform(input, in: 0...1, using: &random)
    weight = .uniform([outputs, input[1], kernel, kernel], in: -0.1...0.1, using: &random)
    geometry = ConvolutionGeometry(
      input: input, kernel: weight.shape, padding: .all(padding))
    dy = .uniform(geometry.output, in: 0...1, using: &random)
  }

  /// dL/dx.
  var right: Tensor { convolveInputGradient(dy, weight, geometry) }

  /// dL/dx when dL/dy is trimmed first: the same as with a ring of zeros in dL/dy.
  var trimmedFirst: Tensor {
    let ring = geometry.window.margins.top
    return convolveInputGradient(ring > 0 ? dy.zeroingRing(ring) : dy, weight, geometry)
  }

  /// dL/dx when channel 0 stands for every channel.
  var channelZero: Tensor { right.repeatingChannelZero() }

  /// dL/dx with both faults, as in the notebook.
  var notebook: Tensor { trimmedFirst.repeatingChannelZero() }
}
