import Numbers

extension HistogramBins {
  /// So much of the tallest bar may the bars at the ends lack before it is seen.
  private static let visible = 0.02

  /// Bins of a whole number of steps of the grid, their edges halfway between its values.
  mutating func place(
    on grid: Grid, _ low: Double, _ high: Double, _ wanted: Double, _ request: HistogramMark.Bins
  ) {
    let ends = (first: grid.place(of: low), last: grid.place(of: high))
    let count = ends.last - ends.first + 1
    var options: [Run]
    switch request {
    case .width(let width):
      let steps = width / grid.step
      guard (steps - steps.rounded()).magnitude < 1e-6 * steps, steps.rounded() >= 1 else {
        // Bins that hold now more, now fewer of the grid's values are the author's wish.
        place(low, high, wanted, request)
        if steps < 1 / Self.visible { notes.append(Self.comb(width, steps, grid)) }
        return
      }
      options = [Run(steps.rounded(), aligned: ends)]
    case .count(let number):
      let steps = max(1, (count / Double(number)).rounded(.up))
      let most = Double(number) * 4 / 3
      options = [Run(steps, from: ends)]
      options += Run.evenest(ends, steps / 2, steps * 2, steps) {
        (Double(number) * 2 / 3...most).contains($0)
      }
    case .automatic, .edges:
      let steps = count <= 40 ? 1 : Self.niceWhole(atMost: max(1, wanted / grid.step))
      options = [Run(steps, aligned: ends), Run(steps, from: ends)]
      if steps > 1 { options += Run.evenest(ends, steps / 2, steps * 1.5, steps) { $0 >= 3 } }
    }
    guard let simplest = options.first, simplest.count <= Double(Self.limit) else {
      tooMany(options.first?.count ?? 0, low, high, wanted)
      return
    }
    // Round widths are easier to read, bars at the ends that look like a drop are wrong.
    let lacks = options.map { $0.lack(samples, grid) }
    let chosen =
      lacks.firstIndex { $0 < Self.visible } ?? lacks.indices.min { lacks[$0] < lacks[$1] } ?? 0
    let run = options[chosen]
    edges = grid.values((0...run.count.integer).map { run.start - 0.5 + Double($0) * run.steps })
    if lacks[chosen] >= Self.visible { notes.append(run.sentence(grid)) }
  }

  /// “bins 1.5 wide cover now 1, now 2 whole numbers”.
  private static func comb(_ width: Double, _ steps: Double, _ grid: Grid) -> String {
    let (fewer, more) = (steps.rounded(.down), steps.rounded(.down) + 1)
    return
      "bins \(SpokenNumbers(width)(width)) wide cover now \(fewer == 0 ? "none" : grouped(fewer.integer)), "
      + "now \(grid.counted(more))"
  }

  /// A row of bins that cover so many values of a grid each, but for the first and the last.
  private struct Run {
    /// How many values of the grid a bin covers.
    let steps: Double
    /// The first value of the first bin, in steps of the grid.
    let start: Double
    let ends: (first: Double, last: Double)

    init(_ steps: Double, from ends: (first: Double, last: Double)) {
      self.steps = steps
      self.ends = ends
      start = ends.first
    }

    /// Bins that begin on multiples of their width.
    init(_ steps: Double, aligned ends: (first: Double, last: Double)) {
      self.steps = steps
      self.ends = ends
      start = (ends.first / steps).rounded(.down) * steps
    }

    /// The row between two widths whose last bin covers most of what the others do, and of those the
    /// one nearest to a width.
    static func evenest(
      _ ends: (first: Double, last: Double), _ least: Double, _ most: Double, _ wanted: Double,
      _ isFit: (Double) -> Bool
    ) -> [Run] {
      // Two hundred of them are choice enough where there are millions.
      let step = max(1, ((most - least) / 200).rounded(.down))
      let runs = stride(from: max(1, least.rounded(.up)), through: most, by: step).map {
        Run($0, from: ends)
      }.filter { isFit($0.count) }
      return runs.max {
        ($0.covered.last, -($0.steps - wanted).magnitude)
          < ($1.covered.last, -($1.steps - wanted).magnitude)
      }.map { [$0] } ?? []
    }

    var count: Double { ((ends.last - start + 1) / steps).rounded(.up) }

    /// Which part of a bin's values the first and the last bin cover.
    var covered: (first: Double, last: Double) {
      let before = ends.first - start
      let after = start + count * steps - 1 - ends.last
      return count == 1 ? (1, 1) : (1 - before / steps, 1 - after / steps)
    }

    /// By how much the bars at the ends are lower than if their bins were as the others, as a share of the
    /// tallest bar; of several samples that of the worst.
    func lack(_ samples: [[Double]], _ grid: Grid) -> Double {
      let covered = covered
      guard covered != (1, 1), count <= Double(HistogramBins.limit) else { return 0 }
      return samples.map { sample in
        var counts = [Int](repeating: 0, count: count.integer)
        for value in sample {
          let bin = ((grid.place(of: value) - start) / steps).rounded(.down)
          counts[min(max(0, bin.integer), counts.count - 1)] += 1
        }
        let tallest = Double(max(1, counts.max() ?? 1))
        func lack(_ count: Int, _ share: Double) -> Double {
          Double(count) * (1 / share - 1) / tallest
        }
        return max(lack(counts[0], covered.first), lack(counts[counts.count - 1], covered.last))
      }.max() ?? 0
    }

    /// “the last bin covers 5 whole numbers, the others 9 each”.
    func sentence(_ grid: Grid) -> String {
      let covered = covered
      let others = "the others \(grouped(steps.integer)) each"
      let first = (covered.first * steps).rounded()
      let last = (covered.last * steps).rounded()
      if first == steps { return "the last bin covers \(grid.counted(last)), \(others)" }
      if last == steps { return "the first bin covers \(grid.counted(first)), \(others)" }
      return
        "the first bin covers \(grid.counted(first)), the last \(grouped(last.integer)), \(others)"
    }
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
}
