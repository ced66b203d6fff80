import Numbers

/// What colours the points of a mark: a value for each.
struct ValueColors: Sendable, Hashable {
  var values: [Double]
  var mapping: ColorMapping
  var label: String?
}

/// What sizes the points of a mark: a value for each, areas in proportion to it.
struct ValueSizes: Sendable, Hashable {
  let values: [Double]
  let label: String?
  /// The diameters in points; `nil` where the value is not above zero.
  let diameters: [Double?]
  /// The points from the largest to the smallest.
  let order: [Int]
  /// How many points are so small that they are drawn larger, to be seen at all.
  let tooSmall: Int
  /// The values that the legend shows.
  let samples: [Sample]

  /// A smaller disc, in points, is no more than a shade of its place.
  private static let smallest = 1.5

  struct Sample: Sendable, Hashable {
    var label: String
    var diameter: Double
  }

  init(_ values: [Double], largest: Double, label: String?) {
    self.values = values
    self.label = label
    let most = values.filter(\.isFinite).max() ?? 0
    func diameter(_ value: Double) -> Double? {
      guard value.isFinite, value > 0, most > 0 else { return nil }
      return max(min(largest, Self.smallest), largest * (value / most).squareRoot())
    }
    let diameters = values.map(diameter)
    self.diameters = diameters
    tooSmall = values.count {
      $0.isFinite && $0 > 0 && largest * ($0 / most).squareRoot() < min(largest, Self.smallest)
    }
    order = values.indices.sorted { a, b in
      (diameters[a] ?? 0, b) > (diameters[b] ?? 0, a)
    }
    // Round values at about the whole, a half and a tenth of the largest.
    var shown: [Double] = []
    for share in [1.0, 0.5, 0.1] where most > 0 {
      var digits = DecimalDigits(shortest: most * share)
      digits.round(significant: 1)
      let lead = Double(digits.digits.first ?? 1)
      let value = lead * powerOfTen(digits.exponent)
      let fitting = value > most ? most : value
      if !shown.contains(fitting) { shown.append(fitting) }
    }
    let prefix = label.map { "\($0) " } ?? ""
    samples = shown.compactMap { value in
      diameter(value).map {
        Sample(label: prefix + NumberFormat.automatic.string(value, .picture), diameter: $0)
      }
    }
  }
}
