internal import Requirements
public import Tensors

/// Images with the class of each.
public struct Dataset: Sendable, CustomStringConvertible {
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

  /// How many samples of what shape, and where they come from.
  public var description: String {
    let files = sources.map(\.name).joined(separator: ", ")
    return "\(count) samples, images \(images.shape)\(files.isEmpty ? "" : ", from \(files)")"
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

  /// The samples in a random order, the last ones apart: one part to learn from, one to judge and
  /// choose by, so that the test set chooses nothing.
  ///
  /// - Parameters:
  ///   - count: How many samples are for validation, 0 to all.
  ///   - random: Gives the order.
  public func split(
    validation count: Int, using random: inout some RandomNumberGenerator
  ) -> (training: Dataset, validation: Dataset) {
    require(
      0...self.count ~= count, "\(count) of \(self.count) samples were asked for, for validation")
    var order = Array(0..<self.count)
    order.shuffleDeterministically(using: &random)
    return (self[Array(order.dropLast(count))], self[Array(order.suffix(count))])
  }

  /// The samples at `indices`, in that order; an index may occur repeatedly.
  public subscript(indices: [Int]) -> Dataset {
    for index in indices {
      require(
        0..<count ~= index, "Sample \(index) was asked for of a data set of \(count).")
    }
    return Dataset(
      images: images.gatheringItems(indices), labels: indices.map { labels[$0] }, sources: sources)
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
