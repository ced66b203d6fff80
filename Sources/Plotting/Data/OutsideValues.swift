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
    return ["\(subject) lies outside of the axes' domains"]
  }

  /// What is said of a mark by its demands alone: that it lies beyond one side of the plot, or that a
  /// picture, which otherwise ends where the axes do, is shown in part.
  func outsideNotes(
    _ demands: (x: AxisDemand, y: AxisDemand), on axes: (x: Axis, y: Axis)
  ) -> [String] {
    let pairs = [(axes.x, demands.x.values), (axes.y, demands.y.values)]
    if pairs.contains(where: { $0.excludes($1) }) {
      return ["\(subject) lies outside of the axes' domains"]
    }
    guard demands.x.isTight && demands.y.isTight else { return [] }
    let isCut = pairs.contains { axis, values in
      values.map { axis.excludes($0.lowerBound) || axis.excludes($0.upperBound) } ?? false
    }
    return isCut ? ["\(subject) goes on beyond the axes' domains"] : []
  }

  /// What the mark is called at the beginning of a sentence.
  private var subject: String { name.map { "“\(PlainText.of($0))”" } ?? "a series" }
}

/// What is said of values, arrows … that lie outside: “2 of 5 arrows of “flow” lie outside of the axes'
/// domains”.
func outsideSentences(
  _ count: Int, of total: Int, _ what: (one: String, many: String), _ name: String?
) -> [String] {
  guard count > 0 else { return [] }
  let subject = name.map { " of “\(PlainText.of($0))”" } ?? ""
  return [
    "\(grouped(count)) of \(counted(total, what.one, what.many))\(subject) "
      + "\(count == 1 ? "lies" : "lie") outside of the axes' domains"
  ]
}

/// What is said of groups of values, each under a name, that lie outside with all of them or with some
/// of their outliers.
func outsideSentences(
  of groups: [(name: String, range: ClosedRange<Double>, outliers: [Double])], on axis: Axis
) -> [String] {
  groups.flatMap { name, range, outliers -> [String] in
    if axis.excludes(range) {
      return ["“\(PlainText.of(name))” lies outside of the axes' domains"]
    }
    return outsideSentences(
      outliers.count(where: axis.excludes), of: outliers.count, ("outlier", "outliers"), name)
  }
}

extension AxisDemand {
  /// What is said of names on a categorical axis, and of bars and areas on one that does not reach zero,
  /// where the axis was given a domain.
  func domainNotes(_ axis: Axis, _ resolved: ResolvedAxis) -> [String] {
    guard let domain = axis.domain else { return [] }
    if resolved.scale == .categorical {
      let hidden = resolved.categories.indices.filter { axis.excludes(Double($0)) }
      guard let first = hidden.first else { return [] }
      let name = "“\(PlainText.of(resolved.categories[first]))”"
      return [
        "\(hidden.count) of \(counted(resolved.categories.count, "category", "categories")) "
          + "\(hidden.count == 1 ? "lies outside of the axis' domain: " : "lie outside of the axis' domain, the first ")"
          + name
      ]
    }
    guard standsOnZero, resolved.scale == .linear, axis.excludes(0) else { return [] }
    let end = domain.lowerBound > 0 ? domain.lowerBound : domain.upperBound
    return ["the axis ends at \(SpokenNumbers(end)(end)), not at 0: lengths do not compare"]
  }
}
