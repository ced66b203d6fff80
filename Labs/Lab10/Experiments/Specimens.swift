package import LabKit

extension Tensor {
  /// The images (N, C, H, W) with their outer `width` rows and columns set to zero.
  ///
  /// Trimming dL/dy before the full convolution, the old backward pass's first fault, equals this.
  package func zeroingRing(_ width: Int) -> Tensor {
    let inner = Padding2D(top: -width, bottom: -width, left: -width, right: -width)
    return Padding2D(width)(inner(self))
  }

  /// The images (N, C, H, W) with channel 0 copied over the others: the old backward pass's second
  /// fault.
  package func repeatingChannelZero() -> Tensor { self[channel: 0].repeatingChannel(shape[1]) }

  /// One channel of the images (N, C, H, W), as (N, 1, H, W).
  package subscript(channel channel: Int) -> Tensor {
    let (items, channels, pixels) = (shape[0], shape[1], shape[2] * shape[3])
    let values = elements
    var result: [Float] = []
    result.reserveCapacity(items * pixels)
    for item in 0..<items {
      let start = (item * channels + channel) * pixels
      result += values[start..<start + pixels]
    }
    return Tensor([items, 1, shape[2], shape[3]], result)
  }

  /// The one channel of the images (N, 1, H, W), so many times.
  package func repeatingChannel(_ count: Int) -> Tensor {
    let (items, pixels) = (shape[0], shape[2] * shape[3])
    let values = elements
    var result: [Float] = []
    result.reserveCapacity(items * pixels * count)
    for item in 0..<items {
      let channel = values[item * pixels..<(item + 1) * pixels]
      for _ in 0..<count { result += channel }
    }
    return Tensor([items, count, shape[2], shape[3]], result)
  }
}

/// The convolution of the notebook's course library: right forward, and backward with each of its
/// two faults to be switched on or off.
package struct NotebookConvolution: RectifierFusing {
  /// The right layer.
  package var right: Conv2D
  /// Trims dL/dy before the full convolution instead of dL/dx after it.
  package var trimsFirst: Bool
  /// Hands the gradient of input channel 0 to every input channel.
  package var channelZeroForAll: Bool

  package init(right: Conv2D, trimsFirst: Bool = true, channelZeroForAll: Bool = true) {
    self.right = right
    self.trimsFirst = trimsFirst
    self.channelZeroForAll = channelZeroForAll
  }

  package var name: String { right.name }
  package var parameters: [Tensor] {
    get { right.parameters }
    set { right.parameters = newValue }
  }
  package var parameterNames: [String] { right.parameterNames }

  package func outputShape(for input: Shape) throws(ShapeError) -> Shape {
    try right.outputShape(for: input)
  }

  package func multiplyAdds(for input: Shape) -> Int { right.multiplyAdds(for: input) }

  /// As fast as the right layer: rectifiers are fused with it likewise.
  package var canRectifyOutput: Bool { true }

  package func callAsFunction(_ x: Tensor, rectifyingOutput: Bool) -> Tensor {
    right(x, rectifyingOutput: rectifyingOutput)
  }

  package func forward(_ x: Tensor, inputIsRectified: Bool, rectifyingOutput: Bool) -> Forward {
    let forward = right.forward(
      x, inputIsRectified: inputIsRectified, rectifyingOutput: rectifyingOutput)
    let geometry = ConvolutionGeometry(
      input: x.shape, kernel: right.weight.shape, padding: right.padding)
    // Composed from the library's own gradient: a trimmed dL/dy is one with a ring of zeros, and the
    // gradient of channel 0 for every channel is that of a kernel whose channels are all channel 0.
    let ring = trimsFirst ? geometry.window.margins.top : 0
    let channels = x.shape[1]
    let weight =
      channelZeroForAll && channels > 1
      ? right.weight[channel: 0].repeatingChannel(channels) : right.weight
    return Forward(
      output: forward.output,
      pullback: Pullback(skippingInput: { dy, wantsInput in
        let parameters = forward.pullback.parameters(dy)
        guard wantsInput else { return (nil, parameters) }
        let seen = ring > 0 ? dy.zeroingRing(ring) : dy
        let input = convolveInputGradient(
          seen, weight, geometry, through: inputIsRectified ? x : nil)
        return (input, parameters)
      }))
  }
}
