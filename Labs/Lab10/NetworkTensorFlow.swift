import Lab10Experiments
import LabKit

extension Lab10 {
  func tensorFlow(_ digits: Digits) throws {
    //: ### The TensorFlow analogue
    //:
    //: The notebook ended its second part with "let's train tensorflow analogue" and never did.
    //: Here it is: the same architecture in TensorFlow (\(trainingVersion)), from the same initial
    //: weights (Glorot), on the same batches; the losses of its 40 steps were recorded for five seeds
    //: and two optimizers ([make-training.py](../Labs/Lab10/Reference/make-training.py)).
    let reference = try ReferenceNumbers.training()
    publish(
      "trainingVersion", reference.metadata["made with"] ?? "an unknown version",
      quotedFrom: "the metadata of training.safetensors")
    let runs = try TensorFlowRun.all(digits)
    let (descent, adam) = (runs.filter { !$0.usesAdam }, runs.filter(\.usesAdam))
    //| label: fig-tensorflow
    //| fig-cap: "Training loss of the first seed: TensorFlow's recorded losses as points, ours as lines"
    //| code-fold: true
    let curves = Figure(
      x: Axis("step"), y: Axis("cross-entropy", unit: "nats", includesZero: true)
    ) {
      LineMark(x: 1...40, y: descent[0].ours, label: "gradient descent 0.1")
      LineMark(x: 1...40, y: adam[0].ours, label: "Adam 0.003")
      PointMark(
        x: Array(1...40) + Array(1...40), y: descent[0].theirs + adam[0].theirs,
        label: "TensorFlow", color: .foreground, size: 4)
    }
    show(curves)
    //| label: tbl-tensorflow
    //| tbl-cap: "The same runs here and in TensorFlow, accuracy on all 10,000 test images"
    //| code-fold: true
    show(
      Table(
        runs,
        columns: [
          .column("seed", \.seed),
          .column("optimizer", { $0.usesAdam ? "Adam 0.003" : "gradient descent 0.1" }),
          .column(
            "largest difference of 40 losses", \.largestDifference, as: .scientific(digits: 2)),
          .column("accuracy here", \.accuracy, as: .percent(decimals: 2)),
          .column("in TensorFlow", \.theirAccuracy, as: .percent(decimals: 2)),
        ]))
    publish(
      "sgdTracking", descent.map(\.largestDifference).max() ?? .nan, as: .scientific(digits: 1))
    publish("adamTracking", adam.map(\.largestDifference).max() ?? .nan, as: .scientific(digits: 1))
    let images = runs.map { abs($0.accuracy - $0.theirAccuracy) * Double(digits.test.count) }
    publish("accuracyTracking", images.max() ?? .nan, as: .integer)
    //: In @fig-tensorflow the points lie on the lines. Gradient descent walks the same way to
    //: \(sgdTracking) in every loss of every run, Adam to \(adamTracking). (Adam's
    //: $\varepsilon$ is added where Keras adds it, to the root of the mean square before the correction for
    //: the start.) The number of digits read differs by \(accuracyTracking) of \(testCount) at most.
    func ours(_ runs: [TensorFlowRun]) -> Tensor { Tensor([200], runs.flatMap(\.ours)) }
    func expected(_ runs: [TensorFlowRun]) -> Tensor { Tensor([200], runs.flatMap(\.theirs)) }
    let channel = try TensorFlowRun.all(digits, deviating: .channelFault, evaluating: false)
    let bias = try TensorFlowRun.all(digits, deviating: .biasNotTrained, evaluating: false)
    let momentum = try TensorFlowRun.all(
      digits, adam: [false], deviating: .momentum, evaluating: false)
    let short = try TensorFlowRun.all(
      digits, adam: [true], deviating: .secondMomentTooShort, evaluating: false)
    show(
      Comparison(
        "five times 40 losses of gradient descent, here and in TensorFlow",
        parts: ["all losses": (ours(descent), expected(descent))], tolerance: .absolute(1e-4),
        mutants: [
          "the channel fault": [ours(channel.filter { !$0.usesAdam })],
          "the bias not trained": [ours(bias.filter { !$0.usesAdam })],
          "a momentum of 0.1": [ours(momentum)],
        ]))
    show(
      Comparison(
        "five times 40 losses of Adam, here and in TensorFlow",
        parts: ["all losses": (ours(adam), expected(adam))], tolerance: .absolute(1e-3),
        mutants: [
          "the channel fault": [ours(channel.filter(\.usesAdam))],
          "the bias not trained": [ours(bias.filter(\.usesAdam))],
          "β₂ = 0.99 instead of 0.999": [ours(short)],
        ]))

    //: So the architecture was never invalid. TensorFlow itself trained it from \(theirSeeds) seeds, of
    //: which the five above are the first:
    let theirs = try [("gradient descent 0.1", "sgd"), ("Adam 0.003", "adam")].map { name, key in
      Experiment("TensorFlow, \(name)", Sample(try reference.doubles("\(key)/accuracies")))
    }
    publish("theirSeeds", theirs[0].accuracies.count)
    //| label: tbl-their-seeds
    //| tbl-cap: "Accuracy of TensorFlow's runs on all 10,000 test images"
    //| code-fold: true
    show(table(theirs, "runs"))
    publish("theirMost", theirs[0].accuracies.values.count { $0 > 0.5 })
    publish("theirWorst", theirs[0].accuracies.least, as: .percent(decimals: 1))
    publish(
      "theirDescentDeviation", theirs[0].accuracies.standardDeviation, as: .percent(decimals: 1))
    publish("theirAdamDeviation", theirs[1].accuracies.standardDeviation, as: .percent(decimals: 1))
    publish("theirAdam", theirs[1].mean, as: .percent(decimals: 1))
    //: With gradient descent TensorFlow reads most digits from \(theirMost) seeds of \(theirSeeds), and
    //: \(theirWorst) from the unluckiest.
    claim(
      "TensorFlow reads most digits with this architecture and Adam, from every seed",
      over: theirs[1].accuracies.values, .above(0.5), as: .percent(decimals: 1),
      mutants: ["with gradient descent": theirs[0].accuracies.values])
    func scatter(_ runs: Experiment) -> Experiment {
      let median = runs.accuracies.median
      return Experiment(runs.name, Sample(runs.accuracies.values.map { abs($0 - median) }))
    }
    func half(_ runs: Experiment, _ which: Int) -> Experiment {
      let count = runs.accuracies.count / 2
      return Experiment(
        runs.name, Sample(runs.accuracies.values[which * count..<(which + 1) * count]))
    }
    claim(
      "from the same starts gradient descent strays further from its median than Adam, in points",
      gain(scatter(theirs[0]), scatter(theirs[1])), .above(0), as: .decimal(places: 1),
      mutants: [
        "gradient descent against itself, its first half of the seeds against the other": gain(
          scatter(half(theirs[0], 0)), scatter(half(theirs[0], 1)))
      ])
  }
}
