import ElementaryFunctions

/// A kernel density estimate with Gaussian bells.
struct DensityCurve: Sendable, Hashable {
  private(set) var sorted: [Double]
  private(set) var places: [Double] = []
  private(set) var heights: [Double] = []

  init(_ values: [Double], bandwidth: Double? = nil) {
    sorted = values.filter(\.isFinite).sorted()
    guard let low = sorted.first, let high = sorted.last, (high - low).isFinite else { return }
    width = bandwidth ?? Self.rule(sorted)
    places = Self.places(sorted, width)
    heights = places.map(height)
  }

  /// The width of the bells.
  private var width = 1.0

  /// Where the curve is computed: evenly from three widths before the data to three behind, and where there
  /// are bells so closely that none falls between two places, however far away an outlier is.
  private static func places(_ sorted: [Double], _ width: Double) -> [Double] {
    let (low, high) = (sorted[0], sorted[sorted.count - 1])
    let (start, end) = (low - 3 * width, high + 3 * width)
    let even = (0...samples).map { start + (end - start) * (Double($0) / Double(samples)) }
    if (end - start) / Double(samples) <= width / 3 { return even }
    // Stretches of values with no wide gap between them.
    var stretches: [(low: Double, high: Double)] = []
    for value in sorted {
      if let last = stretches.last, value - last.high <= 8 * width {
        stretches[stretches.count - 1].high = value
      } else {
        stretches.append((value, value))
      }
    }
    let length = stretches.reduce(0) { $0 + ($1.high - $1.low) + 8 * width }
    let step = max(width / 4, length / Double(most))
    var places = even
    for stretch in stretches {
      // The tails, to where a bell is nothing: else they would be drawn to the next even place.
      for tail in [6, 8.01] {
        places += [stretch.low - tail * width, stretch.high + tail * width].filter {
          start <= $0 && $0 <= end
        }
      }
      let (first, last) = (stretch.low - 4 * width, stretch.high + 4 * width)
      let count = max(2, ((last - first) / step).rounded(.up))
      for index in 0...count.integer {
        let place = first + (last - first) * (Double(index) / count)
        if place >= start && place <= end { places.append(place) }
      }
    }
    return places.sorted()
  }

  /// How many places there are at least, and about how many at most.
  private static let samples = 200, most = 4000

  /// How densely values lie at a place.
  func height(at place: Double) -> Double {
    // A bell is nothing at eight widths.
    let first = sorted.partition(place - 8 * width)
    var sum = 0.0
    for value in sorted[first...] {
      if value > place + 8 * width { break }
      let distance = (value - place) / width
      sum += Elementary.exp(-distance * distance / 2)
    }
    return sum / (Double(sorted.count) * width * (2 * Double.pi).squareRoot())
  }

  /// The curve of logarithms over the values themselves.
  var raised: DensityCurve {
    var curve = self
    curve.places = places.map { Elementary.pow(10, $0) }
    curve.sorted = sorted.map { Elementary.pow(10, $0) }
    return curve
  }

  /// The density of the values from one of their logarithms, as high as any other density of theirs;
  /// `nil` without a value above zero.
  var logarithmic: DensityCurve? {
    let positive = sorted.filter { $0 > 0 }
    guard !positive.isEmpty else { return nil }
    var curve = DensityCurve(positive.map(Elementary.log10)).raised
    let share = Double(positive.count) / Double(sorted.count) / Elementary.log(10)
    curve.heights = zip(curve.places, curve.heights).map { $1 * share / $0 }
    curve.sorted = sorted
    return curve
  }

  /// Whether all values are equal, so that there is no shape to show.
  var isConstant: Bool { sorted.first == sorted.last }

  /// Where the curve is highest.
  var mode: Double? {
    guard let top = heights.max(), let index = heights.firstIndex(of: top) else { return nil }
    return places[index]
  }

  /// What is said of values that have no curve.
  func notes(_ name: String?) -> [String] {
    guard places.isEmpty, !sorted.isEmpty else { return [] }
    let subject = name.map { " of “\(PlainText.of($0))”" } ?? ""
    return ["the density\(subject) is not drawn: its values span more than the largest number"]
  }

  private static func rule(_ sorted: [Double]) -> Double {
    let count = Double(sorted.count)
    // In units of the largest: the squares of very large or small values have no place among the numbers.
    let unit = max(sorted[0].magnitude, sorted[sorted.count - 1].magnitude)
    guard unit > 0 else { return 0.1 }
    let mean = sorted.reduce(0) { $0 + $1 / unit / count }
    let variance = sorted.reduce(0) { $0 + ($1 / unit - mean) * ($1 / unit - mean) }
    let quantiles = Quantiles(sorted: sorted)
    let spread = (quantiles[0.75] - quantiles[0.25]) / 1.34
    let deviation = (variance / max(1, count - 1)).squareRoot() * unit
    let scale = spread > 0 ? min(deviation, spread) : deviation
    if scale > 0 && scale.isFinite { return 0.9 * scale * Elementary.pow(count, -0.2) }
    let value = sorted[0].magnitude
    return value == 0 ? 0.1 : value * 0.05
  }
}

extension [Double] {
  /// The first index of a sorted list whose value is not below the given one.
  fileprivate func partition(_ value: Double) -> Int {
    var (low, high) = (0, count)
    while low < high {
      let middle = (low + high) / 2
      if self[middle] < value { low = middle + 1 } else { high = middle }
    }
    return low
  }
}
