/// What one layer does along one axis.
struct AxisChoice: Hashable {
  var kernel: Int
  /// Cells of padding before and after the image; as many after as before, or one more.
  var before: Int
  var after: Int
  /// The size that comes out.
  var output: Int

  /// How many of the outputs see at least one cell of the image.
  static func seeing(
    _ image: Int, _ kernel: Int, _ stride: Int, _ dilation: Int, _ before: Int, _ output: Int
  ) -> Int {
    (0..<output).count { position in
      // Taps stand at position · stride + tap · dilation - before; the first tap at or beyond the
      // image's first cell must be a tap of the kernel and lie within the image.
      let start = position * stride - before
      let tap = start >= 0 ? 0 : (-start + dilation - 1) / dilation
      return tap < kernel && start + tap * dilation < image
    }
  }
}

/// All ways from one size to another through the layers, along one axis.
///
/// Sizes between the layers go up to a limit. The first one is enough for some design to be found;
/// what that design costs then bounds the sizes of every better one (``limited(to:)``).
struct AxisDesign {
  let rules: [LayerRule]
  let input: Int
  let output: Int
  let seesTheImage: Bool
  let allowsAsymmetricPadding: Bool
  private(set) var limit: Int

  /// - Throws: A ``DesignError`` where sizes beyond ``ConvolutionDesigner/largestSize`` would come up.
  init(
    rules: [LayerRule], input: Int, output: Int, seesTheImage: Bool, allowsAsymmetricPadding: Bool
  ) throws(DesignError) {
    self.rules = rules
    self.input = input
    self.output = output
    self.seesTheImage = seesTheImage
    self.allowsAsymmetricPadding = allowsAsymmetricPadding
    // Backward, the size that gives a layer what it needs without padding; forward, what padding
    // that must be there makes of the image; and room for sizes that a stride or a dilation skips.
    let largest = ConvolutionDesigner.largestSize
    var (needed, grown) = (output, input)
    for (index, rule) in rules.enumerated().reversed() {
      needed = needed * rule.stride + rule.dilation * (rule.kernels.lowerBound - 1)
      if needed > largest {
        throw DesignError(
          "To come to a size of \(output), layer \(index + 1) would need one of \(needed) or much padding; "
            + "designs are for sizes up to \(largest).")
      }
    }
    for (index, rule) in rules.enumerated() {
      grown += 2 * rule.paddings.lowerBound
      if grown > largest {
        throw DesignError(
          "The padding that layer \(index + 1) must have makes a size of \(grown); designs are for sizes up to "
            + "\(largest).")
      }
    }
    var limit = max(input, output, needed, grown)
    let reached = limit
    for (index, rule) in rules.enumerated() {
      limit = max(limit, reached + 2 * (rule.stride * rule.dilation - 1))
      if limit > largest {
        throw DesignError(
          "Layer \(index + 1) has stride \(rule.stride) and dilation \(rule.dilation), with which sizes up to "
            + "\(limit) would have to be looked through; designs are for sizes up to \(largest).")
      }
    }
    self.limit = limit
  }

  /// The same ways with sizes up to another limit, at least those of input and output.
  func limited(to limit: Int) -> AxisDesign {
    var design = self
    design.limit = max(limit, input, output)
    return design
  }

  /// The sizes that may stand before layer `index`; after the last one only the wanted size.
  func sizes(before index: Int) -> ClosedRange<Int> {
    index == 0 ? input...input : index == rules.count ? output...output : 1...limit
  }

  /// The ways of one layer from size n to size m with the least padding.
  func leastPadded(_ index: Int, from n: Int, to m: Int) -> [AxisChoice] {
    var best: [AxisChoice] = []
    var least = Int.max
    visit(index, from: n, to: m, bound: Int.max) { total, choice in
      if total < least {
        least = total
        best = [choice]
      } else if total == least {
        best.append(choice)
      }
      return least
    }
    return best
  }

  /// The ways of one layer from size n to size m with margins of at most `widest`.
  func padded(_ index: Int, from n: Int, to m: Int, widest: Int) -> [AxisChoice] {
    var choices: [AxisChoice] = []
    visit(index, from: n, to: m, bound: 2 * widest) { _, choice in
      if choice.after <= widest { choices.append(choice) }
      return 2 * widest
    }
    return choices
  }

  /// Calls `body` with every allowed choice, smallest kernels first, until the padding of all larger
  /// kernels must exceed a bound: the one given, then the one that `body` returns.
  private func visit(
    _ index: Int, from n: Int, to m: Int, bound first: Int,
    _ body: (_ total: Int, AxisChoice) -> Int
  ) {
    let rule = rules[index]
    let (s, d) = (rule.stride, rule.dilation)
    // out = m means s (m - 1) + 1 ≤ n + total - d (f - 1) ≤ s m: below the first kernel even no
    // padding would leave too much.
    var kernel = max(rule.kernels.lowerBound, n > s * m ? (n - s * m + d - 1) / d + 1 : 1)
    // Where no bound ends the search: with such a kernel every output sees image and padding on both
    // sides, so that larger ones only add padding.
    let end = max(rule.kernels.lowerBound, n + s * m) + 2
    let last = min(rule.kernels.upperBound, first == Int.max ? end : Int.max)
    var bound = first
    while kernel <= last {
      defer { kernel += 1 }
      let needed = s * (m - 1) + 1 + d * (kernel - 1) - n
      if needed > bound { return }
      if rule.allowsOnlyOddKernels && kernel % 2 == 0 { continue }
      for total in max(0, needed)..<max(1, needed + s) {
        if total % 2 == 1 && !allowsAsymmetricPadding { continue }
        let (before, after) = (total / 2, total - total / 2)
        guard rule.paddings.contains(before), rule.paddings.contains(after) else { continue }
        if seesTheImage && AxisChoice.seeing(n, kernel, s, d, before, m) < m { continue }
        bound = body(
          total, AxisChoice(kernel: kernel, before: before, after: after, output: m))
      }
    }
  }

  /// Whether there is any way.
  var isPossible: Bool {
    var reachable: Set<Int> = [output]
    for index in rules.indices.reversed() {
      var before: Set<Int> = []
      for n in sizes(before: index) {
        if reachable.contains(where: { !leastPadded(index, from: n, to: $0).isEmpty }) {
          before.insert(n)
        }
      }
      reachable = before
    }
    return reachable.contains(input)
  }
}
