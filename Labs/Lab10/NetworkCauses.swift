import Lab10Experiments
import LabKit

/// Sets of repairs that later sections compare with.
typealias Repaired = (all: Experiment, allButChannel: Experiment, allButSign: Experiment)

extension Lab10 {
  func causes(
    _ digits: Digits, _ runs: [NotebookRun], _ repaired: [NotebookRun]
  ) throws -> Repaired {
    //: ### One cause at a time
    //:
    //: Five things can be repaired in the notebook's training: the *channel* fault of the
    //: convolution; and of the loss's gradient the label's whole *row* of the Jacobian, the *divisor*,
    //: the *sign*, the *mean* over the batch. That makes \(setCount) sets of repairs. We trained
    //: \(trainedSets) of them with the notebook's settings, each from \(seeds) seeds: none, each repair
    //: alone, all but one, all, and the steps of one order: \(path). (`--all-repairs` trains every set.)
    let order: [Repairs] = [.channel, .divisor, .row, .sign, .mean]
    publish("setCount", Repairs.sets.count)  //hide
    publish("path", order.map(\.name).joined(separator: ", "))  //hide
    let walk = order.reduce(into: [Repairs()]) { $0.append($0[$0.count - 1].union($1)) }
    let singles = Repairs.each.map { (name: "only " + $0.name, set: $0.repair) }
    let lacking = Repairs.each.map {
      (name: "all but " + $0.name, set: Repairs.all.subtracting($0.repair))
    }
    let chosen = singles + lacking
    let others = (allRepairs ? Repairs.sets : walk).filter { set in
      !set.isEmpty && set != .all && !chosen.contains { $0.set == set }
    }
    let nothing = Experiment("nothing: the notebook", Sample(runs.map(\.accuracy)))
    let everything = Experiment("all", Sample(repaired.map(\.accuracy)))
    let trained = try experiments(
      (chosen + others.map { (name: $0.name, set: $0) }).map { ($0.name, $0.set.recipe) },
      "Repairs", seeds: seeds, digits)
    let bySet = Dictionary(
      uniqueKeysWithValues: zip(
        [[], .all] + chosen.map(\.set) + others, [nothing, everything] + trained))
    let means = bySet.mapValues(\.accuracies.mean)
    publish("trainedSets", bySet.count)  //hide
    //| label: fig-repairs
    //| fig-cap: "Mean accuracy over the seeds of the sets trained, by how many repairs a set holds; a line joins two sets that differ by one repair. Bold: the order of the text"
    //| code-fold: true
    show(repairsFigure(means, walk))
    let rows = trained.prefix(chosen.count) + [everything]
    let falling = rows.prefix(5).filter { gain($0, nothing).upper < 0 }.map(\.name)
    publish("falling", falling.joined(separator: ", "))
    let way = walk.map { NumberFormat.decimal(places: 1).string(100 * (means[$0] ?? .nan)) }
    publish("way", way.joined(separator: ", "))
    publish(
      "rising", allRepairs ? risingOrders(means) : 5,
      quotedFrom: allRepairs ? nil : "a run with --all-repairs")
    //: The faults lean on each other. Some repairs alone lower the accuracy (their intervals in
    //: @tbl-causes lie below 0): \(falling). (The mean over the batch makes each step a fiftieth as long,
    //: at a learning rate that went with the sum.) But there are orders in which the mean rises at every
    //: step: \(rising) of the 120, in a run that trained all 32 sets from these seeds. The bold one of
    //: @fig-repairs (\(way)%) was picked because it rises: its small first steps prove nothing, and fresh
    //: seeds would have to confirm the others.
    func gains(_ order: [Repairs]) -> [Double] {
      zip(order, order.dropFirst()).map { 100 * ((means[$1] ?? .nan) - (means[$0] ?? .nan)) }
    }
    claim(
      "in this order, which was picked for it, the mean rises at every step, in percentage points",
      over: gains(walk), .above(0), as: .decimal(places: 1),
      mutants: [
        "the mean first, then the rest at once": gains([[], .mean, .all]),
        "the row first, then the rest at once": gains([[], .row, .all]),
      ])

    //| label: tbl-causes
    //| tbl-cap: "Accuracy after 2 epochs at learning rate 0.5, by what is repaired, with 95% intervals of the mean; the last column is the [paired difference](#term-paired) to the notebook in percentage points"
    //| code-fold: true
    show(
      Table(
        [nothing] + rows,
        columns: [
          .column("repaired", \.name),
          .column("mean", \.mean, as: .percent(decimals: 1)),
          .column("worst seed", \.accuracies.least, as: .percent(decimals: 1)),
          .column("best seed", \.accuracies.greatest, as: .percent(decimals: 1)),
          .column(
            "gain",
            { $0.name == nothing.name ? "–" : gain($0, nothing).text(.decimal(places: 1)) },
            unit: "points", alignment: .trailing),
        ]))
    //| label: fig-causes
    //| fig-cap: "The same runs, one point per seed, the mean as a diamond; dashed: guessing"
    //| code-fold: true
    show(stripFigure([nothing] + rows))
    publish("notebookMean", nothing.mean, as: .percent(decimals: 1))
    publish("repairedMean", everything.mean, as: .percent(decimals: 1))
    publish("repairedWorst", everything.accuracies.least, as: .percent(decimals: 1))
    //: With everything repaired the same architecture at the same settings reads \(repairedMean) of
    //: the digits instead of \(notebookMean), and no seed of the last row of @fig-causes is left behind:
    //: the worst reads \(repairedWorst).
    claim(
      "all repairs together read far more digits than the notebook's code, in percentage points",
      gain(everything, nothing), .above(25), as: .decimal(places: 1),
      mutants: [
        "only the channel": gain(rows[0], nothing),
        "only the divisor": gain(rows[2], nothing),
        "all but the row": gain(rows[6], nothing),
      ])
    claim(
      "with all repairs every seed reads most digits",
      over: everything.accuracies.values, .above(0.5), as: .percent(decimals: 1),
      mutants: ["all but the channel": rows[5].accuracies.values])
    return (everything, rows[5], rows[8])  //hide
  }

  /// How many more digits one experiment reads than another, seed by seed over the seeds of both, in
  /// percentage points.
  func gain(_ experiment: Experiment, _ other: Experiment) -> Estimate {
    let count = min(experiment.accuracies.count, other.accuracies.count)
    func points(_ experiment: Experiment) -> Sample {
      Sample(experiment.accuracies.values.prefix(count).map { 100 * $0 })
    }
    return .pairedDifference(points(experiment), minus: points(other))
  }

  /// In how many orders the mean rises with every repair.
  private func risingOrders(_ means: [Repairs: Double], from set: Repairs = []) -> Int {
    guard set != .all else { return 1 }
    return Repairs.each.map { set.union($0.repair) }.filter {
      $0 != set && means[$0] ?? .nan > means[set] ?? .nan
    }.reduce(0) { $0 + risingOrders(means, from: $1) }
  }
}
