//: # How to read 99.5 % of the digits
//:
//: Lab 10 ends with a network that reads about four digits in five. This lab climbs from there, one
//: step at a time, to a network that reads \(finalMean) of the 10,000 test images of MNIST, the mean of
//: \(seedCount) trainings (95 % interval \(finalRange)). Each step keeps what the steps before it
//: brought and is trained from \(seedCount) seeds, so that what it adds can be told from luck. The first
//: five change one thing each. The last three also train longer, and the seventh adds three things at
//: once: what each of these does alone is not told here.
//:
//: How this report was made, honestly: the trainings take \(totalMinutes) minutes of one processor core
//: and the full training set, so they are not repeated in each run. Their weights stand beside the lab
//: ([`Trained/`](../Labs/Digits/Trained)), and **every accuracy on test images below is computed from them
//: in this run.** The losses, the accuracies on validation images and the seconds are the trainings' own
//: record. Only the first step is trained again here, from the 1,000 images that the library carries (the
//: record's learned from another 1,000), as a check that such a training ends where the record says.
import LabKit

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
    //: - With a rate that climbs and falls a training takes \(scheduleSeconds) s, not \(steadySeconds) s, and of
    //:   \(beforeSchedule) mistakes \(afterSchedule) are left.
    //: - Near the top the steps are small: the last one takes away \(lastStep) of the mistakes (95% interval).
    //:   One run proves nothing there.
  }

  /// Trains every step of the ladder that a record has not yet.
  func trainAll(into path: String) throws {
    var random = SplitMix64(seed: 2026)
    let (training, validation) = try MNIST.full(directory: mnist)
      .split(validation: 5000, using: &random)
    var record = Record(file: (try? SafeTensors(path: path)) ?? SafeTensors())
    for recipe in Recipe.ladder where step.isEmpty || step.contains(recipe.name) {
      for seed in firstSeed..<UInt64(seeds) where !record.seeds(of: recipe).contains(seed) {
        record.set(
          recipe, seed: seed, try recipe.train(seed: seed, on: training, validation: validation))
        try record.file.write(to: path)
      }
    }
  }
}
