import Requirements
public import Tensors

/// A transposed convolution: the linear map of dL/dy to dL/dx of a ``Conv2D``, as a layer.
///
/// ```text
/// y[n, o, i·s + u·d − top, j·s + v·d − left] += w[c, o, u, v] · x[n, c, i, j],   y starts at b
/// ```
///
/// Each input pixel stamps the kernel, scaled, onto the output; padding trims the result.
/// Input (N, C, H, W), weight (C, O/groups, kh, kw), bias (O), output (N, O, H', W') with
/// H' = (H − 1)·s − top − bottom + d·(kh − 1) + 1 + outputPadding and W' likewise. With `.same`
/// padding H' = H·s (TensorFlow's rule); with `.full`, top = bottom = d·(kh − 1).
///
/// dL/dx is the convolution of dL/dy with w, dL/dw the correlation of dL/dy with x.
/// Cost: N·C·H·W·(O/groups)·kh·kw multiply-adds, twice that for the pullback.
/// Layout and rules are those of PyTorch's `nn.ConvTranspose2d`.
public struct ConvTranspose2D: AffineLayer {
  /// w, of shape (C, O/groups, kh, kw).
  public internal(set) var weight: Tensor

  /// b, of shape (O); `nil` for a layer without.
  public internal(set) var bias: Tensor?

  /// How far apart the stamps of neighbouring input pixels are.
  public let stride: Extent2D

  /// How many cells are trimmed from the output on each side.
  public let padding: Padding

  /// Rows at the bottom and columns at the right that are added to the output; tells apart the
  /// sizes that a strided convolution maps to the same one.
  public let outputPadding: Extent2D

  /// How far apart the cells of the kernel are; 1 is a kernel without gaps.
  public let dilation: Extent2D

  /// Into how many runs the channels are split.
  public let groups: Int

  /// A layer with given parameters.
  ///
  /// - Parameters:
  ///   - weight: w, of shape (C, O/groups, kh, kw).
  ///   - bias: b, of shape (O), or `nil`.
  ///   - stride: How far apart the stamps are, at least 1.
  ///   - padding: How many cells are trimmed from the output on each side.
  ///   - outputPadding: Rows and columns added to the output, below stride or dilation; must be 0
  ///     with `.same`.
  ///   - dilation: How far apart the cells of the kernel are, at least 1.
  ///   - groups: Into how many runs the channels are split; C must be a multiple.
  public init(
    weight: Tensor, bias: Tensor? = nil, stride: Extent2D = 1, padding: Padding = .valid,
    outputPadding: Extent2D = 0, dilation: Extent2D = 1, groups: Int = 1
  ) {
    require(
      weight.shape.rank == 4 && weight.shape.count > 0,
      "ConvTranspose2D takes a weight of shape (C, O/groups, kh, kw), not \(weight.shape)")
    require(
      groups >= 1 && weight.shape[0] % groups == 0,
      "ConvTranspose2D with \(weight.shape[0]) input channels cannot have \(groups) groups")
    if let bias {
      require(
        bias.shape == [weight.shape[1] * groups],
        "ConvTranspose2D with the weight \(weight.shape) and \(groups) groups takes a bias of "
          + "\(weight.shape[1] * groups) elements, not of shape \(bias.shape)")
    }
    require(
      outputPadding.height >= 0 && outputPadding.width >= 0
        && outputPadding.height < max(stride.height, dilation.height)
        && outputPadding.width < max(stride.width, dilation.width),
      "an output padding of \(outputPadding) is not below the stride \(stride) or the dilation "
        + "\(dilation)")
    require(
      padding != .same || outputPadding == 0,
      "with same padding the output is input · stride; an output padding of \(outputPadding) "
        + "contradicts that")
    self.weight = weight
    self.bias = bias
    self.stride = stride
    self.padding = padding
    self.outputPadding = outputPadding
    self.dilation = dilation
    self.groups = groups
    if let problem = window.problem { requirementFailed("ConvTranspose2D: \(problem)") }
  }

  /// A layer with drawn parameters.
  ///
  /// - Parameters:
  ///   - inputChannels: C.
  ///   - outputChannels: O.
  ///   - kernelSize: Rows and columns of the kernel; an integer stands for the square.
  ///   - stride: How far apart the stamps are, at least 1.
  ///   - padding: How many cells are trimmed from the output on each side.
  ///   - outputPadding: Rows and columns added to the output.
  ///   - dilation: How far apart the cells of the kernel are, at least 1.
  ///   - groups: Into how many runs the channels are split; C and O must be multiples.
  ///   - bias: Whether the layer adds a bias.
  ///   - initializer: How w is drawn, with fan-in C/groups·kh·kw and fan-out O/groups·kh·kw.
  ///   - biasInitializer: How b is drawn, after w.
  ///   - random: Where the numbers come from.
  public init(
    inputChannels: Int, outputChannels: Int, kernelSize: Extent2D, stride: Extent2D = 1,
    padding: Padding = .valid, outputPadding: Extent2D = 0, dilation: Extent2D = 1,
    groups: Int = 1, bias: Bool = true, initializer: Initializer = .glorotUniform,
    biasInitializer: Initializer = .zeros, using random: inout some RandomNumberGenerator
  ) {
    require(
      inputChannels >= 1 && outputChannels >= 1 && groups >= 1 && inputChannels % groups == 0
        && outputChannels % groups == 0,
      "ConvTranspose2D with \(inputChannels) channels in and \(outputChannels) out cannot have "
        + "\(groups) groups")
    let shape = weightShape(
      of: "ConvTranspose2D", [inputChannels, outputChannels / groups], kernelSize)
    // No overflow: neither is larger than the number of weights, which the shape was checked for.
    let area = shape[2] * shape[3]
    let (fanIn, fanOut) = (inputChannels / groups * area, outputChannels / groups * area)
    let weight = initializer(shape, fanIn: fanIn, fanOut: fanOut, using: &random)
    let drawn =
      bias ? biasInitializer([outputChannels], fanIn: fanIn, fanOut: fanOut, using: &random) : nil
    self.init(
      weight: weight, bias: drawn, stride: stride, padding: padding, outputPadding: outputPadding,
      dilation: dilation, groups: groups)
  }

