import LabKit

extension Benchmarks {
  func epochs(_ measured: Measured) throws {
    //: ## An epoch, and inference
    //:
    //: All 60,000 images of MNIST, shuffled, in batches of 50, chosen and copied as training goes:
    //: the loader's time is in the epoch's. Alone it takes the time of the second row. Peers make an
    //: epoch in the same way, once. Last, the classes of 10,000 images.
    var random = SplitMix64(seed: 4)
    let dataset = try fullDataset(&random)
    let trainer = Trainer(try Jobs.lab10(&random), batch: 50, using: &random)
    let test = dataset[0..<10_000].images
    let threads = Compute.processorCount
    let results = race(
      "Epochs", rounds: 5,
      [
        ours("epoch", threads: threads, repetitions: 1) {
          trainer.epoch(dataset, using: &random)
        },
        ours("its loader alone", threads: threads, repetitions: 1) {
          for batch in dataset.batches(of: 50, shuffledUsing: &random) { _ = batch.images.count }
        },
        ours("inference of 10,000 images", threads: threads, repetitions: 3) {
          _ = trainer.predictions(test)
        },
      ])
    let peer = measured.peers[threads]
    let others = (peer?.names ?? []).filter { $0 != "tf.function, loop inside" }.compactMap {
      name in
      peer?.time("epoch", name, steps: 60_000).first.map { (name, Timing(samples: [$0])) }
    }
    //| volatile: true
    show(
      Table(
        results.map { ($0.name, $0.timing) } + others.map { ("epoch, \($0.0)", $0.1) },
        columns: [
          .column("job, \(threads) threads", { $0.0 }),
          .column("ms", { rounded($0.1.median) }, alignment: .trailing),
          .column(
            "spread", { $0.1.samples.count > 1 ? $0.1.spread : "once" }, alignment: .trailing),
        ]))
    let epoch = results[0].timing.median
    let best = others.min { $0.1.median < $1.1.median }
    let limit = measured.limit(try Jobs.lab10(&random), items: 60_000, threads: threads)  //hide
    measured.target(  //hide
      "epoch of 60,000 images, \(threads) threads", "under 0.5 s",  //hide
      measured: "\(rounded(epoch / 1000)) s", holds: epoch < 500,  //hide
      why: "at the peak of \(threads) cores the definition's multiply-adds"  //hide
        + " alone take \(rounded(limit / 1000)) s")  //hide
    measured.target(  //hide
      "the same, against the fastest peer", "8× faster",  //hide
      measured: best.map { "\(rounded($0.1.median / epoch))× (\($0.0))" }
        ?? "not measured: no peer",  //hide
      holds: best.map { $0.1.median / epoch >= 8 })  //hide
    let inference = results[2].timing.median
    measured.target(  //hide
      "inference of 10,000 images, Lab 10 network", "under 50 ms",  //hide
      measured: "\(rounded(inference)) ms", holds: inference < 50)  //hide
  }

  /// MNIST where its folder is known, else as many random images.
  private func fullDataset(_ random: inout SplitMix64) throws -> Dataset {
    if let mnist { return try MNIST.full(directory: mnist) }
    return Dataset(
      images: .uniform([60_000, 1, 28, 28], using: &random),
      labels: (0..<60_000).map { _ in random.nextIndex(below: 10) })
  }
}
