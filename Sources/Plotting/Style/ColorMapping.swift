import Raster
import Sweeps

/// How values are mapped to the length of a colour map.
public enum ColorScale: Sendable, Hashable {
  /// Equal differences are equal stretches of the map.
  case linear
  /// Equal ratios are equal stretches. Values ≤ 0 have no colour.
  case log
  /// As linear, with a value in the middle of the map and both sides equally long: for diverging
  /// maps. A domain that is given must have the value in its middle or at an end.
  case centered(at: Double)

  /// Traps with a sentence when a domain does not go with the scale.
  func check(
    _ domain: ClosedRange<Double>?, _ colormap: Colormap?, _ checks: MarkChecks
  ) {
    if let colormap, colormap.isOfClasses {
      checks.require(self == .linear, "classes have a linear scale, not \(self)")
    }
    if let domain {
      checks.require(
        domain.lowerBound.isFinite && domain.upperBound.isFinite,
        "the colours' domain \(domain) is not finite")
      checks.require(
        domain.lowerBound < domain.upperBound,
        "the colours' domain \(domain) has no length")
      if self == .log {
        checks.require(
          domain.lowerBound > 0,
          "a logarithmic colour scale starts above zero, not at \(domain.lowerBound)")
      }
    }
    if case .centered(let middle) = self {
      checks.require(middle.isFinite, "the middle of a colour scale is a number, not \(middle)")
    }
  }
}

/// A colour map with the values at its ends: from a value to a colour. Made once for all values.
struct ColorMapping: Sendable, Hashable {
  let colormap: Colormap
  let domain: ClosedRange<Double>
  let scale: ColorScale
  /// What a loop over many values goes by.
  let placing: Placing
  /// Whether the domain was given, so that values may lie outside of it.
  private let isGiven: Bool

  /// Takes the domain from the data where none is given.
  init(
    _ colormap: Colormap, _ values: some Sequence<Double>, domain given: ClosedRange<Double>?,
    scale: ColorScale = .linear
  ) {
    let range =
      given ?? (scale == .linear ? colormap.ownDomain : nil)
      ?? Sweep.range(of: array(of: values), isPositive: scale == .log)
    self.init(colormap, Self.widened(range, scale), scale, isGiven: given != nil)
  }

  /// A map between two different values.
  init(
    _ colormap: Colormap, _ domain: ClosedRange<Double>, _ scale: ColorScale, isGiven: Bool = false
  ) {
    self.isGiven = isGiven
    self.colormap = colormap
    self.domain = domain
    self.scale = scale
    placing = Placing(
      scale == .log ? .log : .even, domain, hasColorsBeyond: !colormap.isOfClasses)
  }

  private static func widened(
    _ range: ClosedRange<Double>?, _ scale: ColorScale
  ) -> ClosedRange<Double> {
    switch scale {
    case .linear:
      guard let range else { return 0...1 }
      // One value everywhere still needs two ends.
      let value = range.lowerBound
      guard value == range.upperBound else { return range }
      let reach = value == 0 ? 1 : value.magnitude / 2
      return value - reach...value + reach
    case .log:
      guard let range else { return 0.1...10 }
      guard range.lowerBound == range.upperBound else { return range }
      return range.lowerBound / 2...range.upperBound * 2
    case .centered(let middle):
      guard let range else { return middle - 1...middle + 1 }
      let reach = max(
        (range.upperBound - middle).magnitude, (middle - range.lowerBound).magnitude)
      let limit = Double.greatestFiniteMagnitude / 2
      return reach == 0
        ? middle - 1...middle + 1 : middle - min(reach, limit)...middle + min(reach, limit)
    }
  }

  /// How far along the map a value lies, beyond 0…1 outside of the domain; NaN where it has no
  /// colour.
  func fraction(_ value: Double) -> Double { placing.colorShare(value) }

  /// Whether every value has a colour.
  func covers(_ values: [Double]) -> Bool { Shades.cover(values, placing) }

  /// The colour of a value; `nil` where it has none.
  func color(_ value: Double, isDark: Bool) -> Color? {
    let fraction = fraction(value)
    return fraction.isNaN ? nil : colormap(fraction, isDark: isDark)
  }

  /// What must be said about values beyond the ends of a given domain or without a colour on a
  /// logarithmic scale.
  func notes(
    _ values: some Sequence<Double>, what: (one: String, many: String) = ("value", "values"),
    drawn: String = "hatched"
  ) -> [String] {
    if colormap.isOfClasses {
      let lost = values.count { $0.isFinite && fraction($0).isNaN }
      guard lost > 0 else { return [] }
      return [
        "\(counted(lost, what.one, what.many)) \(lost == 1 ? "is" : "are") of no class, \(drawn)"
      ]
    }
    var notes: [String] = []
    let values = array(of: values)
    // One quick look, before each is looked at.
    if isGiven, let range = Sweep.range(of: values),
      range.lowerBound < domain.lowerBound || range.upperBound > domain.upperBound
    {
      let say = SpokenNumbers(domain.lowerBound, domain.upperBound)
      var (below, above, all) = (0, 0, 0)
      for value in values {
        all += 1
        let share = value.isFinite ? fraction(value) : 0.5
        // Within half a step of the map the colour is right: 1.0000001 is a sum that was rounded.
        if share < -1 / 512 { below += 1 }
        if share > 1 + 1 / 512 { above += 1 }
      }
      for (count, side, end, place) in [
        (below, "below", domain.lowerBound, "first"), (above, "above", domain.upperBound, "last"),
      ] where count > 0 {
        notes.append(
          "\(grouped(count)) of \(counted(all, what.one, what.many)) \(count == 1 ? "is" : "are") "
            + "\(side) \(say(end)), in the \(place) colour")
      }
    }
    guard scale == .log else { return notes }
    let lost = values.count { $0 <= 0 }
    guard lost > 0 else { return notes }
    return notes + [
      "\(lost) \(lost == 1 ? what.one : what.many) ≤ 0 \(lost == 1 ? "has" : "have") no colour on "
        + "the logarithmic scale"
    ]
  }
}
