import LabKit

extension Benchmarks {
  func steps(_ measured: Measured) throws {
    //: ## Training steps
    //:
    //: Whole steps: forward, loss, backward, update. First Lab 10's network (10,118 parameters) with
    //: batches of 50, then one of LeNet's class (1.6 million) with batches of 64.
    //| volatile: true
    for threads in Set([1, Compute.processorCount]).sorted() {
      try raceSteps(measured, "lab10", "Lab 10", threads: threads, repetitions: 100, steps: 20)
    }
    //| volatile: true
    for threads in Set([1, Compute.processorCount]).sorted() {
      try raceSteps(measured, "lenet", "LeNet-class", threads: threads, repetitions: 3, steps: 3)
    }
  }

  /// One network on so many threads against all peers.
  private func raceSteps(
    _ measured: Measured, _ job: String, _ title: String, threads: Int, repetitions: Int, steps: Int
  ) throws {
    var random = SplitMix64(seed: 3)
    let network = job == "lab10" ? try Jobs.lab10(&random) : try Jobs.lenet(&random)
    let trainer = Trainer(network, batch: job == "lab10" ? 50 : 64, using: &random)
    let me = ours("LabKit", threads: threads, repetitions: repetitions, trainer.step)
    let peers = measured.peers[threads]?.contenders(job, steps: steps) ?? []
    let results = race("\(title), threads: \(threads)", rounds: rounds, [me] + peers)
    let mine = results[0].timing
    let caption = "\(title) step, \(threads) thread\(threads == 1 ? "" : "s")"
    show(
      Table(
        results,
        columns: [
          .column(caption, { $0.name }),
          .column("ms", { rounded($0.timing.median) }, alignment: .trailing),
          .column("spread", { $0.timing.spread }, alignment: .trailing),
          .column("× ours", { rounded($0.timing.ratio(to: mine)) }, alignment: .trailing),
        ]))
    let others = results.dropFirst().filter { !$0.timing.samples.isEmpty }
    let best = others.min { $0.timing.median < $1.timing.median }
    let ratio = best.map { $0.timing.ratio(to: mine) }
    let wanted = job == "lab10" ? 8.0 : 2.0
    let limit = measured.limit(network, items: job == "lab10" ? 50 : 64, threads: threads)
    measured.target(
      "\(caption), against the fastest of all",
      "\(wanted)× faster",
      measured: ratio.map { "\(rounded($0))× (\(best?.name ?? ""))" } ?? "not measured: no peer",
      holds: ratio.map { $0 >= wanted },
      why:
        "\(rounded(mine.median)) ms a step; at the peak the multiply-adds of the definition alone"
        + " would take \(rounded(limit)) ms"
        + (limit > mine.median ? ", of which minimal filtering makes fewer" : ""))
    if job == "lab10", threads == 1 {
      let share = limit / mine.median
      measured.target(
        "\(caption): the definition's multiply-adds", "85 % of the peak",
        measured: "\(Int((share * 100).rounded())) %", holds: share >= 0.845,
        why: "the rest is moving, folding and splitting of images, and sums")
    }
  }
}
