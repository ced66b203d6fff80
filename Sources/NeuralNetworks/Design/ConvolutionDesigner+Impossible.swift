extension ConvolutionDesigner {
  /// Says why there is no way from one size to another along an axis.
  ///
  /// Each rule is lifted in turn: where that makes the sizes possible, the rule is the reason. The
  /// sentence also names the nearest sizes that the rules allow.
  func impossible(_ axis: String, from input: Int, to output: Int) -> DesignError {
    let layers = rules.count == 1 ? "1 layer" : "\(rules.count) layers"
    var sentence = "Under these rules \(layers) cannot turn \(input) \(axis) into \(output)"
    let reasons = relaxations.filter {
      $0.designer.isPossible(from: input, to: output)
    }.map(\.condition)
    sentence +=
      reasons.isEmpty
      ? "; more than one rule stands in the way"
      : "; that would be possible if " + reasons.joined(separator: ", or if ")
    let reach = min(2 * max(input, output) + 10, Self.largestSize)
    let near = (1...reach).filter { isPossible(from: input, to: $0) }
    let below = near.last { $0 < output }
    let above = near.first { $0 > output }
    switch (below, above) {
    case (let below?, let above?):
      sentence += " (the nearest sizes within them are \(below) and \(above))"
    case (let only?, nil), (nil, let only?):
      sentence += " (the nearest size within them is \(only))"
    default: break
    }
    return DesignError(sentence + ".")
  }

  /// Whether there is a way along an axis, of sizes that are looked through.
  private func isPossible(from input: Int, to output: Int) -> Bool {
    (try? axis(from: input, to: output).isPossible) ?? false
  }

  /// This designer with one rule lifted, and what that means.
  private var relaxations: [(designer: ConvolutionDesigner, condition: String)] {
    var relaxed: [(ConvolutionDesigner, String)] = []
    func lift(_ condition: String, _ change: (inout ConvolutionDesigner) -> Void) {
      var designer = self
      change(&designer)
      if designer != self { relaxed.append((designer, condition)) }
    }
    lift("even kernels were allowed") { designer in
      for index in designer.rules.indices { designer.rules[index].allowsOnlyOddKernels = false }
    }
    lift("kernels could be larger") { designer in
      for index in designer.rules.indices {
        designer.rules[index].kernels = designer.rules[index].kernels.lowerBound...Int.max
      }
    }
    lift("kernels could be smaller") { designer in
      for index in designer.rules.indices {
        designer.rules[index].kernels = 1...designer.rules[index].kernels.upperBound
      }
    }
    lift("more padding were allowed") { designer in
      for index in designer.rules.indices {
        designer.rules[index].paddings = designer.rules[index].paddings.lowerBound...Int.max
      }
    }
    lift("less padding were allowed") { designer in
      for index in designer.rules.indices {
        designer.rules[index].paddings = 0...designer.rules[index].paddings.upperBound
      }
    }
    lift("outputs might see nothing but padding") { $0.everyOutputSeesTheImage = false }
    lift("padding could differ by a cell between opposite sides") {
      $0.allowsAsymmetricPadding = true
    }
    return relaxed
  }
}
