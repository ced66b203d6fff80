import Tensors

/// What a training remembers, in a file: whose it is, with which settings, after how many steps, and how
/// many tensors of each kind there are, so that a file that lacks some is told from a whole one.
struct SavedMemory {
  private let file: SafeTensors

  /// After how many steps it was saved.
  private(set) var steps = 0

  /// A file of a rule.
  ///
  /// - Parameters:
  ///   - rule: Whose memory it is.
  ///   - settings: What must be the same where it is taken up again.
  ///   - steps: After how many steps.
  ///   - kinds: The tensors of each kind, `0.velocity`, `1.velocity` and so on.
  static func file(
    of rule: String, settings: [String: String], steps: Int,
    _ kinds: KeyValuePairs<String, [Tensor]> = [:]
  ) -> SafeTensors {
    var file = SafeTensors(metadata: settings)
    file.metadata["rule"] = rule
    file.metadata["steps"] = "\(steps)"
    for (kind, tensors) in kinds {
      file.metadata["\(kind) count"] = "\(tensors.count)"
      for (index, tensor) in tensors.enumerated() { file.set("\(index).\(kind)", tensor) }
    }
    return file
  }

  /// Takes a file up that must be of this rule with these settings.
  init(_ file: SafeTensors, of rule: String, settings: [String: String]) throws {
    self.file = file
    guard file.metadata["rule"] == rule else {
      throw WeightsError(
        description: "The file \(file.name) holds no memory of \(rule) but of "
          + "\(file.metadata["rule"] ?? "no optimizer").")
    }
    for (setting, value) in settings.sorted(by: { $0.key < $1.key }) {
      let saved = file.metadata[setting]
      guard saved == value else {
        throw WeightsError(
          description: "The file \(file.name) was saved by \(rule) with \(setting) "
            + "\(saved ?? "unknown"), and is to be resumed with \(setting) \(value).")
      }
    }
    steps = try number("steps", in: 0...Self.mostSteps)
  }

  /// More than any training makes: what a file may ask to be counted up to.
  private static let mostSteps = 1 << 32

  /// A number that the file gives, within a range.
  func number<Number: LosslessStringConvertible & Comparable>(
    _ key: String, in range: ClosedRange<Number>
  ) throws -> Number {
    guard let number = file.metadata[key].flatMap({ Number($0) }), range.contains(number) else {
      throw WeightsError(
        description: "The file \(file.name) gives \(file.metadata[key] ?? "nothing") as \(key), "
          + "expected a number in \(range.lowerBound) to \(range.upperBound).")
    }
    return number
  }

  /// The learning rate.
  func learningRate() throws -> Float {
    try number("learning rate", in: 0...Float.greatestFiniteMagnitude)
  }

  /// The tensors of a kind, as many as were saved.
  func tensors(_ kind: String) throws -> [Tensor] {
    let count = try number("\(kind) count", in: 0...1 << 32)
    var tensors: [Tensor] = []
    for index in 0..<count {
      let name = "\(index).\(kind)"
      guard file.contains(name) else {
        throw WeightsError(
          description: "The file \(file.name) holds no tensor \(name), and was saved with \(count) "
            + "of the kind \(kind).")
      }
      tensors.append(try file.tensor(name))
    }
    return tensors
  }

  /// The tensors of a kind, which must have the shapes of those that they replace.
  func tensors(_ kind: String, like current: [Tensor]) throws -> [Tensor] {
    let tensors = try tensors(kind)
    guard tensors.map(\.shape) == current.map(\.shape) else {
      let (saved, wanted) = (Self.shapes(tensors), Self.shapes(current))
      throw WeightsError(
        description: "The file \(file.name) holds tensors of the kind \(kind) of the shapes "
          + "\(saved), expected \(wanted).")
    }
    return tensors
  }

  private static func shapes(_ tensors: [Tensor]) -> String {
    tensors.isEmpty ? "none" : tensors.map { "\($0.shape)" }.joined(separator: ", ")
  }
}
