import LabKit

/// Data for the figures, the same in every run.
struct Samples {
  var random: SplitMix64

  init(seed: UInt64) { random = SplitMix64(seed: seed) }

  /// About normal with mean 0 and deviation 1: the sum of twelve uniform numbers.
  mutating func normal() -> Double {
    (0..<12).reduce(-6) { sum, _ in sum + random.nextUnitDouble() }
  }

  mutating func normals(_ count: Int, mean: Double = 0, deviation: Double = 1) -> [Double] {
    (0..<count).map { _ in mean + deviation * normal() }
  }

  /// A loss that falls from about 2.3 towards a floor, with noise.
  mutating func loss(_ count: Int, floor: Double, halfLife: Double, noise: Double = 0.04)
    -> [Double]
  {
    (0..<count).map { step in
      let fallen = Elementary.pow(0.5, Double(step) / halfLife)
      return floor + (2.3 - floor) * fallen * (1 + noise * normal())
    }
  }
}

/// A ring of a given radius, as an image of 28×28 pixels.
func ring(radius: Double) -> Matrix {
  Matrix(rows: 28, columns: 28) { row, column in
    let (dx, dy) = (Double(column) - 13.5, Double(row) - 13.5)
    let distance = (dx * dx + dy * dy).squareRoot()
    return max(0, 1 - (distance - radius).magnitude / 2)
  }
}
