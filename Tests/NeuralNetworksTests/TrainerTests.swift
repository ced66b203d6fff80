import Datasets
import NeuralNetworks
import Synchronization
import Tensors
import Testing

@Suite struct TrainerTests {
  private let data: Dataset

  init() throws { data = try MNIST.train1000() }

  private func network(seed: UInt64 = 1) throws -> Sequential {
    var random = SplitMix64(seed: seed)
    return try Sequential(input: [50, 1, 28, 28]) {
      Conv2D(inputChannels: 1, outputChannels: 4, kernelSize: 3, using: &random)
      BatchNorm2D(channels: 4)
      ReLU()
      MaxPool2D(size: 2)
      Flatten()
      Linear(inputs: 676, outputs: 10, using: &random)
    }
  }

  /// A trainer's steps are those of the loop that its documentation shows.
  @Test func `Is the loop by hand`() throws {
    let schedule = LearningRateSchedule.cosine(peak: 0.01, steps: 20)
    var trainer = Trainer(try network(), Adam(), schedule: schedule, largestGradient: 1)
    var random = SplitMix64(seed: 2)
    trainer.epoch(data, batchSize: 50, using: &random)

    var (network, optimizer, losses) = (try network(), Adam(), [Float]())
    random = SplitMix64(seed: 2)
    for (step, batch) in data.batches(of: 50, shuffledUsing: &random).enumerated() {
      optimizer.learningRate = schedule(step)
      let forward = network.forward(batch.images)
      let loss = softmaxCrossEntropy(forward.output, labels: batch.labels)
      var gradients = forward.pullback.parameters(loss.gradient)
      clip(&gradients, toNorm: 1)
      optimizer.update(&network, gradients, state: forward.state)
      losses.append(loss.value)
    }
    #expect(trainer.history.losses == losses)
    #expect(trainer.network.parameters == network.parameters)
    #expect(trainer.network.state == network.state)
    #expect(trainer.history.divergence == nil)
  }

  /// One NaN pixel in one image: one sentence, with the step and the place, and losses that stay NaN.
  @Test func `Says once where a training turned NaN`() throws {
    var pixels = data.images.elements
    pixels[70 * 784 + 300] = .nan
    let broken = Dataset(images: Tensor(data.images.shape, pixels), labels: data.labels)
    var random = SplitMix64(seed: 3)
    let network = try Sequential(input: [50, 1, 28, 28]) {
      Conv2D(inputChannels: 1, outputChannels: 2, kernelSize: 5, stride: 3, using: &random)
      BatchNorm2D(channels: 2)
      Flatten()
      Linear(inputs: 128, outputs: 10, using: &random)
    }
    var trainer = Trainer(network, SGD(learningRate: 0.1))
    let sentences = SharedSentences()
    trainer.warn = { sentences.add($0) }
    for batch in broken.batches(of: 50) { trainer.step(batch, using: &random) }
    #expect(
      sentences.all == ["The training diverged in step 1: the input of Sequential holds NaN."])
    #expect(trainer.history.losses[0].isFinite)
    #expect(trainer.history.losses[1...].allSatisfy { $0.isNaN })
    #expect(trainer.history.divergence?.step == 1)
  }

  /// In the last step nobody would see it otherwise: the next loss is never computed.
  @Test func `Names the step whose gradient is no number`() throws {
    var trainer = Trainer(try network(), SGD(learningRate: 0.1))
    let sentences = SharedSentences()
    trainer.warn = { sentences.add($0) }
    var random = SplitMix64(seed: 3)
    for (step, batch) in data.batches(of: 50).prefix(2).enumerated() {
      trainer.step(batch.images, using: &random) {
        let loss = softmaxCrossEntropy($0, labels: batch.labels)
        return step == 0
          ? loss : Loss(value: loss.value, gradient: loss.gradient.map { _ in .nan })
      }
    }
    #expect(trainer.history.losses.allSatisfy { $0.isFinite })
    #expect(
      sentences.all == ["The training diverged in step 1: the gradient of the loss holds NaN."])
  }

  /// A rate that is far too large: the place is the first layer whose numbers are none.
  @Test func `Names the layer of an overflow`() throws {
    var trainer = Trainer(try network(), SGD(learningRate: 1e30))
    let sentences = SharedSentences()
    trainer.warn = { sentences.add($0) }
    var random = SplitMix64(seed: 3)
    trainer.epoch(data, batchSize: 50, using: &random)
    #expect(sentences.all.count == 1)
    let divergence = try #require(trainer.history.divergence)
    #expect(divergence.place.contains("layer"), "\(divergence)")
    #expect(divergence.step >= 1)
  }

  @Test func `The history tells steps`() {
    var history = LossHistory()
    #expect("\(history)" == "no steps yet" && history.mean(ofLast: 3) == nil)
    for loss in [4, 2, 1] as [Float] { history.append(loss) }
    #expect(history.mean(ofLast: 2) == 1.5 && history.mean(ofLast: 9) == 7.0 / 3)
    #expect("\(history)" == "3 steps, loss 4.0 to 1.0")
    #expect(
      history.append(.infinity)?.description
        == "The training diverged in step 3: the loss holds inf.")
    #expect(history.append(.nan) == nil)
  }
}

/// What a trainer said.
private final class SharedSentences: Sendable {
  private let sentences = Mutex<[String]>([])
  func add(_ sentence: String) { sentences.withLock { $0.append(sentence) } }
  var all: [String] { sentences.withLock { $0 } }
}
