import Lab10Experiments
import LabKit

extension Lab10 {
  func lossFaults(
    _ digits: Digits, _ runs: [NotebookRun]
  ) throws -> (adam: [NotebookRun], repaired: [NotebookRun]) {
    //: ### Second cause: the gradient of the loss
    //:
    //: Before its [softmax](#term-softmax) the notebook's library divides the logits $z$ of an image by
    //: their largest magnitude $|z_m|$. Then it takes $L = -\ln p_y$, with $p_y$ the probability of the
    //: label $y$. By the chain rule the gradient is the label's row of the [Jacobian](#term-jacobian) of
    //: the probabilities, divided by $-p_y$:
    //:
    //: $$\frac{\partial L}{\partial z_k} = -\frac{1}{p_y} \frac{\partial p_y}{\partial z_k},
    //: \qquad \frac{\partial p_y}{\partial z_k} = \sum_i p_y (\delta_{yi} - p_i)
    //: \frac{\partial u_i}{\partial z_k}, \qquad u = \frac{z}{|z_m|},$$
    //:
    //: where $\delta_{yi}$ is 1 for $i = y$ and 0 otherwise, and
    //: $\partial u_i/\partial z_k = \delta_{ik}/|z_m| - \delta_{km}\, z_i\, \mathrm{sign}(z_m)/z_m^2$. The
    //: library departs from it in four places:
    //: of the row it keeps only the label's own entry ($k = y$); it divides by the loss $L$ instead of
    //: the probability $p_y$; it sums over the batch where the loss is a mean; and it forgets
    //: $\mathrm{sign}(z_m)$ ([NotebookLoss.swift](../Labs/Lab10/Experiments/NotebookLoss.swift)). @tbl-loss-gradient has
    //: its gradients against [finite differences](#term-differences) of its own loss, on the logits of
    //: untrained networks from \(seeds) seeds for the first 50 images; the [cosine](#term-cosine) tells
    //: how well they point the right way.
    let batch = digits.trainBatches[0]
    let faults: [(name: String, change: (inout NotebookLoss) -> Void)] = [
      ("all four, as in the notebook", { $0 = NotebookLoss() }),
      ("the label's entry only", { $0.diagonalOnly = true }),
      ("divided by the loss", { $0.dividesByLoss = true }),
      ("summed over the batch", { $0.lacksMean = true }),
      ("without the sign", { $0.lacksSign = true }),
      ("none", { _ in }),
    ]
    let untrained = try (0..<UInt64(seeds)).map { seed in
      let logits = try Recipe.notebook.network(seed: seed)(batch.images)
      return (
        logits: logits,
        slopes: NotebookLoss().finiteDifferences(at: logits, labels: batch.labels)
      )
    }
    let rows = faults.map { fault in
      var loss = NotebookLoss.rightGradient
      fault.change(&loss)
      let pairs = untrained.map { sample in
        (loss(sample.logits, labels: batch.labels).gradient, sample.slopes)
      }
      return (
        name: fault.name, errors: Sample(pairs.map { relativeError($0, $1) }),
        lengths: Sample(pairs.map { (dot($0, $0) / dot($1, $1)).squareRoot() }),
        cosines: Sample(pairs.map { cosine($0, $1) })
      )
    }
    //| label: tbl-loss-gradient
    //| tbl-cap: "The loss gradient against finite differences, fault by fault: mean ± standard deviation over the seeds"
    //| code-fold: true
    show(
      Table(
        rows,
        columns: [
          .column("fault", \.name),
          .column(
            "relative error",
            {
              spread(
                $0.errors, $0.errors.mean < 1e-3 ? .scientific(digits: 1) : .decimal(places: 2))
            }),
          .column("times as long", { spread($0.lengths, .decimal(places: 2)) }),
          .column("cosine", { spread($0.cosines, .decimal(places: 2)) }),
        ]))
    claim(
      "without its faults the gradient agrees with finite differences, from every seed",
      over: rows[5].errors.values, .below(1e-5), as: .scientific(digits: 1),
      mutants: [
        "the label's entry only": rows[1].errors.values,
        "divided by the loss": rows[2].errors.values,
        "summed over the batch": rows[3].errors.values,
        "without the sign": rows[4].errors.values,
      ])

    //: On its way through the network the gradient meets the channel fault too. For all parameters
    //: together, on the same batch:
    let right = Recipe.notebook.with {
      $0.loss = .rightGradient
      $0.channelFault = false
    }
    func whole(_ recipe: Recipe, against other: Recipe) throws -> (lengths: Sample, cosines: Sample)
    {
      let pairs = try (0..<UInt64(seeds)).map { seed in
        (
          flat(recipe.gradients(of: try recipe.network(seed: seed), on: batch).gradients),
          flat(other.gradients(of: try other.network(seed: seed), on: batch).gradients)
        )
      }
      return (
        Sample(pairs.map { (dot($0, $0) / dot($1, $1)).squareRoot() }),
        Sample(pairs.map { cosine($0, $1) })
      )
    }
    let same = try whole(.notebook, against: right)
    let plainSoftmax = try whole(.notebook, against: right.with { $0.loss = .plain })
    publish("sameLength", spread(same.lengths, .decimal(places: 1)))
    publish("sameCosine", spread(same.cosines, .decimal(places: 2)))
    publish("plainLength", spread(plainSoftmax.lengths, .decimal(places: 0)))
    publish("plainCosine", spread(plainSoftmax.cosines, .decimal(places: 2)))
    publish(
      "quotedLength", "31 to 39", quotedFrom: "measurements of the notebook's own library (2026)")
    publish(
      "quotedCosine", "0.27 to 0.29",
      quotedFrom: "measurements of the notebook's own library (2026)")
    //: The notebook's gradient is \(sameLength) times as long as the right one of the same loss and has a
    //: cosine of \(sameCosine) with it; against the gradient of plain [cross-entropy](#term-entropy)
    //: (logits not divided) it is \(plainLength) times as long, with a cosine of \(plainCosine). (Earlier
    //: measurements of the notebook's own library, of which neither the draws nor the reference were
    //: kept, found \(quotedLength) times and cosines of \(quotedCosine).)
    func meanCosine(_ recipe: Recipe) throws -> Estimate {
      .mean(of: try whole(recipe, against: right).cosines)
    }
    claim(
      "the notebook's gradient of the whole network points elsewhere", .mean(of: same.cosines),
      .below(0.5), as: .decimal(places: 2),
      mutants: [
        "only too long: summed over the batch": try meanCosine(
          right.with { $0.loss.lacksMean = true }),
        "only the channel fault": try meanCosine(right.with { $0.channelFault = true }),
      ])

    //: Even with the right gradient this loss has three peculiarities. Divided by the largest magnitude,
    //: logits lie between −1 and 1, so that no probability can exceed
    //: $e / (e + 9 e^{-1})$ = \(ceiling), and the loss cannot fall below $\ln(1 + 9 e^{-2})$ =
    //: \(floor) [nats](#term-nat), where guessing costs $\ln 10$ = \(guessing).
    let floor = NotebookLoss().imageLoss([1] + Array(repeating: -1, count: 9), 0).loss
    publish("floor", floor, as: .decimal(places: 4))
    publish("ceiling", Elementary.exp(-floor), as: .decimal(places: 4))
    publish("guessing", Elementary.log(10), as: .decimal(places: 3))
    let adam = try robustRuns(seeds: seeds, digits)
    let repaired = try repairedRuns(seeds: seeds, digits)
    claim(
      "with all repairs no step has a loss below that floor, from any seed",
      over: repaired.map(\.leastLoss), .atLeast(floor), as: .decimal(places: 3),
      mutants: [
        "plain softmax, He's initialisation, Adam": adam.map(\.leastLoss)
      ])

    //: It does not see the logits' scale: twice the logits cost the same, so nothing in the loss stops them
    //: from growing when the steps are too long. The largest logit of the first batch, as a median over the
    //: seeds:
    func largestLogit(_ logit: (NotebookRun) -> Double, _ runs: [NotebookRun]) -> String {
      NumberFormat.significant(digits: 2).string(Sample(runs.map(logit)).median)
    }
    print("before training:                ", largestLogit(\.logitBefore, runs))
    print("after the notebook's training:  ", largestLogit(\.logitAfter, runs))
    print("after the same with all repairs:", largestLogit(\.logitAfter, repaired))
    print("after plain softmax, He, Adam:  ", largestLogit(\.logitAfter, adam))
    publish("logitBefore", largestLogit(\.logitBefore, runs))  //hide
    publish("logitAfter", largestLogit(\.logitAfter, runs))  //hide
    publish("logitRepaired", largestLogit(\.logitAfter, repaired))  //hide
    publish("logitAdam", largestLogit(\.logitAfter, adam))  //hide
    //: It is the faults that let them grow so far: with all repairs they end at \(logitRepaired), under a loss
    //: as blind as before, and under plain softmax, which sees the scale, at \(logitAdam).

    //: And logits that are all zero, as a network with all weights zero gives them, are divided by
    //: zero:
    let zeros = [Double](repeating: 0, count: 10)
    print("loss of ten zeros:", NotebookLoss().imageLoss(zeros, 3).loss)
    claim(
      "ten zeros have no loss", NotebookLoss().imageLoss(zeros, 3).loss.isNaN,
      mutants: ["plain softmax": NotebookLoss.plain.imageLoss(zeros, 3).loss.isNaN])
    return (adam, repaired)  //hide
  }

  /// All gradients one after the other.
  private func flat(_ tensors: [Tensor]) -> Tensor {
    let elements = tensors.flatMap(\.elements)
    return Tensor([elements.count], elements)
  }
}
