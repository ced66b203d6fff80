import Numbers

extension HistogramBins {
  /// The even grid that values lie on: whole numbers, hundreds, tenths, hits out of fifty.
  struct Grid {
    /// The distance of neighbours.
    let step: Double
    /// One of the grid's values; zero where that is one.
    let origin: Double

    /// Which of the grid's values is the nearest, counted from the origin.
    func place(of value: Double) -> Double { ((value - origin) / step).rounded() }

    /// The values at places, which may lie between those of the grid.
    func values(_ places: [Double]) -> [Double] {
      let multiples = Multiples(of: step)
      return origin == 0
        ? places.map { multiples[$0] } : places.map { origin.addingProduct($0, step) }
    }

    /// How a sentence counts the grid's values.
    func counted(_ count: Double) -> String {
      let words = step == 1 ? ("whole number", "whole numbers") : ("value", "values")
      return Plotting.counted(count.integer, words.0, words.1)
        + (step == 1 ? "" : " \(SpokenNumbers(step)(step)) apart")
    }

    /// Whole numbers, for a sample of them beside others: in bins between them, a die has gaps. Where there
    /// are few, as 0 and 1 beside probabilities, their bins would hide what the others are.
    init?(wholeAmong samples: [[Double]], _ low: Double, _ high: Double) {
      let isWhole = samples.contains { sample in
        sample.first != sample.last && sample.allSatisfy { $0 == $0.rounded() }
      }
      guard isWhole, max(low.magnitude, high.magnitude) < 0x1p51, high - low >= 5 else {
        return nil
      }
      (step, origin) = (1, 0)
    }

    /// The grid of all values, or of all but a few strays.
    init?(_ samples: [[Double]], _ low: Double, _ high: Double) {
      if let grid = Grid(ofWhole: samples, low, high) {
        self = grid
        return
      }
      // Measurements are all different; values that come again and again are a grid, or nothing.
      guard let counts = Self.counts(samples, atMost: 2001) else { return nil }
      let total = samples.reduce(0) { $0 + $1.count }
      guard counts.count > 1, total >= 2 * counts.count else { return nil }
      // One age of 30.5 among many whole ones does not change what the others are.
      let repeated = counts.filter { $0.value > 1 }
      if repeated.count < counts.count,
        Double(repeated.values.reduce(0, +)) >= 0.9 * Double(total),
        let grid = Grid(through: repeated.keys.sorted(), low, high), (high - low) / grid.step >= 5
      {
        self = grid
        return
      }
      guard let grid = Grid(through: counts.keys.sorted(), low, high) else { return nil }
      self = grid
    }

    /// Whole numbers, or every hundredth of them: 100, 200 … 600 are a die as 1, 2 … 6 are.
    private init?(ofWhole samples: [[Double]], _ low: Double, _ high: Double) {
      // Beyond this, halves of whole numbers are no longer exact.
      guard max(low.magnitude, high.magnitude) < 0x1p51,
        samples.allSatisfy({ $0.allSatisfy { $0 == $0.rounded() } })
      else { return nil }
      var divisor = Self.divisor(of: samples.joined(), from: low)
      if divisor == 1, let counts = Self.counts(samples, atMost: 2001) {
        // The same without the few that come but once: tens, and a single 7.
        let repeated = counts.filter { $0.value > 1 }
        let total = samples.reduce(0) { $0 + $1.count }
        if let first = repeated.keys.first, repeated.count > 4,
          Double(repeated.values.reduce(0, +)) >= 0.9 * Double(total)
        {
          let common = Self.divisor(of: repeated.keys, from: first)
          if common > 1, (high - low) / common >= 5 {
            let rest = first.truncatingRemainder(dividingBy: common)
            (step, origin) = (common, rest)
            return
          }
        }
      }
      // A few values far apart are no grid of wide cells.
      if divisor == 0 || high - low < min(40, 3 * divisor) { divisor = 1 }
      (step, origin) = (divisor, low.truncatingRemainder(dividingBy: divisor))
    }

    /// The grid whose distance is the smallest between the given, risen, values; `nil` where they lie on
    /// none.
    private init?(through sorted: [Double], _ low: Double, _ high: Double) {
      guard let first = sorted.first, let last = sorted.last else { return nil }
      let smallest = zip(sorted, sorted.dropFirst()).map { $1 - $0 }.min() ?? 0
      guard smallest > 0, (high - low) / smallest < 8000 else { return nil }
      // From the whole range, so that the rounding of one difference does not add up.
      let refined = (last - first) / ((last - first) / smallest).rounded()
      func isGrid(from origin: Double) -> Bool {
        sorted.allSatisfy { value in
          let place = (value - origin) / refined
          return (place - place.rounded()).magnitude < min(0.01, 1e-6 * max(1, place.magnitude))
        }
      }
      if isGrid(from: 0) {
        (step, origin) = (Multiples.rounded(refined), 0)
      } else if isGrid(from: first) {
        (step, origin) = (refined, first)
      } else {
        return nil
      }
    }

    /// How often each value comes; `nil` where there are more different ones than a limit.
    private static func counts(_ samples: [[Double]], atMost limit: Int) -> [Double: Int]? {
      var counts: [Double: Int] = [:]
      for value in samples.joined() {
        counts[value, default: 0] += 1
        if counts.count > limit { return nil }
      }
      return counts
    }

    /// The largest number that divides all distances from a whole number; 0 where there are none.
    private static func divisor(of values: some Sequence<Double>, from start: Double) -> Double {
      var divisor = 0.0
      for value in values {
        var (a, b) = ((value - start).magnitude, divisor)
        while b != 0 { (a, b) = (b, a.truncatingRemainder(dividingBy: b)) }
        divisor = a
        if divisor == 1 { break }
      }
      return divisor
    }
  }
}
