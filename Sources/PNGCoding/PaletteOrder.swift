/// In which order a palette's colours stand.
struct PaletteOrder {
  /// For each place of the new order the old one.
  private let old: [Int]

  /// The most frequent colour first, so that ground is zeros, as are rows like the one above; behind it
  /// those with transparency, which PNG lists as far as the last of them; then by frequency.
  init(byFrequency reduction: PaletteReduction, _ survey: ColorSurvey) {
    let colors = reduction.palette
    var counts = [Int](repeating: 0, count: colors.count)
    for (color, place) in reduction.places.enumerated() {
      counts[Int(place)] += survey.counts[color]
    }
    let byCount = colors.indices.sorted {
      counts[$0] != counts[$1] ? counts[$0] > counts[$1] : $0 < $1
    }
    let (ground, others) = (byCount.prefix(1), byCount.dropFirst())
    old =
      ground + others.filter { colors[$0] >> 24 < 255 } + others.filter { colors[$0] >> 24 == 255 }
  }

  /// From dark to light: the steps of a colour map become steps of one.
  init(byBrightness colors: [UInt32]) {
    let keys = colors.map { color in
      // Transparent ones first; the weights are those of Rec. 601.
      Int(color >> 24) << 32 | Int(color & 255) * 299 + Int(color >> 8 & 255) * 587
        + Int(color >> 16 & 255) * 114
    }
    old = colors.indices.sorted { keys[$0] != keys[$1] ? keys[$0] < keys[$1] : $0 < $1 }
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
