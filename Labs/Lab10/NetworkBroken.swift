import Lab10Experiments
import LabKit

extension Lab10 {
  func broken(_ digits: Digits, _ repaired: Repaired) throws -> Experiment {
    //: The other way round: everything right (plain softmax, learning rate 0.1,
    //: [Glorot's](#term-glorot) initialisation), with one fault put back. There is no sign to forget
    //: here, for nothing is divided by $|z_m|$; what that fault does is the line "all but sign" of
    //: @tbl-causes.
    let right = Recipe.right(.glorotUniform, learningRate: 0.1)
    let broken = try experiments(
      [
        ("none", right),
        ("channel 0 for all", right.with { $0.channelFault = true }),
        ("the label's entry only", right.with { $0.loss.diagonalOnly = true }),
        ("divided by the loss", right.with { $0.loss.dividesByLoss = true }),
        ("summed over the batch", right.with { $0.loss.lacksMean = true }),
      ], "Faults", seeds: seeds, digits)
    //| label: tbl-broken
    //| tbl-cap: "Accuracy of the right network with one fault put back; the last column is the [paired difference](#term-paired) to none in percentage points"
    //| code-fold: true
    show(
      Table(
        broken,
        columns: [
          .column("fault", \.name),
          .column("mean", \.mean, as: .percent(decimals: 1)),
          .column("worst seed", \.accuracies.least, as: .percent(decimals: 1)),
          .column("best seed", \.accuracies.greatest, as: .percent(decimals: 1)),
          .column(
            "gain",
            { $0.name == "none" ? "–" : gain($0, broken[0]).text(.decimal(places: 1)) },
            unit: "points", alignment: .trailing),
        ]))

    let cosines = Sample(try channelCosines(digits))
    publish("channelCosine", spread(cosines, .decimal(places: 2)))
    publish("ruined", broken[2...].map(\.accuracies.mean).max() ?? .nan, as: .percent(decimals: 1))
    publish("channelGain", gain(broken[1], broken[0]), as: .decimal(places: 1))
    var random = SplitMix64(seed: 0)
    let test = PermutationTest.paired(
      broken[1].accuracies, broken[0].accuracies, using: &random)
    publish("channelP", test.pValue, as: .significant(digits: 2))
    //: With one of these three faults of the loss's gradient the network hardly gets beyond guessing at this
    //: rate: its mean is at most \(ruined) (@tbl-broken). (Summed over 50 images, a rate of 0.1 is one of 5:
    //: from \(oneAnswer) of \(seeds) seeds the network then reads just as many digits as naming one and the
    //: same every time would.) The channel fault changes the accuracy by \(channelGain)
    //: percentage points (p = \(channelP) by [permutation](#term-permutation)), although it turns the
    //: gradient of the first kernels far away: its cosine with the right one is \(channelCosine) on the
    //: first batch. That \(seeds) seeds do not show a change here does not mean that there is none. With
    //: the notebook's own loss, repaired, "all" reads \(channelShown) points more than "all but channel"
    //: (@tbl-causes; p = \(shownP)), which rests on the \(channelStuck) seeds of the latter that stay below
    //: 20%: without them it is \(channelRest). Accuracy can be a poor detector of wrong
    //: gradients; that is why gradients are checked. And the trimming fault has no effect at all on this
    //: training: the one padded layer is the first, whose $\partial L/\partial x$ nobody asks for.
    let shown = gain(repaired.all, repaired.allButChannel)
    publish("channelShown", shown, as: .decimal(places: 1))
    publish("channelStuck", repaired.allButChannel.accuracies.values.count { $0 < 0.2 })
    let rest = repaired.allButChannel.accuracies.values.indices.filter {
      repaired.allButChannel.accuracies.values[$0] >= 0.2
    }
    func only(_ experiment: Experiment) -> Experiment {
      Experiment(experiment.name, Sample(rest.map { experiment.accuracies.values[$0] }))
    }
    publish(
      "channelRest", gain(only(repaired.all), only(repaired.allButChannel)),
      as: .decimal(places: 1))
    let shownTest = PermutationTest.paired(
      repaired.all.accuracies, repaired.allButChannel.accuracies, using: &random)
    publish("shownP", shownTest.pValue, as: .significant(digits: 2))
    let shares = (0..<10).map { digit in
      Double(digits.sample.labels.count { $0 == digit }) / Double(digits.sample.count)
    }
    publish("oneAnswer", broken[4].accuracies.values.count { shares.contains($0) })
    claim(
      "at rate 0.1 each of these three faults ruins the right network (upper ends of the means)",
      over: broken[2...].map(\.mean.upper), .below(0.25), as: .percent(decimals: 1),
      mutants: ["channel 0 for all": [broken[1].mean.upper]])
    return broken[0]  //hide
  }

  /// The cosine between the right gradient of the first kernels and the one that the channel fault
  /// gives, on the first batch.
  private func channelCosines(_ digits: Digits) throws -> [Double] {
    let batch = digits.trainBatches[0]
    let right = Recipe.right(.glorotUniform, learningRate: 0.1)
    let faulty = right.with { $0.channelFault = true }
    return try concurrentMap("Cosines", Array(0..<UInt64(seeds))) { seed in
      cosine(
        right.gradients(of: try right.network(seed: seed), on: batch).gradients[0],
        faulty.gradients(of: try faulty.network(seed: seed), on: batch).gradients[0])
    }
  }
}
