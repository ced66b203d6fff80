package import LabKit
internal import Requirements

/// A convolution with stride 1, numbers for it, and what the right and the faulty backward passes
/// make of them.
package struct BackwardTrial: Sendable {
  package var x: Tensor
  package var weight: Tensor
  /// A bias for each output channel and position, as the notebook's library had it.
  package var bias: Tensor
  package var dy: Tensor
  package var geometry: ConvolutionGeometry

  /// Numbers drawn as the notebook drew them: x and dL/dy from [0, 1), w and the bias from
  /// [-0.1, 0.1].
  package init(
    input: Shape, outputs: Int = 20, kernel: Int, padding: Int, using random: inout SplitMix64
  ) {
    x = .uniform(input, in: 0...1, using: &random)
    weight = .uniform([outputs, input[1], kernel, kernel], in: -0.1...0.1, using: &random)
    geometry = ConvolutionGeometry(input: input, kernel: weight.shape, padding: .all(padding))
    dy = .uniform(geometry.output, in: 0...1, using: &random)
    let output = geometry.output
    bias = .uniform([output[1], output[2], output[3]], in: -0.1...0.1, using: &random)
  }

  /// y without a bias.
  package var output: Tensor { convolve(x, weight, geometry) }

  /// y as the notebook's library computes it: with a bias of its own at each position.
  package var notebookOutput: Tensor {
    let images = (0..<x.shape[0]).flatMap { _ in bias.elements }
    return output + Tensor(geometry.output, images)
  }

  /// dL/dx.
  package var right: Tensor { convolveInputGradient(dy, weight, geometry) }

  /// dL/dw.
  package var weightGradient: Tensor { convolveWeightGradient(dy, x, geometry) }

  /// dL/dx when dL/dy is trimmed first: the same as with a ring of zeros in dL/dy.
  package var trimmedFirst: Tensor {
    let ring = geometry.window.margins.top
    return convolveInputGradient(ring > 0 ? dy.zeroingRing(ring) : dy, weight, geometry)
  }

  /// dL/dx when channel 0 stands for every channel.
  package var channelZero: Tensor { right.repeatingChannelZero() }

  /// dL/dx with both faults, as in the notebook.
  package var notebook: Tensor { trimmedFirst.repeatingChannelZero() }

  /// The same trial with the kernel that Keras convolved with: its `output` and `right` are what the
  /// notebook compared with.
  package var asKerasReadIt: BackwardTrial {
    var copy = self
    copy.weight = misread(weight)
    return copy
  }
}

/// The kernel that Keras convolved with. It reads rows, columns, inputs, outputs where the notebook
/// handed it inputs, rows, columns, outputs, which fits as long as there are 3 of each.
package func misread(_ weight: Tensor) -> Tensor {
  let shape = weight.shape
  require(
    shape[1] == shape[2] && shape[2] == shape[3],
    "A kernel is misread without a word where inputs, rows and columns are as many, not \(shape).")
  let size = shape[1]
  let values = weight.elements
  return Tensor(shape) { index in
    let (o, c, i, j) = (
      index / (size * size * size), index / (size * size) % size, index / size % size,
      index % size
    )
    return values[((o * size + i) * size + j) * size + c]
  }
}

/// The three comparisons of the notebook, as they stand in its cells.
package enum NotebookCheck {
  /// Cell 8, `np.all((conv_output_np - output[0]) < 1)`: both images of Keras, of shape
  /// (2, 20, 4, 5), meet the first of the notebook, (20, 4, 5), which NumPy stretches.
  package static func accepts(output: Tensor, reference: Tensor) -> Bool {
    let (own, keras) = (output.elements, reference.elements)
    let count = own.count / output.shape[0]
    return keras.indices.allSatisfy { keras[$0] - own[$0 % count] < 1 }
  }

  /// Cell 10, `np.all((dL_dx_keras_np - dL_dx[0]) < 1)`: the first image, whose Keras gradient was
  /// picked out a cell earlier.
  package static func accepts(inputGradient: Tensor, reference: Tensor) -> Bool {
    let (own, keras) = (inputGradient.elements, reference.elements)
    return (0..<own.count / inputGradient.shape[0]).allSatisfy { keras[$0] - own[$0] < 1 }
  }

  /// Cell 11, `np.all((dL_dw_keras_np - np.moveaxis(dL_dw, 1, -1)) < 1e-4)`: all kernels.
  package static func accepts(weightGradient: Tensor, reference: Tensor) -> Bool {
    let (own, keras) = (weightGradient.elements, reference.elements)
    return own.indices.allSatisfy { keras[$0] - own[$0] < 1e-4 }
  }
}
