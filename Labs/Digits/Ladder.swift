import LabKit

/// A step of the ladder with its trainings and what they make of the test images.
struct Step: Sendable {
  var recipe: Recipe
  var trainings: [Trained]
  var evaluations: [Evaluation]

  var accuracy: Estimate { .mean(of: Sample(evaluations.map(\.accuracy))) }
  var validation: Double {
    trainings.reduce(0) { $0 + Double($1.validation.last ?? 0) } / Double(trainings.count)
  }
  /// How many test images are read wrong, the mean over the seeds.
  var wrong: Double {
    accuracy.value.isNaN ? .nan : Double(evaluations[0].predictions.count) * (1 - accuracy.value)
  }
  var seconds: Double { trainings.reduce(0) { $0 + $1.seconds } / Double(trainings.count) }
}

extension Digits {
  /// Reads the test images with every network of the record.
  func climb(_ record: Record, _ test: Dataset) throws -> [Step] {
    let steps = Recipe.ladder.filter { !record.seeds(of: $0).isEmpty }
    let progress = Progress("Reading the test images", count: steps.count, unit: "step")
    return try steps.map { recipe in
      let trainings = try record.seeds(of: recipe).map { try record.trained(recipe, seed: $0) }
      progress.advance()
      return Step(
        recipe: recipe, trainings: trainings,
        evaluations: trainings.map { $0.network.evaluate(test) }
      )
    }
  }

  func ladder(_ steps: [Step]) throws {
    //: ## The ladder
    let percent = NumberFormat.percent(decimals: 2)
    let last = steps[steps.count - 1]
    publish("seedCount", last.trainings.count)
    publish("finalMean", last.accuracy.value, as: percent)
    let total = steps.reduce(0) { $0 + $1.seconds * Double($1.trainings.count) } / 60
    publish("totalMinutes", total, as: .decimal(places: 0))
    publish(
      "finalRange",
      "\(percent.string(last.accuracy.lower)) to \(percent.string(last.accuracy.upper))")
    //: Each row keeps everything of the rows above. The interval is Student's, over the seeds; seconds
    //: are of one core, for one training. ± is half the interval's width.
    //| label: tbl-ladder
    //| tbl-cap: "Accuracy on the 10,000 test images, mean over seeds"
    show(
      Table(
        steps,
        columns: [
          .column("what is new", { $0.recipe.news }),
          .column("test", { percent.string($0.accuracy.value) }, alignment: .trailing),
          .column(
            "±", { percent.string(($0.accuracy.upper - $0.accuracy.lower) / 2) },
            alignment: .trailing),
          .column("wrong", { 10_000 - Int((10_000 * $0.accuracy.value).rounded()) }),
          .column("validation", { percent.string($0.validation) }, alignment: .trailing),
          .column(
            "seconds", { NumberFormat.significant(digits: 2).string($0.seconds) },
            alignment: .trailing),
          .column("parameters", { $0.trainings[0].network.parameterCount }),
        ]))

    let errors = steps.map { 1 - $0.accuracy.value }
    //| label: fig-ladder
    //| fig-cap: "The share of test digits read wrong, step by step, on a logarithmic axis; every seed is a point"
    let figure = Figure(
      x: Axis("step"), y: Axis("read wrong", scale: .log, format: .percent(decimals: 1))
    ) {
      LineMark(x: 1...steps.count, y: errors, label: "mean", symbol: .circle)
      PointMark(
        x: steps.indices.flatMap { place in steps[place].evaluations.map { _ in place + 1 } },
        y: steps.flatMap { $0.evaluations.map { 1 - $0.accuracy } }, label: "seeds")
      RuleMark(y: 0.005, label: "0.5 %")
    }
    show(figure)

    //: Does the first step end where the record says? Trained again, from the library's own 1,000 images
    //: (the first of the set, where the record's are the first of those left by the split):
    let small = try MNIST.train1000()
    let again = try Recipe.ladder[0].trainSmall(seed: 0, on: small)
    let test = try MNIST.test()
    let repeated = again.evaluate(test).accuracy
    publish("repeated", repeated, as: percent)
    //: \(repeated).
    func named(_ name: String) -> Step { steps.first { $0.recipe.name == name } ?? last }
    func more(_ name: String, than before: String) -> Double {
      named(name).seconds - named(before).seconds
    }
    publish("dataSeconds", more("data", than: "lab10"), as: .significant(digits: 2))
    publish(
      "dataHalvings", Elementary.log2(named("lab10").wrong / named("data").wrong),
      as: .decimal(places: 1))
    publish("depthSeconds", more("depth", than: "norm"), as: .decimal(places: 0))
    publish("steadySeconds", named("depth").seconds, as: .decimal(places: 0))
    publish("scheduleSeconds", named("schedule").seconds, as: .decimal(places: 0))
    publish("beforeSchedule", named("depth").wrong, as: .decimal(places: 0))
    publish("afterSchedule", named("schedule").wrong, as: .decimal(places: 0))
    func mistakes(_ step: Step) -> Sample {
      Sample(step.evaluations.map { Double(test.count) * (1 - $0.accuracy) })
    }
    publish(
      "lastStep",
      Estimate.pairedDifference(mistakes(steps[steps.count - 2]), minus: mistakes(last)),
      as: .decimal(places: 0))
    claim(
      "the first step, trained anew, reads as many digits as the record's, give or take a few percent",
      repeated, .near(steps[0].accuracy.value, tolerance: 0.06), as: percent,
      mutants: ["the network before its training": try untrained().evaluate(test).accuracy])
    claim(
      "the last step reads at least 99.5 % of the test digits, mean over its seeds",
      last.accuracy.value, .atLeast(0.995), as: percent,
      mutants: ["the first step": steps[0].accuracy.value])
    claim(
      "what was chosen by the validation images is the step that reads most of them",
      last.validation, .atLeast(steps.map(\.validation).max() ?? 1), as: percent,
      mutants: ["the second step": steps[1].validation])
  }

