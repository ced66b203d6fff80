/// In which order a palette's colours stand.
struct PaletteOrder {
  /// For each place of the new order the old one.
  private let old: [Int]

  /// The ground comes first whatever the order is, and then what is transparent: PNG lists transparency
  /// as far as the last colour that has some.
  private init(_ order: [Int], ground: Int?, _ colors: [UInt32]) {
    let others = order.filter { $0 != ground }
    old =
      order.filter { $0 == ground } + others.filter { colors[$0] >> 24 < 255 }
      + others.filter { colors[$0] >> 24 == 255 }
  }

  /// The most frequent colour first, so that ground is zeros, as are rows like the one above.
  init(byFrequency reduction: PaletteReduction, _ survey: ColorSurvey) {
    let colors = reduction.palette
    var counts = [Int](repeating: 0, count: colors.count)
    for (color, place) in reduction.places.enumerated() {
      counts[Int(place)] += survey.counts[color]
    }
    let byCount = colors.indices.sorted {
      counts[$0] != counts[$1] ? counts[$0] > counts[$1] : $0 < $1
    }
    self.init(byCount, ground: byCount.first, colors)
  }

  /// How colours that stand beside each other in a picture come to stand so in the palette.
  enum Kind {
    case line, chains, brightness
  }

  init(_ kind: Kind, _ pairs: NeighbourPairs, _ colors: [UInt32]) {
    switch kind {
    case .line: self.init(line: pairs, colors)
    case .chains: self.init(chains: pairs, colors)
    case .brightness: self.init(byBrightness: colors)
    }
  }

  /// From dark to light: the steps of a colour map become steps of one.
  private init(byBrightness colors: [UInt32]) {
    let keys = colors.map { color in
      // The weights are those of Rec. 601.
      Int(color & 255) * 299 + Int(color >> 8 & 255) * 587 + Int(color >> 16 & 255) * 114
    }
    let order = colors.indices.sorted { keys[$0] != keys[$1] ? keys[$0] < keys[$1] : $0 < $1 }
    self.init(order, ground: nil, colors)
  }

  /// Colours that stand beside each other in the picture beside each other, mostly: from the most frequent
  /// pair on, the one joins that has most neighbours among those in line, at the end that is nearer to
  /// them (W. Zeng, J. Li, S. Lei, "An efficient color re-indexing scheme for palette-based
  /// compression", 2000). The ground comes first.
  private init(line pairs: NeighbourPairs, _ colors: [UInt32]) {
    let count = colors.count
    var line: [Int] = []
    var sums = [Int](repeating: 0, count: count)
    var isIn = [Bool](repeating: false, count: count)
    func join(_ color: Int, atEnd: Bool) {
      line.insert(color, at: atEnd ? line.count : 0)
      isIn[color] = true
      for other in 0..<count { sums[other] += pairs[color, other] }
    }
    func most() -> Int? {
      (0..<count).filter { !isIn[$0] }.max { sums[$0] != sums[$1] ? sums[$0] < sums[$1] : $0 > $1 }
    }
    join(pairs.byFrequency.first?.1 ?? 0, atEnd: true)
    while let next = most() {
      var lean = 0
      for (place, color) in line.enumerated() {
        lean += (2 * place + 1 - line.count) * pairs[next, color]
      }
      join(next, atEnd: lean > 0)
    }
    let ground = line.firstIndex(of: 0) ?? 0
    self.init(Array(line[ground...] + line[..<ground]), ground: 0, colors)
  }

  /// Chains of colours that stand beside each other in the picture: the ramps along the edges of what is
  /// drawn. The most frequent pairs are joined first, the rarer colour before the other one, so that the
  /// ramps of several lines or areas have the same differences (S. Battiato and others, "An efficient
  /// re-indexing algorithm for color-mapped images", 2004).
  private init(chains pairs: NeighbourPairs, _ colors: [UInt32]) {
    let count = colors.count
    var chains = (0..<count).map { [$0] }
    var chain = Array(0..<count)
    for (a, b) in pairs.byFrequency {
      // `a` is the rarer one.
      let (i, j) = (chain[a], chain[b])
      let (first, second) = (chains[i], chains[j])
      guard i != j, first.first == a || first.last == a, second.first == b || second.last == b
      else { continue }
      var joined: [Int]
      if first.last == a, second.first == b {
        joined = first + second
      } else if second.last == b, first.first == a {
        joined = second + first
      } else if first.last == a {
        joined = first.count >= second.count ? first + second.reversed() : second + first.reversed()
      } else {
        joined = first.count >= second.count ? second.reversed() + first : first.reversed() + second
      }
      chains[i] = joined
      chains[j] = []
      for color in joined { chain[color] = i }
    }
    self.init(chains.flatMap { $0 }, ground: 0, colors)
  }

  /// The colours in the new order, as R, G, B, A.
  func colors(_ colors: [UInt32]) -> [UInt8] {
    old.flatMap { place in (0..<4).map { UInt8(truncatingIfNeeded: colors[place] >> (8 * $0)) } }
  }

  /// Old places as new ones.
  func places(_ places: [UInt8]) -> [UInt8] {
    var new = [UInt8](repeating: 0, count: old.count)
    for (place, before) in old.enumerated() { new[before] = UInt8(place) }
    return places.map { new[Int($0)] }
  }
}
