import ElementaryFunctions
import Numbers

/// How the labels of an axis are written so that equal quantities read alike on both axes.
struct TickStyle: Sendable, Hashable {
  /// Ticks are powers of ten and their multiples: of logarithmic axes, and of linear ones beside
  /// them.
  var usesPowers = false
  /// What is written without powers nevertheless, of either sign.
  var plain: ClosedRange<Double>?
  /// Linear axes use powers too.
  var isShared = false
  /// Ticks of linear axes are in scientific notation.
  var isScientific = false
  /// Ticks of linear axes have at least so many digits after the point, of their mantissas when
  /// they are in scientific notation.
  var decimals = 0
}

extension TickGenerator {
  /// Labels that tell the ticks apart with as few digits as that takes, all with the same number
  /// of decimals; scientific for all when one of them needs it. A format that is given gets more
  /// digits where with its own a label would not say its tick's value.
  func labelled(_ numbers: [DecimalNumber]) -> [Tick] {
    if let exact = format.exact(for: numbers) {
      return numbers.map { Tick($0.value, exact.string($0.value, .picture)) }
    }
    let all = Common(numbers)
    return numbers.map { Tick($0.value, label($0, among: all)) }
  }

  /// What the numbers on one axis have in common, found once for all of their labels.
  private struct Common {
    /// The exponent of the largest.
    let largest: Int
    /// The most digits after the first of any of them, as in scientific notation.
    let places: Int
    /// The most digits after the point.
    let decimals: Int
    /// Whether the largest is ten times the smallest and more.
    let spansDecade: Bool

    init(_ numbers: [DecimalNumber]) {
      var largest: Int?
      var places = 0
      for number in numbers {
        let digits = DecimalDigits(shortest: number.value)
        places = max(places, digits.digits.count - 1)
        if number.mantissa != 0 { largest = max(largest ?? digits.exponent, digits.exponent) }
      }
      self.largest = largest ?? 0
      self.places = places
      decimals = numbers.map(\.decimals).max() ?? 0
      let sizes = numbers.map { $0.value.magnitude }
      spansDecade = (sizes.max() ?? 1) >= 10 * (sizes.min() ?? 1)
    }
  }

  private func label(_ number: DecimalNumber, among all: Common) -> String {
    let isLogarithmic = projection.scale != .linear
    if style.usesPowers && (isLogarithmic || style.isShared) {
      guard let plain = style.plain, plain.contains(number.value.magnitude) else {
        return Self.power(number)
      }
      return DecimalDigits(shortest: number.value).written(
        places: number.decimals, groupingFrom: plain.upperBound >= 1e4 ? 4 : 5)
    }
    if all.largest >= 6 || (all.largest < -3 && !isLogarithmic)
      || (style.isScientific && !isLogarithmic)
    {
      // One decimal place more than tells the mantissas apart is never needed.
      if all.places <= 4 {
        let decimals = max(all.places, style.isScientific ? style.decimals : 0)
        return NumberFormat.scientific(digits: decimals + 1).string(number.value, .picture)
      }
    }
    // Within a decade the ticks of a logarithmic axis are as even as those of a linear one.
    let decimals =
      isLogarithmic && all.spansDecade ? number.decimals : max(style.decimals, all.decimals)
    var digits = DecimalDigits(shortest: number.value)
    digits.round(places: decimals)
    // Beside 10,000 stands 7,500.
    return digits.written(places: decimals, groupingFrom: all.largest >= 4 ? 4 : 5)
  }

  /// 10³, 2×10³, −10⁻² or 0 in markup.
  private static func power(_ number: DecimalNumber) -> String {
    let plain = number.normalised
    if plain.mantissa == 0 { return "0" }
    if abs(plain.mantissa) > 9 {
      let places = DecimalDigits(shortest: number.value).digits.count - 1
      return NumberFormat.scientific(digits: places + 1).string(number.value, .picture)
    }
    let exponent = plain.exponent < 0 ? "\u{2212}\(-plain.exponent)" : "\(plain.exponent)"
    let sign = plain.mantissa < 0 ? "\u{2212}" : ""
    let factor = abs(plain.mantissa) == 1 ? "" : "\(abs(plain.mantissa))×"
    return "\(sign)\(factor)10^{\(exponent)}"
  }
}

extension NumberFormat {
  /// The format with so many digits that it writes every one of the numbers in full; `nil` for the
  /// automatic one, which chooses its own.
  func exact(for numbers: [DecimalNumber]) -> NumberFormat? {
    // Asked for by the formats that count them: to find digits takes longer than all else here.
    var decimals: Int { numbers.map(\.decimals).max() ?? 0 }
    var digits: Int {
      numbers.map { DecimalDigits(shortest: $0.value).digits.count }.max() ?? 1
    }
    switch self {
    case .automatic, .shortest: return nil
    case .integer:
      let places = decimals
      return places > 0 ? .decimal(places: places) : self
    case .decimal(let asked): return .decimal(places: max(asked, decimals))
    case .percent(let asked): return .percent(decimals: max(asked, decimals - 2))
    case .significant(let asked): return .significant(digits: max(asked, digits))
    case .scientific(let asked): return .scientific(digits: max(asked, digits))
    case .metric(let asked): return .metric(digits: max(asked, digits))
    // The digits of a value and its uncertainty follow the uncertainty.
    case .uncertain: return self
    }
  }

  /// The same kind of format with more digits.
  private func refined(by more: Int) -> NumberFormat {
    switch self {
    case .automatic, .shortest: return .significant(digits: 4 + more)
    case .integer: return .decimal(places: more)
    case .decimal(let digits): return .decimal(places: digits + more)
    case .percent(let digits): return .percent(decimals: digits + more)
    case .significant(let digits): return .significant(digits: digits + more)
    case .scientific(let digits): return .scientific(digits: digits + more)
    case .metric(let digits): return .metric(digits: digits + more)
    case .uncertain(let uncertainty, let digits, let inPercent):
      return .uncertain(by: uncertainty, digits: (digits ?? 2) + more, inPercent: inPercent)
    }
  }

  /// How far from a value the number lies that is written in its place, by a format with a number of
  /// decimals.
  private func error(of value: Double) -> Double {
    let places: Int
    switch self {
    case .integer: places = 0
    case .decimal(let asked): places = asked
    case .percent(let asked): places = asked + 2
    case .automatic, .shortest, .significant, .scientific, .metric, .uncertain: return 0
    }
    let unit = Elementary.pow(10, Double(-places))
    let steps = value / unit
    return (steps - steps.rounded()).magnitude * unit
  }

  /// Labels for values that the author chose, with more digits than the format says where
  /// different values would read the same, or as another place on the axis.
  func labels(telling values: [Double]) -> [String] {
    let known = Set(values.filter(\.isFinite)).sorted()
    let different = known.count
    // A fiftieth of the distance of neighbours is not seen.
    let visible =
      (zip(known, known.dropFirst()).map { $1 - $0 }.min() ?? known.first?.magnitude ?? 0) / 50
    func labels(_ format: NumberFormat) -> [String]? {
      guard known.allSatisfy({ format.error(of: $0) <= visible }) else { return nil }
      let labels = values.map { format.string($0, .picture) }
      let shown = Set(zip(values, labels).filter { $0.0.isFinite }.map(\.1))
      return shown.count == different ? labels : nil
    }
    if let usual = labels(self) { return usual }
    for more in 1...17 {
      if let finer = labels(refined(by: more)) { return finer }
    }
    return values.map { NumberFormat.scientific(digits: 17).string($0, .picture) }
  }
}
