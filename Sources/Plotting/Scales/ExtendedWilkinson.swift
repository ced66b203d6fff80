/// Tick positions for a linear axis: the optimisation of J. Talbot, S. Lin and P. Hanrahan,
/// "An Extension of Wilkinson's Algorithm for Positioning Tick Labels on Axes", IEEE InfoVis 2010.
///
/// Every sequence start·q·10ᶻ, (start + j)·q·10ᶻ, … over the nice numbers q is scored by
///
/// ```text
/// 0.25 · simplicity + 0.2 · coverage + 0.5 · density + 0.05 · legibility
/// ```
///
/// and upper bounds on the terms end the search early. Three things differ from the paper. Ticks
/// outside of the domain are not considered, because an axis ends where its domain does. All ticks
/// are multiples of their step where that is possible: 20, 40, 60 rather than 10, 30, 50. And
/// legibility is left to the caller, who can measure the labels and asks again for fewer ticks
/// when they would touch (see `TickLayout`), so its term is a constant here.
struct ExtendedWilkinson {
  /// The nice numbers, nicest first, times ten to stay integers.
  static let niceNumbers = [10, 50, 20, 25, 40, 30]

  /// One sequence of ticks.
  struct Sequence: Hashable {
    var ticks: [DecimalNumber]
    /// The step between ticks as nice number · skip, times ten, without its power of ten.
    var niceStep: Int
    var score: Double
  }

  /// The best ticks for a domain, about `count` of them; at least two unless the domain is so
  /// narrow that a `Double` cannot resolve it.
  ///
  /// - Parameter wantsIntegers: Only whole numbers are allowed (counts, steps, indices).
  static func ticks(in domain: ClosedRange<Double>, count: Int, wantsIntegers: Bool) -> Sequence? {
    search(domain, count, wantsIntegers, multiplesOnly: true)
      ?? search(domain, count, wantsIntegers, multiplesOnly: false)
  }

  private static func search(
    _ domain: ClosedRange<Double>, _ count: Int, _ wantsIntegers: Bool, multiplesOnly: Bool
  ) -> Sequence? {
    let low = domain.lowerBound
    let high = domain.upperBound
    let range = high - low
    guard range.isFinite, range > max(low.magnitude, high.magnitude) * 1e-13, range > 1e-290 else {
      return nil
    }
    let wanted = max(2, count)
    var best: Sequence?
    var bestScore = -2.0

    var skip = 1
    search: while skip <= 40 {
      for (rank, nice) in niceNumbers.enumerated() {
        let simplicityBound = simplicity(rank: rank, skip: skip, hasZero: true)
        if weighted(simplicityBound, 1, 1) < bestScore { break search }
        var number = 2
        while number <= 60 {
          let densityBound = densityBound(number, wanted)
          if weighted(simplicityBound, 1, densityBound) < bestScore { break }
          let step = Double(skip * nice) / 10
          var power = ceilingPowerOfTen(range / Double(number + 1) / step)
          while power <= 300 {
            let width = step * powerOfTen(power)
            let coverageBound = coverageBound(range, width * Double(number - 1))
            if weighted(simplicityBound, coverageBound, densityBound) < bestScore { break }
            if !wantsIntegers || isWhole(skip * nice, power - 1) {
              let unit = DecimalNumber(mantissa: nice, exponent: power - 1)
              let first = (low / unit.value).rounded(.down).integer - 1
              let last = (high / unit.value).rounded(.up).integer + 1 - (number - 1) * skip
              let stride = multiplesOnly ? skip : 1
              var start = first - (first % stride + stride) % stride
              while start <= last {
                if let found = sequence(
                  start: start, number: number, skip: skip, unit: unit, rank: rank,
                  domain: domain, wanted: wanted, wantsIntegers: wantsIntegers),
                  found.score > bestScore
                {
                  best = found
                  bestScore = found.score
                }
                start += stride
              }
            }
            power += 1
          }
          number += 1
        }
      }
      skip += 1
    }
    return best
  }

  private static func sequence(
    start: Int, number: Int, skip: Int, unit: DecimalNumber, rank: Int,
    domain: ClosedRange<Double>, wanted: Int, wantsIntegers: Bool
  ) -> Sequence? {
    func tick(_ index: Int) -> DecimalNumber? {
      let (mantissa, overflow) = (start + index * skip).multipliedReportingOverflow(
        by: unit.mantissa)
      return overflow ? nil : DecimalNumber(mantissa: mantissa, exponent: unit.exponent)
    }
    guard let lowest = tick(0), let highest = tick(number - 1) else { return nil }
    let first = lowest.value
    let last = highest.value
    guard first >= domain.lowerBound, last <= domain.upperBound else { return nil }
    if wantsIntegers && !(isWhole(lowest.mantissa, lowest.exponent)) { return nil }
    let range = domain.upperBound - domain.lowerBound
    // Zero counts as nice only when it is a labelled tick.
    let hasZero = first <= 0 && last >= 0 && start % skip == 0
    let below = first - domain.lowerBound
    let above = domain.upperBound - last
    let coverage = 1 - 0.5 * (below * below + above * above) / (0.01 * range * range)
    let density = (Double(number - 1) / (last - first)) / (Double(wanted - 1) / range)
    let score = weighted(
      simplicity(rank: rank, skip: skip, hasZero: hasZero), coverage,
      2 - max(density, 1 / density))
    return Sequence(
      ticks: (0..<number).compactMap(tick), niceStep: unit.mantissa * skip, score: score)
  }

  private static func weighted(_ simplicity: Double, _ coverage: Double, _ density: Double)
    -> Double
  {
    0.25 * simplicity + 0.2 * coverage + 0.5 * density + 0.05
  }

  private static func simplicity(rank: Int, skip: Int, hasZero: Bool) -> Double {
    1 - Double(rank) / Double(niceNumbers.count - 1) - Double(skip) + (hasZero ? 1 : 0)
  }

  private static func densityBound(_ number: Int, _ wanted: Int) -> Double {
    number >= wanted ? 2 - Double(number - 1) / Double(wanted - 1) : 1
  }

  private static func coverageBound(_ range: Double, _ span: Double) -> Double {
    // A span wider than the domain cannot lie inside of it.
    if span > range { return -100 }
    let half = (range - span) / 2
    return 1 - half * half / (0.01 * range * range)
  }

  private static func isWhole(_ mantissa: Int, _ exponent: Int) -> Bool {
    if exponent >= 0 || mantissa == 0 { return true }
    return DecimalNumber(mantissa: mantissa, exponent: exponent).normalised.exponent >= 0
  }

  /// The smallest k with 10ᵏ ≥ value, found without logarithms; within the exponents of a `Double`.
  static func ceilingPowerOfTen(_ value: Double) -> Int {
    guard value > 0 else { return -324 }
    guard value.isFinite else { return 309 }
    // log₁₀ 2 times the binary exponent is at most one below.
    var power = (Double(value.exponent) * 0.301029995663981).rounded(.down).integer
    while powerOfTen(power) < value { power += 1 }
    while powerOfTen(power - 1) >= value { power -= 1 }
    return power
  }
}
