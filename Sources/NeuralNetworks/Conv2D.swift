import Requirements
public import Tensors

/// A convolution over images: each output pixel is a weighted sum of the window under it.
///
/// ```text
/// y[n, o, i, j] = b[o] + Σ_{c, u, v} w[o, c, u, v] · x̃[n, c, i·s + u·d, j·s + v·d]
/// ```
///
/// with x̃ the padded input, s the stride and d the dilation; the kernel is not flipped (a
/// cross-correlation, as everywhere in this field). With groups, the channels are split into equal
/// runs and o sees only those of its own.
///
/// Input (N, C, H, W), weight (O, C/groups, kh, kw), bias (O), output (N, O, H', W') with
/// H' = ⌊(H + top + bottom − d·(kh − 1) − 1) / s⌋ + 1 and W' likewise.
/// The pullback gives dL/dx (a transposed convolution of dL/dy with w, whose padding is trimmed
/// afterwards), dL/dw (the correlation of x̃ with dL/dy) and dL/db (sums of dL/dy per channel).
/// Cost: N·O·H'·W'·(C/groups)·kh·kw multiply-adds, twice that for the pullback.
///
/// Layout and rules are those of PyTorch's `nn.Conv2d`; `.same` is TensorFlow's rule. Keras holds
/// the weight as (kh, kw, C, O).
public struct Conv2D: AffineLayer {
  /// w, of shape (O, C/groups, kh, kw).
  public internal(set) var weight: Tensor

  /// b, of shape (O); `nil` for a layer without.
  public internal(set) var bias: Tensor?

  /// How far the window moves from one output to the next.
  public let stride: Extent2D

  /// How far the image is extended before the window slides over it.
  public let padding: Padding

  /// What stands in the added cells.
  public let paddingMode: PaddingMode

  /// How far apart the cells of the kernel are; 1 is a kernel without gaps.
  public let dilation: Extent2D

  /// Into how many runs the channels are split.
  public let groups: Int

  /// A layer with given parameters.
  ///
  /// - Parameters:
  ///   - weight: w, of shape (O, C/groups, kh, kw).
  ///   - bias: b, of shape (O), or `nil`.
  ///   - stride: How far the window moves, at least 1.
  ///   - padding: How far the image is extended; negative cells crop.
  ///   - paddingMode: What stands in the added cells.
  ///   - dilation: How far apart the cells of the kernel are, at least 1.
  ///   - groups: Into how many runs the channels are split; O must be a multiple.
  public init(
    weight: Tensor, bias: Tensor? = nil, stride: Extent2D = 1, padding: Padding = .valid,
    paddingMode: PaddingMode = .zeros, dilation: Extent2D = 1, groups: Int = 1
  ) {
    self.init(
      "Conv2D", weight: weight, bias: bias, stride: stride, padding: padding,
      paddingMode: paddingMode, dilation: dilation, groups: groups)
  }

  /// The same for the layer of this name, which traps say.
  init(
    _ name: String, weight: Tensor, bias: Tensor?, stride: Extent2D, padding: Padding,
    paddingMode: PaddingMode = .zeros, dilation: Extent2D, groups: Int
  ) {
    require(
      weight.shape.rank == 4 && weight.shape.count > 0,
      "\(name) takes a weight of shape (O, C/groups, kh, kw), not \(weight.shape)")
    require(
      groups >= 1 && weight.shape[0] % groups == 0,
      "\(name) with \(weight.shape[0]) output channels cannot have \(groups) groups")
    if let bias {
      require(
        bias.shape == [weight.shape[0]],
        "\(name) with the weight \(weight.shape) takes a bias of \(weight.shape[0]) elements, "
          + "not of shape \(bias.shape)")
    }
    self.weight = weight
    self.bias = bias
    self.stride = stride
    self.padding = padding
    self.paddingMode = paddingMode
    self.dilation = dilation
    self.groups = groups
    if let problem = window.problem { requirementFailed("\(name): \(problem)") }
  }

  /// A layer with drawn parameters.
  ///
  /// - Parameters:
  ///   - inputChannels: C.
  ///   - outputChannels: O.
  ///   - kernelSize: Rows and columns of the kernel; an integer stands for the square.
  ///   - stride: How far the window moves, at least 1.
  ///   - padding: How far the image is extended; negative cells crop.
  ///   - paddingMode: What stands in the added cells.
  ///   - dilation: How far apart the cells of the kernel are, at least 1.
  ///   - groups: Into how many runs the channels are split; C and O must be multiples.
  ///   - bias: Whether the layer adds a bias.
  ///   - initializer: How w is drawn, with fan-in C/groups·kh·kw and fan-out O/groups·kh·kw.
  ///   - biasInitializer: How b is drawn, after w.
  ///   - random: Where the numbers come from.
  public init(
    inputChannels: Int, outputChannels: Int, kernelSize: Extent2D, stride: Extent2D = 1,
    padding: Padding = .valid, paddingMode: PaddingMode = .zeros, dilation: Extent2D = 1,
    groups: Int = 1, bias: Bool = true, initializer: Initializer = .glorotUniform,
    biasInitializer: Initializer = .zeros, using random: inout some RandomNumberGenerator
  ) {
    let drawn = Self.drawnParameters(
      "Conv2D", inputChannels: inputChannels, outputChannels: outputChannels,
      kernelSize: kernelSize, groups: groups, bias: bias, initializer: initializer,
      biasInitializer: biasInitializer, using: &random)
    self.init(
      weight: drawn.weight, bias: drawn.bias, stride: stride, padding: padding,
      paddingMode: paddingMode, dilation: dilation, groups: groups)
  }

