import Lab10Experiments
import LabKit

extension Lab10 {
  func causes(_ digits: Digits, _ runs: [NotebookRun]) throws {
    //: ### One cause at a time
    //:
    //: Five things can be repaired in the notebook's training: the *channel* fault of the
    //: convolution; and of the loss's gradient the label's whole *row* of the Jacobian, the *divisor*,
    //: the *sign*, the *mean* over the batch. That makes \(setCount) sets of repairs. Trained with the
    //: notebook's settings, each from \(seeds) seeds, are here: every repair alone, all but each, all, and
    //: one way from nothing to all, \(path). (`--all-repairs` trains every set.)
    let way: [Repairs] = [.channel, .divisor, .row, .sign, .mean]
    publish("setCount", Repairs.sets.count)  //hide
    publish("path", way.map(\.name).joined(separator: ", then "))  //hide
    let walk = way.reduce(into: [Repairs()]) { $0.append($0[$0.count - 1].union($1)) }
    let singles = Repairs.each.map { (name: "only " + $0.name, set: $0.repair) }
    let lacking = Repairs.each.map {
      (name: "all but " + $0.name, set: Repairs.all.subtracting($0.repair))
    }
    let chosen = singles + lacking + [(name: "all", set: .all)]
    let others = (allRepairs ? Repairs.sets : walk).filter { set in
      !set.isEmpty && !chosen.contains { $0.set == set }
    }
    let nothing = Experiment("nothing: the notebook", Sample(runs.map(\.accuracy)))
    let trained = try experiments(
      (chosen + others.map { (name: $0.name, set: $0) }).map { ($0.name, $0.set.recipe) },
      "Repairs", seeds: seeds, digits)
    let repaired = Array(trained.prefix(chosen.count))
    let bySet = Dictionary(
      uniqueKeysWithValues: zip([Repairs()] + chosen.map(\.set) + others, [nothing] + trained))
    //| label: fig-repairs
    //| fig-cap: "Mean accuracy over the seeds by how many repairs a set holds; a line joins two sets that differ by one repair. Bold: the way of @tbl-steps"
    //| code-fold: true
    show(repairsFigure(bySet.mapValues(\.accuracies.mean), walk))
    //| label: tbl-steps
    //| tbl-cap: "The way, step by step: the accuracy after each, and the paired difference to the one before in percentage points, with 95% intervals"
    //| code-fold: true
    let stops = walk.compactMap { bySet[$0] }
    let steps = zip(way, zip(stops.dropFirst(), stops)).map {
      (repair: "+ " + $0.name, after: $1.0.mean, gain: gain($1.0, $1.1))
    }
    show(
      Table(
        steps,
        columns: [
          .column("repair", \.repair),
          .column("accuracy", \.after, as: .percent(decimals: 1)),
          .column("gain", \.gain, as: .percent(decimals: 1)),
        ]))

    let falling = repaired.prefix(5).filter { gain($0, nothing).upper < 0 }.map(\.name)
    publish("falling", falling.joined(separator: ", "))
    publish("climbs", steps.count { $0.gain.value > 0 })
    publish("sureSteps", steps.count { $0.gain.lower > 0 })
    //: The faults lean on each other. Some repairs alone lower the accuracy, the whole interval of their
    //: gain in @tbl-causes: \(falling). (The mean over the batch makes each step a fiftieth as long, at a
    //: learning rate that was chosen for the sum.) But whoever repairs one thing at a time can arrive:
    //: the mean rises at \(climbs) of the 5 steps of @tbl-steps, at \(sureSteps) of them, the last ones,
    //: with the whole interval. (The way was picked from 120 orders because it rises: the small gains of
    //: its first steps prove nothing.)
    claim(
      "on this way the mean rises at every step", over: steps.map(\.gain.value), .above(0),
      as: .percent(decimals: 1),
      mutants: [
        "the mean first, then the rest at once": [
          gain(repaired[4], nothing).value, gain(repaired[10], repaired[4]).value,
        ],
        "the row first, then the rest at once": [
          gain(repaired[1], nothing).value, gain(repaired[10], repaired[1]).value,
        ],
      ])
    claim(
      "each of its last three steps gains, with the whole interval",
      over: steps.suffix(3).map(\.gain.lower), .above(0), as: .percent(decimals: 1),
      mutants: ["the first three": steps.prefix(3).map(\.gain.lower)])

    //| label: tbl-causes
    //| tbl-cap: "Accuracy after 2 epochs at learning rate 0.5, by what is repaired, with 95% intervals of the mean; the last column is the paired difference to the notebook in percentage points"
    //| code-fold: true
    show(
      Table(
        [nothing] + repaired,
        columns: [
          .column("repaired", \.name),
          .column("mean", \.mean, as: .percent(decimals: 1)),
          .column("worst seed", \.accuracies.least, as: .percent(decimals: 1)),
          .column("best seed", \.accuracies.greatest, as: .percent(decimals: 1)),
          .column("gain", { gain($0, nothing) }, as: .percent(decimals: 1)),
        ]))
    //| label: fig-causes
    //| fig-cap: "The same runs, one point per seed, the mean as a diamond; dashed: guessing"
    //| code-fold: true
    show(stripFigure([nothing] + repaired))
    let everything = repaired[10]
    publish("notebookMean", nothing.mean, as: .percent(decimals: 1))
    publish("repairedMean", everything.mean, as: .percent(decimals: 1))
    publish("allGain", gain(everything, nothing), as: .percent(decimals: 1))
    //: With everything repaired the same architecture at the same settings reads \(repairedMean) of
    //: the digits instead of \(notebookMean).
    claim(
      "all repairs together read far more digits than the notebook's code",
      gain(everything, nothing), .above(0.25), as: .percent(decimals: 1),
      mutants: [
        "only the channel": gain(repaired[0], nothing),
        "only the divisor": gain(repaired[2], nothing),
        "all but the row": gain(repaired[6], nothing),
      ])
    claim(
      "repairing the mean alone reads fewer digits than repairing nothing",
      gain(repaired[4], nothing), .below(0), as: .percent(decimals: 1),
      mutants: [
        "the channel alone": gain(repaired[0], nothing), "everything": gain(everything, nothing),
      ])
  }

  /// How many more digits one experiment reads than another, seed by seed, over the seeds of both.
  func gain(_ experiment: Experiment, _ other: Experiment) -> Estimate {
    let count = min(experiment.accuracies.count, other.accuracies.count)
    return .pairedDifference(
      Sample(experiment.accuracies.values.prefix(count)),
      minus: Sample(other.accuracies.values.prefix(count)))
  }
}
