internal import Requirements

/// Numbers that were measured, in their order: one for each run, seed or draw.
public struct Sample: Hashable, Sendable {
  /// The numbers, at least one.
  public var values: [Double]

  /// A sample of at least one number; traps without any.
  public init(_ values: some Sequence<Double>) {
    self.values = Array(values)
    require(!self.values.isEmpty, "a sample has at least one number, but there is none")
  }

  /// How many numbers there are.
  public var count: Int { values.count }

  /// Σ xᵢ / n, as if it were rounded once: neither the order of the numbers matters nor how large they
  /// are beside their spread.
  public var mean: Double {
    // The sum, and what its additions round away (D. Knuth's exact sum of two).
    var (sum, rest) = (0.0, 0.0)
    for value in values {
      let next = sum + value
      let added = next - sum
      rest += (sum - (next - added)) + (value - added)
      sum = next
    }
    let n = Double(count)
    let first = sum / n
    let left = (sum.addingProduct(-first, n) + rest) / n
    return left.isFinite ? first + left : first
  }

  /// Σ (xᵢ − mean)² / (n − 1), the variance of what the sample was drawn from; 0 for one number.
  public var variance: Double {
    guard count > 1 else { return 0 }
    let mean = mean
    let squares = values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) }
    return squares / Double(count - 1)
  }

  /// The square root of ``variance``.
  public var standardDeviation: Double { variance.squareRoot() }

  /// ``standardDeviation`` / √n, how far the mean is off by chance.
  public var standardError: Double { standardDeviation / Double(count).squareRoot() }

  /// The least number; NaN where one is.
  public var least: Double { quantile(0) }

  /// The greatest number; NaN where one is.
  public var greatest: Double { quantile(1) }

  /// The 0.5 quantile.
  public var median: Double { quantile(0.5) }

  /// The value below which a share of the sample lies.
  ///
  /// Between neighbours in size it goes straight: for n numbers in order, numbered from 0, the
  /// quantile of p is the one with the number p (n − 1). That is what NumPy and R give unasked.
  ///
  /// - Parameter share: In 0 … 1; traps outside.
  /// - Complexity: O(n log n).
  public func quantile(_ share: Double) -> Double {
    Self.quantile(share, ofSorted: values.sorted())
  }

  static func quantile(_ share: Double, ofSorted sorted: [Double]) -> Double {
    require(share >= 0 && share <= 1, "a quantile's share lies in 0 … 1, but it is \(share)")
    // Sorted order means nothing with a NaN in it.
    if sorted.contains(where: \.isNaN) { return .nan }
    let position = share * Double(sorted.count - 1)
    let below = Int(position)
    guard below + 1 < sorted.count else { return sorted[sorted.count - 1] }
    let (low, high) = (sorted[below], sorted[below + 1])
    let part = position - Double(below)
    return low == high || part == 0 ? low : low + part * (high - low)
  }
}
