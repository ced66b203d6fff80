import Tensors

extension Dataset {
  /// How many samples of what shape, what is wanted for them, and where they come from.
  public var description: String {
    let files = sources.map(\.name).joined(separator: ", ")
    return "\(count) samples, images \(images.shape)\(wanted(labels, targets))"
      + (files.isEmpty ? "" : ", from \(files)")
  }
}

extension Batch {
  /// How many samples of what shape, and what is wanted for them.
  public var description: String {
    "Batch of \(count), images \(images.shape)\(wanted(labels, targets))"
  }
}

/// What is wanted for some samples: ", labels 5, 0, 4, 1, 9, 2, … (0 to 9)" or ", targets 50×2, 0.5 to
/// 3.0"; nothing where there are no samples.
private func wanted(_ labels: [Int], _ targets: Tensor) -> String {
  if let least = labels.min(), let most = labels.max() {
    let first = labels.prefix(6).map(String.init).joined(separator: ", ")
    return labels.count <= 6 ? ", labels \(first)" : ", labels \(first), … (\(least) to \(most))"
  }
  if targets.count == 0 { return "" }
  let numbers = targets.elements.filter { !$0.isNaN }
  guard let least = numbers.min(), let most = numbers.max() else {
    return ", targets \(targets.shape), all NaN"
  }
  let none = targets.count - numbers.count
  return ", targets \(targets.shape), \(least) to \(most)" + (none == 0 ? "" : ", \(none) NaN")
}
