internal import LabKit

/// A training that TensorFlow recorded, and the same one here: from the same initial weights, on the
/// same batches.
package struct TensorFlowRun: Sendable {
  /// The seed of the initial weights.
  package var seed: Int
  /// Adam at 0.003, or gradient descent at 0.1.
  package var usesAdam: Bool
  /// The loss of each of the 40 steps, here and there.
  package var ours: [Float]
  package var theirs: [Float]
  /// The accuracy on the 10,000 test images, here and there.
  package var accuracy: Double
  package var theirAccuracy: Double

  /// `seed 0`.
  package var name: String { "seed \(seed)" }

  /// The largest difference of a loss.
  package var largestDifference: Double {
    zip(ours, theirs).reduce(0) { max($0, abs(Double($1.0 - $1.1))) }
  }

  /// Something done in another way than TensorFlow does it.
  package enum Deviation: Sendable {
    case channelFault, biasNotTrained, secondMomentTooShort, momentum
  }

  /// The recorded runs, five seeds by two optimizers, followed here.
  ///
  /// - Parameters:
  ///   - digits: The images.
  ///   - adam: Which optimizers.
  ///   - deviation: What to do in another way; nil for nothing.
  ///   - evaluating: Whether the accuracy on all test images is asked for.
  package static func all(
    _ digits: Digits, adam: [Bool] = [false, true], deviating deviation: Deviation? = nil,
    evaluating: Bool = true
  ) throws -> [TensorFlowRun] {
    let reference = try ReferenceNumbers.training()
    let jobs = adam.flatMap { adam in (0..<5).map { (seed: $0, usesAdam: adam) } }
    return try concurrentMap("TensorFlow's runs", jobs) { job in
      try TensorFlowRun(job.seed, job.usesAdam, reference, digits, deviation, evaluating)
    }
  }

  private init(
    _ seed: Int, _ usesAdam: Bool, _ reference: SafeTensors, _ digits: Digits,
    _ deviation: Deviation?, _ evaluating: Bool
  ) throws {
    func weights(_ name: String) throws -> Tensor { try reference.tensor("\(seed)/\(name)") }
    let second = Conv2D(weight: try weights("conv2"))
    var network = try Sequential(input: [50, 1, 28, 28]) {
      Conv2D(weight: try weights("conv1"), padding: 1)
      ReLU()
      if deviation == .channelFault {
        NotebookConvolution(right: second, trimsFirst: false)
      } else {
        second
      }
      ReLU()
      Flatten()
      Linear(weight: try weights("linear"), bias: try weights("bias"))
    }
    var sgd = SGD(learningRate: 0.1, momentum: deviation == .momentum ? 0.1 : 0)
    var adam = Adam(
      learningRate: 3e-3, beta2: deviation == .secondMomentTooShort ? 0.99 : 0.999, epsilon: 1e-7,
      usesEpsilonHat: true)
    ours = []
    for _ in 0..<2 {
      for batch in digits.trainBatches {
        let forward = network.forward(batch.images)
        let loss = softmaxCrossEntropy(forward.output, labels: batch.labels)
        var gradients = forward.pullback.parameters(loss.gradient)
        if deviation == .biasNotTrained { gradients[3] = gradients[3] * 0 }
        if usesAdam {
          adam.update(&network, gradients)
        } else {
          sgd.update(&network, gradients)
        }
        ours.append(loss.value)
      }
    }
    let name = "\(seed)/\(usesAdam ? "adam" : "sgd")"
    self.seed = seed
    self.usesAdam = usesAdam
    theirs = try reference.tensor("\(name)/losses").elements
    accuracy = evaluating ? network.evaluate(digits.test).accuracy : .nan
    theirAccuracy = try reference.doubles("\(name)/accuracy")[0]
  }
}
