/// A palette for the colours of a picture, in which rare ones may share a place with similar ones.
///
/// Colours that fill a noticeable area stay exactly as they are. The others, taken from the more to
/// the less frequent, join the first colour of the palette within the tolerance or else get a place
/// of their own.
struct PaletteReduction {
  /// The colours, red in the lowest byte.
  private(set) var palette: [UInt32] = []
  /// For each colour of the survey its place in the palette.
  private(set) var places: [UInt8] = []

  /// A colour in as many pixels as this is flat, and kept: about the area of a letter or a cell.
  private static let flat = 256

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
      let isFlat = survey.counts[i] >= Self.flat
      if !isFlat, let near = nearest(colors[i], tolerance) {
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
