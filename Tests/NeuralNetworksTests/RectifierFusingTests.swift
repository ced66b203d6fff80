import NeuralNetworks
import Synchronization
import Tensors
import Testing

/// What `Sequential` told a layer about the rectifiers around it.
private final class Log: Sendable {
  let entries = Mutex<[String]>([])

  var all: [String] { entries.withLock { $0 } }

  func note(_ entry: String) { entries.withLock { $0.append(entry) } }
}

/// y = 2x, by somebody who knows nothing but the public protocol.
private struct Doubling: RectifierFusing {
  let log = Log()

  var canRectifyOutput: Bool { true }

  func outputShape(for input: Shape) throws(ShapeError) -> Shape { input }

  func callAsFunction(_ x: Tensor, rectifyingOutput: Bool) -> Tensor {
    log.note("rectifying: \(rectifyingOutput)")
    return rectifyingOutput ? relu(2 * x) : 2 * x
  }

  func forward(_ x: Tensor, inputIsRectified: Bool, rectifyingOutput: Bool) -> Forward {
    log.note("rectified: \(inputIsRectified), rectifying: \(rectifyingOutput)")
    return Forward(
      output: rectifyingOutput ? relu(2 * x) : 2 * x,
      pullback: Pullback { dy in
        Gradients(input: inputIsRectified ? reluGradient(2 * dy, x) : 2 * dy)
      })
  }
}

/// A rectifier of one's own: whoever calls it has not seen what it is.
private struct OwnRectifier: Layer {
  let log = Log()

  var rectifierRole: RectifierRole { .rectifier }

  func outputShape(for input: Shape) throws(ShapeError) -> Shape { input }

  func callAsFunction(_ x: Tensor) -> Tensor {
    log.note("called")
    return relu(x)
  }

  func forward(_ x: Tensor, using random: inout some RandomNumberGenerator) -> Forward {
    Forward(
      output: self(x),
      pullback: Pullback { [y = relu(x)] in
        Gradients(input: reluGradient($0, y))
      })
  }
}

/// A layer whose neighbours see nothing of what it is.
private struct Wrapped: Layer {
  var layer: any Layer

  var parameters: [Tensor] {
    get { layer.parameters }
    set { layer.parameters = newValue }
  }

  var parameterNames: [String] { layer.parameterNames }

  func outputShape(for input: Shape) throws(ShapeError) -> Shape {
    try layer.outputShape(for: input)
  }

  func callAsFunction(_ x: Tensor) -> Tensor { layer(x) }

  func forward(_ x: Tensor, using random: inout some RandomNumberGenerator) -> Forward {
    layer.forward(x, using: &random)
  }
}

/// `Sequential` joins rectifiers to their neighbours through a public protocol, whoever made them.
@Suite struct RectifierFusingTests {
  private static func bits(_ tensors: [Tensor]) -> [UInt32] {
    tensors.flatMap { $0.elements.map(\.bitPattern) }
  }

  @Test func `A strangers layers take part`() throws {
    var random = SplitMix64(seed: 1)
    let (first, last) = (Doubling(), Doubling())
    let rectifier = OwnRectifier()
    let layers: [any Layer] = [
      Conv2D(inputChannels: 2, outputChannels: 3, kernelSize: 3, padding: 1, using: &random),
      rectifier, first, ReLU(), Flatten(), last, rectifier,
      Linear(inputs: 75, outputs: 4, using: &random), rectifier,
    ]
    let fused = try Sequential(input: [1, 2, 5, 5], layers: layers)
    let plain = try Sequential(input: [1, 2, 5, 5], layers: layers.map { Wrapped(layer: $0) })
    let x = Tensor.uniform([19, 2, 5, 5], in: -1...1, using: &random)
    let dy = Tensor.uniform([19, 4], in: -1...1, using: &random)

    #expect(Self.bits([fused(x)]) == Self.bits([relu(relu(fused(x)))]))
    let forward = fused.forward(x)
    let gradients = forward.pullback(dy)
    #expect(first.log.all.first == "rectifying: true")
    #expect(first.log.all.last == "rectified: true, rectifying: true")
    #expect(last.log.all.last == "rectified: true, rectifying: true")
    #expect(rectifier.log.all.isEmpty)

    let expected = plain.forward(x)
    let expectedGradients = expected.pullback(dy)
    #expect(Self.bits([forward.output, fused(x)]) == Self.bits([expected.output, plain(x)]))
    #expect(
      Self.bits([gradients.input] + gradients.parameters)
        == Self.bits([expectedGradients.input] + expectedGradients.parameters))
  }

  /// One NaN pixel shows in the loss and in every gradient, on the way through rectifiers and pools.
  @Test func `One NaN pixel shows`() throws {
    var random = SplitMix64(seed: 2)
    let network = try Sequential(input: [1, 1, 12, 12]) {
      Conv2D(inputChannels: 1, outputChannels: 4, kernelSize: 3, using: &random)
      ReLU()
      MaxPool2D(size: 2)
      Conv2D(inputChannels: 4, outputChannels: 6, kernelSize: 3, using: &random)
      ReLU()
      Flatten()
      Linear(inputs: 54, outputs: 10, using: &random)
    }
    var x = Tensor.uniform([18, 1, 12, 12], in: 0...1, using: &random)
    x[17, 0, 5, 6] = .nan
    let forward = network.forward(x)
    let loss = softmaxCrossEntropy(forward.output, labels: (0..<18).map { $0 % 10 })
    #expect(loss.value.isNaN)
    for (name, gradient) in zip(
      network.parameterNames, forward.pullback.parameters(loss.gradient))
    {
      #expect(gradient.elements.contains { $0.isNaN }, "\(name)")
    }
    #expect(network(x).elements.prefix(170).allSatisfy { $0.isFinite })
    #expect(network(x).elements.suffix(10).allSatisfy { $0.isNaN })
  }
}
