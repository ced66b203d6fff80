internal import Requirements
public import Tensors

/// Some samples of a data set, for one step of training.
public struct Batch: Sendable, CustomStringConvertible {
  /// The samples, item axis first: for images shape (N, C, H, W).
  public let images: Tensor
  /// The class of each sample, or ``Dataset/labelsPerItem`` for each; none where there are targets.
  public let labels: [Int]
  /// The numbers wanted for each sample, item axis first; of shape (N, 0) where there are labels.
  public let targets: Tensor
  /// Where each sample stands in its data set.
  public let indices: [Int]

  /// The number of samples.
  public var count: Int { indices.count }

  /// The same samples by the name that fits what is no image.
  public var inputs: Tensor { images }
}

/// The mini-batches of one pass over a data set, each prepared when it is asked for.
///
/// A collection, so that a progress display knows how many there are.
public struct Batches: Sendable, RandomAccessCollection, CustomStringConvertible {
  private let dataset: Dataset
  private let size: Int
  /// The order of the samples; `nil` for the data set's own.
  private let order: [Int]?

  init(dataset: Dataset, size: Int, order: [Int]?) {
    require(size > 0, "a batch of \(size) samples was asked for; expected 1 or more")
    self.dataset = dataset
    self.size = size
    self.order = order
  }

  /// How many batches of how many samples.
  public var description: String {
    "\(count) batches of \(size) from \(dataset.count) samples\(order == nil ? "" : ", shuffled")"
  }

  /// Zero.
  public var startIndex: Int { 0 }

  /// The number of batches.
  public var endIndex: Int { dataset.count / size + (dataset.count % size == 0 ? 0 : 1) }

  // Steps are numbers; whether there is such a batch is said where one is asked for. (The standard library's
  // own methods trap without a word.)

  /// The next step.
  public func index(after step: Int) -> Int { step + 1 }

  /// The step before.
  public func index(before step: Int) -> Int { step - 1 }

  /// The step so many steps on.
  public func index(_ step: Int, offsetBy distance: Int) -> Int { step + distance }

  /// The batches of some steps.
  public subscript(steps: Range<Int>) -> Slice<Batches> {
    require(
      0 <= steps.lowerBound && steps.upperBound <= count,
      "the batches from \(steps.lowerBound) up to \(steps.upperBound) were asked for of \(count)")
    return Slice(base: self, bounds: steps)
  }

  /// The batch of a step. Copies its images: N C H W floats.
  public subscript(step: Int) -> Batch {
    require(indices.contains(step), "batch \(step) was asked for of \(count)")
    let start = step * size
    let range = start..<start + Swift.min(size, dataset.count - start)
    let chosen = order.map { Array($0[range]) } ?? Array(range)
    return Batch(
      images: dataset.images.gatheringItems(chosen, forLayers: true),
      labels: dataset.labels(of: chosen), targets: dataset.targets.gatheringItems(chosen),
      indices: chosen)
  }
}
