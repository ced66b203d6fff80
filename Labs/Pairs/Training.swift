import LabKit

extension Pairs {
  func training(_ files: PairFiles) throws {
    //: ## Training
    //:
    //: ### Loss curves with bands
    var samples = Samples(seed: seed)  //hide
    let epochs = Array(1...30)
    func run(_ floor: Double, _ rate: Double) -> [Double] {
      let drift = samples.normal() * 0.06
      return epochs.map { epoch in
        let fallen = Elementary.exp(-Double(epoch) * rate)
        return (floor + (2.3 - floor) * fallen) * (1 + drift + 0.03 * samples.normal())
      }
    }
    let plain = (0..<10).map { _ in run(0.32, 0.16) }
    let adam = (0..<10).map { _ in run(0.21, 0.28) }
    func mean(_ runs: [[Double]]) -> [Double] {
      epochs.indices.map { epoch in runs.reduce(0) { $0 + $1[epoch] } / Double(runs.count) }
    }
    func deviation(_ runs: [[Double]]) -> [Double] {
      let mean = mean(runs)
      return epochs.indices.map { epoch in
        let squares = runs.reduce(0) { sum, run in
          sum + (run[epoch] - mean[epoch]) * (run[epoch] - mean[epoch])
        }
        return (squares / Double(runs.count - 1)).squareRoot()
      }
    }

    //| label: fig-loss-bands
    //| fig-cap: "Means of ten runs with a standard deviation on both sides."
    let loss = Figure("Training loss", x: Axis("epoch"), y: Axis("cross-entropy", unit: "nats")) {
      LineMark(x: epochs, y: mean(plain), label: "SGD").band(error: deviation(plain))
      LineMark(x: epochs, y: mean(adam), label: "Adam").band(error: deviation(adam))
    }
    show(loss)
    try files.write(  //hide
      "01-loss-bands", loss,  //hide
      [  //hide
        "epochs": epochs, "sgd": mean(plain), "sgd_error": deviation(plain),  //hide
        "adam": mean(adam), "adam_error": deviation(adam),  //hide
      ])  //hide

    //: ### Accuracy by epoch
    let train = epochs.map { epoch in
      0.995 - 0.6 * Elementary.exp(-Double(epoch) / 4) + 0.003 * samples.normal()
    }
    let test = epochs.map { epoch in
      0.962 - 0.55 * Elementary.exp(-Double(epoch) / 3.5) + 0.005 * samples.normal()
    }

    //| label: fig-accuracy
    //| fig-cap: "Accuracy on both sets, with the epoch at which training was stopped."
    let accuracy = Figure(
      "Accuracy", x: Axis("epoch"), y: Axis("accuracy", format: .percent(decimals: 0))
    ) {
      LineMark(x: epochs, y: train, label: "training")
      LineMark(x: epochs, y: test, label: "test", symbol: .circle)
      RuleMark(x: 18, label: "stopped")
    }
    show(accuracy)
    try files.write(  //hide
      "02-accuracy", accuracy,  //hide
      ["epochs": epochs, "train": train, "test": test, "stop": 18])  //hide
  }
}
