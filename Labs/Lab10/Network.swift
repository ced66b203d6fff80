import Lab10Experiments
import LabKit

extension Lab10 {
  func digitNetwork() throws -> Digits {
    //: ## Part 2. Padding in a convolutional network
    //:
    //: The network of the notebook: a padded 3×3 convolution that keeps the 28×28 pixels, a 7×7
    //: convolution without padding, each with a [rectifier](#term-relu) behind it, and a linear layer
    //: that makes of all their pixels, laid end to end (*flattened*), ten numbers, the
    //: [logits](#term-logit) of the ten digits.
    let notebook = Recipe.notebook
    //| label: tbl-network
    //| tbl-cap: "The network, for a batch of 50 images"
    //| code-fold: true
    show(
      Table(
        try notebook.network(seed: seed).summary.rows,
        columns: [
          .column("layer", \.layer),
          .column("output (N, C, H, W)", \.output),
          .column("parameters", \.parameterCount),
          .column("multiply-adds", \.multiplyAdds),
        ]))

    //: ### As the notebook ran it
    //:
    //: The notebook drew all weights from U(−0.1, 0.1) and trained on the first 1,000 images of
    //: [MNIST](#term-mnist), in order, in batches of 50, with gradient descent at a [learning
    //: rate](#term-descent) of 0.5, for 2 epochs. `Recipe.notebook`
    //: ([Recipe.swift](../Labs/Lab10/Experiments/Recipe.swift)) has these settings and, rebuilt from
    //: LabKit's operations, the faults that are known of the notebook's library. Its convolutions have no
    //: bias, as the notebook's had none here.
    let digits = try Digits(full: full, directory: mnist)
    cite(digits.train)
    cite(digits.test)
    let run = try notebook.train(seed: seed, on: digits.train)

    let epochLosses = [run.losses.prefix(20), run.losses.suffix(20)].map { losses in
      losses.reduce(0, +) / 20
    }
    print("Epoch 1, Loss:", epochLosses[0])
    print("Epoch 2, Loss:", epochLosses[1])
    print("Accuracy:", run.network.notebookAccuracy(on: digits.test))
    publish("quotedLosses", "2.268 and 2.248", quotedFrom: "the notebook's output")
    publish("quotedAccuracy", "10.46%", quotedFrom: "the notebook's output, 0.1046")
    publish("quotedStep", "4.07 to 4.68 s", quotedFrom: "the notebook's progress bars")
    //: The notebook printed losses of \(quotedLosses) and an accuracy of \(quotedAccuracy), and
    //: concluded: "Well, they are random... Maybe the model itself is invalid". (Its random numbers were
    //: others than those here.) A step took it \(quotedStep); for the time of a step here see the
    //: [benchmarks](benchmarks.md).
    let runs = try evaluationFault(digits)
    let (adam, repaired) = try lossFaults(digits, runs)
    let sets = try causes(digits, runs, repaired)
    let descent = try broken(digits, sets)
    try settings(digits, descent, adam, sets)
    try tensorFlow(digits)
    try rightNetwork(digits)
    return digits  //hide
  }
}
