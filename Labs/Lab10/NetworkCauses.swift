import Lab10Experiments
import LabKit

extension Lab10 {
  func causes(_ digits: Digits, _ runs: [NotebookRun]) throws {
    //: ### One cause at a time
    //:
    //: Five things can be repaired in the notebook's training: the *channel* fault of the
    //: convolution; and of the loss's gradient the label's whole *row* of the Jacobian, the *divisor*,
    //: the *sign*, the *mean* over the batch. That makes 32 sets of repairs. Each is trained with the
    //: notebook's settings from \(lattice) seeds; those of @tbl-causes from all \(seeds).
    let lattice = min(seeds, 10)
    publish("lattice", lattice)  //hide
    let nothing = Experiment("nothing: the notebook", Sample(runs.map(\.accuracy)))
    let singles = Repairs.each.map { (name: "only " + $0.name, set: $0.repair) }
    let lacking = Repairs.each.map {
      (name: "all but " + $0.name, set: Repairs.all.subtracting($0.repair))
    }
    let chosen = singles + lacking + [(name: "all", set: .all)]
    let others = Repairs.sets.filter { set in !set.isEmpty && !chosen.contains { $0.set == set } }
    let repaired = try experiments(
      chosen.map { ($0.name, $0.set.recipe) }, "Repairs", seeds: seeds, digits)
    let rest = try experiments(
      others.map { ($0.name, $0.recipe) }, "More repairs", seeds: lattice, digits)
    let means = Dictionary(
      uniqueKeysWithValues: zip(
        [[]] + chosen.map(\.set) + others,
        ([nothing] + repaired + rest).map { Sample($0.accuracies.values.prefix(lattice)).mean }))
    func mean(_ set: Repairs) -> Double { means[set] ?? .nan }
    let climbing = Repairs.orders.filter { order in
      let path = steps(order).map(mean)
      return zip(path, path.dropFirst()).allSatisfy { $0 < $1 }
    }
    // Of the orders that climb, the one whose least step is greatest.
    func leastStep(_ order: [Repairs]) -> Double {
      let path = steps(order).map(mean)
      return zip(path, path.dropFirst()).map { $1 - $0 }.min() ?? .nan
    }
    let path = climbing.max { leastStep($0) < leastStep($1) } ?? Repairs.orders[0]
    let walk = steps(path)
    //| label: fig-repairs
    //| fig-cap: "All 32 sets of repairs by how many they hold; a line joins two that differ by one repair. Bold: the order of repairs that climbs most evenly"
    //| code-fold: true
    show(latticeFigure(mean, walk))

    publish("orderCount", Repairs.orders.count)
    publish("climbingCount", climbing.count)
    publish("path", path.map(\.name).joined(separator: ", then "))
    let falling = repaired.prefix(5).filter { gain($0, nothing).upper < 0 }.map(\.name)
    publish("falling", falling.joined(separator: ", "))
    //: The faults lean on each other. Some repairs alone lower the accuracy, the whole interval of their
    //: gain in @tbl-causes: \(falling). (The mean over the batch makes each step a fiftieth as long, at a
    //: learning rate that was chosen for the sum.) But whoever repairs one thing at a time can arrive:
    //: of the \(orderCount) orders \(climbingCount) climb at every step, in the means of @fig-repairs, for
    //: instance \(path).
    claim(
      "some orders of repair climb at every step, most do not", climbing.count,
      .within(1...60),
      mutants: [
        "counting the orders that end higher than they began": Repairs.orders.count { order in
          let path = steps(order).map(mean)
          return path[path.count - 1] > path[0]
        }
      ])

    //| label: tbl-causes
    //| tbl-cap: "Accuracy after 2 epochs at learning rate 0.5, by what is repaired, with 95% intervals of the mean; the last column is the paired difference to the notebook"
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

  /// From nothing to all five repairs in an order: six sets.
  private func steps(_ order: [Repairs]) -> [Repairs] {
    order.reduce(into: [[]]) { sets, repair in sets.append(sets[sets.count - 1].union(repair)) }
  }

  /// How many more digits one experiment reads than another, seed by seed, over the seeds of both.
  func gain(_ experiment: Experiment, _ other: Experiment) -> Estimate {
    let count = min(experiment.accuracies.count, other.accuracies.count)
    return .pairedDifference(
      Sample(experiment.accuracies.values.prefix(count)),
      minus: Sample(other.accuracies.values.prefix(count)))
  }

  private func latticeFigure(_ mean: (Repairs) -> Double, _ walk: [Repairs]) -> Figure {
    let edges = Repairs.sets.flatMap { set in
      Repairs.each.filter { !set.contains($0.repair) }.map { (set, set.union($0.repair)) }
    }
    return Figure(
      x: Axis("repairs", domain: -0.3...5.6),
      y: Axis("mean accuracy", domain: 0...0.9, format: .percent(decimals: 0)),
      size: Size(width: 600, height: 380)
    ) {
      LineMark(
        x: edges.flatMap { [Double($0.0.count), Double($0.1.count), .nan] },
        y: edges.flatMap { [mean($0.0), mean($0.1), .nan] }, color: .color(Color(hex: 0x9AA0A6)),
        width: 0.5)
      PointMark(
        x: Repairs.sets.map { Double($0.count) }, y: Repairs.sets.map(mean), size: 6)
      LineMark(
        x: walk.map { Double($0.count) }, y: walk.map(mean), color: .series(1), width: 2.5)
      for (previous, set) in zip(walk, walk.dropFirst()) {
        AnnotationMark(
          "+ " + set.subtracting(previous).name, x: Double(set.count), y: mean(set))
      }
      AnnotationMark("the notebook", x: 0, y: mean([]))
    }
  }
}
