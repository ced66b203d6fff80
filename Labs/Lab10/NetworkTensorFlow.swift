import LabKit

extension Lab10 {
  func tensorFlow(_ digits: Digits) throws {
    //: ### The TensorFlow analogue
    //:
    //: The notebook ended its second part with "let's train tensorflow analogue" and never did.
    //: Here it is: the same architecture in TensorFlow (\(trainingVersion)), from the same initial
    //: weights (Glorot), on the same batches; the losses of its 40 steps were recorded for five seeds
    //: and two optimizers.
    let reference = try ReferenceNumbers.training()
    publish(
      "trainingVersion", reference.metadata["made with"] ?? "an unknown version",
      quotedFrom: "the metadata of training.safetensors")
    func follow(_ seed: Int, adam usesAdam: Bool) throws -> (losses: [Float], accuracy: Double) {
      func weights(_ name: String) throws -> Tensor { try reference.tensor("\(seed)/\(name)") }
      var network = try Sequential(input: [50, 1, 28, 28]) {
        Conv2D(weight: try weights("conv1"), padding: 1)
        ReLU()
        Conv2D(weight: try weights("conv2"))
        ReLU()
        Flatten()
        Linear(weight: try weights("linear"), bias: try weights("bias"))
      }
      var sgd = SGD(learningRate: 0.1)
      var adam = Adam(learningRate: 3e-3, epsilon: 1e-7)
      var losses: [Float] = []
      for _ in 0..<2 {
        for batch in digits.train.batches(of: 50) {
          let forward = network.forward(batch.images)
          let loss = softmaxCrossEntropy(forward.output, labels: batch.labels)
          let gradients = forward.pullback.parameters(loss.gradient)
          if usesAdam {
            adam.update(&network, gradients)
          } else {
            sgd.update(&network, gradients)
          }
          losses.append(loss.value)
        }
      }
      return (losses, network.evaluate(digits.test).accuracy)
    }

    let pairs = try (0..<5).flatMap { seed in
      try [("sgd", false), ("adam", true)].map { name, usesAdam in
        let ours = try follow(seed, adam: usesAdam)
        return (
          seed: seed, optimizer: usesAdam ? "Adam 0.003" : "gradient descent 0.1",
          ours: ours.losses, theirs: try reference.tensor("\(seed)/\(name)/losses").elements,
          accuracy: ours.accuracy,
          theirAccuracy: try reference.doubles("\(seed)/\(name)/accuracy")[0]
        )
      }
    }
    //| label: fig-tensorflow
    //| fig-cap: "Training loss of the first seed: TensorFlow's recorded losses as points, ours as lines"
    let curves = Figure(
      x: Axis("step"), y: Axis("cross-entropy", unit: "nats", includesZero: true)
    ) {
      for pair in pairs.prefix(2) {
        LineMark(x: 1...40, y: pair.ours, label: pair.optimizer)
      }
      for pair in pairs.prefix(2) {
        PointMark(
          x: 1...40, y: pair.theirs, label: "TensorFlow", color: .foreground, size: 4)
      }
    }
    show(curves)
    //| label: tbl-tensorflow
    //| tbl-cap: "The same runs here and in TensorFlow"
    show(
      Table(
        pairs,
        columns: [
          .column("seed", \.seed),
          .column("optimizer", \.optimizer),
          .column(
            "largest difference of 40 losses",
            { zip($0.ours, $0.theirs).reduce(0) { max($0, abs(Double($1.0 - $1.1))) } },
            as: .scientific(digits: 2)),
          .column("accuracy here", \.accuracy, as: .percent(decimals: 2)),
          .column("in TensorFlow", \.theirAccuracy, as: .percent(decimals: 2)),
        ]))
    show(
      Comparison(
        "40 losses of gradient descent, first seed, here and in TensorFlow",
        actual: pairs[0].ours.map(Double.init), expected: pairs[0].theirs.map(Double.init),
        tolerance: .absolute(1e-3),
        mutants: [
          "another seed": pairs[2].ours.map(Double.init),
          "Adam instead": pairs[1].ours.map(Double.init),
        ]))
    publish(
      "trackingError",
      zip(pairs[0].ours, pairs[0].theirs).map { abs(Double($0 - $1)) }.max() ?? 0,
      as: .scientific(digits: 1))
    //: Both libraries walk the same way, so the architecture was never invalid: TensorFlow too
    //: learns to read the digits with it, when asked rightly.
    claim(
      "TensorFlow reads most digits with this architecture, in its worst run",
      pairs.map(\.theirAccuracy).min() ?? 0, .above(0.5), as: .percent(decimals: 1),
      mutants: [
        "the notebook's network and settings here": try Recipe.notebook.train(
          seed: seed, on: digits.train
        ).network.evaluate(digits.sample).accuracy
      ])
  }
}
