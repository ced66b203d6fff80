//: # The mean of many dice
//: One die shows 1 to 6, so its mean is 3.5. How near to that do \(throwCount) throws come?
import LabKit

@main
struct Dice: Lab {
  @Option(help: "How often the die is thrown.")
  var throwCount = 1000

  @Option(help: "Seed of the random numbers.")
  var seed: UInt64 = 1

  func report() throws {
    //: ## Throwing
    //: The die is seeded: the same throws on every machine, every day.
    var random = SplitMix64(seed: seed)
    var sum = 0
    var means: [Double] = []
    for count in 1...throwCount {
      sum += random.face()
      means.append(Double(sum) / Double(count))
    }
    let mean = Double(sum) / Double(throwCount)
    publish("mean", mean, as: .decimal(places: 3))
    //: The mean is \(mean). On the way there (@fig-means) it swings less and less.

    //| label: fig-means
    //| fig-cap: "The mean so far; dashed: 3.5"
    let figure = Figure(
      "Mean of the throws so far", x: Axis("throws", scale: .log), y: Axis("mean")
    ) {
      LineMark(x: Array(1...throwCount), y: means)
      RuleMark(y: 3.5)
    }
    show(figure)

    //: ## Is it a fair die?
    //: The mean of $n$ fair throws strays from 3.5 by about $1.71/\sqrt{n}$; three times that is
    //: rare. A loaded die, which shows 6 twice as often, must not pass for a fair one.
    let spread = 1.71 / Double(throwCount).squareRoot()
    claim(
      "The die looks fair", mean, .near(3.5, tolerance: 3 * spread), as: .decimal(places: 3),
      mutants: ["a loaded die": loadedMean(using: &random)])
  }

  /// The mean of a die that shows 6 twice as often as each other face.
  func loadedMean(using random: inout SplitMix64) -> Double {
    let faces = [1, 2, 3, 4, 5, 6, 6]
    let sum = (0..<throwCount).reduce(0) { sum, _ in sum + faces[Int(random.next() % 7)] }
    return Double(sum) / Double(throwCount)
  }
}

extension SplitMix64 {
  /// A throw of a fair die.
  mutating func face() -> Int { Int(next() % 6) + 1 }
}
