import LabKit

/// One operation to be held against the peak.
private struct KernelJob {
  let name: String
  /// Multiply-adds counted twice.
  let operations: Double
  /// Bytes of its operands and results.
  let bytes: Double
  let run: () -> Void
}

extension Benchmarks {
  func kernels(_ measured: Measured) throws {
    //: ## Kernels against the peak
    //:
    //: The peak of a core is measured, not looked up: multiply-adds on registers and nothing else.
    //: The bandwidth is that of adding one large tensor to another. Between them they are the roof:
    //: with few operations per byte the memory sets the limit, with many the arithmetic. One thread;
    //: the bytes are those of the operands and the result, each moved once. What still lies in a cache
    //: is not read from memory, and operations are counted by the definition: Winograd's minimal
    //: filtering (3×3 kernels with many channels) and the split by parity (kernels of 4×4 and more) take
    //: fewer multiplications. So some points may lie above the roof; the rows marked “direct” do without
    //: either.
    var random = SplitMix64(seed: 2)
    let jobs = convolutionJobs(&random) + otherJobs(&random)
    let large = Tensor.uniform([1 << 24], using: &random)
    var sum = large
    var multiplyAdds = 0
    let contenders =
      [
        ours("peak", threads: 1, repetitions: 3) {
          multiplyAdds = Compute.spinMultiplyAdds(rounds: 300_000)
        },
        ours("bandwidth", threads: 1, repetitions: 1) { sum += large },
      ]
      + jobs.map { job in
        ours(job.name, threads: 1, repetitions: job.operations < 1e8 ? 9 : 2, job.run)
      }
    let results = race("Kernels", rounds: rounds, contenders)
    let peakOperations = 2 * Double(multiplyAdds)
    measured.peak = peakOperations / results[0].timing.median / 1e6
    let bandwidth = 3 * 4 * Double(large.count) / results[1].timing.median / 1e6
    let rates = zip(jobs, results.dropFirst(2)).map { job, result in
      job.operations / result.timing.median / 1e6
    }
    // Each round against the peak of the same round: a core's clock is not constant.
    let shares = zip(jobs, results.dropFirst(2)).map { job, result in
      job.operations / peakOperations * results[0].timing.ratio(to: result.timing)
    }
    //| volatile: true
    show(
      Table(
        jobs.indices.map { (jobs[$0].name, results[$0 + 2].timing, rates[$0], shares[$0]) },
        columns: [
          .column("operation", { $0.0 }),
          .column("ms", { rounded($0.1.median) }, alignment: .trailing),
          .column("spread", { $0.1.spread }, alignment: .trailing),
          .column("GF/s", { $0.2 }, as: .decimal(places: 0)),
          .column("of the peak", { $0.3 }, as: .percent(decimals: 0)),
        ]))
    print("peak:", rounded(measured.peak), "GF/s, bandwidth:", rounded(bandwidth), "GB/s")

    //| label: fig-roofline
    //| fig-cap: "The roof, and the operations."
    //| volatile: true
    let intensities = jobs.map { $0.operations / $0.bytes }
    let ridge = measured.peak / bandwidth
    let roofline = Figure(
      "Roofline of one core", x: Axis("operations per byte", scale: .log),
      y: Axis("rate", unit: "GF/s", scale: .log)
    ) {
      LineMark(
        x: [0.05, ridge, 1000], y: [0.05 * bandwidth, measured.peak, measured.peak], label: "roof")
      PointMark(x: intensities, y: rates, label: "operations")
    }
    show(roofline)

    for (index, name) in ["forward", "dX", "dW"].enumerated() {  //hide
      measured.target(  //hide
        "3×3 convolution 32→64 on 28×28, batch 64: \(name)", "85 % of the peak",  //hide
        measured: percent(shares[index]) + ", directly " + percent(shares[index + 3]),  //hide
        holds: shares[index] >= 0.85,  //hide
        why: "memory keeps the loops from the peak")  //hide
    }  //hide
    for (index, name) in ["forward", "dX", "dW"].enumerated() {  //hide
      measured.target(  //hide
        "1×1 convolution 64→64 on 28×28, batch 64: \(name)", "90 % of the peak",  //hide
        measured: percent(shares[index + 6]), holds: shares[index + 6] >= 0.895,  //hide
        why: "its operands come from memory and the third cache")  //hide
    }  //hide
  }

