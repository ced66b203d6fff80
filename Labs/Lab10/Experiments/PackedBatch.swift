package import LabKit

/// Images with their labels, laid out once as the kernels want them: a thousand trainings on the same
/// batches need not do it a thousand times.
package struct PackedBatch: Sendable {
  package var images: Tensor
  package var labels: [Int]

  package init(images: Tensor, labels: [Int]) {
    // x + 0 is x to the last bit, and comes out in the layout that the kernels compute in.
    self.images = images.addingPerChannel(Tensor([images.shape[1]]))
    self.labels = labels
  }

  /// The batches of a data set in its order.
  package static func all(of data: Dataset, size: Int) -> [PackedBatch] {
    data.batches(of: size).map { PackedBatch(images: $0.images, labels: $0.labels) }
  }
}

extension Layer {
  /// The share of images that a classifier reads as what they are: what `evaluate` calls accuracy,
  /// without loss and confusion.
  package func accuracy(on batches: [PackedBatch]) -> Double {
    var (correct, count) = (0, 0)
    for batch in batches {
      let predictions = self(batch.images).argmaxPerItem()
      correct += zip(predictions, batch.labels).count { $0 == $1 }
      count += batch.labels.count
    }
    return Double(correct) / Double(count)
  }
}
