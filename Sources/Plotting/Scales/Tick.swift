import Numbers
internal import Foundation

/// A labelled position on an axis.
public struct Tick: Sendable, Hashable {
  /// The position, in data units.
  public var value: Double
  /// The label, with Raster's markup for powers.
  public var label: String

  /// Makes a tick.
  public init(_ value: Double, _ label: String) {
    self.value = value
    self.label = label
  }
}

/// The major ticks of an axis with their labels, and the minor ones between them.
struct TickSet: Sendable, Hashable {
  var major: [Tick] = []
  var minor: [Double] = []
}

/// Ticks for every kind of scale, for a wished number of them.
struct TickGenerator {
  var projection: Projection
  var format: NumberFormat
  var wantsIntegers: Bool
  /// How the other axis of the figure writes the same quantities.
  var style = TickStyle()
  /// Whether no ticks but whole numbers are allowed, however few there are.
  var needsIntegers = false

  /// About `count` ticks, all within the domain.
  func ticks(count: Int) -> TickSet {
    let set = free(count: count)
    guard needsIntegers else { return set }
    switch projection.scale {
    case .time, .categorical: return set
    case .automatic, .linear, .log, .symlog: break
    }
    var whole = TickSet(
      major: set.major.filter { $0.value.rounded() == $0.value },
      minor: set.minor.filter { $0.rounded() == $0 })
    if whole.major.count == set.major.count { return whole }
    func written(_ values: [Double]) -> [Tick] {
      labelled(values.map { DecimalNumber(mantissa: $0.integer, exponent: 0) })
    }
    if !whole.major.isEmpty {
      // Without the fractions beside them they need no decimals.
      let values = whole.major.map(\.value)
      if values.allSatisfy({ $0.magnitude < 0x1p53 }) { whole.major = written(values) }
      return whole
    }
    let first = projection.domain.lowerBound.rounded(.up)
    let last = min(projection.domain.upperBound.rounded(.down), first + Double(max(1, count) - 1))
    guard first <= last, max(first.magnitude, last.magnitude) < 0x1p53 else { return whole }
    whole.major = written((first.integer...last.integer).map { Double($0) })
    return whole
  }

  private func free(count: Int) -> TickSet {
    switch projection.scale {
    case .automatic, .linear: return linear(count: count)
    case .log: return logarithmic(count: count)
    case .symlog(let threshold): return symmetric(count: count, threshold: threshold)
    case .time(let zone):
      let ticks = TimeTicks(domain: projection.domain, zone: TimeZone(named: zone)).ticks(
        count: count)
      return ticks.count < 2 ? linear(count: count) : TickSet(major: ticks)
    case .categorical: return categorical(count: count)
    }
  }

  /// One tick per category; when there are more than fit, every second, third … of them.
  private func categorical(count: Int) -> TickSet {
    let names = projection.categories
    let stride = max(1, (names.count + max(1, count) - 1) / max(1, count))
    var set = TickSet()
    for index in Swift.stride(from: 0, to: names.count, by: stride)
    where projection.contains(Double(index)) {
      set.major.append(Tick(Double(index), names[index]))
    }
    return set
  }

  /// The ends of a domain that is too narrow for anything between, or that no sequence of ticks
  /// fits, with as many digits as tell them apart.
  private func ends() -> TickSet {
    let values = [projection.domain.lowerBound, projection.domain.upperBound]
    for digits in 4...17 {
      let labels = values.map { Self.exactly($0, digits) }
      if labels[0] != labels[1] { return TickSet(major: zip(values, labels).map(Tick.init)) }
    }
    return TickSet(major: [Tick(values[0], Self.exactly(values[0], 17))])
  }

  private static func exactly(_ value: Double, _ significant: Int) -> String {
    var digits = DecimalDigits(shortest: value)
    digits.round(significant: significant)
    if digits.exponent < -5 || digits.exponent > 17 {
      return NumberFormat.scientific(digits: max(1, digits.digits.count)).string(value, .picture)
    }
    return digits.written(places: max(0, digits.digits.count - digits.point))
  }

  /// Ticks between ends whose distance is beyond the largest number: those of a
  /// domain 10²⁰ times smaller, multiplied.
  private static func wide(_ domain: ClosedRange<Double>, _ count: Int)
    -> ExtendedWilkinson.Sequence?
  {
    let small = domain.lowerBound * 1e-20...domain.upperBound * 1e-20
    guard var found = ExtendedWilkinson.ticks(in: small, count: count, wantsIntegers: false) else {
      return nil
    }
    found.ticks = found.ticks.map {
      DecimalNumber(mantissa: $0.mantissa, exponent: $0.exponent + 20)
    }.filter { domain.contains($0.value) }
    return found
  }

  /// The whole number in the middle of a linear axis of whole numbers that holds no other: the index
  /// of the one row, the one epoch. Halves beside it would be places where nothing can be.
  private var onlyInteger: DecimalNumber? {
    let domain = projection.domain
    let middle = domain.lowerBound / 2 + domain.upperBound / 2
    guard wantsIntegers, projection.scale == .linear, middle.rounded() == middle,
      middle.magnitude < 1e15, domain.upperBound < middle + 1
    else { return nil }
    return DecimalNumber(mantissa: middle.integer, exponent: 0)
  }