  /// w, and b if there is one.
  public var parameters: [Tensor] {
    get { affineParameters }
    set { affineParameters = newValue }
  }

  /// `weight`, `bias`.
  public var parameterNames: [String] { affineParameterNames }

  /// Rows and columns of the kernel.
  public var kernelSize: Extent2D { Extent2D(height: weight.shape[2], width: weight.shape[3]) }

  private var window: ImageWindow {
    ImageWindow(size: kernelSize, stride: stride, dilation: dilation, padding: padding)
  }
}

extension ConvTranspose2D {
  /// (N, O, H', W').
  ///
  /// Throws where the channels differ or the padding trims everything away.
  public func outputShape(for input: Shape) throws(ShapeError) -> Shape {
    try check(images: input, channels: weight.shape[0])
    guard input[2] >= 1, input[3] >= 1 else {
      let axis = input[2] < 1 ? 2 : 3
      throw ShapeError(
        layer: name, quantity: axis == 2 ? "height" : "width", axis: axis, size: input[axis],
        limit: .atLeast(1), input: input, reason: "there must be a pixel to stamp the kernel")
    }
    for (axis, stride) in [(2, stride.height), (3, stride.width)]
    where input[axis] > largestExtent / stride {
      throw ShapeError(
        layer: name, quantity: axis == 2 ? "height" : "width", axis: axis, size: input[axis],
        limit: .atMost(largestExtent / stride), input: input,
        reason: "with a stride of \(stride) the output would be larger than any image that is "
          + "computed with")
    }
    let trims = trims(for: input)
    func size(
      axis: Int, quantity: String, stride: Int, span: Int, trimmed: Int
    ) throws(ShapeError) -> Int {
      let size = (input[axis] - 1) * stride + span - trimmed
      if size >= 1 { return size }
      throw ShapeError(
        layer: name, quantity: quantity, axis: axis, size: input[axis],
        limit: .atLeast(input[axis] + (1 - size + stride - 1) / stride), input: input,
        reason: "the padding trims \(trimmed) of the \(trimmed + size) cells of the output")
    }
    let output = [
      input[0], weight.shape[1] * groups,
      try size(
        axis: 2, quantity: "height", stride: stride.height,
        span: dilation.height * (kernelSize.height - 1) + 1, trimmed: trims.top + trims.bottom),
      try size(
        axis: 3, quantity: "width", stride: stride.width,
        span: dilation.width * (kernelSize.width - 1) + 1, trimmed: trims.left + trims.right),
    ]
    return try self.output(output, of: input)
  }

  /// N·C·H·W·(O/groups)·kh·kw.
  public func multiplyAdds(for input: Shape) -> Int {
    product(input.count, weight.shape.itemElementCount)
  }

  /// The transposed convolution.
  public func callAsFunction(_ x: Tensor) -> Tensor {
    let y = convolveInputGradient(x, weight, geometry(for: x.shape))
    return bias.map { y.addingPerChannel($0) } ?? y
  }

  /// The transposed convolution, and the way back.
  public func forward(_ x: Tensor, using random: inout some RandomNumberGenerator) -> Forward {
    let geometry = geometry(for: x.shape)
    let pullback = Pullback(skippingInput: { [weight, hasBias = bias != nil] dy, wantsInput in
      let input = wantsInput ? convolve(dy, weight, bias: nil, geometry) : nil
      let weightGradient = convolveWeightGradient(x, dy, geometry)
      return (input, hasBias ? [weightGradient, dy.channelSums()] : [weightGradient])
    })
    return Forward(output: self(x), pullback: pullback)
  }

  /// How many cells of what the stamps cover are trimmed on each side; below 0 where cells that no
  /// stamp reaches are added.
  private func trims(for input: Shape) -> Margins {
    // With `.same`, what the convolution back from H·s × W·s pads.
    var trims = padding.margins(
      image: Extent2D(height: input[2] * stride.height, width: input[3] * stride.width),
      window: kernelSize, stride: stride, dilation: dilation)
    if padding == .same {
      // A kernel shorter than the stride leaves the last rows or columns of H·s to no stamp.
      trims.bottom -= max(0, stride.height - dilation.height * (kernelSize.height - 1) - 1)
      trims.right -= max(0, stride.width - dilation.width * (kernelSize.width - 1) - 1)
    }
    trims.bottom -= outputPadding.height
    trims.right -= outputPadding.width
    return trims
  }

  /// The convolution that this layer is the transpose of: from the output to the input.
  private func geometry(for input: Shape) -> ConvolutionGeometry {
    let output = requireOutputShape(for: input)
    let trims = trims(for: input)
    return ConvolutionGeometry(
      input: output, kernel: weight.shape, stride: stride,
      dilation: dilation,
      padding: .explicit(
        top: trims.top, bottom: trims.bottom, left: trims.left, right: trims.right),
      groups: groups)
  }
}

extension ConvTranspose2D {
  /// The layer in one line: its sizes and settings.
  public var description: String {
    describe(
      stride == 1 ? "" : "stride \(stride)", padding == .valid ? "" : "padding \(padding)",
      outputPadding == 0 ? "" : "output padding \(outputPadding)",
      dilation == 1 ? "" : "dilation \(dilation)", groups == 1 ? "" : "\(groups) groups")
  }
}
