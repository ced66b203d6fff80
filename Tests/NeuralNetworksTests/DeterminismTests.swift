import NeuralNetworks
import Tensors
import Testing

/// The same bits from run to run, on any number of threads, with every instruction set.
///
/// Serialized, and alone in writing the process's settings: they change no result, so tests that run
/// at the same time do not notice.
@Suite(.serialized) struct DeterminismTests {
  /// A few steps of training with one of everything.
  private func train() throws -> [Tensor] {
    var random = SplitMix64(seed: 1)
    var network = try Sequential(input: [20, 2, 12, 11]) {
      Conv2D(
        inputChannels: 2, outputChannels: 6, kernelSize: 3, padding: 1, paddingMode: .reflect,
        using: &random)
      BatchNorm2D(channels: 6)
      ReLU()
      MaxPool2D(size: 2, padding: .same)
      Conv2D(
        inputChannels: 6, outputChannels: 4, kernelSize: 3, padding: .same, dilation: 2, groups: 2,
        using: &random)
      Tanh()
      ConvTranspose2D(
        inputChannels: 4, outputChannels: 3, kernelSize: 2, stride: 2, using: &random)
      LeakyReLU()
      AveragePool2D(size: 3, stride: 2, padding: 1)
      Sigmoid()
      Flatten()
      Dropout(rate: 0.25)
      Linear(inputs: 3 * 36, outputs: 5, using: &random)
    }
    var optimizer = Adam(learningRate: 0.01, decoupledWeightDecay: 0.01)
    var losses: [Float] = []
    for step in 0..<4 {
      // Not a multiple of the vectors' width.
      let x = Tensor.normal([step == 3 ? 7 : 20, 2, 12, 11], using: &random)
      let forward = network.forward(x, using: &random)
      let labels = (0..<x.shape[0]).map { $0 % 5 }
      let loss = softmaxCrossEntropy(forward.output, labels: labels)
      losses.append(loss.value)
      let gradients = forward.pullback(loss.gradient)
      optimizer.update(&network, gradients.parameters, state: forward.state)
    }
    let y = network(Tensor.normal([3, 2, 12, 11], using: &random))
    return network.parameters + network.state + [y, Tensor([4], losses)]
  }

  @Test func `Training twice gives the same bits`() throws {
    let bits = try train().map { $0.elements.map(\.bitPattern) }
    #expect(try train().map { $0.elements.map(\.bitPattern) } == bits)
  }

  @Test(arguments: [1, 2, 3, 5])
  func `The number of threads changes no bit`(_ threads: Int) throws {
    let before = Compute.threadCount
    defer { Compute.threadCount = before }
    let bits = try train().map { $0.elements.map(\.bitPattern) }
    Compute.threadCount = threads
    #expect(try train().map { $0.elements.map(\.bitPattern) } == bits)
  }

  @Test(arguments: InstructionSet.available)
  func `The instruction set changes no bit`(_ instructions: InstructionSet) throws {
    let before = Compute.instructionSet
    defer { Compute.instructionSet = before }
    let bits = try train().map { $0.elements.map(\.bitPattern) }
    Compute.instructionSet = instructions
    #expect(try train().map { $0.elements.map(\.bitPattern) } == bits)
  }
}
