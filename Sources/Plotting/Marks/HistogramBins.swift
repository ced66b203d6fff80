import Numbers
import ElementaryFunctions

extension HistogramMark {
  /// How the bins are chosen. Whole numbers, and values on any even grid, get bins that are centred
  /// on the numbers, so that each bin holds as many of them as the next.
  public enum Bins: Sendable, Hashable {
    /// The rule of D. Freedman and P. Diaconis (1981), width 2·IQR·n^(−1/3), made a nice number.
    case automatic
    /// About that many, with edges on nice numbers.
    case count(Int)
    /// This width, with edges on its multiples.
    case width(Double)
    /// These edges, rising. Values outside of them are counted nowhere, and the figure says so.
    case edges([Double])
  }

  /// What the height of a bar is.
  public enum Height: Sendable, Hashable {
    /// How many values fall into the bin.
    case count
    /// Their share of all values, divided by the width of the bin: the area is one.
    case density
    /// Their share of all values.
    case share
  }
}

/// The edges of a histogram's bins, found from one or several samples that share them.
struct HistogramBins: Sendable, Hashable {
  /// One more than there are bins; empty without values.
  private(set) var edges: [Double] = []
  /// What must be said when the bins are not as they were asked for.
  private(set) var note: String?

  /// Whether values from zero down are left out because the axis has no place for them.
  private(set) var isLogarithmic = false
  private var repeatsHigh = false

  /// More bins than this are not drawn: each would be thinner than a hair.
  static let limit = 10_000

  /// Finds edges for samples, each sorted and finite, as the first request that is not automatic
  /// wants them.
  init(_ samples: [[Double]], _ requests: [HistogramMark.Bins]) {
    let samples = samples.filter { !$0.isEmpty }
    guard let low = samples.compactMap(\.first).min(), let high = samples.compactMap(\.last).max()
    else { return }
    let request = requests.first { $0 != .automatic } ?? .automatic
    if case .edges(let given) = request {
      edges = given
      return
    }
    guard (high - low).isFinite else {
      // A range beyond the largest number: ten equal parts, without subtracting its ends.
      edges = (0...10).map { low * (1 - Double($0) / 10) + high * (Double($0) / 10) }
      return
    }
    let grid = Grid(samples, low, high)
    guard low < high else {
      let reach = grid.map { $0.step / 2 } ?? max(low.magnitude * 0.05, 0.5)
      edges = [low - reach, low + reach]
      return
    }
    let wanted = Self.width(samples, high - low, request)
    // Several values at the very end are no part of the bin before it, as those at other edges are not.
    repeatsHigh = samples.reduce(0) { $0 + $1.reversed().prefix { $0 == high }.count } > 1
    if let grid {
      place(on: grid, low, high, wanted, request)
    } else {
      place(low, high, wanted, request)
    }
  }

  /// Bins of equal width on a logarithmic axis, for the values that have a place there.
  init(logarithmic samples: [[Double]]) {
    let positive = samples.map { $0.filter { $0 > 0 } }
    let bins = HistogramBins(positive.map { $0.map(Elementary.log10) }, [.automatic])
    edges = bins.edges.map { Elementary.pow(10, $0) }
    isLogarithmic = true
    guard let first = edges.first, let last = edges.last else { return }
    // Rounding must leave no value outside.
    edges[0] = min(first, positive.compactMap(\.first).min() ?? first)
    edges[edges.count - 1] = max(last, positive.compactMap(\.last).max() ?? last)
  }

  private static func width(
    _ samples: [[Double]], _ range: Double, _ request: HistogramMark.Bins
  ) -> Double {
    switch request {
    case .width(let width): return width
    case .count(let count): return range / Double(count)
    case .automatic, .edges: break
    }
    // In the bins of the widest sample a narrow one would be a single bar, in those of the narrowest
    // a wide one is ragged: between both, but at most twice the finest.
    let widths = samples.compactMap { sorted -> Double? in
      let spread = Quantiles(sorted: sorted)
      let interquartile = spread[0.75] - spread[0.25]
      let width = 2 * interquartile * Elementary.pow(Double(sorted.count), -1.0 / 3)
      if width > 0 && width.isFinite { return width }
      // Sturges' rule where more than half of the values are equal.
      let own = (sorted.last ?? 0) - (sorted.first ?? 0)
      return own > 0 ? own / (1 + Elementary.log2(Double(sorted.count))) : nil
    }
    let (finest, widest) = (widths.min() ?? range / 10, widths.max() ?? range / 10)
    let wanted = min((finest * widest).squareRoot(), 2 * finest)
    return max(wanted, range / (samples.count > 1 ? 100 : 200))
  }

