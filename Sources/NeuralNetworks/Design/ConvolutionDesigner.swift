import Requirements
public import Tensors

/// Finds kernels and padding of a stack of convolutions that turn one image size into another.
///
/// A layer with kernel f, stride s, dilation d and a rows of padding above, b below makes
///
/// ```text
/// out = ⌊(in + a + b - d (f - 1) - 1) / s⌋ + 1
/// ```
///
/// rows of its input's rows; columns alike. Strides and dilations are given, kernels and padding are
/// chosen: those that fulfil every rule and are best by the ``aim``. Dynamic programming over
/// the sizes between the layers finds the optimum and counts how many designs reach it.
///
/// ```swift
/// let designer = ConvolutionDesigner(layers: 3)
/// let plan = try designer.plan(from: 20, to: 25)  // a 2×2 kernel with padding 3, two 1×1
/// try designer.bestPlanCount(from: 20, to: 25)    // 30
/// ```
///
/// Where the image and the wanted size are square, kernels and padding are the same on both axes;
/// where one of them is not, each axis gets its own.
public struct ConvolutionDesigner: Sendable, Hashable {
  /// What a design should have little of.
  public enum Aim: Sendable, Hashable, CaseIterable {
    /// The sum of all rows and columns of padding over all layers.
    case leastTotalPadding
    /// The widest margin of any layer; among those designs one of least total padding.
    case leastLargestPadding
    /// The number of cells of padding over all layers: each is multiplied like any other.
    case fewestZeroCells
  }

  /// What may be chosen in each layer, from the first to the last.
  public var rules: [LayerRule]

  /// What the best design has least of.
  public var aim: Aim

  /// Whether every output must see at least one cell of its layer's input.
  ///
  /// Without dilation that is padding below the kernel: with a margin of f or more, the outermost
  /// outputs see nothing but zeros.
  public var everyOutputSeesTheImage: Bool

  /// Whether a layer may have one row more below than above, and one column more on the right than
  /// on the left, as TensorFlow's "same" padding has.
  public var allowsAsymmetricPadding: Bool

  /// A designer with a rule for each layer.
  public init(
    rules: [LayerRule], aim: Aim = .leastTotalPadding, everyOutputSeesTheImage: Bool = false,
    allowsAsymmetricPadding: Bool = false
  ) {
    self.rules = rules
    self.aim = aim
    self.everyOutputSeesTheImage = everyOutputSeesTheImage
    self.allowsAsymmetricPadding = allowsAsymmetricPadding
  }

  /// A designer with the same rule for every layer.
  public init(
    layers: Int, each rule: LayerRule = LayerRule(), aim: Aim = .leastTotalPadding,
    everyOutputSeesTheImage: Bool = false, allowsAsymmetricPadding: Bool = false
  ) {
    require(layers <= 1 << 16, "a design has at most \(1 << 16) layers, not \(layers)")
    self.init(
      rules: Array(repeating: rule, count: max(layers, 0)), aim: aim,
      everyOutputSeesTheImage: everyOutputSeesTheImage,
      allowsAsymmetricPadding: allowsAsymmetricPadding)
  }

  /// The best design.
  ///
  /// Among equally good ones, the one whose first layers do the most of the work with the smallest
  /// kernels. Cost grows with the square of the sizes for each layer, with their fourth power for
  /// the fewest zero cells on an oblong image.
  ///
  /// - Throws: ``DesignError`` with the reason where no design fulfils the rules, or where sizes beyond
  ///   65,536 would have to be looked through.
  public func plan(from input: Extent2D, to output: Extent2D) throws(DesignError)
    -> ConvolutionPlan
  {
    guard let plan = try bestPlans(from: input, to: output, limit: 1).first else {
      throw DesignError("No design was found from \(input) to \(output).")
    }
    return plan
  }

  /// Best designs, at most `limit` of them, the one of ``plan(from:to:)`` first.
  ///
  /// - Throws: ``DesignError`` as ``plan(from:to:)``.
  public func bestPlans(from input: Extent2D, to output: Extent2D, limit: Int) throws(DesignError)
    -> [ConvolutionPlan]
  {
    try solution(from: input, to: output).designs(limit: limit).map { rows, columns in
      ConvolutionPlan(input: input, rules: rules, rows: rows, columns: columns)
    }
  }

