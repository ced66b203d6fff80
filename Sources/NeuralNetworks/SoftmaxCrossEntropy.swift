import ElementaryFunctions
import Requirements
public import Tensors

/// The cross-entropy between the softmax of logits and integer labels, averaged over the batch.
///
/// ```text
/// p = softmax(z) = exp(z − max z) / Σ exp(z − max z)
/// L = −1/N Σ_n Σ_c t[n, c] ln p[n, c],  t = (1 − smoothing) onehot(label) + smoothing / classes
/// dL/dz = (p − t) / N
/// ```
///
/// Without smoothing L is the mean of −ln p[n, label_n].
///
/// Stable: the largest logit is subtracted first, and ln p is formed as z − max z − ln Σ, so logits
/// of any finite size give a finite loss and gradient. Accumulated in `Double` with the package's
/// own exponential and logarithm, so that the bits are the same on every machine.
///
/// - Parameters:
///   - logits: The network's output, of shape (N, classes), not normalised; or (N, classes, H, W) with
///     an answer for every pixel.
///   - labels: The class of each item, 0 up to classes − 1; or of each pixel, item by item and row by
///     row.
///   - smoothing: The share of a label's probability that goes to all classes alike, 0 to 1 (Szegedy
///     et al. 2016; PyTorch's `label_smoothing`).
/// - Returns: The loss in nats and dL/dz, of shape (N, classes).
public func softmaxCrossEntropy(_ logits: Tensor, labels: [Int], smoothing: Float = 0) -> Loss {
  require(0 <= smoothing && smoothing <= 1, "label smoothing lies in 0 to 1, not \(smoothing)")
  if logits.shape.rank > 2 {
    // One answer for every pixel: the classes go last, and the pixels among the items.
    let rank = logits.shape.rank
    let classes = logits.shape[1]
    require(classes > 0, "logits have the shape (N, classes, …), not \(logits.shape)")
    requireItems(logits.shape)
    let rows = logits.permuted([0] + Array(2..<rank) + [1])
    let loss = softmaxCrossEntropy(
      rows.reshaped(to: [rows.count / classes, classes]), labels: labels, smoothing: smoothing)
    return Loss(
      value: loss.value,
      gradient: loss.gradient.reshaped(to: rows.shape)
        .permuted([0, rank - 1] + Array(1..<rank - 1)))
  }
  let (items, classes) = requireLogits(logits, labels)
  let others = Double(smoothing) / Double(classes)
  let label = 1 - Double(smoothing) + others
  return softmaxCrossEntropy(logits, items: items, classes: classes) { item in
    (mass: 1, probability: { $0 == labels[item] ? label : others })
  }
}

/// The cross-entropy between the softmax of logits and target probabilities, averaged over the
/// batch.
///
/// ```text
/// L = −1/N Σ_n Σ_c t[n, c] ln p[n, c]
/// dL/dz = (p · Σ_c t − t) / N
/// ```
///
/// With rows of t that sum to 1 this is the usual p − t; smoothed or mixed labels are such rows.
/// Stable as the loss of labels; a target of 0 contributes nothing even where p
/// rounds to 0.
///
/// - Parameters:
///   - logits: The network's output, of shape (N, classes), not normalised.
///   - probabilities: The wanted probabilities t, of the same shape, none negative.
/// - Returns: The loss in nats and dL/dz, of shape (N, classes).
public func softmaxCrossEntropy(_ logits: Tensor, probabilities: Tensor) -> Loss {
  let (items, classes) = requireLogits(logits)
  require(
    probabilities.shape == logits.shape,
    "logits of shape \(logits.shape) take probabilities of the same shape, "
      + "not \(probabilities.shape)")
  let targets = probabilities.elements
  if let place = targets.firstIndex(where: { !($0 >= 0) }) {
    requirementFailed(
      "target probabilities are at least 0, and item \(place / classes) has \(targets[place]) for class "
        + "\(place % classes)")
  }
  return softmaxCrossEntropy(logits, items: items, classes: classes) { item in
    let row = targets[item * classes..<(item + 1) * classes]
    return (
      mass: row.reduce(0) { $0 + Double($1) },
      probability: { Double(row[row.startIndex + $0]) }
    )
  }
}

/// The probabilities that logits stand for: exp(z − max z) / Σ exp(z − max z) along the last axis.
///
/// - Parameter logits: Of shape (N, classes), or any shape whose last axis counts the classes.
/// - Returns: Rows that sum to 1, of the same shape.
public func softmax(_ logits: Tensor) -> Tensor {
  let classes = logits.shape.rank == 0 ? 0 : logits.shape[logits.shape.rank - 1]
  require(classes > 0, "a softmax takes logits with a last axis of classes, not \(logits.shape)")
  let z = logits.elements
  var probabilities: [Float] = []
  probabilities.reserveCapacity(z.count)
  var rows = ShiftedRows(z, classes: classes)
  for row in 0..<z.count / classes {
    let (_, sum, first) = rows.row(row)
    for index in 0..<classes { probabilities.append(Float(rows.exponentials[first + index] / sum)) }
  }
  return Tensor(logits.shape, probabilities)
}

