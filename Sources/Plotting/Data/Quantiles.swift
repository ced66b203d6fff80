/// Quantiles of sorted values, between neighbours by linear interpolation (type 7 of R. Hyndman and
/// Y. Fan, 1996, the usual one).
struct Quantiles {
  let sorted: [Double]

  /// The value below which a fraction of the values lies; NaN when there are none.
  subscript(fraction: Double) -> Double {
    guard let last = sorted.indices.last else { return .nan }
    let position = fraction * Double(last)
    let lower = position.integer
    let upper = min(lower + 1, last)
    let step = sorted[upper] - sorted[lower]
    let fraction = position - Double(lower)
    // Neighbours that are farther apart than the largest number are weighed one by one.
    guard step.isFinite else { return sorted[lower] * (1 - fraction) + sorted[upper] * fraction }
    return sorted[lower] + step * fraction
  }
}
