/// A palette for the colours of a picture, in which rare ones may share a place with similar ones.
///
/// From the more to the less frequent, each colour joins the most similar one of the palette if that
/// is within the tolerance, or else gets a place of its own. For a colour that fills an area the
/// tolerance is a third as large, so that the steps of a colour bar stay even.
struct PaletteReduction {
  /// The colours, red in the lowest byte.
  private(set) var palette: [UInt32] = []
  /// For each colour of the survey its place in the palette.
  private(set) var places: [UInt8] = []

  /// A colour with as many pixels as this inside of areas is flat: one step of a colour bar has as
  /// many.
  static let flat = 8

  /// Fails when 256 places do not suffice.
  init?(_ survey: ColorSurvey, tolerance: Int) {
    let colors = survey.colors
    guard !colors.isEmpty else { return nil }
    if colors.count <= 256 {
      palette = colors
      places = colors.indices.map { UInt8($0) }
      return
    }
    guard tolerance > 0 else { return nil }
    let order = colors.indices.sorted {
      survey.counts[$0] != survey.counts[$1] ? survey.counts[$0] > survey.counts[$1] : $0 < $1
    }
    places = [UInt8](repeating: 0, count: colors.count)
    for i in order {
      let isFlat = survey.interiors[i] >= Self.flat
      if let near = nearest(colors[i], isFlat ? tolerance / 3 : tolerance) {
        places[i] = near
        continue
      }
      guard palette.count < 256 else { return nil }
      places[i] = UInt8(palette.count)
      palette.append(colors[i])
    }
  }

  /// The place of the most similar colour within the tolerance in every component.
  private func nearest(_ color: UInt32, _ tolerance: Int) -> UInt8? {
    var best: UInt8?
    var least = tolerance + 1
    for (place, other) in palette.enumerated() {
      var largest = 0
      for shift in [0, 8, 16, 24] as [UInt32] {
        largest = max(largest, abs(Int((color >> shift) & 255) - Int((other >> shift) & 255)))
      }
      if largest < least {
        least = largest
        best = UInt8(place)
      }
    }
    return best
  }
}
