internal import Datasets
public import Tensors

// What an optimizer remembers, as a file: a training that is cut in two goes on with the same bits.

extension Optimizer {
  /// Nothing, for a rule that remembers nothing.
  public func saved() -> SafeTensors { SafeTensors() }

  /// Nothing to take.
  public mutating func resume(_ file: SafeTensors) throws {}

  /// Writes what the optimizer remembers as a safetensors file.
  ///
  /// With the network's ``Layer/save(to:metadata:)``, the schedule's step and the random generator's
  /// `SplitMix64.state` that is all there is to a training.
  public func save(to path: String) throws { try saved().write(to: path) }

  /// Goes on where the optimizer was when it was saved.
  ///
  /// - Throws: ``WeightsError`` where the file is of another rule, and what reading a file throws.
  public mutating func resume(from path: String) throws { try resume(SafeTensors(path: path)) }
}

/// Named runs of tensors and a count of steps, for a rule to save and to take up again.
struct OptimizerMemory {
  /// The tensors of one kind, one a parameter.
  static func tensors(_ kind: String, in file: SafeTensors) throws -> [Tensor] {
    var tensors: [Tensor] = []
    while file.contains("\(tensors.count).\(kind)") {
      tensors.append(try file.tensor("\(tensors.count).\(kind)"))
    }
    return tensors
  }

  /// Checks that a file is of the rule of this name; returns its count of steps.
  static func steps(of rule: String, in file: SafeTensors) throws -> Int {
    guard file.metadata["rule"] == rule,
      let steps = file.metadata["steps"].flatMap({ Int($0) }), steps >= 0
    else {
      throw WeightsError(
        description: "The file \(file.name) holds no memory of \(rule) but of "
          + "\(file.metadata["rule"] ?? "no optimizer").")
    }
    return steps
  }

  /// A file of a rule.
  static func file(
    _ rule: String, steps: Int, _ kinds: KeyValuePairs<String, [Tensor]>
  ) -> SafeTensors {
    var file = SafeTensors(metadata: ["rule": rule, "steps": "\(steps)"])
    for (kind, tensors) in kinds {
      for (index, tensor) in tensors.enumerated() { file.set("\(index).\(kind)", tensor) }
    }
    return file
  }
}

extension SGD {
  /// The velocities, as `0.velocity`, `1.velocity` and so on.
  public func saved() -> SafeTensors {
    OptimizerMemory.file("SGD", steps: 0, ["velocity": velocities])
  }

  /// Takes the velocities up again.
  public mutating func resume(_ file: SafeTensors) throws {
    _ = try OptimizerMemory.steps(of: "SGD", in: file)
    take(velocities: try OptimizerMemory.tensors("velocity", in: file))
  }
}

extension Adam {
  /// The moments, as `0.mean`, `0.square` and so on, and the number of steps.
  public func saved() -> SafeTensors {
    OptimizerMemory.file("Adam", steps: stepCount, ["mean": means, "square": squares])
  }

  /// Takes moments and steps up again.
  public mutating func resume(_ file: SafeTensors) throws {
    let steps = try OptimizerMemory.steps(of: "Adam", in: file)
    let means = try OptimizerMemory.tensors("mean", in: file)
    let squares = try OptimizerMemory.tensors("square", in: file)
    guard means.map(\.shape) == squares.map(\.shape), (steps == 0) == means.isEmpty else {
      throw WeightsError(
        description: "The file \(file.name) holds \(means.count) means and \(squares.count) mean "
          + "squares after \(steps) steps of Adam; expected as many of each, of the same shapes.")
    }
    take(steps: steps, means: means, squares: squares)
  }
}
