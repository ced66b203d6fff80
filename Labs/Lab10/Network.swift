import LabKit

extension Lab10 {
  func digitNetwork() throws {
    //: ## Part 2. Padding in a convolutional network
    //:
    //: The network of the notebook: a padded 3×3 convolution that keeps the 28×28 pixels, a 7×7
    //: convolution without padding, and a linear layer that reads ten digits.
    let notebook = Recipe.notebook
    //| label: tbl-network
    //| tbl-cap: "The network, for a batch of 50 images"
    show(
      Table(
        try notebook.network(seed: seed).summary.rows,
        columns: [
          .column("layer", \.layer),
          .column("output (N, C, H, W)", \.output),
          .column("parameters", \.parameters),
          .column("multiply-adds", \.multiplyAdds),
        ]))

    //: ### As the notebook ran it
    //:
    //: The notebook drew all weights from U(−0.1, 0.1) and trained on the first 1,000 images of
    //: MNIST, in order, in batches of 50, with gradient descent at learning rate 0.5, for 2 epochs.
    //: `Recipe.notebook` has these settings and, rebuilt from operations of this library, every
    //: fault of the notebook's.
    let digits = try Digits(full: full, directory: mnist)
    cite(digits.train)
    cite(digits.test)
    let run = try notebook.train(seed: seed, on: digits.train)

    let epochLosses = [run.losses.prefix(20), run.losses.suffix(20)].map { losses in
      losses.reduce(0, +) / 20
    }
    print("Epoch 1, Loss:", epochLosses[0])
    print("Epoch 2, Loss:", epochLosses[1])
    let printed = run.network.notebookAccuracy(on: digits.test)
    print("Accuracy:", printed)
    publish("printed", printed, as: .percent(decimals: 1))
    publish("quotedLosses", "2.268 and 2.248", quotedFrom: "the notebook's output")
    publish("quotedAccuracy", "0.1046", quotedFrom: "the notebook's output")
    //: The notebook printed losses of \(quotedLosses) and an accuracy of \(quotedAccuracy), and
    //: concluded: "Well, they are random… Maybe the model itself is invalid". The same comes out
    //: here: a loss that barely falls and \(printed) of digits read right.
    claim(
      "the notebook's numbers are reproduced: evaluated its way, the accuracy is that of guessing",
      printed, .within(0.05...0.16), as: .percent(decimals: 1),
      mutants: [
        "the same weights, evaluated right": run.network.evaluate(digits.test).accuracy
      ])
    try evaluationFault(digits)
    try lossFaults(digits)
    try causes(digits)
    try settings(digits)
    try tensorFlow(digits)
    try rightNetwork(digits)
  }
}