  /// Weight and bias of the layer of this name.
  static func drawnParameters(
    _ name: String, inputChannels: Int, outputChannels: Int, kernelSize: Extent2D, groups: Int,
    bias: Bool, initializer: Initializer, biasInitializer: Initializer,
    using random: inout some RandomNumberGenerator
  ) -> (weight: Tensor, bias: Tensor?) {
    require(
      inputChannels >= 1 && outputChannels >= 1,
      "\(name) takes at least 1 channel in and out, not \(inputChannels) and \(outputChannels)")
    require(
      groups >= 1 && inputChannels % groups == 0 && outputChannels % groups == 0,
      "\(name) with \(inputChannels) channels in and \(outputChannels) out cannot have \(groups) "
        + "groups")
    let shape = weightShape(
      of: name, [outputChannels, inputChannels / groups], kernelSize)
    // No overflow: neither is larger than the number of weights, which the shape was checked for.
    let area = shape[2] * shape[3]
    let (fanIn, fanOut) = (inputChannels / groups * area, outputChannels / groups * area)
    let weight = initializer(shape, fanIn: fanIn, fanOut: fanOut, using: &random)
    let drawn =
      bias ? biasInitializer([outputChannels], fanIn: fanIn, fanOut: fanOut, using: &random) : nil
    return (weight, drawn)
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

extension Conv2D {
  /// (N, O, H', W').
  ///
  /// Throws where the channels differ, the window does not fit into the padded image, or the
  /// padding mode does not allow that much.
  public func outputShape(for input: Shape) throws(ShapeError) -> Shape {
    try geometry(of: input).convolution.output
  }

  /// N·O·H'·W'·(C/groups)·kh·kw.
  public func multiplyAdds(for input: Shape) -> Int {
    geometry(for: input).convolution.multiplyAdds
  }

  /// The convolution, rectified at once if asked for.
  public func callAsFunction(_ x: Tensor, rectifyingOutput: Bool) -> Tensor {
    let (geometry, frame) = geometry(for: x.shape)
    return convolve(
      frame.map { $0(x) } ?? x, weight, bias: bias, geometry, rectified: rectifyingOutput)
  }

  /// The convolution between rectifiers, and the way back.
  public func forward(_ x: Tensor, inputIsRectified: Bool, rectifyingOutput: Bool) -> Forward {
    let (geometry, padding) = geometry(for: x.shape)
    let frame = padding?.forward(x)
    // Held in the kernels' order for the way back as well.
    let framed = (frame?.output ?? x).heldInLanes()
    let (output, folded) = convolveKeepingFold(
      framed, weight, bias: bias, geometry, rectified: rectifyingOutput)
    let pullback = Pullback(skippingInput: {
      [weight, hasBias = bias != nil, framePullback = frame?.pullback] dy, wantsInput in
      var input: Tensor?
      if wantsInput {
        if let framePullback {
          let gradient = framePullback(convolveInputGradient(dy, weight, geometry)).input
          input = inputIsRectified ? reluGradient(gradient, x) : gradient
        } else {
          input = convolveInputGradient(
            dy, weight, geometry, through: inputIsRectified ? framed : nil)
        }
      }
      let weightGradient = convolveWeightGradient(dy, framed, folded: folded, geometry)
      return (input, hasBias ? [weightGradient, dy.channelSums()] : [weightGradient])
    })
    return Forward(output: output, pullback: pullback)
  }

  /// The convolution's sizes, and the padding as a step of its own before it: none for zeros, which
  /// the kernels see to themselves.
  func geometry(
    of input: Shape
  ) throws(ShapeError) -> (convolution: ConvolutionGeometry, frame: Padding2D?) {
    let geometry = try window.convolution(
      of: input, kernel: weight.shape, groups: groups, layer: self)
    if paddingMode == .zeros || paddingMode == .constant(0) { return (geometry, nil) }
    let margins = geometry.window.margins
    for (side, axis, cells) in [
      ("top", 2, margins.top), ("bottom", 2, margins.bottom), ("left", 3, margins.left),
      ("right", 3, margins.right),
    ] where cells > largestExtent {
      throw ShapeError(
        layer: name, quantity: "padding at the \(side)", axis: axis, size: cells,
        limit: .atMost(largestExtent), input: input, reason: "no larger image is computed with")
    }
    let frame = Padding2D(
      top: margins.top, bottom: margins.bottom, left: margins.left, right: margins.right,
      mode: paddingMode)
    let framed: Shape
    do throws(ShapeError) {
      framed = try frame.outputShape(for: input)
    } catch {
      var named = error
      named.layer = name
      throw named
    }
    var bare = window
    bare.padding = .valid
    return (
      try bare.convolution(of: framed, kernel: weight.shape, groups: groups, layer: self), frame
    )
  }

  private func geometry(for input: Shape) -> (convolution: ConvolutionGeometry, frame: Padding2D?) {
    trapping { () throws(ShapeError) in try geometry(of: input) }
  }
}

extension Conv2D {
  /// The layer in one line: its sizes and settings.
  public var description: String {
    describe(
      stride == 1 ? "" : "stride \(stride)", padding == .valid ? "" : "padding \(padding)",
      paddingMode == .zeros ? "" : "\(paddingMode)", dilation == 1 ? "" : "dilation \(dilation)",
      groups == 1 ? "" : "\(groups) groups")
  }
}
