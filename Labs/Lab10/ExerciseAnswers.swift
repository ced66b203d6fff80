import Lab10Experiments
import LabKit

extension Lab10 {
  func answers(_ digits: Digits) throws {
    //: ### The answers, checked
    //| code-fold: true
    let five = ConvolutionGeometry(
      input: [1, 1, 22, 25], kernel: [1, 1, 5, 5], stride: 2, padding: 1)
    publish("answerSize", five.window.output)
    func size(ring: Int, rounding: FloatingPointRoundingRule = .down) -> Extent2D {
      func side(_ n: Int) -> Int { Int((Double(n + ring - 5) / 2).rounded(rounding)) + 1 }
      return Extent2D(height: side(22), width: side(25))
    }
    claim(
      "1: the formula gives the size that the layer has", size(ring: 2) == five.window.output,
      mutants: [
        "rounded up, not down": size(ring: 2, rounding: .up) == five.window.output,
        "the padding of one side only": size(ring: 1) == five.window.output,
      ])

    //| code-fold: true
    var random = SplitMix64(seed: seed)
    let wrongRings = [(3, 2), (5, 1)].map { kernel, padding in
      let trial = BackwardTrial(
        input: [1, 1, 20, 20], kernel: kernel, padding: padding, using: &random)
      return ringWidth(Matrix(trial.trimmedFirst - trial.right))
    }
    publish("answerRings", "\(wrongRings[0]) and \(wrongRings[1])")
    claim(
      "2: the ring is one narrower than the kernel", wrongRings == [2, 4],
      mutants: ["as wide as the padding": wrongRings == [2, 1]])

    //| code-fold: true
    let trials = (0..<200).map { _ in
      BackwardTrial(input: [2, 3, 4, 5], kernel: 3, padding: 1, using: &random)
    }
    // A right result that was rounded in another order: the sum over the outputs, taken in two halves.
    func inHalves(_ trial: BackwardTrial) -> Tensor {
      let shape = trial.weight.shape
      var halves: [Tensor] = []
      for range in [0..<10, 10..<20] {
        let weight = trial.weight[items: range]
        let dy = Tensor([2, 10, 4, 5]) { index in
          let (item, channel, cell) = (index / 200, index / 20 % 10, index % 20)
          return trial.dy[item, channel + range.lowerBound, cell / 5, cell % 5]
        }
        let geometry = ConvolutionGeometry(
          input: trial.x.shape, kernel: [10, shape[1], shape[2], shape[3]], padding: 1)
        halves.append(convolveInputGradient(dy, weight, geometry))
      }
      return halves[0] + halves[1]
    }
    func errors(_ result: (BackwardTrial) -> Tensor) -> Sample {
      Sample(trials.map { largestError(result($0), $0.right) })
    }
    let rounding = errors(inHalves)
    let (harm, early, channel) = (errors(\.notebook), errors(\.trimmedFirst), errors(\.channelZero))
    publish("answerDraws", trials.count)
    publish("answerRounding", rounding.greatest, as: .scientific(digits: 1))
    publish("answerHarm", harm.least, as: .significant(digits: 2))
    publish("answerAlone", min(early.least, channel.least), as: .significant(digits: 2))
    claim(
      "3: the largest error of a right gradient is below a tolerance of 1e-4",
      over: rounding.values, .below(1e-4), as: .scientific(digits: 1),
      mutants: [
        "the notebook's gradient": harm.values,
        "only trimmed first": early.values,
        "only channel 0 for all": channel.values,
        "a right one against the misread kernel": errors(\.asKerasReadIt.right).values,
      ])

    //| code-fold: true
    let tried = (1...3).flatMap { channels in
      (1...4).flatMap { kernel in
        (0...2).map { padding in
          let trial = BackwardTrial(
            input: [2, channels, 6, 7], kernel: kernel, padding: padding, using: &random)
          return (shape: (channels, kernel, padding), hides: trial.notebook == trial.right)
        }
      }
    }
    typealias Rule = (_ channels: Int, _ kernel: Int, _ padding: Int) -> Bool
    func areHidden(exactlyWhere rule: Rule) -> Bool {
      tried.allSatisfy { rule($0.shape.0, $0.shape.1, $0.shape.2) == $0.hides }
    }
    claim(
      "4: of \(tried.count) shapes, just those of one channel with no padding or with a 1×1 kernel hide both",
      areHidden { channels, kernel, padding in channels == 1 && (padding == 0 || kernel == 1) },
      mutants: [
        "one channel is enough": areHidden { channels, _, _ in channels == 1 },
        "no padding is enough": areHidden { _, _, padding in padding == 0 },
        "one channel and no padding, nothing else": areHidden { channels, _, padding in
          channels == 1 && padding == 0
        },
      ])

    //| code-fold: true
    publish("answerGuess", Elementary.log(100), as: .decimal(places: 2))
    let uniform = softmaxCrossEntropy(Tensor([1, 100]), labels: [7]).value
    let tooSure = Tensor.uniform([50, 100], in: -12...12, using: &random)
    claim(
      "5: equal logits cost ln 100", Double(uniform), .near(Elementary.log(100), tolerance: 1e-4),
      as: .decimal(places: 3),
      mutants: [
        "logits from U(−12, 12)": Double(
          softmaxCrossEntropy(tooSure, labels: Array(0..<50)).value)
      ])
    let bright = try firstLosses(digits, .glorotUniform, imagesTimes: 255)
    publish("answerPixels", bright.median, as: .integer)
    claim(
      "5: the network of Part 2 begins near guessing from Glorot's start, whatever the seed",
      over: try firstLosses(digits, .glorotUniform).values, .below(2 * Elementary.log(10)),
      as: .decimal(places: 1),
      mutants: [
        "weights from U(−1, 1)": try firstLosses(digits, .uniform(-1...1)).values,
        "pixels of 0 to 255": bright.values,
      ])

    //| code-fold: true
    let train = digits.trainBatches
    let right = Recipe.right(.glorotUniform, learningRate: 0.1)
    func difference(_ a: Recipe, _ b: Recipe) throws -> Double {
      zip(
        try a.train(seed: seed, on: train).losses, try b.train(seed: seed, on: train).losses
      ).reduce(0) { max($0, Double(abs($1.0 - $1.1))) }
    }
    func summed(_ recipe: Recipe, rate: Float) -> Recipe {
      recipe.with {
        $0.loss.lacksMean = true
        $0.learningRate = rate
      }
    }
    let adam = Recipe.right(.glorotUniform, learningRate: 3e-3, usesAdam: true)
    let same = try difference(right, summed(right, rate: 0.1 / 50))
    let adamSame = try difference(adam, summed(adam, rate: 3e-3))
    publish("answerSame", same, as: .scientific(digits: 1))
    publish("answerAdam", adamSame, as: .scientific(digits: 1))
    claim(
      "6: a fiftieth of the rate makes up for the sum", same, .below(0.05),
      as: .scientific(digits: 1),
      mutants: ["the same rate": try difference(right, summed(right, rate: 0.1))])
    claim(
      "6: to Adam the factor makes little difference", adamSame, .below(0.05),
      as: .scientific(digits: 1),
      mutants: ["a fiftieth of the rate": try difference(adam, summed(adam, rate: 3e-3 / 50))])
    func factor(_ images: Int) -> Double {
      let logits = Tensor.uniform([images, 10], in: -1...1, using: &random)
      let labels = (0..<images).map { $0 % 10 }
      var summed = NotebookLoss.plain
      summed.lacksMean = true
      let sum = summed(logits, labels: labels).gradient
      let mean = softmaxCrossEntropy(logits, labels: labels).gradient
      return (dot(sum, sum) / dot(mean, mean)).squareRoot()
    }
    claim(
      "6: on a batch of 20 images the factor is 20", factor(20), .near(20, tolerance: 1e-3),
      mutants: ["on 50 images": factor(50)])

    //| code-fold: true
    let sizes = (from: Extent2D(height: 21, width: 25), to: Extent2D(height: 11, width: 13))
    let plan = try ConvolutionDesigner(layers: 1, each: LayerRule(kernels: 3...3, stride: 2))
      .plan(from: sizes.from, to: sizes.to)
    let bare = try ConvolutionDesigner(layers: 1, each: LayerRule(stride: 2, paddings: 0...0))
      .plan(from: sizes.from, to: sizes.to)
    publish("answerDesign", plan)
    publish("answerBare", bare)
    func pixels(_ size: Extent2D) -> Double { Double(size.height * size.width) }
    publish("answerRead", pixels(sizes.to) / pixels(sizes.from), as: .percent(decimals: 0))
    func output(kernel: Int, padding: Padding) -> Extent2D {
      ConvolutionGeometry(
        input: [1, 1, 21, 25], kernel: [1, 1, kernel, kernel], stride: 2, padding: padding
      ).window.output
    }
    claim(
      "7: a 3×3 kernel with padding 1 gives 11×13, a 1×1 kernel too",
      output(kernel: 3, padding: 1) == sizes.to && output(kernel: 1, padding: 0) == sizes.to,
      mutants: [
        "padding 2": output(kernel: 3, padding: 2) == sizes.to,
        "a 2×2 kernel without padding": output(kernel: 2, padding: 0) == sizes.to,
      ])

    //| code-fold: true
    let enough = (1...100).first { Elementary.pow(0.9, Double($0)) <= 0.05 } ?? 0
    publish("answerSeeds", enough)
    publish("answerFive", 1 - Elementary.pow(0.9, 5), as: .percent(decimals: 0))
    func shown(by seeds: Int) -> Double { 1 - Elementary.pow(0.9, Double(seeds)) }
    claim(
      "8: \(enough) seeds show a fault of one seed in ten with a probability of 95%",
      shown(by: enough), .atLeast(0.95), as: .percent(decimals: 1),
      mutants: ["\(enough - 1) seeds": shown(by: enough - 1), "ten seeds": shown(by: 10)])

    //| code-fold: true
    let logits = Tensor.uniform([50, 10], in: -3...3, using: &random)
    let labels = (0..<50).map { $0 % 10 }
    let slopes = NotebookLoss.plain.finiteDifferences(at: logits, labels: labels)
    let p = softmax(logits)
    func error(_ entry: (_ k: Int, _ label: Int, _ p: Float) -> Float) -> Double {
      let gradient = Tensor(logits.shape) { index in
        entry(index % 10, labels[index / 10], p.elements[index]) / 50
      }
      return relativeError(gradient, slopes)
    }
    claim(
      "9: p − δ agrees with finite differences",
      error { k, label, p in p - (k == label ? 1 : 0) }, .below(1e-5), as: .scientific(digits: 1),
      mutants: [
        "the label's entry only": error { k, label, p in k == label ? p - 1 : 0 },
        "δ − p, uphill": error { k, label, p in (k == label ? 1 : 0) - p },
      ])
  }
}
