public import Datasets
import Requirements
public import Tensors

/// What a network makes of labelled samples.
public struct Evaluation: Sendable, CustomStringConvertible {
  /// The class that the network gives each item: the place of its largest logit, the first one of
  /// equals.
  public let predictions: [Int]

  /// How often each class was taken for each other one.
  public let confusion: ConfusionMatrix

  /// The mean cross-entropy in nats.
  public let loss: Double

  /// The share of items that were read as what they are.
  public var accuracy: Double { confusion.accuracy }

  /// How many were read right, and the loss.
  public var description: String {
    "\(confusion.correctCount) of \(confusion.itemCount) right (\(accuracy)), loss \(loss)"
  }
}

extension Layer {
  /// Reads a data set with a classifier, in inference, batch by batch.
  ///
  /// - Parameters:
  ///   - dataset: The samples and their classes.
  ///   - batchSize: How many items go through at a time; bounds the memory and changes no bit of the
  ///     result.
  /// - Returns: Predictions, confusion matrix, loss and accuracy.
  public func evaluate(_ dataset: Dataset, batchSize: Int = 256) -> Evaluation {
    require(
      dataset.count == 0 || dataset.labelsPerItem == 1,
      "an evaluation takes a data set with one class for each sample, and this one has "
        + "\(dataset.labelsPerItem)")
    return evaluate(images: dataset.images, labels: dataset.labels, batchSize: batchSize)
  }

  /// Reads labelled samples with a classifier, in inference, batch by batch.
  ///
  /// - Parameters:
  ///   - images: The samples, item axis first.
  ///   - labels: The class of each item.
  ///   - batchSize: How many items go through at a time; bounds the memory and changes no bit of the
  ///     result.
  /// - Returns: Predictions, confusion matrix, loss and accuracy.
  public func evaluate(images: Tensor, labels: [Int], batchSize: Int = 256) -> Evaluation {
    require(
      labels.count == images.shape[0],
      "\(images.shape[0]) images take as many labels, not \(labels.count)")
    require(!labels.isEmpty, "there is nothing to evaluate")
    require(batchSize > 0, "a batch has at least 1 item, not \(batchSize)")
    var predictions: [Int] = []
    var classes = 0
    var loss = 0.0
    for start in stride(from: 0, to: labels.count, by: batchSize) {
      let items = start..<min(start + batchSize, labels.count)
      let logits = self(images.gatheringItems(Array(items), forLayers: true))
      // Item by item, in order: the size of the batches changes no bit.
      for value in crossEntropies(logits, labels: Array(labels[items])) { loss += value }
      classes = logits.shape[1]
      predictions += logits.argmaxPerItem()
    }
    return Evaluation(
      predictions: predictions,
      confusion: ConfusionMatrix(labels: labels, predictions: predictions, classes: classes),
      loss: loss / Double(labels.count))
  }

  /// The class that a classifier gives each item, in inference, batch by batch.
  ///
  /// - Parameters:
  ///   - images: The samples, item axis first.
  ///   - batchSize: How many items go through at a time.
  /// - Returns: For each item the place of its largest logit, the first one of equals.
  public func predictions(for images: Tensor, batchSize: Int = 256) -> [Int] {
    require(batchSize > 0, "a batch has at least 1 item, not \(batchSize)")
    return stride(from: 0, to: images.shape[0], by: batchSize).flatMap { start in
      let items = start..<min(start + batchSize, images.shape[0])
      return self(images.gatheringItems(Array(items), forLayers: true)).argmaxPerItem()
    }
  }
}
