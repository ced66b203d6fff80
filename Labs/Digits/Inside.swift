import LabKit

extension Digits {
  func inside(_ steps: [Step], _ test: Dataset) throws {
    //: ## Inside the network
    let last = steps[steps.count - 1]
    let network = last.trainings[0].network
    print(network)
    let kernels = network.parameters[0]
    let range = Double(kernels.map { abs($0) }.maximum())
    //| label: fig-filters
    //| fig-cap: "The 3×3 kernels of the first convolution, from seed 0"
    show(
      ImageGrid(
        tiles: (0..<kernels.shape[0]).map { ImageGrid.Tile(Matrix(kernels, item: $0)) }, columns: 8,
        tileSize: 48, colormap: .diverging, domain: -range...range, showsColorBar: true,
        label: "weight"))

    //: A test image after the first unit, and after the first of the two residual ones.
    let image = test.images[items: 0..<1]
    func map(after count: Int) -> Tensor {
      network.layers.prefix(count).reduce(image) { $1($0) }
    }
    let (first, later) = (map(after: 3), map(after: 8))
    func tile(_ maps: Tensor, _ channel: Int) -> ImageGrid.Tile {
      let map = Matrix(maps, channel: channel)
      let greatest = max(map.values.max() ?? 0, 1e-6)
      return ImageGrid.Tile(
        Matrix(rows: map.rows, columns: map.columns) { map[$0, $1] / greatest },
        caption: "\(map.rows)×\(map.columns), \(channel)")
    }
    //| label: fig-maps
    //| fig-cap: "The image, seven maps of 28×28 pixels and eight of 14×14, of seed 0; each scaled to its greatest value"
    show(
      ImageGrid(
        tiles: [ImageGrid.Tile(Matrix(image), caption: "image")]
          + (0..<7).map { tile(first, $0) } + (0..<8).map { tile(later, $0) }, columns: 8,
        tileSize: 64))
  }

