package import LabKit

/// The softmax loss of the notebook's course library, with each of its faults to be switched on or
/// off.
///
/// For logits z of one image with the label y the library divides by the largest magnitude first,
///
/// ```text
/// u = z / |z_m|,  p = softmax(u),  L = -ln p_y,  m = argmax |z|,
/// ```
///
/// so that dL/dz_k = -(1 / p_y) Σ_i p_y (δ_yi - p_i) ∂u_i/∂z_k, where ∂u_i/∂z_k is δ_ik / |z_m|,
/// but for k = m, where it is -z_i sign(z_m) / z_m² (and 0 for i = m). With all faults off it is
/// the right gradient of the mean over the batch; with `normalises` off too, plain softmax
/// cross-entropy.
package struct NotebookLoss: Sendable, Equatable {
  /// Divides the logits by their largest magnitude, which bounds them to [-1, 1].
  package var normalises = true
  /// Keeps of the label's row of the Jacobian only the entry of the label itself.
  package var diagonalOnly = true
  /// Divides by the loss -ln p_y where the chain rule asks for the probability p_y.
  package var dividesByLoss = true
  /// Sums the gradients of the batch where the loss is their mean.
  package var lacksMean = true
  /// Leaves sign(z_m) out.
  package var lacksSign = true

  /// All faults of the notebook.
  package init() {}

  /// The loss with none of the faults of its gradient.
  package static let rightGradient: NotebookLoss = {
    var loss = NotebookLoss()
    (loss.diagonalOnly, loss.dividesByLoss, loss.lacksMean, loss.lacksSign) = (
      false, false, false, false
    )
    return loss
  }()

  /// Plain softmax cross-entropy, right in value and gradient.
  package static let plain: NotebookLoss = {
    var loss = rightGradient
    loss.normalises = false
    return loss
  }()

  /// The mean loss over the batch and what the library hands on as its gradient.
  package func callAsFunction(_ logits: Tensor, labels: [Int]) -> Loss {
    let classes = logits.shape[1]
    let z = logits.elements.map(Double.init)
    var gradient = [Float](repeating: 0, count: z.count)
    var sum = 0.0
    let scale = lacksMean ? 1 : 1 / Double(labels.count)
    for (item, label) in labels.enumerated() {
      let row = Array(z[item * classes..<(item + 1) * classes])
      let (loss, slopes) = imageLoss(row, label)
      sum += loss
      for (index, slope) in slopes.enumerated() {
        gradient[item * classes + index] = Float(scale * slope)
      }
    }
    return Loss(
      value: Float(sum / Double(labels.count)), gradient: Tensor(logits.shape, gradient))
  }

  /// Loss and gradient of one image, for logits in double precision.
  package func imageLoss(_ z: [Double], _ label: Int) -> (loss: Double, gradient: [Double]) {
    var largest = 0
    for index in z.indices where abs(z[index]) > abs(z[largest]) { largest = index }
    let scale = normalises ? abs(z[largest]) : 1
    let u = z.map { $0 / scale }
    let shift = u.reduce(-.infinity, max)
    let powers = u.map { Elementary.exp($0 - shift) }
    let total = powers.reduce(0, +)
    let p = powers.map { $0 / total }
    let loss = Elementary.log(total) - (u[label] - shift)

    // The label's row of softmax's Jacobian, then through the division.
    let row = p.indices.map { p[label] * (($0 == label ? 1 : 0) - p[$0]) }
    var slopes = row.map { $0 / scale }
    if normalises {
      let sign: Double = lacksSign || z[largest] > 0 ? 1 : -1
      var through = 0.0
      for index in z.indices where index != largest {
        through -= row[index] * z[index] * sign / (scale * scale)
      }
      slopes[largest] = through
    }
    let divisor = dividesByLoss ? loss : p[label]
    return (
      loss,
      slopes.indices.map { diagonalOnly && $0 != label ? 0 : -slopes[$0] / divisor }
    )
  }

  /// Central differences of the mean loss by the logits, in double precision.
  package func finiteDifferences(at logits: Tensor, labels: [Int]) -> Tensor {
    let classes = logits.shape[1]
    let z = logits.elements.map(Double.init)
    let step = 1e-6
    return Tensor(logits.shape) { index in
      let item = index / classes
      var row = Array(z[item * classes..<(item + 1) * classes])
      row[index % classes] += step
      let above = imageLoss(row, labels[item]).loss
      row[index % classes] -= 2 * step
      let below = imageLoss(row, labels[item]).loss
      return Float((above - below) / (2 * step) / Double(labels.count))
    }
  }
}
