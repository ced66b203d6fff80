import Tensors

/// The derivatives of ⟨f(x), r⟩ for every element of x, measured.
///
/// Each by central differences with steps h and h/2, combined so that the h² term cancels (Richardson).
/// Two things spoil such a difference, and both can be told from it: what f bends within the step, by how
/// far the two differences are apart, and what `Float` rounds, by the size of the outputs. Where they
/// spoil too much, other steps are tried, shorter ones against bends and longer ones against rounding, and
/// the one that is least spoilt counts. A longer step that contradicts the shorter one has passed a kink:
/// it measures something else.
struct FiniteDifferences {
  /// r.
  let weights: [Float]

  /// f.
  let function: (Tensor) -> Tensor

  /// A derivative and how far off it may be.
  private struct Estimate {
    var value: Double
    var bend: Double
    var rounding: Double
    var uncertainty: Double { bend + rounding }
  }

  /// The derivatives at a place.
  ///
  /// - Parameters:
  ///   - x: The place.
  ///   - step: The first h to try, for elements of a size up to 1; in proportion for larger ones.
  func gradient(at x: Tensor, step: Float) -> [Double] {
    let elements = x.elements
    let steps = elements.map { step * max(1, $0.magnitude) }
    var estimates = elements.indices.map { estimate(x, elements, $0, steps[$0]) }
    let largest = estimates.reduce(0) { max($0, $1.value.magnitude) }
    for (index, first) in estimates.enumerated() {
      let tolerated = 2e-4 * Self.scale(of: first.value, largest: largest)
      if first.uncertainty <= tolerated { continue }
      let grows = first.rounding > first.bend
      var (best, step) = (first, steps[index])
      for _ in 0..<6 where best.uncertainty > tolerated {
        step *= grows ? 16 : 1 / 16
        let next = estimate(x, elements, index, step)
        let difference = (next.value - best.value).magnitude
        if grows && difference > best.uncertainty + next.rounding { break }
        if next.uncertainty < best.uncertainty { best = next }
      }
      estimates[index] = best
    }
    return estimates.map(\.value)
  }

  /// What an error of a derivative is compared with: itself, or a share of the largest beside it, since
  /// its own size may be nothing.
  static func scale(of value: Double, largest: Double) -> Double {
    max(value.magnitude, largest / 16)
  }

  private func estimate(
    _ x: Tensor, _ elements: [Float], _ index: Int, _ step: Float
  ) -> Estimate {
    let (whole, _) = central(x, elements, index, step)
    let (half, rounding) = central(x, elements, index, step / 2)
    let value = (4 * half - whole) / 3
    return Estimate(value: value, bend: (value - half).magnitude, rounding: rounding)
  }

  /// The central difference, and how much of it may be rounding.
  private func central(
    _ x: Tensor, _ elements: [Float], _ index: Int, _ step: Float
  ) -> (difference: Double, rounding: Double) {
    var (above, below) = (elements, elements)
    above[index] += step
    below[index] -= step
    let (up, down) = (
      function(Tensor(x.shape, above)).elements, function(Tensor(x.shape, below)).elements
    )
    var (sum, size, changed) = (0.0, 0.0, 0.0)
    for (weight, (up, down)) in zip(weights, zip(up, down)) {
      let outputs = Double(max(up.magnitude, down.magnitude)) * Double(weight.magnitude)
      sum += (Double(up) - Double(down)) * Double(weight)
      size += outputs
      if up != down { changed += outputs }
    }
    // Where nothing changed, all of it may be rounding: the step may have been lost in any output. Sums
    // inside round more than once.
    let length = Double(above[index]) - Double(below[index])
    let rounding = (changed == 0 ? size : changed) * Double(Float.ulpOfOne) * 2
    return length > 0 ? (sum / length, rounding / length) : (.nan, .infinity)
  }
}
