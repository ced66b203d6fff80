internal import Requirements

/// Every size that a convolution needs, checked once and then passed everywhere.
///
/// The input is (N, C, H, W), the kernel (O, C / groups, kernel rows, kernel columns), the output
/// (N, O, output rows, output columns). As everywhere in this field, "convolution" slides the
/// kernel without flipping it (it is a cross-correlation).
public struct ConvolutionGeometry: Sendable, Hashable {
  /// The shape of the input, (N, C, H, W).
  public let input: Shape

  /// The shape of the kernel, (O, C / groups, kernel rows, kernel columns).
  public let kernel: Shape

  /// The shape of the output, (N, O, output rows, output columns).
  public let output: Shape

  /// Where the kernel stands on the padded image.
  public let window: WindowGeometry

  /// Into how many groups the channels are split; each is convolved on its own.
  public let groups: Int

  /// Checks and completes a geometry.
  ///
  /// - Throws: A ``GeometryError`` when a rank, channel count, group count or size does not fit.
  public init(
    checking input: Shape, kernel: Shape, stride: Extent2D = 1, dilation: Extent2D = 1,
    padding: Padding = .valid, groups: Int = 1
  ) throws(GeometryError) {
    guard input.rank == 4 else {
      throw GeometryError("a convolution's input is N×C×H×W, but its shape is \(input)")
    }
    guard kernel.rank == 4 else {
      throw GeometryError(
        "a convolution's kernel is outputs×inputs×rows×columns, but its shape is \(kernel)")
    }
    guard groups >= 1, input[1] % groups == 0, kernel[0] % groups == 0 else {
      throw GeometryError(
        "\(input[1]) input and \(kernel[0]) output channels do not split into \(groups) groups")
    }
    guard input[1] / groups == kernel[1] else {
      throw GeometryError(
        "each of the \(groups) groups has \(input[1] / groups) input channels, but the kernel is"
          + " for \(kernel[1])")
    }
    window = try WindowGeometry(
      image: Extent2D(height: input[2], width: input[3]),
      window: Extent2D(height: kernel[2], width: kernel[3]),
      stride: stride, dilation: dilation, padding: padding)
    self.input = input
    self.kernel = kernel
    self.groups = groups
    output = try GeometryError.output([
      input[0], kernel[0], window.output.height, window.output.width,
    ])
  }

  /// Completes a geometry; traps with the ``GeometryError``'s sentence when it does not fit.
  public init(
    input: Shape, kernel: Shape, stride: Extent2D = 1, dilation: Extent2D = 1,
    padding: Padding = .valid, groups: Int = 1
  ) {
    do throws(GeometryError) {
      try self.init(
        checking: input, kernel: kernel, stride: stride, dilation: dilation, padding: padding,
        groups: groups)
    } catch {
      requirementFailed(error.description)
    }
  }

  /// How many multiplications and additions a forward pass takes, padding included.
  /// Traps where that is more than an `Int` counts.
  public var multiplyAdds: Int {
    let (count, overflow) = output.count.multipliedReportingOverflow(by: kernel.itemElementCount)
    require(!overflow, "the multiply-adds of \(output) outputs of \(kernel) are beyond counting")
    return count
  }
}
