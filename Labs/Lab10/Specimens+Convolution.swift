import LabKit

/// The convolution of the notebook's course library: right forward, and backward with each of its
/// two faults to be switched on or off.
struct NotebookConvolution: Layer {
  /// The right layer.
  var right: Conv2D
  /// Trims dL/dy before the full convolution instead of dL/dx after it.
  var trimsFirst = true
  /// Hands the gradient of input channel 0 to every input channel.
  var channelZeroForAll = true

  var name: String { right.name }
  var parameters: [Tensor] {
    get { right.parameters }
    set { right.parameters = newValue }
  }
  var parameterNames: [String] { right.parameterNames }

  func outputShape(for input: Shape) throws(ShapeError) -> Shape {
    try right.outputShape(for: input)
  }

  func multiplyAdds(for input: Shape) -> Int { right.multiplyAdds(for: input) }

  func callAsFunction(_ x: Tensor) -> Tensor { right(x) }

  func forward(_ x: Tensor, using random: inout some RandomNumberGenerator) -> Forward {
    let forward = right.forward(x, using: &random)
    let geometry = ConvolutionGeometry(
      input: x.shape, kernel: right.weight.shape, padding: right.padding)
    // Composed from the library's own gradient: a trimmed dL/dy is one with a ring of zeros, and a
    // kernel whose input channels are all channel 0 gives every channel that one's gradient.
    let ring = trimsFirst ? geometry.window.margins.top : 0
    let weight = channelZeroForAll ? right.weight.repeatingChannelZero() : right.weight
    return Forward(
      output: forward.output,
      pullback: Pullback(skippingInput: { dy, wantsInput in
        let parameters = forward.pullback.parameters(dy)
        guard wantsInput else { return (nil, parameters) }
        let seen = ring > 0 ? dy.zeroingRing(ring) : dy
        return (convolveInputGradient(seen, weight, geometry), parameters)
      }))
  }
}
