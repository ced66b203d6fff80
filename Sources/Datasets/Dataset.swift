internal import Requirements
public import Tensors

/// Samples with what is to be learned about each: a class, a class for each pixel, or numbers.
public struct Dataset: Sendable, CustomStringConvertible {
  /// The samples, item axis first: images (N, C, H, W), values usually in [0, 1], or any other shape.
  public let images: Tensor
  /// The class of each sample, N numbers; or ``labelsPerItem`` for each, sample by sample; none where
  /// there are ``targets``.
  public let labels: [Int]
  /// The numbers wanted for each sample, item axis first; of shape (N, 0) where there are ``labels``.
  public let targets: Tensor
  /// The files that the samples come from.
  public let sources: [DataSource]

  /// Samples and their classes.
  ///
  /// Traps where the number of labels is not the number of samples, or a multiple: then each has as
  /// many, one for every pixel for instance.
  public init(images: Tensor, labels: [Int], sources: [DataSource] = []) {
    let count = images.shape.rank == 0 ? 0 : images.shape[0]
    require(
      images.shape.rank >= 1 && (count == 0 ? labels.isEmpty : labels.count % count == 0)
        && labels.count >= count,
      "a data set needs samples of shape (N, …) and N labels, or as many for each, "
        + "not shape \(images.shape) and \(labels.count) labels")
    self.images = images
    self.labels = labels
    targets = Tensor([count, 0])
    self.sources = sources
  }

  /// Samples and the numbers wanted for each: for regression, or an image for an image.
  ///
  /// Traps where the first axes differ.
  public init(inputs: Tensor, targets: Tensor, sources: [DataSource] = []) {
    require(
      inputs.shape.rank >= 1 && targets.shape.rank >= 1 && inputs.shape[0] == targets.shape[0],
      "a data set needs inputs of shape (N, …) and targets of shape (N, …), "
        + "not \(inputs.shape) and \(targets.shape)")
    images = inputs
    labels = []
    self.targets = targets
    self.sources = sources
  }

  private init(_ images: Tensor, _ labels: [Int], _ targets: Tensor, _ sources: [DataSource]) {
    (self.images, self.labels, self.targets, self.sources) = (images, labels, targets, sources)
  }

  /// The same samples by the name that fits what is no image.
  public var inputs: Tensor { images }

  /// How many labels each sample has: 1 for a class, the number of pixels for a class of each, 0 where
  /// there are targets.
  public var labelsPerItem: Int { count == 0 ? 0 : labels.count / count }

  /// The number of samples.
  public var count: Int { images.shape[0] }

  /// The first samples: all of them where there are fewer than asked for.
  public func prefix(_ count: Int) -> Dataset {
    require(count >= 0, "a prefix of \(count) samples was asked for; expected 0 or more")
    if count >= self.count { return self }
    return self[0..<count]
  }

  /// The samples of a range.
  public subscript(range: Range<Int>) -> Dataset {
    require(
      range.lowerBound >= 0 && range.upperBound <= count,
      "samples \(range) were asked for of a data set of \(count)")
    let each = labelsPerItem
    return Dataset(
      images[items: range], Array(labels[range.lowerBound * each..<range.upperBound * each]),
      targets[items: range], sources)
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
        0..<count ~= index, "sample \(index) was asked for of a data set of \(count)")
    }
    return Dataset(
      images.gatheringItems(indices), labels(of: indices), targets.gatheringItems(indices), sources)
  }

  /// The labels of some samples, one after the other.
  func labels(of indices: [Int]) -> [Int] {
    let each = labelsPerItem
    if each == 1 { return indices.map { labels[$0] } }
    return indices.flatMap { labels[$0 * each..<($0 + 1) * each] }
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