  private func linear(count: Int) -> TickSet {
    let domain = projection.domain
    let isFinite = (domain.upperBound - domain.lowerBound).isFinite
    if let only = onlyInteger { return TickSet(major: labelled([only])) }
    let found =
      !isFinite
      ? Self.wide(domain, count)
      : (wantsIntegers
        ? ExtendedWilkinson.ticks(in: domain, count: count, wantsIntegers: true) : nil)
        ?? ExtendedWilkinson.ticks(in: domain, count: count, wantsIntegers: false)
    guard let found else { return ends() }
    var set = TickSet(major: labelled(found.ticks))
    guard found.ticks.count >= 2, isFinite else { return set }
    let step = found.ticks[1].value - found.ticks[0].value
    var parts = Self.minorParts(niceStep: found.niceStep)
    // Whole numbers have no halves: keep only subdivisions that are whole.
    if wantsIntegers && (step / Double(parts)).rounded() != step / Double(parts) {
      parts = step.rounded() == step && step <= 10 ? step.integer : 1
    }
    guard parts > 1 else { return set }
    let first = found.ticks[0].value
    let last = found.ticks.count - 1
    for index in -parts..<(last + 1) * parts + 1 where index % parts != 0 {
      let value = first + step * Double(index) / Double(parts)
      if domain.contains(value) { set.minor.append(value) }
    }
    return set
  }

  /// Into how many parts minor ticks cut a step, so that they fall on nice numbers themselves.
  private static func minorParts(niceStep: Int) -> Int {
    var leading = niceStep
    while leading >= 10 && leading % 10 == 0 { leading /= 10 }
    switch leading {
    case 1, 5, 25: return 5
    case 2, 4, 8: return 4
    case 3, 6, 9: return 3
    default: return 2
    }
  }

  private func logarithmic(count: Int) -> TickSet {
    let low = projection.domain.lowerBound
    let high = projection.domain.upperBound
    let firstDecade = ExtendedWilkinson.ceilingPowerOfTen(low)
    let lastDecade = DecimalDigits(shortest: high).exponent
    let decades = lastDecade - firstDecade + 1
    var set = TickSet()
    func mantissas(_ list: [Int]) -> [DecimalNumber] {
      guard firstDecade - 1 <= lastDecade else { return [] }
      return (firstDecade - 1...lastDecade).flatMap { decade in
        list.map { DecimalNumber(mantissa: $0, exponent: decade) }
      }.filter { projection.domain.contains($0.value) }
    }
    var stride = max(1, (decades + max(1, count) - 1) / max(1, count))
    func decadesShown() -> [Int] {
      decades > 0 ? (firstDecade...lastDecade).filter { $0 % stride == 0 } : []
    }
    // A single label does not say how far apart values are.
    while stride > 1 && decadesShown().count < 2 { stride -= 1 }
    let fine = mantissas([1, 2, 5])
    // One or two decades say little of how far apart values are. Numbers that are written plainly are short:
    // so many more have room, and where labels touch, fewer are asked for.
    let plain = style.usesPowers ? style.plain : 1e-3...99_999
    let isPlain = plain.map { $0.contains(low) && $0.contains(high) } ?? false
    let room = isPlain && decades < 3 ? count + count / 2 : count
    if decades >= 2 && (stride > 1 || fine.count > room) {
      set.major = labelled(decadesShown().map { DecimalNumber(mantissa: 1, exponent: $0) })
      set.minor =
        stride == 1
        ? mantissas(Array(2...9)).map(\.value)
        : (firstDecade...lastDecade).filter { $0 % stride != 0 }.map(powerOfTen)
    } else if fine.count >= 3 && fine.count <= max(room, 3) {
      set.major = labelled(fine)
      set.minor = mantissas([3, 4, 6, 7, 8, 9]).map(\.value)
    } else if decades >= 2 {
      set.major = labelled(mantissas([1]))
      set.minor = mantissas(Array(2...9)).map(\.value)
    } else {
      set = linear(count: count)
    }
    return set.major.count < 2 ? linear(count: count) : set
  }

  private func symmetric(count: Int, threshold: Double) -> TickSet {
    let domain = projection.domain
    let firstDecade = ExtendedWilkinson.ceilingPowerOfTen(threshold)
    let reach = max(domain.lowerBound.magnitude, domain.upperBound.magnitude)
    let lastDecade = DecimalDigits(shortest: reach).exponent
    guard lastDecade >= firstDecade, domain.contains(0) else { return linear(count: count) }
    let sides = domain.lowerBound < -threshold && domain.upperBound > threshold ? 2 : 1
    let wanted = max(1, (count - 1) / sides)
    let decades = lastDecade - firstDecade + 1
    let stride = max(1, (decades + wanted - 1) / wanted)
    var major = [DecimalNumber(mantissa: 0, exponent: 0)]
    var minor: [Double] = []
    for decade in firstDecade...lastDecade {
      let isShown = (lastDecade - decade) % stride == 0
      for sign in [-1, 1] {
        let number = DecimalNumber(mantissa: sign, exponent: decade)
        if isShown { major.append(number) } else { minor.append(number.value) }
        guard stride == 1 else { continue }
        for digit in 2...9 {
          minor.append(DecimalNumber(mantissa: sign * digit, exponent: decade).value)
        }
      }
    }
    let shown = major.filter { domain.contains($0.value) }.sorted { $0.value < $1.value }
    if shown.count < 2 { return linear(count: count) }
    return TickSet(major: labelled(shown), minor: minor.filter { domain.contains($0) }.sorted())
  }
}