  private func untrained() throws -> Sequential {
    var random = SplitMix64(seed: 0)
    return try Recipe.ladder[0].network(&random)
  }

  func course(_ steps: [Step]) throws {
    //: ## The trainings
    //:
    //: The record's losses, each point a twentieth of a training, mean and range over the seeds. The
    //: smoothed labels of the last steps have a floor: a network that is never to be quite sure keeps a
    //: loss of about a third of a nat.
    let shown =
      steps.filter { ["depth", "schedule", "augmentation"].contains($0.recipe.name) }
      + steps.suffix(1)
    //| label: fig-losses
    //| fig-cap: "Training loss, with the range over the seeds"
    let losses = Figure(
      x: Axis("share of the training", format: .percent(decimals: 0)),
      y: Axis("cross-entropy", unit: "nats", scale: .log)
    ) {
      for step in shown {
        LineMark(
          x: (0..<20).map { (Double($0) + 0.5) / 20 },
          y: (0..<20).map { part in step.values(part, of: \.losses).mean },
          label: step.recipe.name
        ).band(
          lower: (0..<20).map { part in step.values(part, of: \.losses).least },
          upper: (0..<20).map { part in step.values(part, of: \.losses).greatest })
      }
    }
    show(losses)

    let last = steps[steps.count - 1]
    let epochs = last.trainings[0].validation.count
    //| label: fig-validation
    //| fig-cap: "Accuracy of the averaged weights on the validation images after each epoch of the last step, with the range over the seeds"
    let validation = Figure(
      x: Axis("epoch"), y: Axis("validation accuracy", format: .percent(decimals: 1))
    ) {
      LineMark(
        x: 1...epochs, y: (0..<epochs).map { last.values($0, of: \.validation).mean },
        label: "mean", symbol: .circle
      ).band(
        lower: (0..<epochs).map { last.values($0, of: \.validation).least },
        upper: (0..<epochs).map { last.values($0, of: \.validation).greatest })
    }
    show(validation)

    //: What the network sees instead of an image:
    let images = try MNIST.train1000().images[items: 0..<4]
    var random = SplitMix64(seed: 3)
    let augmentation = last.recipe.augmentation ?? Augmentation()
    print(augmentation)
    let variants = (0..<5).map { _ in augmentation(images, using: &random) }
    //| label: fig-augmentation
    //| fig-cap: "Four training images, and five variations of each"
    show(
      ImageGrid(
        tiles: (0..<4).flatMap { item in
          [ImageGrid.Tile(Matrix(images, item: item), caption: "original")]
            + variants.map { ImageGrid.Tile(Matrix($0, item: item)) }
        }, columns: 6, tileSize: 76))
  }
}

extension Step {
  /// One number of each training.
  func values(_ place: Int, of numbers: KeyPath<Trained, [Float]>) -> Sample {
    Sample(trainings.map { Double($0[keyPath: numbers][place]) })
  }
}

extension Recipe {
  /// The training of the first step without the full set: no validation, no split.
  func trainSmall(seed: UInt64, on data: Dataset) throws -> Sequential {
    var random = SplitMix64(seed: seed)
    var trainer = Trainer(try network(&random), Adam(learningRate: rate))
    for _ in 0..<epochs { trainer.epoch(data, batchSize: batch, using: &random) }
    return trainer.network
  }
}
