import NeuralNetworks
import Tensors
import Testing

/// A whole training run gives the same bits with every instruction set and number of threads, in
/// debug and release, and with rectifiers joined to their neighbours or not.
@Suite(.serialized) struct SameBitsTests {
  /// The weights after some steps, with batches that fill no block of 16.
  private func train(_ optimizer: some Optimizer) throws -> [Tensor] {
    var random = SplitMix64(seed: 21)
    var optimizer = optimizer
    var network = try Sequential(input: [25, 1, 14, 14]) {
      Conv2D(inputChannels: 1, outputChannels: 5, kernelSize: 3, padding: 1, using: &random)
      ReLU()
      MaxPool2D(size: 2)
      Conv2D(
        inputChannels: 5, outputChannels: 6, kernelSize: 3, stride: 2, padding: .same,
        using: &random)
      BatchNorm2D(channels: 6)
      Tanh()
      Flatten()
      Linear(inputs: 96, outputs: 20, using: &random)
      ReLU()
      Linear(inputs: 20, outputs: 10, using: &random)
    }
    for step in 0..<12 {
      let images = Tensor.uniform([step == 5 ? 3 : 25, 1, 14, 14], using: &random)
      let labels = (0..<images.shape[0]).map { _ in random.nextIndex(below: 10) }
      let forward = network.forward(images)
      let loss = softmaxCrossEntropy(forward.output, labels: labels)
      optimizer.update(&network, forward, loss.gradient)
    }
    return network.parameters + network.state
  }

  /// The bits of all elements in one number (FNV-1a).
  private func hash(_ tensors: [Tensor]) -> UInt64 {
    var hash: UInt64 = 0xCBF2_9CE4_8422_2325
    for element in tensors.flatMap(\.elements) {
      hash = (hash ^ UInt64(element.bitPattern)) &* 0x100_0000_01B3
    }
    return hash
  }

  @Test func `Training gives the same bits everywhere`() throws {
    let (set, threads) = (Compute.instructionSet, Compute.threadCount)
    defer { (Compute.instructionSet, Compute.threadCount) = (set, threads) }
    let adam = Adam(learningRate: 3e-3)
    let adamHash = hash(try train(adam))
    for set in InstructionSet.available {
      for threads in [1, 2, 3, 7] {
        (Compute.instructionSet, Compute.threadCount) = (set, threads)
        let sgd = SGD(learningRate: 0.05, momentum: 0.9, usesNesterov: true, weightDecay: 1e-4)
        // Recorded once: holds for every machine, instruction set, thread count and configuration.
        #expect(
          hash(try train(sgd)) == 10_936_402_012_942_725_050, "\(set), \(threads) threads")
        #expect(hash(try train(adam)) == adamHash, "\(set), \(threads) threads")
      }
    }
  }

  @Test func `Joined rectifiers change nothing`() throws {
    var random = SplitMix64(seed: 22)
    let layers: [any Layer] = [
      ReLU(),
      Conv2D(inputChannels: 2, outputChannels: 3, kernelSize: 3, padding: 1, using: &random),
      ReLU(),
      Conv2D(
        inputChannels: 3, outputChannels: 4, kernelSize: 3, padding: 1, paddingMode: .reflect,
        using: &random),
      ReLU(), MaxPool2D(size: 2), ReLU(), Flatten(),
      Linear(inputs: 4 * 3 * 4, outputs: 9, using: &random), ReLU(), Sigmoid(), ReLU(),
    ]
    let network = try Sequential(input: [19, 2, 6, 8], layers: layers)
    let x = Tensor.uniform([19, 2, 6, 8], in: -1...1, using: &random)
    let dy = Tensor.uniform([19, 9], in: -1...1, using: &random)
    let expected = OneByOne(layers, x, dy)
    let forward = network.forward(x)
    let gradients = forward.pullback(dy)
    #expect(forward.output.elements == expected.output.elements)
    #expect(network(x).elements == expected.output.elements)
    #expect(gradients.input.elements == expected.gradients.input.elements)
    #expect(gradients.parameters == expected.gradients.parameters)
  }
}
