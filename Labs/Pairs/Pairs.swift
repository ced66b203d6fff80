//: # Beside matplotlib
//:
//: Twelve figures as labs need them, drawn by `Plotting`. With `--into folder` the lab also writes
//: each picture with its data as JSON, from which `Labs/Pairs/Peer/draw.py` draws the same figure with
//: matplotlib and joins both:
//:
//: ```sh
//: swift run pairs --into pairs
//: python Labs/Pairs/Peer/draw.py pairs
//: ```
//:
//: Neither side is tuned: titles, labels and units are given on both, all else is what the library does
//: by itself.
import LabKit

@main
struct Pairs: Lab {
  @Option(help: "Seed of the random data.")
  var seed: UInt64 = 12

  @Option(help: "The folder that pictures and data are written to.")
  var into: String?

  func report() throws {
    let files = PairFiles(folder: into)  //hide
    try training(files)
    try recognition(files)
    try measurements(files)
    try classifiers(files)
  }
}
