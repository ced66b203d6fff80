import Foundation
import LabKit

extension Benchmarks {
  func digits(_ measured: Measured) throws {
    //: ## Reading digits
    //:
    //: A whole training, to an accuracy: five convolutions with batch normalisation, two of them
    //: residual, 44,538 parameters, the step “schedule” of [the digits lab](digits.md). Adam with a
    //: rate that climbs and falls, batches of 50, the same in PyTorch; the first weights and the order of
    //: the images are drawn anew for each training. Seconds are of the training alone, on all cores,
    //: accuracies of MNIST's 10,000 test images.
    let race = try DigitsRace(folder: mnist)
    let results = race.run(python: python, trainings: min(rounds, 3))
    //| volatile: true
    print(race.description)
    show(
      Table(
        results,
        columns: [
          .column("training, \(Compute.processorCount) threads", { $0.name }),
          .column("seconds", { rounded($0.seconds.median) }, alignment: .trailing),
          .column("accuracy", { percent($0.accuracy) }, alignment: .trailing),
          .column("each training", { $0.each }),
        ]))
    let ratio = results.count > 1 ? results[1].seconds.ratio(to: results[0].seconds) : nil  //hide
    measured.target(  //hide
      "training of the digits' network, against PyTorch", "faster, as accurate",  //hide
      measured: ratio.map { compared($0, results) } ?? "not measured: no PyTorch",  //hide
      holds: ratio.map {  //hide
        $0 >= 1 && results[0].accuracy >= results[1].accuracy - 0.003  //hide
      })  //hide
  }

  private func compared(_ ratio: Double, _ results: [DigitsRace.Result]) -> String {
    "\(rounded(ratio))×, \(percent(results[0].accuracy)) against \(percent(results[1].accuracy))"
  }
}

private func percent(_ share: Double) -> String { NumberFormat.percent(decimals: 2).string(share) }

/// The same training here and in PyTorch, in turns.
struct DigitsRace: CustomStringConvertible {
  /// Somebody's trainings.
  struct Result {
    var name: String
    var seconds = Timing()
    var accuracies: [Double] = []
    var accuracy: Double { accuracies.reduce(0, +) / Double(accuracies.count) }
    var each: String {
      let pairs = zip(seconds.samples, accuracies)
      return pairs.map { "\(percent($1)) in \(rounded($0)) s" }.joined(separator: ", ")
    }
  }

  private let training: Dataset, test: Dataset
  private let epochs: Int
  private let batch = 50
  private let rate: Float = 3e-3

  /// All of MNIST's training images where its folder is given or named by the environment, else the
  /// thousand that the library holds, seen more often.
  init(folder: String?) throws {
    test = try MNIST.test()
    let isKnown =
      folder != nil || ProcessInfo.processInfo.environment[MNIST.environmentVariable] != nil
    training = isKnown ? try MNIST.full(directory: folder) : try MNIST.train1000()
    epochs = isKnown ? 2 : 20
  }

  /// What is learnt from.
  var description: String {
    "\(epochs) epochs over \(training.count) training images"
      + (training.count == 1000 ? "; the full set was not found (--mnist)" : "")
  }

  /// Trains so many times.
  func run(python: String?, trainings: Int) -> [Result] {
    var mine = Result(name: "LabKit")
    var peer = Result(name: "PyTorch, channels_last")
    let folder = FileManager.default.temporaryDirectory.appending(
      path: "labkit-digits-\(ProcessInfo.processInfo.processIdentifier)")
    defer { try? FileManager.default.removeItem(at: folder) }
    try? write(to: folder)
    let script = URL(filePath: #filePath).deletingLastPathComponent()
      .appending(path: "Peers/digits.py").path
    let threads = Compute.processorCount
    for seed in Progress("Digits", over: 0..<max(1, trainings)) {
      guard let trained = try? train(seed: UInt64(seed)) else { continue }
      mine.seconds.samples.append(trained.seconds)
      mine.accuracies.append(trained.accuracy)
      guard let python,
        let output = runProgram(
          "/usr/bin/env",
          [
            python, script, "\(threads)", folder.path, "\(seed)", "\(epochs)", "\(batch)",
            "\(rate)",
          ])
      else { continue }
      let words = output.output.split(whereSeparator: \.isWhitespace)
      guard words.count == 3, let seconds = Double(words[0]), let accuracy = Double(words[1]) else {
        continue
      }
      peer.name = "PyTorch \(words[2]), channels_last"
      peer.seconds.samples.append(seconds)
      peer.accuracies.append(accuracy)
    }
    return peer.accuracies.isEmpty ? [mine] : [mine, peer]
  }

  private func train(seed: UInt64) throws -> (seconds: Double, accuracy: Double) {
    var random = SplitMix64(seed: seed)
    let steps = epochs * training.batches(of: batch).count
    var trainer = LabKit.Trainer(
      try network(&random), Adam(learningRate: rate),
      schedule: .cosine(peak: rate, steps: steps, warmUp: steps / 20))
    let time = milliseconds {
      for _ in 0..<epochs { trainer.epoch(training, batchSize: batch, using: &random) }
    }
    return (time / 1000, trainer.network.evaluate(test).accuracy)
  }

  /// Five convolutions in three sizes.
  private func network(_ random: inout SplitMix64) throws -> Sequential {
    func unit(_ from: Int, _ to: Int, size: Int) throws -> Sequential {
      try Sequential(input: [batch, from, size, size]) {
        Conv2D(
          inputChannels: from, outputChannels: to, kernelSize: 3, padding: 1, bias: false,
          initializer: .heNormal, using: &random)
        BatchNorm2D(channels: to)
        ReLU()
      }
    }
    return try Sequential(input: [batch, 1, 28, 28]) {
      try unit(1, 16, size: 28).layers
      MaxPool2D(size: 2)
      try unit(16, 24, size: 14).layers
      Residual(try unit(24, 24, size: 14))
      MaxPool2D(size: 2)
      try unit(24, 48, size: 7).layers
      Residual(try unit(48, 48, size: 7))
      MaxPool2D(size: 2)
      Flatten()
      Linear(inputs: 432, outputs: 10, using: &random)
    }
  }

  /// The images and labels for another program.
  private func write(to folder: URL) throws {
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    for (name, data) in [("train", training), ("test", test)] {
      // Swift runs on little-endian machines, and so does NumPy's "<f4".
      let pixels = unsafe data.images.withElements { unsafe Data(buffer: $0) }
      try pixels.write(to: folder.appending(path: name + "-images"))
      try Data(data.labels.map { UInt8($0) }).write(to: folder.appending(path: name + "-labels"))
    }
  }
}
