import Numbers
import Sweeps

extension Axis {
  /// Whether a value lies outside of a domain that the axis was given; without one it shows all data.
  func excludes(_ value: Double) -> Bool {
    guard let domain, value.isFinite else { return false }
    // As with ticks, a hair's breadth is rounding.
    let slack = (domain.upperBound - domain.lowerBound) * 1e-9
    return value < domain.lowerBound - slack || value > domain.upperBound + slack
  }

  /// Whether any value lies outside of the domain: one quick look, before each is looked at.
  func excludesSome(of values: [Double]) -> Bool {
    guard domain != nil, let range = Sweep.range(of: values) else { return false }
    return excludes(range.lowerBound) || excludes(range.upperBound)
  }

  /// Whether a stretch between two values lies outside of the domain with all of it.
  func excludes(_ range: ClosedRange<Double>?) -> Bool {
    guard let domain, let range else { return false }
    return !domain.overlaps(range)
  }
}

extension Mark {
  /// What is said of a curve no part of which can be seen, because it lies beyond one side of the plot.
  func outsideNotes(x: [Double], y: [Double], on axes: (x: Axis, y: Axis)) -> [String] {
    guard axes.x.domain != nil || axes.y.domain != nil else { return [] }
    guard axes.x.excludes(finiteRange(of: x)) || axes.y.excludes(finiteRange(of: y)) else {
      return []
    }
    return [
      "\(name.map { "“\(PlainText.of($0))”" } ?? "a series") lies outside of the axes' domains"
    ]
  }
}
