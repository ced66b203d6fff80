public import Tensors

// A whole training as a file: one that is cut in two goes on with the same bits.

extension Trainer {
  /// What must be the same where a training is taken up again.
  private var settings: [String: String] {
    [
      "largest gradient": largestGradient.map { "\($0)" } ?? "none",
      "average": average == nil ? "none" : "running",
    ]
  }

  /// All that the training has come to: network, optimizer, average and losses, and with them the step,
  /// from which the schedule goes on. Ready to be written as a file.
  ///
  /// What it does not hold is the random generator, which is the caller's, and the schedule: keep
  /// `random.state` in the file's metadata, for instance, and make the trainer with the same schedule.
  public func saved() -> SafeTensors {
    var file = SavedMemory.file(of: "Trainer", settings: settings, steps: stepCount)
    file.add(network.weights(), under: "network.")
    file.add(optimizer.saved(), under: "optimizer.")
    if let average { file.add(average.saved(), under: "average.") }
    file.add(history.saved(), under: "history.")
    return file
  }

  /// Goes on where the training was when ``saved()`` was called: the next steps have the same bits.
  ///
  /// The trainer is made as that one was: of the same kind of network, with the same optimizer, schedule,
  /// limit and average.
  ///
  /// - Throws: A ``WeightsError`` where the file is of another network or optimizer, or lacks something;
  ///   the trainer then stays as it was.
  public mutating func resume(_ file: SafeTensors) throws {
    let memory = try SavedMemory(file, of: "Trainer", settings: settings)
    var resumed = self
    try resumed.network.load(file.part(under: "network."))
    try resumed.optimizer.resume(file.part(under: "optimizer."))
    try resumed.average?.resume(file.part(under: "average."))
    resumed.history = try LossHistory(saved: file.part(under: "history."))
    guard resumed.stepCount == memory.steps else {
      throw WeightsError(
        description: "The file \(file.name) holds \(resumed.stepCount) losses of "
          + "\(memory.steps) steps.")
    }
    self = resumed
  }

  /// Writes the whole training as a safetensors file.
  public func save(to path: String) throws { try saved().write(to: path) }

  /// Goes on where the training was when it was saved.
  ///
  /// - Throws: ``WeightsError`` where the file does not fit, and what reading a file throws.
  public mutating func resume(from path: String) throws { try resume(SafeTensors(path: path)) }
}

extension LossHistory {
  /// The losses as one tensor, and the divergence where there is one.
  func saved() -> SafeTensors {
    var file = SavedMemory.file(
      of: "LossHistory", settings: [:], steps: stepCount, ["losses": [Tensor([stepCount], losses)]])
    if let divergence {
      file.metadata["diverged in"] = "\(divergence.step)"
      file.metadata["place"] = divergence.place
      file.metadata["value"] = divergence.value
    }
    return file
  }

  /// The history of a file.
  init(saved file: SafeTensors) throws {
    let memory = try SavedMemory(file, of: "LossHistory", settings: [:])
    let losses = try memory.tensors("losses", like: [Tensor([memory.steps])])[0].elements
    var divergence: Divergence?
    if file.metadata["diverged in"] != nil {
      divergence = Divergence(
        step: try memory.number("diverged in", in: 0...max(0, memory.steps - 1)),
        place: file.metadata["place"] ?? "the loss", value: file.metadata["value"] ?? "NaN")
    }
    self.init(losses: losses, divergence: divergence)
  }
}
