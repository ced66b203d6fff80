import CDigitsTrained
import LabKit

/// What the trainings left behind: weights, losses, accuracies on validation images and times, one
/// entry for each step of the ladder and each seed.
struct Record: Sendable {
  var file: SafeTensors

  /// The record that is built into the lab.
  static func committed() throws -> Record {
    let bundle = unsafe cdigits_trained()
    // A constant array of `count` elements that lives as long as the program.
    let bytes = unsafe [UInt8](UnsafeBufferPointer(start: bundle.bytes, count: bundle.count))
    return Record(file: try SafeTensors(bytes: bytes, name: "trained.safetensors"))
  }

  /// Seeds are below this.
  static let mostSeeds = 100

  /// The seeds that a step was trained with.
  func seeds(of recipe: Recipe) -> [UInt64] {
    (0..<UInt64(Self.mostSeeds)).filter { file.contains("\(recipe.name)/\($0)/losses") }
  }

  /// A training of a step.
  func trained(_ recipe: Recipe, seed: UInt64) throws -> Trained {
    let prefix = "\(recipe.name)/\(seed)/"
    var random = SplitMix64(seed: seed)
    var network = try recipe.network(&random)
    network.parameters = try network.parameterNames.map { try file.tensor(prefix + $0) }
    network.state = try network.stateNames.map { try file.tensor(prefix + $0) }
    return Trained(
      network: network, losses: try file.tensor(prefix + "losses").elements,
      validation: try file.tensor(prefix + "validation").elements)
  }

  /// The seconds of processor time that a training of a step takes.
  func seconds(of recipe: Recipe) throws -> Double {
    Double(try file.tensor("\(recipe.name)/seconds").elements[0])
  }

  /// Puts a training in, its parameters in 16 bits each: that halves the file.
  mutating func set(_ recipe: Recipe, seed: UInt64, _ trained: Trained) {
    let prefix = "\(recipe.name)/\(seed)/"
    let network = trained.network
    for (name, tensor) in zip(network.parameterNames, network.parameters) {
      file.set(prefix + name, tensor, as: .float16)
    }
    for (name, tensor) in zip(network.stateNames, network.state) { file.set(prefix + name, tensor) }
    file.set(prefix + "losses", Tensor([trained.losses.count], trained.losses))
    file.set(prefix + "validation", Tensor([trained.validation.count], trained.validation))
  }

  /// Measures how long a training of each step takes: in turns, so that a machine that is busy for a
  /// while is so for all of them, a short stretch of each several times, of which the fastest counts.
  mutating func set(secondsOf recipes: [Recipe], measuredOn training: Dataset) throws {
    var fastest = [Double](repeating: .infinity, count: recipes.count)
    for _ in Progress("Measuring the steps", over: 0..<10, unit: "round") {
      for (place, recipe) in recipes.enumerated() {
        fastest[place] = min(fastest[place], try recipe.secondsPerBatch(of: training.prefix(1000)))
      }
    }
    for (recipe, seconds) in zip(recipes, fastest) {
      let steps = recipe.steps(on: training)
      file.set("\(recipe.name)/seconds", Tensor([1], [Float(seconds * Double(steps))]))
    }
  }
}
