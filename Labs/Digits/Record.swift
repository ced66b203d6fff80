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

  /// The seeds that a step was trained with.
  func seeds(of recipe: Recipe) -> [UInt64] {
    (0..<100).filter { file.contains("\(recipe.name)/\($0)/losses") }
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
      validation: try file.tensor(prefix + "validation").elements,
      seconds: Double(try file.tensor(prefix + "seconds").elements[0]))
  }

  /// Puts a training in.
  mutating func set(_ recipe: Recipe, seed: UInt64, _ trained: Trained) {
    let prefix = "\(recipe.name)/\(seed)/"
    let network = trained.network
    for (name, tensor) in zip(
      network.parameterNames + network.stateNames, network.parameters + network.state)
    {
      file.set(prefix + name, tensor)
    }
    file.set(prefix + "losses", Tensor([trained.losses.count], trained.losses))
    file.set(prefix + "validation", Tensor([trained.validation.count], trained.validation))
    file.set(prefix + "seconds", Tensor([1], [Float(trained.seconds)]))
  }
}
