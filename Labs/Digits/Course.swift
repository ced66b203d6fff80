import LabKit

extension Digits {
  func course(_ steps: [Step]) throws {
    //: ## The trainings
    //:
    //: The record's losses, each point a twentieth of a training, mean and range over the seeds.
    let smoothing = Double(steps[steps.count - 1].recipe.smoothing)
    let (right, wrong) = (1 - 0.9 * smoothing, smoothing / 10)
    publish("mostSure", right, as: .percent(decimals: 1))
    publish(
      "floor", -right * Elementary.log(right) - 9 * wrong * Elementary.log(wrong),
      as: .decimal(places: 2))
    //: The smoothed labels of the last steps have a floor: of ten classes one is never to have more than
    //: \(mostSure), and a loss of \(floor) nats is left at best.
    let shown = [
      ("residual", "one rate, 2 epochs"), ("schedule", "with a schedule"),
      ("augmentation", "images changed, 5 epochs"),
      (steps[steps.count - 1].recipe.name, "last step"),
    ]
    //| label: fig-losses
    //| fig-cap: "Training loss, with the range over the seeds"
    let losses = Figure(
      x: Axis("share of the training", format: .percent(decimals: 0)),
      y: Axis("cross-entropy", unit: "nats", scale: .log)
    ) {
      for (step, label) in shown.compactMap({ name, label in
        steps.first { $0.recipe.name == name }.map { ($0, label) }
      }) {
        LineMark(
          x: (0..<20).map { (Double($0) + 0.5) / 20 },
          y: (0..<20).map { part in step.values(part, of: \.losses).mean },
          label: label
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
