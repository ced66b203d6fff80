import ElementaryFunctions

/// A function at places that are close together on an even axis and on a logarithmic one too.
struct FunctionPlaces: Sendable, Hashable {
  let x: [Double]
  let y: [Double]

  /// Whether the axis must show what the function does between the even places: on a domain above zero
  /// always; on others where that is more than a hair, but no pole at zero, which would hide all else.
  func matters(beside even: AxisDemand) -> Bool {
    if let first = x.first, first > 0 { return true }
    guard let shown = even.values, let all = finiteRange(of: y) else { return false }
    let length = shown.upperBound - shown.lowerBound
    let beyond = max(shown.lowerBound - all.lowerBound, all.upperBound - shown.upperBound)
    return beyond > 0.01 * length && beyond < 10 * length
  }

  /// Evenly spaced places together with as many by equal ratios on each side of zero, down to a
  /// trillionth of the largest; `nil` where the even ones are close together by ratio as well.
  static func byRatio(_ even: [Double]) -> [Double]? {
    guard let low = even.first, let high = even.last, low < high else { return nil }
    if low > 0 && high / low <= 20 { return nil }
    if high < 0 && low / high <= 20 { return nil }
    func side(_ near: Double, _ far: Double) -> [Double] {
      guard far > 0 else { return [] }
      let start = Elementary.log10(max(near, far * 1e-12, .leastNormalMagnitude))
      let end = Elementary.log10(far)
      guard start < end else { return [] }
      let count = even.count
      return (1..<count).map {
        Elementary.pow(10, start + (end - start) * (Double($0) / Double(count)))
      }
    }
    let between = side(low, high) + side(-high, -low).map { -$0 }
    return Set(even + between.filter { low < $0 && $0 < high }).sorted()
  }
}

extension AxisDemand {
  /// Shows the values of another demand as well, about which nothing else is said.
  mutating func reach(of other: AxisDemand) {
    let both = union(other)
    (values, positives) = (both.values, both.positives)
  }
}
