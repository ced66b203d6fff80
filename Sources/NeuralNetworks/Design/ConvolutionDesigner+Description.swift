extension LayerRule: CustomStringConvertible {
  /// What may be chosen; what is as usual is left out: `kernels 2 to 5, stride 2`.
  public var description: String {
    var words = [(allowsOnlyOddKernels ? "odd kernels " : "kernels ") + Self.words(kernels)]
    if stride != 1 { words.append("stride \(stride)") }
    if dilation != 1 { words.append("dilation \(dilation)") }
    if paddings != 0...Int.max { words.append("padding " + Self.words(paddings)) }
    return words.joined(separator: ", ")
  }

  private static func words(_ range: ClosedRange<Int>) -> String {
    range.upperBound == .max
      ? "\(range.lowerBound) or more" : "\(range.lowerBound) to \(range.upperBound)"
  }
}

extension ConvolutionDesigner: CustomStringConvertible {
  /// The rules, layer by layer, and the aim.
  public var description: String {
    var words = ["\(aim)"]
    if everyOutputSeesTheImage { words.append("every output sees the image") }
    if allowsAsymmetricPadding { words.append("asymmetric padding allowed") }
    return "ConvolutionDesigner(\((rules.map { "\($0)" } + words).joined(separator: "; ")))"
  }
}
