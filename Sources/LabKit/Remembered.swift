/// A value that is computed once and kept on disk: a training need not run again because a plot below
/// it has changed.
///
/// ```swift
/// let losses = try remembered("training", by: epochs, seed) {
///   try train(epochs: epochs, seed: seed)
/// }
/// ```
///
/// The kept value is used when the name, the inputs and the lab's code are what they were. Code means
/// every declaration of the lab and every cell up to this one, and all modules that the lab is built from,
/// LabKit too; cells below it in the same file, prose and comments may change. So an old value is never taken for a new one, as long as what the closure
/// reads from outside the lab (files, variables that depend on the command line) stands among the
/// inputs. `--fresh` computes anew, and so does `--check` unless `--no-fresh` is given; the report's
/// provenance says what was remembered and since when.
///
/// The closure may show progress and nothing else: what it prints, shows or publishes would be missing
/// next time, so that traps.
///
/// Values are kept in the user's cache folder, or in `LABKIT_CACHE`, the eight youngest of a name. A file that is
/// broken, cut off or of another version is passed over with a word on the terminal. Runs at the same
/// time do not disturb each other.
///
/// - Parameters:
///   - name: What the value is called, in the provenance too.
///   - inputs: What the value depends on besides the lab's code: parameters, seeds, digests of data.
///   - fileID: The file that remembers; leave it out.
///   - line: The line that remembers; leave it out.
///   - compute: Computes the value.
/// - Returns: The value, computed or remembered: the same bits.
/// - Throws: What `compute` throws; nothing is kept then.
public func remembered<Value: Codable, each Input: Encodable>(
  _ name: String, by inputs: repeat each Input, fileID: String = #fileID, line: Int = #line,
  compute: () throws -> Value
) throws -> Value {
  try recall(
    name, inputs: encoded(repeat each inputs), type: "\(Value.self)", fileID, line,
    encode: { try MemoryFile.encode($0) }, decode: { try MemoryFile.decode($0) }, compute)
}

/// A tensor that is computed once and kept on disk; see the form for `Codable` values.
public func remembered<each Input: Encodable>(
  _ name: String, by inputs: repeat each Input, fileID: String = #fileID, line: Int = #line,
  compute: () throws -> Tensor
) throws -> Tensor {
  let tensors = try remembered(
    name, by: repeat each inputs, fileID: fileID, line: line
  ) { ["value": try compute()] }
  guard let tensor = tensors["value"] else { return try compute() }
  return tensor
}

/// Named tensors that are computed once and kept on disk; see the form for `Codable` values.
public func remembered<each Input: Encodable>(
  _ name: String, by inputs: repeat each Input, fileID: String = #fileID, line: Int = #line,
  compute: () throws -> [String: Tensor]
) throws -> [String: Tensor] {
  try recall(
    name, inputs: encoded(repeat each inputs), type: "tensors", fileID, line,
    encode: { tensors in
      var file = SafeTensors()
      for (name, tensor) in tensors.sorted(by: { $0.key < $1.key }) { file.set(name, tensor) }
      return file.encoded()
    },
    decode: { bytes in
      let file = try SafeTensors(bytes: bytes, name: "(remembered)")
      var tensors: [String: Tensor] = [:]
      for name in file.names { tensors[name] = try file.tensor(name) }
      return tensors
    }, compute)
}

/// Trains a network once and keeps its weights on disk; see the form for `Codable` values.
///
/// ```swift
/// try remembered("training", by: epochs, network: &network) { network in
///   try train(&network, epochs: epochs)
/// }
/// ```
///
/// The weights before the training are among the inputs: another seed is another training.
///
/// - Parameters:
///   - name: What the training is called.
///   - inputs: What it depends on besides the lab's code and the network's weights.
///   - network: The network; afterwards it has the trained weights and state.
///   - fileID: The file that remembers; leave it out.
///   - line: The line that remembers; leave it out.
///   - train: Trains it.
public func remembered<Network: Layer, each Input: Encodable>(
  _ name: String, by inputs: repeat each Input, network: inout Network, fileID: String = #fileID,
  line: Int = #line, train: (inout Network) throws -> Void
) throws {
  let before = network
  let weights = try recall(
    name, inputs: encoded(repeat each inputs) + before.weights().encoded(), type: "weights",
    fileID, line,
    encode: { $0.encoded() },
    decode: { bytes in
      let weights = try SafeTensors(bytes: bytes, name: "(remembered)")
      // Weights that do not fit are found out here, while there is still a way back.
      var fitting = before
      try fitting.load(weights)
      return weights
    },
    {
      var trained = before
      try train(&trained)
      return trained.weights()
    })
  try network.load(weights)
}