/// The cross-entropy of each item in nats, each computed by itself: its bits depend on nothing but
/// its own logits, whatever batch they came in.
func crossEntropies(_ logits: Tensor, labels: [Int]) -> [Double] {
  let (items, classes) = requireLogits(logits, labels)
  let z = logits.elements
  var rows = ShiftedRows(z, classes: classes)
  return (0..<items).map { item in
    let (largest, sum, _) = rows.row(item)
    return Elementary.log(sum) - (Double(z[item * classes + labels[item]]) - largest)
  }
}

private func requireLogits(_ logits: Tensor, _ labels: [Int]) -> (items: Int, classes: Int) {
  let (items, classes) = requireLogits(logits)
  require(
    labels.count == items,
    "\(items) rows of logits take \(items) labels, not \(labels.count)")
  for (item, label) in labels.enumerated() {
    require(
      0..<classes ~= label, "label \(label) of item \(item) is not in 0 to \(classes - 1)")
  }
  return (items, classes)
}

private func requireLogits(_ logits: Tensor) -> (items: Int, classes: Int) {
  require(
    logits.shape.rank == 2 && logits.shape[1] > 0,
    "logits have the shape (N, classes), not \(logits.shape)")
  return (logits.shape[0], logits.shape[1])
}

private func requireItems(_ logits: Shape) {
  require(
    logits.count > 0,
    "the mean loss of no items does not exist: the batch of logits, \(logits), is empty")
}

/// The common part: `target` gives an item's total mass and its probability of a class.
@inline(__always)
private func softmaxCrossEntropy(
  _ logits: Tensor, items: Int, classes: Int,
  target: (Int) -> (mass: Double, probability: (Int) -> Double)
) -> Loss {
  requireItems(logits.shape)
  let z = logits.elements
  var gradient: [Float] = []
  gradient.reserveCapacity(z.count)
  var loss = 0.0
  var rows = ShiftedRows(z, classes: classes)
  // A sum of logarithms is the logarithm of a product, and one takes longer than a row.
  var product = 1.0
  for item in 0..<items {
    let (largest, sum, first) = rows.row(item)
    let (mass, probability) = target(item)
    if mass == 1 { product *= sum } else { loss += mass * Elementary.log(sum) }
    if product > 1e200 {
      loss += Elementary.log(product)
      product = 1
    }
    for index in 0..<classes {
      let wanted = probability(index)
      if wanted != 0 { loss -= wanted * (Double(z[item * classes + index]) - largest) }
      let share = rows.exponentials[first + index] / sum
      gradient.append(Float((share * mass - wanted) / Double(items)))
    }
  }
  loss += Elementary.log(product)
  return Loss(value: Float(loss / Double(items)), gradient: Tensor(logits.shape, gradient))
}

/// Rows of exp(z − max z), made for many rows at a time: a few classes alone would not fill the
/// vectors that exponentials are computed in.
private struct ShiftedRows {
  private let z: [Float]
  private let classes: Int
  /// The rows that `exponentials` holds.
  private var made = 0..<0
  private(set) var exponentials: [Double] = []
  private var largest: [Double] = []

  init(_ z: [Float], classes: Int) {
    self.z = z
    self.classes = classes
  }

  /// A row's maximum, the sum of its exponentials, and where they begin. Rows are asked for in order.
  mutating func row(_ row: Int) -> (largest: Double, sum: Double, first: Int) {
    if !made.contains(row) { make(row) }
    let first = (row - made.lowerBound) * classes
    var sum = 0.0
    for index in first..<first + classes { sum += exponentials[index] }
    return (largest[row - made.lowerBound], sum, first)
  }

  private mutating func make(_ start: Int) {
    made = start..<min(start + max(1, 512 / classes), z.count / classes)
    exponentials.removeAll(keepingCapacity: true)
    largest.removeAll(keepingCapacity: true)
    exponentials.reserveCapacity(made.count * classes)
    largest.reserveCapacity(made.count)
    for row in made {
      let values = row * classes..<(row + 1) * classes
      var most = -Float.infinity
      for index in values where z[index] > most { most = z[index] }
      for index in values { exponentials.append(Double(z[index]) - Double(most)) }
      largest.append(Double(most))
    }
    Elementary.replaceByExponentials(&exponentials)
  }
}
