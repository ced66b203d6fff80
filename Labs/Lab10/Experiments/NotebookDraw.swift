package import LabKit

/// One draw of the notebook's experiment, two images of 3×4×5, 20 kernels of 3×3, padding 1, with what
/// the right and the faulty code make of it.
///
/// All is computed once, since a dozen checks look at it.
package struct NotebookDraw: Sendable {
  /// y without a bias, and as the notebook's library computes it.
  package let output, notebookOutput: Tensor
  /// dL/dx: right, with each of the two faults, and with both.
  package let right, trimmedFirst, channelZero, notebook: Tensor
  /// dL/dw.
  package let weightGradient: Tensor
  /// y and dL/dx of the kernel that Keras convolved with: what the notebook compared with.
  package let kerasOutput, kerasRight: Tensor

  private init(seed: UInt64) {
    var random = SplitMix64(seed: seed)
    let trial = BackwardTrial(input: [2, 3, 4, 5], kernel: 3, padding: 1, using: &random)
    let keras = trial.asKerasReadIt
    (output, notebookOutput) = (trial.output, trial.notebookOutput)
    (right, trimmedFirst) = (trial.right, trial.trimmedFirst)
    (channelZero, notebook) = (
      right.repeatingChannelZero(), trimmedFirst.repeatingChannelZero()
    )
    weightGradient = trial.weightGradient
    (kerasOutput, kerasRight) = (keras.output, keras.right)
  }

  /// What is looked at of each of many draws.
  package static func map<Result: Sendable>(
    _ count: Int = 10_000, seed: UInt64, _ transform: @Sendable (NotebookDraw) -> Result
  ) throws -> [Result] {
    var random = SplitMix64(seed: seed)
    let seeds = (0..<count).map { _ in random.next() }
    return try concurrentMap("Draws", seeds) { transform(NotebookDraw(seed: $0)) }
  }
}