  func mistakes(_ steps: [Step], _ test: Dataset) throws {
    //: ## What it gets wrong
    //:
    //: Each picture: what the label says → what was read, and the probability that the network gave to
    //: its answer. First the network of Lab 10, then the last one.
    //| label: fig-wrong-first
    //| fig-cap: "The first twelve that the first step gets wrong, from seed 0"
    show(wrong(steps[0], test, most: 12))
    //| label: fig-wrong-last
    //| fig-cap: "The first of those that the last step gets wrong, from seed 0"
    show(wrong(steps[steps.count - 1], test, most: 24))

    let last = steps[steps.count - 1]
    let all = (0..<test.count).count { item in
      last.evaluations.allSatisfy { $0.predictions[item] != test.labels[item] }
    }
    let any = (0..<test.count).count { item in
      last.evaluations.contains { $0.predictions[item] != test.labels[item] }
    }
    publish("allWrong", all)
    publish("anyWrong", any)
    //: \(allWrong) digits are read wrong by every seed, \(anyWrong) by at least one.
    var votes = softmax(last.trainings[0].network(test.images))
    for trained in last.trainings.dropFirst() { votes += softmax(trained.network(test.images)) }
    let together = ConfusionMatrix(
      labels: test.labels, predictions: votes.argmaxPerItem(), classes: 10)
    publish("vote", together.accuracy, as: .percent(decimals: 2))
    publish("voteWrong", Int((Double(test.count) * (1 - together.accuracy)).rounded()))
    publish("meanWrong", last.mistakes.mean, as: .decimal(places: 0))
    //: Their mean probability reads \(vote): \(voteWrong) wrong, where one network has \(meanWrong) in the mean.

    //| label: fig-confusion
    //| fig-cap: "Which digit the last step takes for which, counted over all its seeds; right answers are left out"
    let names = (0..<10).map(String.init)
    let counts = (0..<10).map { label in
      (0..<10).map { guess in
        label == guess
          ? 0 : last.evaluations.reduce(0) { $0 + $1.confusion.counts[label][guess] }
      }
    }
    let confusion = Figure(x: Axis("prediction"), y: Axis("label")) {
      HeatmapMark(
        Matrix(counts), rowLabels: names, columnLabels: names, colormap: .blues, label: "mistakes")
    }
    show(confusion)

    //: ## Does it know when it does not know?
    //:
    //: Test images in groups by the probability that the network gives to its own answer: in a
    //: calibrated network as many of a group are right as that probability says.
    func step(_ name: String) -> Step { steps.first { $0.recipe.name == name } ?? last }
    let (plain, smoothed) = (step("decay"), step("smoothing"))
    let curves = [
      (plain, "without smoothed labels"), (smoothed, "with smoothed labels"), (last, "last step"),
    ].map { step, label in (label: label, points: calibration(step, test)) }
    func doubt(_ step: Step) -> Double {
      let groups = calibration(step, test)
      return groups.reduce(0) { $0 + $1.right - $1.probability } / Double(groups.count)
    }
    publish("plainDoubt", doubt(plain), as: .percent(decimals: 1))
    publish("smoothedDoubt", doubt(smoothed), as: .percent(decimals: 1))
    //: Smoothed labels teach a network to be less sure than it could be: with them the share that is right
    //: lies \(smoothedDoubt) above the mean probability, in the step before \(plainDoubt) (seed 0).
    claim(
      "with smoothed labels a network is less sure than it could be", doubt(smoothed),
      .atLeast(0.01), as: .percent(decimals: 1), mutants: ["without them": doubt(plain)])
    //| label: fig-calibration
    //| fig-cap: "Calibration: the share that is right against the mean probability, in groups of 500 images, least sure first; networks of seed 0"
    let figure = Figure(
      x: Axis("probability of the answer", format: .percent(decimals: 0)),
      y: Axis("share that is right", format: .percent(decimals: 0))
    ) {
      for curve in curves {
        LineMark(
          x: curve.points.map(\.probability), y: curve.points.map(\.right), label: curve.label,
          symbol: .circle)
      }
      LineMark(over: 0.5...1, samples: 2, label: "calibrated", dash: [4, 3]) { $0 }
    }
    show(figure)
  }

  /// The first test images that a step's first network reads wrong.
  private func wrong(_ step: Step, _ test: Dataset, most: Int) -> ImageGrid {
    let evaluation = step.evaluations[0]
    let wrong = evaluation.predictions.indices.filter {
      evaluation.predictions[$0] != test.labels[$0]
    }.prefix(most)
    let probabilities = softmax(
      step.trainings[0].network(test.images.gatheringItems(Array(wrong))))
    return ImageGrid(
      tiles: wrong.enumerated().map { row, index in
        let guess = evaluation.predictions[index]
        return ImageGrid.Tile(
          Matrix(test.images, item: index),
          caption: "\(test.labels[index]) → \(guess), "
            + NumberFormat.percent(decimals: 0).string(Double(probabilities[row, guess])))
      }, columns: 6, tileSize: 76)
  }

  /// The mean probability of the answer and the share that is right, in groups of 500 test images.
  private func calibration(
    _ step: Step, _ test: Dataset
  ) -> [(probability: Double, right: Double)] {
    let probabilities = softmax(step.trainings[0].network(test.images))
    let answers = step.evaluations[0].predictions
    let sure = (0..<test.count).map { item in
      (Double(probabilities[item, answers[item]]), answers[item] == test.labels[item])
    }.sorted { $0.0 < $1.0 }
    return stride(from: 0, to: sure.count, by: 500).map { start in
      let group = sure[start..<min(start + 500, sure.count)]
      return (
        group.reduce(0) { $0 + $1.0 } / Double(group.count),
        Double(group.count { $0.1 }) / Double(group.count)
      )
    }
  }
}
