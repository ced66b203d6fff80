//: # How to read 99.5 % of the digits
//:
//: Lab 10 ends with a network that reads about four digits in five. This lab climbs from there, one
//: step at a time, to a network that reads \(finalMean) of the 10,000 test images of MNIST, the mean of
//: \(seedCount) trainings (95 % interval \(finalRange)). Each step keeps what the steps before it
//: brought, changes one thing and is trained from \(seedCount) seeds, so that what it adds can be told from
//: luck, or cannot.
//:
//: How this report was made, honestly: the trainings take \(totalMinutes) minutes of one processor core
//: and the full training set, so they are not repeated in each run. Their weights stand beside the lab
//: ([`Trained/`](../Labs/Digits/Trained)), and **every accuracy on test images below is computed from them
//: in this run.** The losses, the accuracies on validation images and the seconds are the trainings' own
//: record; the seconds were measured together afterwards, in one run. Only the first step is trained
//: again here, from the 1,000 images that the library carries (the record's learned from another 1,000), as
//: a check that such a training ends where the record says.
import LabKit
import SystemCalls

@main
struct Digits: Lab {
  @Option(help: "Folder of the full MNIST set; without it, MNIST_DIR or a folder mnist.")
  var mnist: String?

  @Option(help: "Train what the record in this file lacks, with the full set, and keep it there.")
  var train: String?

  @Option(help: "The steps to train, by name; all of them where none is given.")
  var step: [String] = []

  @Option(help: "Seeds of each training.")
  var seeds = 3

  @Option(help: "The first seed to train with.")
  var firstSeed: UInt64 = 0

  func report() throws {
    if let train { try trainAll(into: train) }  //hide
    //: ## The data
    //:
    //: MNIST has 60,000 training and 10,000 test images of 28×28 pixels. Of the training images 5,000,
    //: drawn at random, are set apart for **validation**: whatever is chosen (what to keep, when to
    //: stop, which recipe is final) is chosen by them. The test images choose nothing; the networks of all
    //: steps read them after the trainings, to show what each step brings. To train anew, get the files
    //: `train-images-idx3-ubyte.gz` and `train-labels-idx1-ubyte.gz` of MNIST's four (the test images are in
    //: the library) and put them into a folder `mnist` in the package or beside it, or name their folder
    //: with `--mnist`. Their contents are verified against the digests of the original files.
    let test = try MNIST.test()
    cite(test)
    let record = try Record.committed()
    let climb = try climb(record, test)
    try ladder(climb)
    try course(climb)
    try inside(climb, test)
    try mistakes(climb, test)

    //: ## What to take away
    //:
    //: - The largest step is nearly the cheapest: all of the data take \(dataSeconds) s and halve the mistakes
    //:   \(dataHalvings) times. The next largest, depth, costs \(depthSeconds) s more.
    //: - Near the top the steps are small, and three seeds seldom tell them from luck. The last, time alone,
    //:   takes away \(lastGain) mistakes (95 % interval); what made no fewer in the mean stands under the table.
  }

  /// Refuses steps and seeds that there are none of.
  func validate() throws {
    let names = Recipe.ladder.map(\.name)
    for name in step where !names.contains(name) {
      throw ValidationError(
        "--step wants one of \(names.joined(separator: ", ")), not '\(name)'.")
    }
    guard seeds >= 1, firstSeed <= Record.mostSeeds, seeds <= Record.mostSeeds - Int(firstSeed)
    else {
      throw ValidationError(
        "--seeds wants 1 or more, and no seed above \(Record.mostSeeds - 1), "
          + "not \(seeds) from \(firstSeed) on.")
    }
    if train == nil, !step.isEmpty || firstSeed != 0 || seeds != 3 {
      throw ValidationError("--step, --seeds and --first-seed go with --train FILE.")
    }
  }

  /// Trains every step of the ladder that a record has not yet, and measures anew how long each takes.
  func trainAll(into path: String) throws {
    var random = SplitMix64(seed: 2026)
    let (training, validation) = try MNIST.full(directory: mnist)
      .split(validation: 5000, using: &random)
    var record = Record(file: SafeTensors())
    do {
      record.file = try SafeTensors(path: path)
    } catch is FileError {}  // There is none yet; one that is damaged is nothing to write over.
    for recipe in Recipe.ladder where step.isEmpty || step.contains(recipe.name) {
      for seed in firstSeed..<firstSeed + UInt64(seeds)
      where !record.seeds(of: recipe).contains(seed) {
        var trained = try recipe.train(seed: seed, on: training, validation: validation)
        record.set(recipe, seed: seed, trained)
        // The weights are kept in 16 bits each: what counts is what these say.
        trained.network = try record.trained(recipe, seed: seed).network
        trained.validation[recipe.epochs - 1] =
          Float(trained.network.evaluate(validation).accuracy)
        record.set(recipe, seed: seed, trained)
        try record.file.write(to: path)
      }
    }
    try record.set(secondsOf: Recipe.ladder, measuredOn: training)
    try record.file.write(to: path)
  }
}
