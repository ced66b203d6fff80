//: # Lab 10 on one page
//:
//: What [Lab 10](lab10.md) found about a notebook of 2023 whose network read 10 % of the digits: three
//: findings, each with its figure. Every number here but those of the notebook itself is computed by the
//: same code as there, which also has the proofs, the code, exercises and a checklist. (In brackets: [95%
//: intervals](lab10.md#term-interval). The line with ✓ is a claim that the run has checked, and
//: [a wrong result](lab10.md#term-mutant) that the same check rejects.)
//| echo: false
import Lab10Experiments
//| echo: false
import LabKit

@main
struct Lab10Summary: Lab {
  @Option(help: "Seed of the draws of Part 1.")
  var seed: UInt64 = 10

  @Option(help: "Runs of each experiment, each from its own seed.")
  var seeds = 40

  func report() throws {
    //: ## 1. The padded convolution's gradient was wrong, and the check could not tell
    //:
    //: Forward, padding puts a ring of zeros around the image; backward, the ring's gradient is dropped.
    //: The notebook dropped it *before* the convolution's way back, not after: alone that is an error of
    //: \(trimmedFault) of the gradient's size. And it gave all input [channels](lab10.md#term-channel) the
    //: gradient of the first: with both the error is \(notebookFault), and \(wrongPixels) of the pixels are
    //: off by more than 10⁻⁴. It did compare with TensorFlow:
    //:
    //: ```python
    //: np.all((dL_dx_keras_np - dL_dx[0]) < 1)
    //: ```
    //:
    //: No absolute value, a tolerance of 1, one image, and a reference whose kernel was misread. That
    //: check accepts the faulty gradient in \(faultyAccepted) of \(draws) draws of numbers like the
    //: notebook's, and the right one in \(rightAccepted).
    //| echo: false
    let draws = try NotebookDraw.map(seed: seed) { draw in
      (
        accepts: (
          faulty: NotebookCheck.accepts(inputGradient: draw.notebook, reference: draw.kerasRight),
          right: NotebookCheck.accepts(inputGradient: draw.right, reference: draw.kerasRight)
        ),
        wrong: zip(draw.notebook.elements, draw.right.elements).count { abs($0 - $1) > 1e-4 },
        fault: (
          both: relativeError(draw.notebook, draw.right),
          trimmed: relativeError(draw.trimmedFirst, draw.right)
        )
      )
    }
    func accepted(_ count: Int) -> Estimate { .proportion(count, of: draws.count) }
    publish("draws", draws.count)
    publish(
      "wrongPixels",
      Double(draws.reduce(0) { $0 + $1.wrong }) / Double(draws.count * 2 * 3 * 4 * 5),
      as: .percent(decimals: 2))
    publish(
      "notebookFault", Estimate.mean(of: Sample(draws.map(\.fault.both))), as: .decimal(places: 3))
    publish(
      "trimmedFault", Estimate.mean(of: Sample(draws.map(\.fault.trimmed))), as: .decimal(places: 3)
    )
    publish(
      "faultyAccepted", accepted(draws.count { $0.accepts.faulty }), as: .percent(decimals: 0))
    publish("rightAccepted", accepted(draws.count { $0.accepts.right }), as: .percent(decimals: 0))
    var random = SplitMix64(seed: seed)
    let rings = [(3, 1), (5, 2), (7, 3)].map { kernel, padding in
      let trial = BackwardTrial(
        input: [1, 1, 24, 24], kernel: kernel, padding: padding, using: &random)
      let size = (dot(trial.right, trial.right) / Double(trial.right.count)).squareRoot()
      let error = (trial.trimmedFirst - trial.right).map { abs($0) }
      return ImageGrid.Tile(
        Matrix(error * Float(1 / size)), caption: "kernel \(kernel), padding \(padding)")
    }
    //| label: fig-ring
    //| fig-cap: "Where trimming first makes the gradient wrong: the outer k − 1 rings of a 24×24 image for a k×k kernel, one draw each. Errors as multiples of the gradient's root mean square (rms)"
    //| echo: false
    let pictures = ImageGrid(
      tiles: rings, columns: 3, tileSize: 140, colormap: .viridis, showsColorBar: true,
      label: "|error| / rms gradient")
    show(pictures)

    //: ## 2. The network was never invalid
    //:
    //: The evaluation took 50 test images for one image of 50 channels, and found \(quotedAccuracy). Over
    //: all 10,000 test images no network could have passed \(oracle) that way. The notebook's training,
    //: repeated from \(seeds) [seeds](lab10.md#term-seed), reads \(its) of 1,000 images in that way and
    //: \(trueAccuracy) image by image (@fig-accuracy). The gradient of its loss was wrong in four places, and the second fault of
    //: its convolution reached the training too. With these five repaired the same settings read
    //: \(repairedMean). With [plain softmax](lab10.md#term-softmax), [He's initialisation](lab10.md#term-glorot) and
    //: [Adam](lab10.md#term-adam) instead, the same architecture reads \(robustMean) after the same two
    //: [epochs](lab10.md#term-batch) of 1,000 images, \(robustWorst) from the worst seed.
    //| echo: false
    let digits = try Digits(full: false, directory: nil)
    cite(digits.train)
    cite(digits.test)
    let notebook = try notebookRuns(seeds: seeds, digits)
    let repaired = try repairedRuns(seeds: seeds, digits)
    let adam = try robustRuns(seeds: seeds, digits)
    let rows = [
      Experiment("notebook, its evaluation", Sample(notebook.map(\.notebookAccuracy))),
      Experiment("notebook, by image", Sample(notebook.map(\.accuracy))),
      Experiment("the five faults repaired", Sample(repaired.map(\.accuracy))),
      Experiment("plain softmax, He, Adam", Sample(adam.map(\.accuracy))),
    ]
    publish("quotedAccuracy", "10.46%", quotedFrom: "the notebook's output, 0.1046")
    publish("oracle", digits.test.oneAnswerAccuracy(for: 50), as: .percent(decimals: 1))
    publish("its", rows[0].mean, as: .percent(decimals: 1))
    publish("trueAccuracy", rows[1].mean, as: .percent(decimals: 1))
    publish("repairedMean", rows[2].mean, as: .percent(decimals: 1))
    publish("robustMean", rows[3].mean, as: .percent(decimals: 1))
    publish("robustWorst", rows[3].accuracies.least, as: .percent(decimals: 1))
    //| label: fig-accuracy
    //| fig-cap: "Accuracy on 1,000 test images, one point per seed, the mean as a diamond; dashed: guessing"
    //| echo: false
    show(stripFigure(rows))
    //| echo: false
    func gain(_ row: Experiment) -> Estimate {
      .pairedDifference(
        Sample(row.accuracies.values.map { 100 * $0 }),
        minus: Sample(rows[1].accuracies.values.map { 100 * $0 }))
    }
    //| echo: false
    claim(
      "with the faults repaired it reads far more digits from the same seeds, in percentage points",
      gain(rows[2]), .above(25), as: .decimal(places: 1),
      mutants: ["the notebook's, evaluated its own way": gain(rows[0])])
    for source in ReferenceNumbers.sources { cite(source) }
    publish(
      "trainingVersion",
      try ReferenceNumbers.training().metadata["made with"] ?? "an unknown version",
      quotedFrom: "the metadata of training.safetensors")
    let runs = try TensorFlowRun.all(digits, evaluating: false)
    let (descent, momentum) = (
      runs.filter { !$0.usesAdam }.map(\.largestDifference),
      runs.filter(\.usesAdam).map(\.largestDifference)
    )
    publish("sgdTracking", descent.max() ?? .nan, as: .scientific(digits: 1))
    publish("adamTracking", momentum.max() ?? .nan, as: .scientific(digits: 1))
    //: From TensorFlow's initial weights it follows TensorFlow (\(trainingVersion)) through all 40 steps of
    //: ten runs: five of
    //: [gradient descent](lab10.md#term-descent) to \(sgdTracking) in the loss, five of Adam to
    //: \(adamTracking).

    //: ## 3. The designer of convolutions was right, and not the only one
    //:
    //: To turn $n$ pixels into $m$ takes a padding of at least $\max(0, \lceil (m - n) / 2 \rceil)$ in all,
    //: however many layers do it at [stride](lab10.md#term-stride) 1, and the notebook's function never
    //: takes more. But \(designs) designs, its own among them, are equally good for 20 → 25 pixels in three layers. One of them has
    //: \(fewest) cells of zeros where the notebook's has \(cells). And of the notebook's outputs for 21 →
    //: 25, \(blind) see nothing but zeros: the rim of @fig-blind.
    //| echo: false
    let three = ConvolutionDesigner(layers: 3)
    let fewest = ConvolutionDesigner(layers: 3, aim: .fewestZeroCells)
    publish("designs", try three.bestPlanCount(from: 20, to: 25))
    publish("cells", try three.plan(from: 20, to: 25).zeroCellCount)
    publish("fewest", try fewest.plan(from: 20, to: 25).zeroCellCount)
    let blind = try ConvolutionDesigner(layers: 1).plan(from: 21, to: 25)
    publish("blind", blind.blindShares[0], as: .percent(decimals: 1))
    //| label: fig-blind
    //| fig-cap: "21 → 25 pixels as the notebook designs it: a 1×1 kernel with padding 2. Dark outputs see nothing but zeros"
    //| echo: false
    let seen = Conv2D(weight: Tensor([1, 1, 1, 1], repeating: 1), padding: 2)(
      Tensor([1, 1, 21, 21], repeating: 1))
    let map = ImageGrid(
      tiles: [ImageGrid.Tile(Matrix(seen), caption: "kernel 1, padding 2")], columns: 1,
      tileSize: 150, colormap: .viridis, domain: 0...1)
    show(map)

    //: ---
    //:
    //: All of it, with code, exercises and a checklist: [Lab 10](lab10.md).
  }

}