  /// Bins of a whole number of steps of the grid, their edges halfway between its values.
  private mutating func place(
    on grid: Grid, _ low: Double, _ high: Double, _ wanted: Double, _ request: HistogramMark.Bins
  ) {
    let first = (low / grid.step).rounded()
    let last = (high / grid.step).rounded()
    let count = last - first + 1
    var steps: Double
    switch request {
    case .width(let width):
      steps = width / grid.step
      guard (steps - steps.rounded()).magnitude < 1e-6 * steps, steps.rounded() >= 1 else {
        // Bins that hold now more, now fewer of the grid's values are the author's wish.
        place(low, high, wanted, request)
        return
      }
      steps = steps.rounded()
    case .count(let number): steps = max(1, (count / Double(number)).rounded(.up))
    case .automatic, .edges:
      steps = count <= 40 ? 1 : Self.niceWhole(atMost: max(1, wanted / grid.step))
    }
    // So many bins begin with the first value; a width has its edges on its multiples.
    var start = (first / steps).rounded(.down) * steps
    if case .count = request { start = first }
    let bins = ((last - start + 1) / steps).rounded(.up)
    guard bins <= Double(Self.limit) else {
      tooMany(bins, low, high, wanted)
      return
    }
    edges = (0...bins.integer).map { (start - 0.5 + Double($0) * steps) * grid.step }
  }

  /// Bins with their edges on multiples of their width.
  private mutating func place(
    _ low: Double, _ high: Double, _ wanted: Double, _ request: HistogramMark.Bins
  ) {
    var width = wanted
    if case .width = request {} else { width = Self.nice(wanted) }
    let first = (low / width).rounded(.down)
    var last = max((high / width).rounded(.up), first + 1)
    if repeatsHigh && last * width == high { last += 1 }
    guard last - first <= Double(Self.limit) else {
      tooMany(last - first, low, high, wanted)
      return
    }
    edges = (0...(last - first).integer).map { (first + Double($0)) * width }
    // Between numbers that are neighbours as a `Double` there are no edges.
    if zip(edges, edges.dropFirst()).contains(where: { $0 >= $1 }) { edges = [low, high] }
  }

  private mutating func tooMany(_ bins: Double, _ low: Double, _ high: Double, _ width: Double) {
    let say = SpokenNumbers(low, high)
    note =
      "bins of width \(SpokenNumbers(width)(width)) from \(say(low)) to \(say(high)) would be "
      + "\(SpokenNumbers(bins)(bins)), drawn are 200"
    edges = (0...200).map { low + (high - low) * (Double($0) / 200) }
  }

  /// The nearest of 1, 2, 2.5, 5 times a power of ten: that by which the width changes least, made
  /// wider or narrower.
  private static func nice(_ width: Double) -> Double {
    let exponent = DecimalDigits(shortest: width).exponent
    let candidates = [10, 20, 25, 50, 100].map {
      DecimalNumber(mantissa: $0, exponent: exponent - 1).value
    }
    func change(_ other: Double) -> Double { max(other / width, width / other) }
    return candidates.min { change($0) < change($1) } ?? width
  }

  /// The largest of 1, 2, 5, 10, 20, 50 … that is no more than the given.
  private static func niceWhole(atMost limit: Double) -> Double {
    var result = 1.0
    while true {
      for factor in [1.0, 2, 5] where result * factor <= limit {
        if result * factor * 2 > limit || (factor == 5 && result * 10 > limit) {
          return result * factor
        }
      }
      if result * 10 > limit { return result }
      result *= 10
    }
  }

  /// The even grid that all values lie on: whole numbers, tenths, hits out of fifty.
  struct Grid {
    /// The distance of neighbours.
    let step: Double

    init?(_ samples: [[Double]], _ low: Double, _ high: Double) {
      // Beyond this, halves of whole numbers are no longer exact.
      if max(low.magnitude, high.magnitude) < 0x1p51,
        samples.allSatisfy({ $0.allSatisfy { $0 == $0.rounded() } })
      {
        step = 1
        return
      }
      // Measurements are all different; few different values are a grid, or nothing.
      var distinct: Set<Double> = []
      for value in samples.joined() {
        distinct.insert(value)
        if distinct.count > 101 { return nil }
      }
      let total = samples.reduce(0) { $0 + $1.count }
      guard distinct.count > 1, total >= 2 * distinct.count else { return nil }
      let sorted = distinct.sorted()
      let smallest = zip(sorted, sorted.dropFirst()).map { $1 - $0 }.min() ?? 0
      guard smallest > 0, (high - low) / smallest < 400 else { return nil }
      // From the whole range, so that the rounding of one difference does not add up.
      let refined = (high - low) / ((high - low) / smallest).rounded()
      let isGrid = sorted.allSatisfy { value in
        let place = value / refined
        return (place - place.rounded()).magnitude < 1e-6 * max(1, place.magnitude)
      }
      guard isGrid else { return nil }
      step = refined
    }
  }
}
