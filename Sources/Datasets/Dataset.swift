internal import Requirements
public import Tensors

/// Images with the class of each.
public struct Dataset: Sendable {
  /// The images, shape (N, C, H, W), values usually in [0, 1].
  public let images: Tensor
  /// The class of each image, N numbers.
  public let labels: [Int]
  /// The files that the samples come from.
  public let sources: [DataSource]

  /// A data set of images and their classes.
  ///
  /// Traps where the number of labels is not the number of images.
  public init(images: Tensor, labels: [Int], sources: [DataSource] = []) {
    require(
      images.shape.rank == 4 && images.shape[0] == labels.count,
      "A data set needs images of shape (N, C, H, W) and N labels, "
        + "not shape \(images.shape) and \(labels.count) labels.")
    self.images = images
    self.labels = labels
    self.sources = sources
  }

  /// The number of samples.
  public var count: Int {
    labels.count
  }

  /// The first samples: all of them where there are fewer than asked for.
  public func prefix(_ count: Int) -> Dataset {
    require(count >= 0, "A prefix of \(count) samples was asked for; expected 0 or more.")
    if count >= self.count { return self }
    return self[0..<count]
  }

  /// The samples of a range.
  public subscript(range: Range<Int>) -> Dataset {
    require(
      range.lowerBound >= 0 && range.upperBound <= count,
      "Samples \(range) were asked for of a data set of \(count).")
    return Dataset(
      images: images[items: range], labels: Array(labels[range]), sources: sources)
  }

  /// The samples in their order, in mini-batches; the last one is smaller where the size does not
  /// divide the count.
  public func batches(of size: Int) -> Batches {
    Batches(dataset: self, size: size, order: nil)
  }

  /// The samples in a random order, in mini-batches: call it once per epoch for a new order.
  ///
  /// The order is Fisher and Yates's shuffle of the generator's numbers, so a seed fixes it on
  /// every machine.
  public func batches(
    of size: Int, shuffledUsing random: inout some RandomNumberGenerator
  ) -> Batches {
    var order = Array(0..<count)
    order.shuffleDeterministically(using: &random)
    return Batches(dataset: self, size: size, order: order)
  }
}
