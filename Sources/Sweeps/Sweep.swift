package import Raster

/// What one pass over the values of a series finds.
package struct Sweep: Sendable {
  /// The finite values.
  package private(set) var range: ClosedRange<Double>?
  /// The finite values above zero.
  package private(set) var positives: ClosedRange<Double>?
  /// How many finite values are at or below zero, the first of them, and its index.
  package private(set) var nonPositive: (count: Int, first: Double, index: Int)?
  /// How many values are not numbers.
  package private(set) var missingCount = 0
  /// Whether all finite values are whole numbers.
  package private(set) var isWhole = true

  package init(_ values: [Double]) {
    var (low, high) = (Double.infinity, -Double.infinity)
    var (lowPositive, highPositive) = (Double.infinity, -Double.infinity)
    var (nonPositiveCount, firstNonPositive) = (0, 0)
    for index in values.indices {
      let value = values[index]
      guard value.isFinite else {
        if value.isNaN { missingCount += 1 }
        continue
      }
      low = min(low, value)
      high = max(high, value)
      if value > 0 {
        lowPositive = min(lowPositive, value)
        highPositive = max(highPositive, value)
      } else {
        if nonPositiveCount == 0 { firstNonPositive = index }
        nonPositiveCount += 1
      }
      if isWhole && value != value.rounded() { isWhole = false }
    }
    range = low <= high ? low...high : nil
    positives = lowPositive <= highPositive ? lowPositive...highPositive : nil
    if nonPositiveCount > 0 {
      nonPositive = (nonPositiveCount, values[firstNonPositive], firstNonPositive)
    }
  }

  /// The smallest and largest finite value, or `nil` when there is none.
  ///
  /// - Parameter isPositive: Whether only values above zero count.
  package static func range(
    of values: [Double], isPositive: Bool = false
  ) -> ClosedRange<Double>? {
    let floor = isPositive ? 0 : -Double.infinity
    let (low, high) = extremes(of: values)
    if low > floor && high < .infinity { return low <= high ? low...high : nil }
    // Few data have values that do not count, and only they are looked at with care.
    let (known, last) = extremes(of: values.filter { $0 > floor && $0 < .infinity })
    return known <= last ? known...last : nil
  }

  /// The smallest and largest of the values that are numbers, four at a time.
  private static func extremes(of values: [Double]) -> (low: Double, high: Double) {
    var lows = SIMD4(repeating: Double.infinity)
    var highs = -lows
    unsafe values.withUnsafeBytes { bytes in
      let size = MemoryLayout<Double>.stride
      let whole = values.count & ~3
      var start = 0
      while start < values.count {
        // NaN is neither below nor above anything.
        let four =
          start < whole
          ? unsafe bytes.loadUnaligned(fromByteOffset: start * size, as: SIMD4<Double>.self)
          : SIMD4(
            repeating: unsafe bytes.loadUnaligned(
              fromByteOffset: start * size, as: Double.self))
        lows.replace(with: four, where: four .< lows)
        highs.replace(with: four, where: four .> highs)
        start += start < whole ? 4 : 1
      }
    }
    return (lows.min(), highs.max())
  }

  /// Whether some value is not a number.
  package static func holdsNaN(_ values: [Double]) -> Bool {
    var found = SIMDMask<SIMD4<Int64>>(repeating: false)
    return unsafe values.withUnsafeBytes { bytes in
      let size = MemoryLayout<Double>.stride
      let whole = values.count & ~3
      for start in stride(from: 0, to: whole, by: 4) {
        let four = unsafe bytes.loadUnaligned(fromByteOffset: start * size, as: SIMD4<Double>.self)
        found = found .| (four .!= four)
      }
      return any(found) || values[whole...].contains(where: \.isNaN)
    }
  }

  /// Whether every value is finite.
  package static func isFinite(_ values: [Double]) -> Bool {
    values.allSatisfy(\.isFinite)
  }

  /// The smallest distance between two of the values, or `nil` when there are not two.
  package static func closest(_ values: [Double]) -> Double? {
    let sorted = values.sorted()
    return zip(sorted, sorted.dropFirst()).map { $1 - $0 }.min()
  }

  /// Whether all points lie in a rectangle.
  package static func lie(_ points: [Point], in rect: Rect) -> Bool {
    points.allSatisfy { rect.contains($0) }
  }
}
