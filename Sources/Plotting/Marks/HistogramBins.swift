import Numbers
import ElementaryFunctions

extension HistogramMark {
  /// How the bins are chosen. A value on the edge of two bins is counted in the upper one, one value on
  /// the last edge in the last bin.
  ///
  /// Whole numbers, and values on any even grid, get bins whose edges lie half-way between them, so that
  /// each bin covers as many of them as the next. Where that does not come out even, the figure says how
  /// many the bins at the ends cover.
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
  var edges: [Double] = []
  /// What must be said when the bins are not as they were asked for.
  var notes: [String] = []

  /// Whether values from zero down are left out because the axis has no place for them.
  private(set) var isLogarithmic = false
  private var repeatsHigh = false
  /// What is counted, while the bins are sought.
  var samples: [[Double]] = []

  /// More bins than this are not drawn: each would be thinner than a hair.
  static let limit = 10_000

  /// Finds edges for samples, each sorted and finite, as the first request that is not automatic
  /// wants them.
  init(_ samples: [[Double]], _ requests: [HistogramMark.Bins]) {
    let samples = samples.filter { !$0.isEmpty }
    self.samples = samples
    defer {
      self.samples = []
      if Set(requests.filter { $0 != .automatic }).count > 1 {
        notes.append("the histograms share the bins that the first of them asks for")
      }
    }
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
    let own = Grid(samples, low, high)
    let grid = own ?? Grid(wholeAmong: samples, low, high)
    defer { if own == nil, grid != nil { noteHalfFilledEnds() } }
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

  /// Says where the bins of whole numbers reach beyond measurements that share them: their bars at the
  /// ends are lower than the others for that alone.
  private mutating func noteHalfFilledEnds() {
    guard edges.count > 2, let first = edges.first, let last = edges.last else { return }
    let width = edges[1] - first
    let isHalfFilled = samples.contains { sample in
      guard let low = sample.first, let high = sample.last,
        !sample.allSatisfy({ $0 == $0.rounded() })
      else { return false }
      return low - first > 0.2 * width && low < edges[1]
        || last - high > 0.2 * width && high > edges[edges.count - 2]
    }
    if isHalfFilled {
      notes.append("the bins of whole numbers at the ends reach beyond the other values")
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

  /// Bins with their edges on multiples of their width.
  mutating func place(
    _ low: Double, _ high: Double, _ wanted: Double, _ request: HistogramMark.Bins
  ) {
    var width = wanted
    if case .width = request {} else { width = Self.nice(wanted) }
    var first = (low / width).rounded(.down)
    var last = max((high / width).rounded(.up), first + 1)
    guard last - first <= Double(Self.limit) else {
      tooMany(last - first, low, high, wanted)
      return
    }
    // A quotient may be rounded across a whole number.
    let multiples = Multiples(of: width)
    if max(first.magnitude, last.magnitude) < 0x1p50 {
      while multiples[first] > low { first -= 1 }
      while multiples[first + 1] <= low { first += 1 }
      while multiples[last] < high { last += 1 }
      while last > first + 1 && multiples[last - 1] >= high { last -= 1 }
    }
    if multiples[last] == high, repeatsHigh || standOnEdges(of: width) { last += 1 }
    edges = (0...(last - first).integer).map { multiples[first + Double($0)] }
    // Between numbers that are neighbours as a `Double` there are no edges.
    if zip(edges, edges.dropFirst()).contains(where: { $0 >= $1 }) { edges = [low, high] }
    // Where they are far apart, the ends may lie inside of the data.
    edges[0] = min(edges[0], low)
    edges[edges.count - 1] = max(edges[edges.count - 1], high)
  }

  /// Whether all values are multiples of a width: then the last one has a bin of its own as the others have.
  private func standOnEdges(of width: Double) -> Bool {
    samples.joined().allSatisfy { value in
      let place = value / width
      return (place - place.rounded()).magnitude <= 1e-9 * max(1, place.magnitude)
    }
  }

  mutating func tooMany(_ bins: Double, _ low: Double, _ high: Double, _ width: Double) {
    let say = SpokenNumbers(low, high)
    notes.append(
      "bins of width \(SpokenNumbers(width)(width)) from \(say(low)) to \(say(high)) would be "
        + "\(SpokenNumbers(bins)(bins)), drawn are 200")
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
}
