extension WindowGeometry: CustomStringConvertible {
  /// The window and where it stands, what is as usual left out: `3×3 on 28×28, padding 1 → 28×28`.
  public var description: String {
    var words = "\(window) on \(image)"
    if stride != 1 { words += ", stride \(stride)" }
    if dilation != 1 { words += ", dilation \(dilation)" }
    if !margins.areNone { words += ", padding \(margins)" }
    return words + " → \(output)"
  }
}

extension ConvolutionGeometry: CustomStringConvertible {
  /// The shapes and where the kernel stands: `50×1×28×28 ∗ 4×1×3×3, padding 1 → 50×4×28×28`.
  public var description: String {
    var words = "\(input) ∗ \(kernel)"
    if window.stride != 1 { words += ", stride \(window.stride)" }
    if window.dilation != 1 { words += ", dilation \(window.dilation)" }
    if !window.margins.areNone { words += ", padding \(window.margins)" }
    if groups != 1 { words += ", \(groups) groups" }
    return words + " → \(output)"
  }
}

extension PoolingGeometry: CustomStringConvertible {
  /// The shapes and where the window stands: `50×4×28×28, windows of 2×2, stride 2×2 → 50×4×14×14`.
  public var description: String {
    var words = "\(input), windows of \(window.window), stride \(window.stride)"
    if !window.margins.areNone { words += ", padding \(window.margins)" }
    return words + " → \(output)"
  }
}

extension Margins {
  /// Whether nothing is added and nothing cropped.
  fileprivate var areNone: Bool { self == Margins(top: 0, bottom: 0, left: 0, right: 0) }
}