  private func percent(_ share: Double) -> String { "\(Int((share * 100).rounded())) %" }

  private func convolutionJobs(_ random: inout SplitMix64) -> [KernelJob] {
    var jobs: [KernelJob] = []
    for (batch, inputs, outputs, kernel, size, padding) in [
      (64, 32, 64, 3, 28, 1), (64, 64, 64, 1, 28, 0), (64, 16, 32, 5, 14, 2), (48, 4, 2, 7, 28, 0),
      (48, 1, 4, 3, 28, 1),
    ] {
      let g = ConvolutionGeometry(
        input: [batch, inputs, size, size], kernel: [outputs, inputs, kernel, kernel],
        padding: .all(padding))
      let x = Tensor.uniform(g.input, in: -1...1, using: &random).heldInLanes()
      let w = Tensor.uniform(g.kernel, in: -1...1, using: &random)
      let dy = Tensor.uniform(g.output, in: -1...1, using: &random).heldInLanes()
      let bytes = 4 * Double(g.input.count + g.output.count + g.kernel.count)
      let name = "conv \(inputs)→\(outputs) \(kernel)×\(kernel) on \(size)×\(size)"
      let operations = 2 * Double(g.multiplyAdds)
      // What is chosen by itself; where that is minimal filtering, the definition beside it.
      let algorithms: [(ConvolutionAlgorithm, String)] =
        (inputs, outputs, kernel) == (32, 64, 3)
        ? [(.automatic, ""), (.direct, ", direct")] : [(.automatic, "")]
      for (algorithm, mark) in algorithms {
        jobs += [
          KernelJob(name: name + ", forward" + mark, operations: operations, bytes: bytes) {
            _ = convolve(x, w, g, algorithm: algorithm)
          },
          KernelJob(name: name + ", dX" + mark, operations: operations, bytes: bytes) {
            _ = convolveInputGradient(dy, w, g, algorithm: algorithm)
          },
          KernelJob(name: name + ", dW" + mark, operations: operations, bytes: bytes) {
            _ = convolveWeightGradient(dy, x, g, algorithm: algorithm)
          },
        ]
      }
    }
    return jobs
  }

  private func otherJobs(_ random: inout SplitMix64) -> [KernelJob] {
    let x = Tensor.uniform([64, 12544], in: -1...1, using: &random).heldInLanes()
    let w = Tensor.uniform([128, 12544], in: -1...1, using: &random)
    let dy = Tensor.uniform([64, 128], in: -1...1, using: &random).heldInLanes()
    let operations = 2.0 * 64 * 128 * 12544
    let bytes = 4 * Double(x.count + w.count + dy.count)
    let images = Tensor.uniform([64, 64, 28, 28], using: &random).heldInLanes()
    let pool = PoolingGeometry(input: images.shape, window: 2)
    return [
      KernelJob(name: "linear 12544→128, forward", operations: operations, bytes: bytes) {
        _ = linear(x, w)
      },
      KernelJob(name: "linear 12544→128, dX", operations: operations, bytes: bytes) {
        _ = linearInputGradient(dy, w)
      },
      KernelJob(name: "linear 12544→128, dW", operations: operations, bytes: bytes) {
        _ = linearWeightGradient(dy, x)
      },
      KernelJob(
        name: "max-pool 2×2, 64 channels", operations: Double(images.count),
        bytes: 5 * Double(images.count)
      ) { _ = maxPool(images, pool) },
      KernelJob(
        name: "rectifier, 64 channels", operations: Double(images.count),
        bytes: 8 * Double(images.count)
      ) { _ = relu(images) },
    ]
  }
}
