import Requirements
public import Tensors

/// Several rules for one network, each for some of its parameters.
///
/// What it is mostly for: weight decay pulls weights towards zero, but a bias or the scale of a
/// normalisation has no reason to be small.
///
/// ```swift
/// var optimizer = ParameterGroups(
///   of: network,
///   .init(Adam(decoupledWeightDecay: 0.01)) { _, tensor in tensor.shape.rank > 1 },
///   .init(Adam()))
/// ```
///
/// A parameter belongs to the first group that takes it. In PyTorch, an optimizer with a list of
/// parameter groups.
public struct ParameterGroups: Optimizer {
  /// Some parameters and their rule.
  public struct Group: Sendable {
    /// The rule.
    public var optimizer: any Optimizer

    /// What the learning rate of all groups is multiplied with for this one.
    public var rateFactor: Float { didSet { requireFactor() } }

    let takes: @Sendable (_ name: String, _ parameter: Tensor) -> Bool

    /// A group.
    ///
    /// - Parameters:
    ///   - optimizer: The rule.
    ///   - rateFactor: What the learning rate of all groups is multiplied with for this one.
    ///   - takes: Whether a parameter, by its name in the network and its value, belongs here; without
    ///     it, every one that no earlier group took.
    public init(
      _ optimizer: any Optimizer, rateFactor: Float = 1,
      takes: @escaping @Sendable (_ name: String, _ parameter: Tensor) -> Bool = { _, _ in true }
    ) {
      self.optimizer = optimizer
      self.rateFactor = rateFactor
      self.takes = takes
      requireFactor()
    }

    private func requireFactor() {
      require(
        rateFactor >= 0 && rateFactor.isFinite,
        "the factor of a group's learning rate is at least 0 and finite, not \(rateFactor)")
    }
  }

  /// The groups, in the order of their choice.
  public private(set) var groups: [Group]

  /// For each parameter of the network the place of its group.
  public let assignment: [Int]

  /// The learning rate; setting it sets each group's, times the group's factor.
  public var learningRate: Float {
    didSet {
      requireLearningRate(learningRate)
      spreadRate()
    }
  }

  /// The groups of a network's parameters.
  ///
  /// Traps where no group takes a parameter. The learning rate is that of the first group, and every
  /// group takes it, times its factor.
  ///
  /// - Parameters:
  ///   - network: The network, for the names and shapes of its parameters.
  ///   - groups: The groups; the first that takes a parameter has it.
  public init(of network: some Layer, _ groups: Group...) {
    require(!groups.isEmpty, "parameter groups take at least one group")
    self.groups = groups
    assignment = network.namedTensors.prefix(network.parameters.count).map { name, parameter in
      guard let place = groups.firstIndex(where: { $0.takes(name, parameter) }) else {
        requirementFailed("no group takes the parameter \(name) of shape \(parameter.shape)")
      }
      return place
    }
    learningRate = groups[0].optimizer.learningRate
    spreadRate()
  }

  private mutating func spreadRate() {
    for index in groups.indices {
      groups[index].optimizer.learningRate = learningRate * groups[index].rateFactor
    }
  }

  /// Makes one step, group by group.
  public mutating func update(_ parameters: inout [Tensor], _ gradients: [Tensor]) {
    requireGradients(gradients, fit: parameters)
    require(
      parameters.count == assignment.count,
      "these groups are of \(assignment.count) parameters, not of \(parameters.count)")
    for group in groups.indices {
      let members = assignment.indices.filter { assignment[$0] == group }
      if members.isEmpty { continue }
      var own = members.map { parameters[$0] }
      groups[group].optimizer.update(&own, members.map { gradients[$0] })
      for (place, member) in members.enumerated() { parameters[member] = own[place] }
    }
  }
}

extension ParameterGroups {
  /// What must be the same where a memory is taken up again.
  private var settings: [String: String] {
    [
      "groups": "\(groups.count)",
      "rate factors": groups.map { "\($0.rateFactor)" }.joined(separator: " "),
      "groups of parameters": assignment.map { "\($0)" }.joined(separator: " "),
    ]
  }

  /// What all groups remember, each under its number.
  public func saved() -> SafeTensors {
    var file = SavedMemory.file(of: "ParameterGroups", settings: settings, steps: 0)
    file.metadata["learning rate"] = "\(learningRate)"
    for (number, group) in groups.enumerated() {
      file.add(group.optimizer.saved(), under: "\(number).")
    }
    return file
  }

  /// Goes on where the groups were when ``saved()`` was called; the file must be of the same groups.
  public mutating func resume(_ file: SafeTensors) throws {
    let memory = try SavedMemory(file, of: "ParameterGroups", settings: settings)
    let rate = try memory.learningRate()
    var resumed = groups
    for number in groups.indices {
      try resumed[number].optimizer.resume(file.part(under: "\(number)."))
    }
    groups = resumed
    learningRate = rate
  }
}

extension ParameterGroups: CustomStringConvertible {
  /// How many parameters each rule has.
  public var description: String {
    groups.enumerated().map { number, group in
      "\(assignment.count { $0 == number }) parameters: \(group.optimizer)"
    }.joined(separator: "\n")
  }
}
