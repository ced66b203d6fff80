public import Tensors

// What an optimizer remembers, as a file: a training that is cut in two goes on with the same bits.

extension Optimizer {
  /// The name of the rule's type alone, for a rule that remembers nothing. One that remembers something
  /// writes both this and ``resume(_:)`` itself.
  public func saved() -> SafeTensors {
    SavedMemory.file(of: "\(Self.self)", settings: [:], steps: 0)
  }

  /// Takes nothing, from a file of this type that holds nothing.
  ///
  /// - Throws: ``WeightsError`` where the file is of another rule, or holds what would be lost.
  public mutating func resume(_ file: SafeTensors) throws {
    _ = try SavedMemory(file, of: "\(Self.self)", settings: [:])
    guard file.names.isEmpty else {
      throw WeightsError(
        description:
          "The file \(file.name) holds tensors (\(file.names.joined(separator: ", "))) that "
          + "\(Self.self) does not take up: it has no resume(_:) of its own.")
    }
  }

  /// Writes what the optimizer remembers as a safetensors file.
  ///
  /// With the network's ``Layer/save(to:metadata:)``, the schedule's step and the random generator's
  /// `SplitMix64.state` that is all there is to a training by hand; a ``Trainer`` saves itself.
  public func save(to path: String) throws { try saved().write(to: path) }

  /// Goes on where the optimizer was when it was saved; where it throws, it stays as it was.
  ///
  /// - Throws: ``WeightsError`` where the file is of another rule or of other settings or lacks
  ///   something, and what reading a file throws.
  public mutating func resume(from path: String) throws { try resume(SafeTensors(path: path)) }
}

extension SGD {
  /// What must be the same where a memory is taken up again.
  private var settings: [String: String] {
    [
      "momentum": "\(momentum)", "Nesterov's variant": "\(usesNesterov)",
      "weight decay": "\(weightDecay)",
    ]
  }

  /// The velocities, as `0.velocity`, `1.velocity` and so on, with the settings and the learning rate.
  public func saved() -> SafeTensors {
    var file = SavedMemory.file(
      of: "SGD", settings: settings, steps: 0, ["velocity": velocities])
    file.metadata["learning rate"] = "\(learningRate)"
    return file
  }

  /// Takes velocities and learning rate up again; momentum and decay must be those of the file.
  public mutating func resume(_ file: SafeTensors) throws {
    let memory = try SavedMemory(file, of: "SGD", settings: settings)
    let velocities = try memory.tensors("velocity")
    learningRate = try memory.learningRate()
    take(velocities: velocities)
  }
}

extension Adam {
  private var rule: String { decouplesWeightDecay ? "AdamW" : "Adam" }

  /// What must be the same where a memory is taken up again.
  private var settings: [String: String] {
    [
      "beta1": "\(beta1)", "beta2": "\(beta2)", "epsilon": "\(epsilon)",
      "epsilon beside the uncorrected root": "\(usesEpsilonHat)", "weight decay": "\(weightDecay)",
    ]
  }

  /// The moments, as `0.mean`, `0.square` and so on, the number of steps, the settings and the learning
  /// rate.
  public func saved() -> SafeTensors {
    var file = SavedMemory.file(
      of: rule, settings: settings, steps: stepCount, ["mean": means, "square": squares])
    file.metadata["learning rate"] = "\(learningRate)"
    return file
  }

  /// Takes moments, steps and learning rate up again; all else must be as in the file.
  public mutating func resume(_ file: SafeTensors) throws {
    let memory = try SavedMemory(file, of: rule, settings: settings)
    let means = try memory.tensors("mean")
    let squares = try memory.tensors("square", like: means)
    guard memory.steps > 0 || means.isEmpty else {
      throw WeightsError(
        description: "The file \(file.name) holds \(means.count) means after 0 steps of \(rule), "
          + "expected none.")
    }
    learningRate = try memory.learningRate()
    take(steps: memory.steps, means: means, squares: squares)
  }
}