/// Trains a network once, and keeps its weights and what the training has to tell, such as its losses; see
/// the form for `Codable` values.
///
/// ```swift
/// let losses = try remembered("training", by: epochs, network: &network) { network in
///   try train(&network, epochs: epochs)
/// }
/// ```
///
/// - Parameters:
///   - name: What the training is called.
///   - inputs: What it depends on besides the lab's code and the network's weights.
///   - network: The network; afterwards it has the trained weights and state.
///   - fileID: The file that remembers; leave it out.
///   - line: The line that remembers; leave it out.
///   - train: Trains it, and returns what is to be kept beside the weights.
/// - Returns: What the training returned, computed or remembered.
public func remembered<Network: Layer, Value: Codable, each Input: Encodable>(
  _ name: String, by inputs: repeat each Input, network: inout Network, fileID: String = #fileID,
  line: Int = #line, train: (inout Network) throws -> Value
) throws -> Value {
  let before = network
  let kept: (value: Value, weights: SafeTensors) = try recall(
    name, inputs: encoded(repeat each inputs) + before.weights().encoded(),
    type: "weights and \(Value.self)", fileID, line,
    encode: { (kept: (value: Value, weights: SafeTensors)) in
      let bytes = try MemoryFile.encode(kept.value)
      return Array("\(bytes.count)\n".utf8) + bytes + kept.weights.encoded()
    },
    decode: { bytes in
      let end = bytes.firstIndex(of: 0x0A) ?? bytes.endIndex
      guard let count = Int(String(decoding: bytes[..<end], as: UTF8.self)), count >= 0,
        count < bytes.count - end
      else { throw MemoryFile.Broken(description: "it holds no value beside its weights") }
      let middle = end + 1 + count
      let value: Value = try MemoryFile.decode(Array(bytes[(end + 1)..<middle]))
      let weights = try SafeTensors(bytes: Array(bytes[middle...]), name: "(remembered)")
      var fitting = before
      try fitting.load(weights)
      return (value, weights)
    },
    {
      var trained = before
      let value = try train(&trained)
      return (value, trained.weights())
    })
  try network.load(kept.weights)
  return kept.value
}

/// The inputs as bytes, each with its type: 1 and 1.0 are different inputs.
private func encoded<each Input: Encodable>(_ inputs: repeat each Input) throws -> [UInt8] {
  var bytes: [UInt8] = []
  for input in repeat each inputs {
    bytes += Array("\n\(type(of: input)) ".utf8)
    bytes += try MemoryFile.encode(input)
  }
  return bytes
}

/// Takes the value from disk, or computes and keeps it.
private func recall<Value>(
  _ name: String, inputs: [UInt8], type: String, _ fileID: String, _ line: Int,
  encode: (Value) throws -> [UInt8], decode: ([UInt8]) throws -> Value,
  _ compute: () throws -> Value
) throws -> Value {
  guard let session = Session.current else { return try compute() }
  let location = SourceLocation(fileID: fileID, line: line)
  // A stub's values are none of the solution's.
  let edition = session.edition == .student ? Array("\nstudent".utf8) : []
  let file = MemoryFile(
    name: name, inputs: inputs + edition, type: type, code: session.code(behind: location))
  var trouble: String?
  if !session.isFresh {
    do {
      if let kept = try file.read() {
        let value = try decode(kept.bytes)
        session.send(.remembered(RememberedValue(name, since: kept.since)))
        return value
      }
    } catch {
      trouble = "the value remembered as '\(name)' is computed anew: \(error)"
    }
  }
  let value = try session.remembering(name, compute)
  do {
    try file.write(try encode(value))
  } catch {
    trouble = "the value '\(name)' cannot be remembered: \(error)"
  }
  session.send(.remembered(RememberedValue(name, trouble: trouble)))
  return value
}
