import Datasets
import Foundation
import NeuralNetworks
import Tensors
import Testing

/// Weights that go to Python and come from there; `Fixtures/make_weights.py` made the files.
@Suite struct WeightsTests {
  private func fixture(_ name: String) throws -> SafeTensors {
    let path = URL(filePath: #filePath).deletingLastPathComponent()
      .appending(path: "Fixtures/\(name).safetensors")
    return try SafeTensors(path: path.path())
  }

  /// The network of the script, with weights of its own.
  private func network(seed: UInt64, classes: Int = 5) throws -> Sequential {
    var random = SplitMix64(seed: seed)
    return try Sequential(input: [1, 1, 8, 6]) {
      Conv2D(
        inputChannels: 1, outputChannels: 4, kernelSize: 3, padding: 1, paddingMode: .reflect,
        using: &random)
      BatchNorm2D(channels: 4)
      LeakyReLU(slope: 0.125)
      MaxPool2D(size: 2)
      ConvTranspose2D(
        inputChannels: 4, outputChannels: 2, kernelSize: 3, stride: 2, padding: 1,
        outputPadding: 1, using: &random)
      Tanh()
      Flatten()
      Linear(inputs: 96, outputs: classes, using: &random)
    }
  }

  /// Names are bytes: composed and decomposed letters are two names, and only one has a place.
  @Test func `A name that differs in its normalisation only has no place`() throws {
    var file = SafeTensors()
    file.set("\u{e9}", Tensor([2], [1, 2]))
    var layer = OneName(name: "\u{e9}")
    try layer.load(file)
    #expect(layer.parameters == [Tensor([2], [1, 2])])
    file.set("e\u{301}", Tensor([2], [3, 4]))
    #expect(throws: WeightsError.self) { try layer.load(file) }
  }

  @Test func `A network of py torch runs here`() throws {
    var network = try network(seed: 1)
    try network.load(try fixture("weights"))
    let output = try fixture("weights-output")
    #expect(relativeError(network(try output.tensor("x")), try output.tensor("y")) < 1e-6)
  }

  /// The same names, shapes and bytes as PyTorch's, so that what is saved here opens there.
  @Test func `Saves what py torch saves`() throws {
    var network = try network(seed: 1)
    let theirs = try fixture("weights")
    try network.load(theirs)
    let ours = network.weights()
    let expected = theirs.names.filter { !$0.hasSuffix("num_batches_tracked") }.sorted()
    #expect(ours.names.sorted() == expected)
    for name in expected { #expect(try ours.tensor(name) == theirs.tensor(name)) }
  }

  @Test func `Saved and loaded is the same`() throws {
    let path = FileManager.default.temporaryDirectory
      .appending(path: "weights-\(UUID().uuidString).safetensors").path()
    defer { try? FileManager.default.removeItem(atPath: path) }
    let saved = try network(seed: 1)
    try saved.save(to: path, metadata: ["made by": "a test"])
    var loaded = try network(seed: 2)
    #expect(loaded.parameters != saved.parameters)
    try loaded.load(from: path)
    #expect(loaded.parameters == saved.parameters)
    #expect(loaded.state == saved.state)
  }

  @Test func `What does not fit is refused and nothing changes`() throws {
    let before = try network(seed: 1)
    var network = before
    var other = try self.network(seed: 2, classes: 6).weights()
    #expect(throws: WeightsError.self) { try network.load(other) }
    do {
      try network.load(other)
    } catch let error as WeightsError {
      #expect(
        error.description
          == "The tensor 7.weight of the file (in memory) has the shape 6×96, expected 5×96.")
    }
    other = before.weights()
    other.set("8.weight", Tensor([1]))
    #expect(throws: WeightsError.self) { try network.load(other) }
    #expect(throws: WeightsError.self) { try network.load(SafeTensors()) }
    #expect(network.parameters == before.parameters)
  }
}

/// A layer with one parameter of a given name.
private struct OneName: Layer {
  let name: String
  var parameters = [Tensor([2])]
  var parameterNames: [String] { [name] }

  init(name: String) { self.name = name }
  func outputShape(for input: Shape) throws(ShapeError) -> Shape { input }
  func callAsFunction(_ x: Tensor) -> Tensor { x }
  func forward(_ x: Tensor, using random: inout some RandomNumberGenerator) -> Forward {
    Forward(output: x, pullback: Pullback { Gradients(input: $0, parameters: [Tensor([2])]) })
  }
}
