import Requirements
public import Tensors

/// A convolution over sequences: a ``Conv2D`` over images of one row.
///
/// Input (N, C, L), weight (O, C/groups, k), bias (O), output (N, O, L') with
/// L' = ⌊(L + before + after − d·(k − 1) − 1) / s⌋ + 1. Layout and rules are those of PyTorch's
/// `nn.Conv1d`.
public struct Conv1D: Layer {
  private var image: Conv2D

  /// A layer with given parameters.
  ///
  /// - Parameters:
  ///   - weight: w, of shape (O, C/groups, k).
  ///   - bias: b, of shape (O), or `nil`.
  ///   - stride: How far the window moves, at least 1.
  ///   - before: How many zeros are put in front of the sequence.
  ///   - after: How many behind; as many as in front where it is left out.
  ///   - dilation: How far apart the cells of the kernel are, at least 1.
  ///   - groups: Into how many runs the channels are split.
  public init(
    weight: Tensor, bias: Tensor? = nil, stride: Int = 1, before: Int = 0, after: Int? = nil,
    dilation: Int = 1, groups: Int = 1
  ) {
    require(
      weight.shape.rank == 3 && weight.shape.count > 0,
      "Conv1D takes a weight of shape (O, C/groups, k), not \(weight.shape)")
    image = Conv2D(
      "Conv1D",
      weight: weight.reshaped(to: [weight.shape[0], weight.shape[1], 1, weight.shape[2]]),
      bias: bias, stride: Extent2D(height: 1, width: stride),
      padding: .explicit(top: 0, bottom: 0, left: before, right: after ?? before),
      dilation: Extent2D(height: 1, width: dilation), groups: groups)
  }

  /// A layer with drawn parameters.
  ///
  /// - Parameters:
  ///   - inputChannels: C.
  ///   - outputChannels: O.
  ///   - kernelSize: k.
  ///   - stride: How far the window moves, at least 1.
  ///   - before: How many zeros are put in front of the sequence.
  ///   - after: How many behind; as many as in front where it is left out.
  ///   - dilation: How far apart the cells of the kernel are, at least 1.
  ///   - groups: Into how many runs the channels are split; C and O must be multiples.
  ///   - bias: Whether the layer adds a bias.
  ///   - initializer: How w is drawn, with fan-in C/groups·k and fan-out O/groups·k.
  ///   - biasInitializer: How b is drawn, after w.
  ///   - random: Where the numbers come from.
  public init(
    inputChannels: Int, outputChannels: Int, kernelSize: Int, stride: Int = 1, before: Int = 0,
    after: Int? = nil, dilation: Int = 1, groups: Int = 1, bias: Bool = true,
    initializer: Initializer = .glorotUniform, biasInitializer: Initializer = .zeros,
    using random: inout some RandomNumberGenerator
  ) {
    let drawn = Conv2D.drawnParameters(
      "Conv1D", inputChannels: inputChannels, outputChannels: outputChannels,
      kernelSize: Extent2D(height: 1, width: kernelSize), groups: groups, bias: bias,
      initializer: initializer, biasInitializer: biasInitializer, using: &random)
    image = Conv2D(
      "Conv1D", weight: drawn.weight, bias: drawn.bias,
      stride: Extent2D(height: 1, width: stride),
      padding: .explicit(top: 0, bottom: 0, left: before, right: after ?? before),
      dilation: Extent2D(height: 1, width: dilation), groups: groups)
  }

  /// w, of shape (O, C/groups, k), and b if there is one.
  public var parameters: [Tensor] {
    get { [flat(image.weight)] + image.parameters.dropFirst() }
    set {
      requireReplaceable(parameters, by: newValue, in: name, what: "parameters")
      image.parameters = [newValue[0].reshaped(to: image.weight.shape)] + newValue.dropFirst()
    }
  }

  /// `weight`, `bias`.
  public var parameterNames: [String] { image.parameterNames }

  /// (N, O, L').
  public func outputShape(for input: Shape) throws(ShapeError) -> Shape {
    try check(rank: 3, of: input, axes: "sequences (N, C, L)")
    do throws(ShapeError) {
      let output = try image.outputShape(for: [input[0], input[1], 1, input[2]])
      return [output[0], output[1], output[3]]
    } catch {
      throw ShapeError(
        layer: name, quantity: error.axis == 3 ? "length" : error.quantity,
        axis: error.axis == 3 ? 2 : error.axis, size: error.size, limit: error.limit, input: input,
        reason: error.reason)
    }
  }

  /// N·O·L'·(C/groups)·k.
  public func multiplyAdds(for input: Shape) -> Int {
    image.multiplyAdds(for: [input[0], input[1], 1, input[2]])
  }

  /// The convolution.
  public func callAsFunction(_ x: Tensor) -> Tensor {
    let shape = requireOutputShape(for: x.shape)
    return image(asImage(x)).reshaped(to: shape)
  }

  /// The convolution, and the way back.
  public func forward(_ x: Tensor, using random: inout some RandomNumberGenerator) -> Forward {
    let shape = requireOutputShape(for: x.shape)
    let inner = image.forward(asImage(x), using: &random)
    let pullback = Pullback { [input = x.shape, output = inner.output.shape, self] dy in
      let gradients = inner.pullback(dy.reshaped(to: output))
      return Gradients(
        input: gradients.input.reshaped(to: input),
        parameters: [flat(gradients.parameters[0])] + gradients.parameters.dropFirst())
    }
    return Forward(output: inner.output.reshaped(to: shape), pullback: pullback)
  }

  private func asImage(_ x: Tensor) -> Tensor {
    x.reshaped(to: [x.shape[0], x.shape[1], 1, x.shape[2]])
  }

  private func flat(_ weight: Tensor) -> Tensor {
    weight.reshaped(to: [weight.shape[0], weight.shape[1], weight.shape[3]])
  }
}

extension Conv1D {
  /// The layer in one line: its sizes and settings.
  public var description: String {
    var padding = ""
    if case .explicit(_, _, let before, let after) = image.padding, before != 0 || after != 0 {
      padding = before == after ? "padding \(before)" : "before \(before), after \(after)"
    }
    return describe(
      image.stride == 1 ? "" : "stride \(image.stride.width)", padding,
      image.dilation == 1 ? "" : "dilation \(image.dilation.width)",
      image.groups == 1 ? "" : "\(image.groups) groups")
  }
}
