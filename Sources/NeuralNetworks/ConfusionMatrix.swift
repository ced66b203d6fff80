import Requirements

/// How often each class was taken for each other one.
public struct ConfusionMatrix: Sendable, Hashable, CustomStringConvertible {
  /// The number of classes.
  public let classCount: Int

  /// `counts[label][prediction]`: items of class `label` that were read as `prediction`.
  public private(set) var counts: [[Int]]

  /// So many classes take 8 GB: their square, 8 bytes each.
  private static let mostClasses = 1 << 15

  /// The matrix of no items.
  ///
  /// - Parameter classes: The number of classes, 1 to 32,768.
  public init(classes: Int) {
    require(
      1...Self.mostClasses ~= classes,
      "a confusion matrix takes 1 to \(Self.mostClasses) classes, not \(classes)")
    classCount = classes
    counts = Array(repeating: Array(repeating: 0, count: classes), count: classes)
  }

  /// The matrix of some items.
  ///
  /// - Parameters:
  ///   - labels: The class of each item.
  ///   - predictions: What each item was read as.
  ///   - classes: The number of classes.
  public init(labels: [Int], predictions: [Int], classes: Int) {
    self.init(classes: classes)
    require(
      labels.count == predictions.count,
      "\(labels.count) labels take as many predictions, not \(predictions.count)")
    for (label, prediction) in zip(labels, predictions) {
      add(label: label, prediction: prediction)
    }
  }

  /// Counts one item.
  public mutating func add(label: Int, prediction: Int) {
    require(
      0..<classCount ~= label && 0..<classCount ~= prediction,
      "label \(label) and prediction \(prediction) are not both in 0 to \(classCount - 1)")
    counts[label][prediction] += 1
  }

  /// How many items were counted.
  public var itemCount: Int { counts.reduce(0) { $0 + $1.reduce(0, +) } }

  /// How many items were read as what they are.
  public var correctCount: Int { (0..<classCount).reduce(0) { $0 + counts[$1][$1] } }

  /// The share of items that were read as what they are; 0 for no items.
  public var accuracy: Double { itemCount == 0 ? 0 : Double(correctCount) / Double(itemCount) }

  /// The share of a class's items that were read as it (recall); `nil` where there are none.
  public func recall(of label: Int) -> Double? {
    requireClass(label)
    let all = counts[label].reduce(0, +)
    return all == 0 ? nil : Double(counts[label][label]) / Double(all)
  }

  /// The share of what was read as a class that is it (precision); `nil` where there is nothing.
  public func precision(of prediction: Int) -> Double? {
    requireClass(prediction)
    let all = counts.reduce(0) { $0 + $1[prediction] }
    return all == 0 ? nil : Double(counts[prediction][prediction]) / Double(all)
  }

  private func requireClass(_ label: Int) {
    require(0..<classCount ~= label, "a matrix of \(classCount) classes has no class \(label)")
  }

  /// The counts, a row per label, in plain text.
  public var description: String {
    let width = counts.joined().map { "\($0)".count }.max() ?? 1
    return counts.map { row in
      row.map { count in
        let digits = "\(count)"
        return String(repeating: " ", count: width - digits.count) + digits
      }.joined(separator: " ")
    }.joined(separator: "\n")
  }
}
