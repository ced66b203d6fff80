import LabKit

extension Benchmarks {
  func growth(_ measured: Measured) throws {
    //: ## Growth
    //:
    //: The cost of a convolution is its multiply-adds: twice the images, filters or kernel cells take
    //: twice the time. 16 channels on 28×28 pixels, 16 filters of 3×3 and 64 images unless said; one
    //: thread, forward and both gradients together.
    //: A line bends where an algorithm with fewer multiplications takes over: minimal filtering from
    //: 32 filters on, the split by parity from 16 kernel cells on.
    let images = [16, 32, 64, 96, 128, 192]
    let filters = [4, 8, 16, 24, 32, 48]
    let kernels = [1, 2, 3, 4, 5, 6]
    let times = [
      grow("Images", images) { ($0, 16, 3) }, grow("Filters", filters) { (64, $0, 3) },
      grow("Kernel cells", kernels) { (64, 16, $0) },
    ]
    //| label: fig-growth
    //| fig-cap: "Time over images, filters and kernel cells. Straight lines are linear growth; the bends are faster algorithms."
    //| volatile: true
    let areas = kernels.map { $0 * $0 }
    let growth = FigureGrid(columns: 3) {
      line("images", images, times[0])
      line("filters", filters, times[1])
      line("kernel cells", areas, times[2])
    }
    show(growth)

    //: ### Threads
    var random = SplitMix64(seed: 5)
    let lab10 = Trainer(try Jobs.lab10(&random), batch: 50, using: &random)
    let lenet = Trainer(try Jobs.lenet(&random), batch: 64, using: &random)
    let counts = Array(1...max(2, Compute.processorCount))
    let results = race(
      "Threads", rounds: rounds,
      counts.flatMap { threads in
        [
          ours("Lab 10", threads: threads, repetitions: 100, lab10.step),
          ours("LeNet-class", threads: threads, repetitions: 3, lenet.step),
        ]
      })
    //| volatile: true
    show(
      Table(
        counts.indices.map { index in
          (counts[index], results[2 * index].timing.median, results[2 * index + 1].timing.median)
        },
        columns: [
          .column("threads", { $0.0 }),
          .column("Lab 10 step, ms", { rounded($0.1) }, alignment: .trailing),
          .column(
            "speed-up", { rounded(results[0].timing.median / $0.1) }, alignment: .trailing),
          .column("LeNet-class step, ms", { rounded($0.2) }, alignment: .trailing),
          .column(
            "speed-up", { rounded(results[1].timing.median / $0.2) }, alignment: .trailing),
        ]))
  }

  /// One curve of time over size.
  func line(_ name: String, _ sizes: [Int], _ times: [Double]) -> Figure {
    Figure(x: Axis(name, includesZero: true), y: Axis("time", unit: "ms", includesZero: true)) {
      LineMark(x: sizes, y: times, symbol: .circle)
    }
  }

  /// The times of a convolution and its gradients for growing sizes.
  private func grow(
    _ title: String, _ sizes: [Int], _ sizeOf: (Int) -> (batch: Int, filters: Int, kernel: Int)
  ) -> [Double] {
    var random = SplitMix64(seed: 6)
    let contenders = sizes.map { value in
      let (batch, filters, kernel) = sizeOf(value)
      let g = ConvolutionGeometry(
        input: [batch, 16, 28, 28], kernel: [filters, 16, kernel, kernel], padding: .same)
      let x = Tensor.uniform(g.input, using: &random).heldInLanes()
      let w = Tensor.uniform(g.kernel, using: &random)
      return ours("\(value)", threads: 1, repetitions: 2) {
        let y = convolve(x, w, g)
        _ = convolveInputGradient(y, w, g)
        _ = convolveWeightGradient(y, x, g)
      }
    }
    return race(title, rounds: rounds, contenders).map(\.timing.median)
  }
}
