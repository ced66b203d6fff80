import Lab10Experiments
import LabKit

extension Lab10 {
  func answers() throws {
    //: ### The answers, checked
    //| code-fold: true
    let five = ConvolutionGeometry(
      input: [1, 1, 21, 25], kernel: [1, 1, 5, 5], stride: 2, padding: 1)
    publish("answerSize", five.window.output)
    claim(
      "1: 10×12", five.window.output == Extent2D(height: 10, width: 12),
      mutants: [
        "without the floor, rounded up": five.window.output == Extent2D(height: 11, width: 13)
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
    let rounding = Sample(trials.map { largestError(inHalves($0), $0.right) })
    let harm = Sample(trials.map { largestError($0.notebook, $0.right) })
    publish("answerDraws", trials.count)
    publish("answerRounding", rounding.greatest, as: .scientific(digits: 1))
    publish("answerHarm", harm.least, as: .significant(digits: 2))
    let accepted = trials.map { largestError(inHalves($0), $0.right) < 1e-4 ? 1 : 0 }
    claim(
      "3: a tolerance of 1e-4 accepts what is right", over: accepted, .equal(to: 1),
      mutants: [
        "the notebook's gradient": harm.values.map { $0 < 1e-4 ? 1 : 0 },
        "only trimmed first": trials.map { largestError($0.trimmedFirst, $0.right) < 1e-4 ? 1 : 0 },
        "a right one with a tolerance of 1e-8": rounding.values.map { $0 < 1e-8 ? 1 : 0 },
      ])

    //| code-fold: true
    func hides(channels: Int, kernel: Int, padding: Int) -> Bool {
      let trial = BackwardTrial(
        input: [2, channels, 6, 7], kernel: kernel, padding: padding, using: &random)
      return trial.notebook == trial.right
    }
    claim(
      "4: one channel and no padding, or one channel and a 1×1 kernel, hide both faults",
      hides(channels: 1, kernel: 3, padding: 0) && hides(channels: 1, kernel: 1, padding: 2),
      mutants: [
        "one channel alone": hides(channels: 1, kernel: 3, padding: 1),
        "no padding alone": hides(channels: 3, kernel: 3, padding: 0),
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

    //| code-fold: true
    let train = try MNIST.train1000()
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

    //| code-fold: true
    let oblong = (from: Extent2D(height: 21, width: 25), to: Extent2D(height: 11, width: 13))
    let plan = try ConvolutionDesigner(layers: 1, each: LayerRule(kernels: 3...3, stride: 2))
      .plan(from: oblong.from, to: oblong.to)
    let bare = try ConvolutionDesigner(layers: 1, each: LayerRule(stride: 2, paddings: 0...0))
      .plan(from: oblong.from, to: oblong.to)
    publish("answerDesign", plan)
    publish("answerBare", bare)
    func output(kernel: Int, padding: Padding) -> Extent2D {
      ConvolutionGeometry(
        input: [1, 1, 21, 25], kernel: [1, 1, kernel, kernel], stride: 2, padding: padding
      ).window.output
    }
    claim(
      "7: a 3×3 kernel with padding 1 gives 11×13, a 1×1 kernel too",
      output(kernel: 3, padding: 1) == oblong.to && output(kernel: 1, padding: 0) == oblong.to,
      mutants: [
        "padding 2": output(kernel: 3, padding: 2) == oblong.to,
        "a 2×2 kernel without padding": output(kernel: 2, padding: 0) == oblong.to,
      ])

    //| code-fold: true
    let enough = (1...100).first { Elementary.pow(0.9, Double($0)) <= 0.05 } ?? 0
    publish("answerSeeds", enough)
    publish("answerFive", 1 - Elementary.pow(0.9, 5), as: .percent(decimals: 0))
    var tries = SplitMix64(seed: 8)
    func shown(by seeds: Int) -> Estimate {
      .proportion(
        (0..<20_000).count { _ in (0..<seeds).contains { _ in tries.nextUnitDouble() < 0.1 } },
        of: 20_000)
    }
    claim(
      "8: so many seeds show a fault of one in ten, in 20,000 tries of it", shown(by: enough),
      .above(0.945), as: .percent(decimals: 1),
      mutants: ["ten seeds": shown(by: 10), "five seeds": shown(by: 5)])
  }
}
