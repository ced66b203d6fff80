public import Tensors

/// Saved weights that do not fit a network: which tensor, and how.
public struct WeightsError: Error, Sendable, Hashable, CustomStringConvertible {
  /// One sentence with the file's name.
  public let description: String
}

extension Layer {
  /// Parameters and state by name, ready to be written as a safetensors file.
  ///
  /// The names and layouts are those of PyTorch: for a ``Sequential``, what
  /// `nn.Sequential(...).state_dict()` calls them (`0.weight`, `3.bias`, `1.running_mean`), so that
  ///
  /// ```python
  /// model.load_state_dict(safetensors.torch.load_file("weights.safetensors"))
  /// ```
  ///
  /// opens them in Python. (A `BatchNorm2d` there also counts its batches, in
  /// `num_batches_tracked`; PyTorch does without where a file has no such count.)
  ///
  /// Traps where a tensor has no name or two have the same.
  ///
  /// - Parameter metadata: Free text to go with them.
  public func weights(metadata: [String: String] = [:]) -> SafeTensors {
    var file = SafeTensors(metadata: metadata)
    for (name, tensor) in distinctlyNamedTensors { file.set(name, tensor) }
    return file
  }

  /// Takes parameters and state by name, from a safetensors file or from memory.
  ///
  /// All of them must be there with the right shapes, and nothing else but PyTorch's
  /// `num_batches_tracked`; otherwise the layer stays as it was.
  ///
  /// - Throws: ``WeightsError`` with one sentence that names the file, the tensor and the fault.
  public mutating func load(_ weights: SafeTensors) throws {
    func tensors(_ names: [String], like current: [Tensor]) throws -> [Tensor] {
      try zip(names, current).map { name, current in
        guard let entry = try? weights.entry(name) else {
          throw WeightsError(
            description: "The file \(weights.name) holds no tensor \(name) for the network, only "
              + "\(weights.names.joined(separator: ", ")).")
        }
        guard Shape(entry.dimensions) == current.shape else {
          throw WeightsError(
            description: "The tensor \(name) of the file \(weights.name) has the shape "
              + "\(Shape(entry.dimensions)), expected \(current.shape).")
        }
        return try weights.tensor(name)
      }
    }
    _ = distinctlyNamedTensors
    let newParameters = try tensors(parameterNames, like: parameters)
    let newState = try tensors(stateNames, like: state)
    // Names are bytes: Swift's strings are equal where they differ in Unicode normalisation only.
    let known = Set((parameterNames + stateNames).map { Array($0.utf8) })
    for name in weights.names
    where !known.contains(Array(name.utf8)) && !name.hasSuffix("num_batches_tracked") {
      throw WeightsError(
        description: "The file \(weights.name) holds a tensor \(name), which the network has no "
          + "place for.")
    }
    parameters = newParameters
    state = newState
  }

  /// Writes parameters and state as a safetensors file.
  ///
  /// - Parameters:
  ///   - path: The file; one that is there is replaced.
  ///   - metadata: Free text to go with them.
  public func save(to path: String, metadata: [String: String] = [:]) throws {
    try weights(metadata: metadata).write(to: path)
  }

  /// Takes parameters and state from a safetensors file.
  ///
  /// - Throws: ``WeightsError`` where the tensors do not fit, and what reading a file throws.
  public mutating func load(from path: String) throws {
    try load(SafeTensors(path: path))
  }
}