  /// How many designs are best by the ``aim``; `Int.max` stands for that many or more.
  ///
  /// - Throws: ``DesignError`` as ``plan(from:to:)``.
  public func bestPlanCount(from input: Extent2D, to output: Extent2D) throws(DesignError) -> Int {
    try solution(from: input, to: output).count
  }

  private func solution(from input: Extent2D, to output: Extent2D) throws(DesignError)
    -> any DesignSolution
  {
    try checkRules(from: input, to: output)
    let rows = try axis(from: input.height, to: output.height)
    let columns = try axis(from: input.width, to: output.width)
    guard rows.isPossible else {
      throw impossible("rows", from: input.height, to: output.height)
    }
    guard columns.isPossible else {
      throw impossible("columns", from: input.width, to: output.width)
    }
    if input.height == input.width && output.height == output.width {
      return SquareSolution(axis: rows, aim: aim)
    }
    return aim == .fewestZeroCells
      ? OblongCellsSolution(rows: rows, columns: columns)
      : OblongSolution(rows: rows, columns: columns, aim: aim)
  }

  func axis(from input: Int, to output: Int) throws(DesignError) -> AxisDesign {
    try AxisDesign(
      rules: rules, input: input, output: output, seesTheImage: everyOutputSeesTheImage,
      allowsAsymmetricPadding: allowsAsymmetricPadding)
  }

  private func checkRules(from input: Extent2D, to output: Extent2D) throws(DesignError) {
    guard !rules.isEmpty else { throw DesignError("A design needs at least one layer.") }
    for (size, name) in [(input, "image"), (output, "wanted size")] {
      if size.height < 1 || size.width < 1 {
        throw DesignError("The \(name) must be at least 1×1, but it is \(size).")
      }
      if max(size.height, size.width) > Self.largestSize {
        throw DesignError(
          "The \(name) must be at most \(Self.largestSize) in each axis, but it is \(size).")
      }
    }
    for (number, rule) in rules.enumerated() {
      if let fault = rule.fault { throw DesignError("Layer \(number + 1) \(fault).") }
    }
  }

  /// The largest size of an image, between the layers too: the search looks at every pair of sizes.
  static let largestSize = 1 << 16
}

/// What may be chosen for one layer of a design.
public struct LayerRule: Sendable, Hashable {
  /// The sizes that a kernel may have.
  public var kernels: ClosedRange<Int>
  /// Whether only odd sizes are chosen: such a kernel has a cell in its middle.
  public var allowsOnlyOddKernels: Bool
  /// How far the kernel moves from one output to the next.
  public var stride: Int
  /// How far apart the kernel's cells are.
  public var dilation: Int
  /// How wide a margin may be, on each side.
  public var paddings: ClosedRange<Int>

  /// A rule; by default anything goes, at stride and dilation 1.
  public init(
    kernels: ClosedRange<Int> = 1...Int.max, allowsOnlyOddKernels: Bool = false, stride: Int = 1,
    dilation: Int = 1, paddings: ClosedRange<Int> = 0...Int.max
  ) {
    self.kernels = kernels
    self.allowsOnlyOddKernels = allowsOnlyOddKernels
    self.stride = stride
    self.dilation = dilation
    self.paddings = paddings
  }

  /// A layer that is decided already.
  public static func fixed(kernel: Int, stride: Int = 1, dilation: Int = 1, padding: Int = 0)
    -> LayerRule
  {
    LayerRule(
      kernels: kernel...kernel, stride: stride, dilation: dilation, paddings: padding...padding)
  }

  /// What no layer can fulfil, in words that complete "Layer 1 …".
  var fault: String? {
    for (what, number, least) in [
      ("stride", stride, 1), ("dilation", dilation, 1), ("kernels from", kernels.lowerBound, 1),
      ("padding from", paddings.lowerBound, 0),
    ] {
      if number < least { return "has \(what) \(number), expected \(least) or more" }
      if number > ConvolutionDesigner.largestSize {
        return "has \(what) \(number), expected at most \(ConvolutionDesigner.largestSize)"
      }
    }
    if allowsOnlyOddKernels && kernels.lowerBound == kernels.upperBound
      && kernels.lowerBound % 2 == 0
    {
      return "has the kernel \(kernels.lowerBound), but only odd ones are allowed"
    }
    return nil
  }
}

/// Why there is no design, as one sentence.
public struct DesignError: Error, Sendable, Hashable, CustomStringConvertible {
  /// The sentence.
  public let description: String

  init(_ description: String) { self.description = description }
}
