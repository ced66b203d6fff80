import LabKit

extension Lab10 {
  func lossFaults(_ digits: Digits) throws {
    //: ### Second cause: the gradient of the loss
    //:
    //: Before its softmax the library divides the logits $z$ of an image by their largest
    //: magnitude $|z_m|$, and then takes $L = -\ln p_y$ of the label's probability. The chain rule
    //: gives
    //:
    //: $$\frac{\partial L}{\partial z_k} = -\frac{1}{p_y} \sum_i p_y (\delta_{yi} - p_i)
    //: \frac{\partial u_i}{\partial z_k}, \qquad u = \frac{z}{|z_m|}.$$
    //:
    //: The library departs from it in four places: it keeps only the term of the label
    //: ($k = y$); it divides by the loss $L$ instead of the probability $p_y$; it sums over the
    //: batch where the loss is a mean; and it forgets the sign of $z_m$. Here are its gradients
    //: against finite differences of its own loss, on the logits of an untrained network for the
    //: first 50 images.
    let network = try Recipe.notebook.network(seed: seed)
    let batch = digits.train.batches(of: 50)[0]
    let logits = network(batch.images)
    let numerical = finiteDifferences(of: NotebookLoss(), at: logits, labels: batch.labels)

    func gradient(_ change: (inout NotebookLoss) -> Void) -> Tensor {
      var loss = NotebookLoss.rightGradient
      change(&loss)
      return loss(logits, labels: batch.labels).gradient
    }
    let gradients = [
      (faults: "all four, as in the notebook", gradient: gradient { $0 = NotebookLoss() }),
      (faults: "the label's term only", gradient: gradient { $0.diagonalOnly = true }),
      (faults: "divided by the loss", gradient: gradient { $0.dividesByLoss = true }),
      (faults: "summed over the batch", gradient: gradient { $0.lacksMean = true }),
      (faults: "without the sign", gradient: gradient { $0.lacksSign = true }),
      (faults: "none", gradient: gradient { _ in }),
    ]
    let errors = gradients.map { row in
      (
        faults: row.faults, error: relativeError(row.gradient, numerical),
        cosine: cosine(row.gradient, numerical),
        length: (dot(row.gradient, row.gradient) / dot(numerical, numerical)).squareRoot()
      )
    }
    //| label: tbl-loss-gradient
    //| tbl-cap: "The loss gradient against finite differences, fault by fault"
    show(
      Table(
        errors,
        columns: [
          .column("fault", \.faults),
          .column("relative error", \.error, as: .significant(digits: 3)),
          .column("times too long", \.length, as: .significant(digits: 3)),
          .column("cosine", \.cosine, as: .decimal(places: 3)),
        ]))
    claim(
      "without its faults the gradient agrees with finite differences", errors[5].error,
      .below(1e-5), as: .scientific(digits: 2),
      mutants: [
        "the label's term only": errors[1].error, "divided by the loss": errors[2].error,
        "summed over the batch": errors[3].error, "without the sign": errors[4].error,
      ])

    //: Even with the right gradient this loss has two troubles. Divided by the largest magnitude,
    //: logits lie between −1 and 1, so no probability can exceed
    //: $e / (e + 9 e^{-1})$ = \(ceiling), and the loss stays above $\ln(1 + 9 e^{-2})$ =
    //: \(floor): 2.2 is nearer to its best than it looks. And it does not see the logits' scale:
    //: nothing holds the weights back. The largest logit of the first batch before and after the
    //: notebook's training:
    let floor = NotebookLoss().imageLoss([1] + Array(repeating: -1, count: 9), 0).loss
    publish("floor", floor, as: .decimal(places: 4))
    publish("ceiling", Elementary.exp(-floor), as: .decimal(places: 4))
    let trained = try Recipe.notebook.train(seed: seed, on: digits.train)
    func largestLogit(_ network: Sequential) -> Float {
      network(batch.images).map { abs($0) }.maximum()
    }
    print("before", largestLogit(network))
    print("after ", largestLogit(trained.network))
    claim(
      "no step of the notebook's training has a loss below that floor",
      Double(trained.losses.min() ?? 0), .atLeast(0.7966), as: .decimal(places: 4),
      mutants: [
        "plain softmax on sure logits": NotebookLoss.plain.imageLoss(
          [9] + Array(repeating: -9, count: 9), 0
        ).loss
      ])
  }

  /// Central differences of a loss by its logits, in double precision.
  private func finiteDifferences(of loss: NotebookLoss, at logits: Tensor, labels: [Int]) -> Tensor
  {
    let classes = logits.shape[1]
    let z = logits.elements.map(Double.init)
    let step = 1e-6
    return Tensor(logits.shape) { index in
      let item = index / classes
      var row = Array(z[item * classes..<(item + 1) * classes])
      row[index % classes] += step
      let above = loss.imageLoss(row, labels[item]).loss
      row[index % classes] -= 2 * step
      let below = loss.imageLoss(row, labels[item]).loss
      return Float((above - below) / (2 * step) / Double(labels.count))
    }
  }
}
