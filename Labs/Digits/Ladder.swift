import LabKit

/// A step of the ladder with its trainings and what they make of the test images.
struct Step: Sendable {
  /// 1 for the first.
  var number: Int
  var recipe: Recipe
  /// The seeds of the trainings.
  var seeds: [UInt64]
  var trainings: [Trained]
  var evaluations: [Evaluation]
  /// What a training costs, in seconds of one core.
  var seconds: Double
  /// The mistakes of the step before less those of this one, paired by the seed.
  var gain: Estimate?

  var accuracy: Estimate { .mean(of: Sample(evaluations.map(\.accuracy))) }
  var validation: Double {
    trainings.reduce(0) { $0 + Double($1.validation.last ?? 0) } / Double(trainings.count)
  }
  /// The mistakes of the step before less those of this one, over the seeds that both have.
  func gain(over before: Step) -> Estimate? {
    let both = seeds.filter(before.seeds.contains)
    func mistakes(_ step: Step) -> Sample {
      Sample(both.compactMap { step.seeds.firstIndex(of: $0).map { step.mistakes.values[$0] } })
    }
    return both.isEmpty ? nil : .pairedDifference(mistakes(before), minus: mistakes(self))
  }

  /// How many test images each network reads wrong.
  var mistakes: Sample {
    Sample(evaluations.map { Double($0.predictions.count) * (1 - $0.accuracy) })
  }
}

extension Digits {
  /// Reads the test images with every network of the record.
  func climb(_ record: Record, _ test: Dataset) throws -> [Step] {
    let steps = Recipe.ladder.filter { !record.seeds(of: $0).isEmpty }
    let progress = Progress("Reading the test images", count: steps.count, unit: "step")
    var climb: [Step] = []
    for recipe in steps {
      let seeds = record.seeds(of: recipe)
      let trainings = try seeds.map { try record.trained(recipe, seed: $0) }
      progress.advance()
      var step = Step(
        number: climb.count + 1, recipe: recipe, seeds: seeds, trainings: trainings,
        evaluations: trainings.map { $0.network.evaluate(test) },
        seconds: try record.seconds(of: recipe))
      step.gain = climb.last.flatMap { step.gain(over: $0) }
      climb.append(step)
    }
    return climb
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
    //: Each row keeps everything of the rows above and changes one thing. The whole recipe was chosen by its
    //: validation accuracy; the rows between tell what each part of it does. Test: the mean over the seeds
    //: and half its 95 % interval (Student's). Fewer wrong: the mistakes of the row above less those of this
    //: one, paired by the seed, with the interval of that difference; where it holds 0, three seeds do not tell
    //: the step from luck. Seconds are of one core, for one training.
    func seconds(_ value: Double) -> String {
      (value < 10 ? NumberFormat.significant(digits: 2) : .decimal(places: 0)).string(value)
    }
    //| label: tbl-ladder
    //| tbl-cap: "Accuracy on the 10,000 test images, step by step"
    show(
      Table(
        steps,
        columns: [
          .column("step", { $0.number }),
          .column("what is new", { $0.recipe.news }),
          .column("test", { percent.string($0.accuracy.value) }, alignment: .trailing),
          .column("±", { percent.string($0.accuracy.margin) }, alignment: .trailing),
          .column("wrong", { $0.mistakes.mean }, as: .decimal(places: 0)),
          .column(
            "fewer wrong", { $0.gain?.text(.decimal(places: 0)) ?? "–" }, alignment: .trailing),
          .column("validation", { percent.string($0.validation) }, alignment: .trailing),
          .column("seconds", { seconds($0.seconds) }, alignment: .trailing),
          .column("parameters", { $0.trainings[0].network.parameterCount }),
        ]))

    func named(_ chosen: (Estimate) -> Bool) -> String {
      let news = steps.filter { $0.gain.map(chosen) == true }.map(\.recipe.news)
      return news.isEmpty ? "none" : news.joined(separator: "; ")
    }
    if let gain = last.gain { publish("lastGain", gain, as: .decimal(places: 0)) }
    publish("surely", named { $0.lower > 0 })
    publish("perhaps", named { $0.lower <= 0 && $0.value > 0 })
    publish("notBetter", named { $0.value <= 0 })
    //: - Surely fewer mistakes, the whole interval above 0: \(surely).
    //: - Fewer in the mean, which three seeds do not prove: \(perhaps).
    //: - No fewer in the mean: \(notBetter).

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
    func step(_ name: String) -> Step { steps.first { $0.recipe.name == name } ?? last }
    publish(
      "dataSeconds", step("data").seconds - step("lab10").seconds, as: .significant(digits: 2))
    publish(
      "dataHalvings", Elementary.log2(step("lab10").mistakes.mean / step("data").mistakes.mean),
      as: .decimal(places: 1))
    publish(
      "depthSeconds", step("depth").seconds - step("norm").seconds, as: .decimal(places: 0))
    claim(
      "the first step, trained anew, reads as many digits as the record's, give or take a few percent",
      repeated, .near(steps[0].accuracy.value, tolerance: 0.06), as: percent,
      mutants: ["the network before its training": try untrained().evaluate(test).accuracy])
    func gain(_ name: String) -> Double { step(name).gain?.value ?? .nan }
    let others = steps.dropFirst().filter { !["data", "depth"].contains($0.recipe.name) }
    claim(
      "after all of the data, depth takes away most mistakes", gain("depth"),
      .above(others.compactMap(\.gain?.value).max() ?? 0), as: .decimal(places: 0),
      mutants: ["batch normalisation": gain("norm"), "the last step": gain(last.recipe.name)])
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
