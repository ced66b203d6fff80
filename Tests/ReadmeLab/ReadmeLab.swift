//: # Dice
//: The mean of many throws comes near 3.5.
import LabKit

@main
struct Dice: Lab {
  @Option(help: "How often the die is thrown.")
  var count = 100_000

  func report() throws {
    var random = SplitMix64(seed: 1)
    func throwing(_ faces: [Int]) -> Double {
      let pips = (0..<count).map { _ in faces[random.nextIndex(below: faces.count)] }
      return Double(pips.reduce(0, +)) / Double(count)
    }
    let mean = throwing([1, 2, 3, 4, 5, 6])
    publish("mean", mean, as: .decimal(places: 2))
    //: After \(count) throws the mean is \(mean).
    claim(
      "the die is fair", mean, .near(3.5, tolerance: 0.05), as: .decimal(places: 2),
      mutants: ["a die with two sixes": throwing([1, 2, 3, 4, 5, 6, 6])])
  }
}
