import Lab10Experiments
import LabKit

extension Lab10 {
  func settings(_ digits: Digits, _ descent: Experiment, _ adam: [NotebookRun]) throws {
    //: ### Settings: scale, learning rate, initialisation
    //:
    //: Right code is not enough. With plain softmax the notebook's own start and rate read \(ownStart),
    //: and a fifth of that rate \(fifthRate):
    let rates: [Float] = [0.5, 0.1, 0.02]
    let starts: [(String, Initializer)] = [
      ("U(−0.1, 0.1)", .uniform(-0.1...0.1)), ("Glorot", .glorotUniform),
    ]
    func recipe(_ start: (String, Initializer), _ rate: Float) -> (String, Recipe) {
      ("\(start.0), \(rate)", .right(start.1, learningRate: rate))
    }
    // Glorot's start at 0.1 was trained above.
    var grid = try experiments(
      rates.map { recipe(starts[0], $0) } + [rates[0], rates[2]].map { recipe(starts[1], $0) },
      "Settings", seeds: seeds, digits)
    grid.insert(Experiment("Glorot, 0.1", descent.accuracies), at: 4)
    let drowned = try experiments(
      [recipe(("U(−1, 1)", .uniform(-1...1)), 0.1)], "Settings", seeds: seeds, digits)[0]
    //| label: tbl-settings
    //| tbl-cap: "Accuracy with right code and plain gradient descent, mean ± standard deviation over the seeds"
    //| code-fold: true
    show(
      Table(
        columns: [Table.Column("initialisation")]
          + rates.map { Table.Column("rate \($0)", alignment: .trailing) },
        rows: starts.indices.map { start in
          [Table.Cell(starts[start].0)]
            + rates.indices.map {
              Table.Cell(spread(grid[start * rates.count + $0].accuracies, .decimal(places: 2)))
            }
        }))
    let robust = Experiment("Adam 0.003, He", Sample(adam.map(\.accuracy)))
    publish("ownStart", grid[0].mean, as: .percent(decimals: 1))
    publish("fifthRate", grid[1].mean, as: .percent(decimals: 1))
    publish("stuck", grid[1].accuracies.values.count { $0 < 0.2 })
    publish("drownedMean", drowned.mean, as: .percent(decimals: 1))
    publish("drownedBest", drowned.accuracies.greatest, as: .percent(decimals: 1))
    publish("descentBest", descent.accuracies.greatest, as: .percent(decimals: 1))
    publish("descentWorst", descent.accuracies.least, as: .percent(decimals: 1))
    publish("descentDeviation", descent.accuracies.standardDeviation, as: .percent(decimals: 1))
    publish("adamDeviation", robust.accuracies.standardDeviation, as: .percent(decimals: 1))
    publish("descentMean", descent.mean, as: .percent(decimals: 1))
    //: From U(−0.1, 0.1) at rate 0.1, \(stuck) of \(seeds) seeds stay below 20%. Weights as large as
    //: U(−1, 1) drown the network: at the same rate it reads \(drownedMean), \(drownedBest) from the best
    //: seed. Glorot's start at rate 0.1 is the best of these, \(descentMean), and even there the seed
    //: decides between \(descentWorst) and \(descentBest). Adam adapts its steps to each weight and
    //: depends on luck far less:
    claim(
      "from U(−1, 1) at rate 0.1 no seed reads more than every fifth digit",
      over: drowned.accuracies.values, .below(0.2), as: .percent(decimals: 1),
      mutants: [
        "from U(−0.1, 0.1)": grid[1].accuracies.values,
        "from Glorot's start": descent.accuracies.values,
      ])
    claim(
      "Glorot's start at rate 0.1 reads more digits than each other line and rate of the table",
      over: grid.indices.filter { $0 != 4 }.map { gain(descent, grid[$0]).lower }, .above(0),
      as: .percent(decimals: 1),
      mutants: [
        "U(−0.1, 0.1) at rate 0.1": grid.indices.filter { $0 != 1 }.map {
          gain(grid[1], grid[$0]).lower
        }
      ])
    //| label: fig-settings
    //| fig-cap: "Gradient descent by start and learning rate, and Adam: one point per seed, all on the same 1,000 test images; dashed: guessing"
    //| code-fold: true
    show(stripFigure([drowned] + grid[3...] + [robust]))
    publish("robustMean", robust.mean, as: .percent(decimals: 1))
    publish("robustWorst", robust.accuracies.least, as: .percent(decimals: 1))
    publish(
      "robustBlind", Estimate.mean(of: Sample(adam.map(\.notebookAccuracy))),
      as: .percent(decimals: 1))
    //: Over \(seeds) seeds, Adam from [He's](#term-glorot) start reads \(robustMean) of the digits after 2
    //: epochs of 1,000 images, and \(robustWorst) from the unluckiest seed; the standard deviation is
    //: \(adamDeviation), where gradient descent has \(descentDeviation). (Evaluated the notebook's way
    //: these networks read \(robustBlind): that evaluation would not have seen a good network either.)
    claim(
      "Adam at 0.003 reads more than 80%, as a mean over seeds", robust.mean,
      .above(0.8), as: .percent(decimals: 1),
      mutants: [
        "gradient descent at 0.1 from Glorot's start": descent.mean,
        "the same networks, evaluated the notebook's way": .mean(
          of: Sample(adam.map(\.notebookAccuracy))),
      ])
    claim(
      "Adam leaves no seed behind", over: robust.accuracies.values, .above(0.7),
      as: .percent(decimals: 1),
      mutants: ["gradient descent at 0.1 from Glorot's start": descent.accuracies.values])
  }
}
