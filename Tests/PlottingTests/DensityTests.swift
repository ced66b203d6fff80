import ElementaryFunctions
import Testing

@testable import Plotting

@Suite
struct DensityTests {
  /// Quantiles of the standard normal distribution, from a sum of evenly spread numbers.
  private let normal: [Double] = (0..<500).map { index in
    let share = (Double(index) + 0.5) / 500
    // A. Shore's approximation is good enough for a shape.
    let odds = share < 0.5 ? share / (1 - share) : (1 - share) / share
    let distance = 5.5556 * (1 - Elementary.pow(odds, 0.1186))
    return share < 0.5 ? -distance : distance
  }

  private func area(_ curve: DensityCurve) -> Double {
    var area = 0.0
    for index in curve.places.indices.dropFirst() {
      let width = curve.places[index] - curve.places[index - 1]
      area += width * (curve.heights[index] + curve.heights[index - 1]) / 2
    }
    return area
  }

  @Test
  func `An outlier far away does not change the curve of the others`() {
    let alone = DensityCurve(normal)
    for outlier in [1000.0, -1e6, 1e12] {
      let curve = DensityCurve(normal + [outlier])
      #expect(((curve.mode ?? .nan) - (alone.mode ?? .nan)).magnitude < 0.1, "\(outlier)")
      let (top, other) = (curve.heights.max() ?? 0, alone.heights.max() ?? 0)
      #expect((top / other - 1).magnitude < 0.02, "\(outlier): \(top), \(other)")
      #expect((area(curve) - 1).magnitude < 0.01, "\(outlier): \(area(curve))")
    }
    // A cluster and one value beside it: as many spikes as stretches.
    let sharp = DensityCurve([1, 2, 300], bandwidth: 0.001)
    #expect((area(sharp) - 1).magnitude < 0.02)
    #expect(sharp.places.count < 5000)
  }

  @Test
  func `Very small and very large values have the same shape`() {
    let shape = [-1.0, 0, 0.2, 1]
    let (small, large) = (
      DensityCurve(shape.map { $0 * 1e-200 }), DensityCurve(shape.map { $0 * 1e200 })
    )
    for (a, b) in zip(small.heights, large.heights) {
      #expect((a * 1e-200 - b * 1e200).magnitude < 1e-9)
    }
    let endless = Figure { DensityMark([-1e308, 0, 1e308], label: "d") }
    #expect(
      ResolvedAxes(endless).notes.contains(
        "the density of “d” is not drawn: its values span more than the largest number"))
    #expect(!endless.alternativeText.contains("NaN"))
  }

  @Test
  func `On a logarithmic axis two clusters leave the gap between them empty`() throws {
    let values = normal.map { Elementary.pow(10, 0.1 * $0) } + normal.map { 1000 + 20 * $0 }
    let figure = Figure(x: Axis(scale: .log)) { DensityMark(values, label: "d") }
    let curve = try #require(figure.marks.first as? DensityMark).curve
    let between = zip(curve.places, curve.heights).filter { 20...200 ~= $0.0 }.map(\.1).max() ?? 0
    #expect(between < 1e-3 * (curve.heights.max() ?? 0), "\(between)")
    #expect(0.5...2 ~= (curve.mode ?? .nan))
    #expect((area(curve) - 1).magnitude < 0.02, "\(area(curve))")
    // The axis shows the whole of it.
    let first = try #require(curve.places.first)
    #expect(ResolvedAxes(figure).x.domain.lowerBound <= first)
  }
}
