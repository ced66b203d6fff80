/// A form of a picture's pixels, and its rows compressed: the shortest way to write them that was found.
struct PixelStream {
  let form: PixelForm
  let bytes: [UInt8]

  /// A picture of more bytes is large: a quick search must do.
  private static let large = 1_200_000
  /// Of more bytes, or pixels without a palette, a part of the rows says which way is the best.
  private static let small = 800_000
  /// Ways that by an estimate are longer than the shortest by more than this part of it are not tried:
  /// four of five times that spares the longer ones, at a tenth of the time. (Compared with the first
  /// way, whose rows are left as they are, the others seem up to 12 % too long: it is tried always.)
  private static let promising = 80
  /// Of so few bytes all filters are tried, each as thoroughly as the best.
  private static let few = 1 << 17

  init(_ form: PixelForm) {
    let way = Self.shortestWay(form)
    self.form = way.form
    bytes =
      form.rows.count <= Self.few / 8
      ? Deflater.shortest(way.rows, pixel: form.pixelBytes, period: form.rowBytes + 1)
      : way.packed(way.rows, form.rows.count > Self.large ? .quick : .thorough)
  }

  /// The way that is the shortest when each is compressed quickly.
  private static func shortestWay(_ form: PixelForm) -> PixelWay {
    let isLarge = form.rows.count > small * form.pixelBytes
    let sample = isLarge ? form.sample(200_000 * form.pixelBytes) : nil
    let plain = PixelWay(form, .all(.none), sample: sample)
    let isSoft = plain.isSoft
    if isLarge, isSoft, form.isPalette { return softWay(plain, sample) }
    let tried = shortest(choices(form).map { (form, $0) }, and: plain, sample)
    guard form.isPalette else { return tried.way }
    // In a large picture another way is worth its time where rows like the one above pay: a part of
    // the rows does not tell small gains from none.
    if isLarge, tried.gain < 1 / 20 { return plain }
    return shortest(
      reordered(form, isSoft: isSoft, isLarge: isLarge), and: tried.way, size: tried.size, sample
    ).way
  }

  /// The shortest of some ways and a further one, its size, and by which part it is shorter than that.
  ///
  /// - Parameter size: The further one's, where it is known.
  private static func shortest(
    _ choices: [(PixelForm, FilterChoice)], and first: PixelWay, size: Int? = nil, _ sample: [Int]?
  ) -> (way: PixelWay, size: Int, gain: Double) {
    let isSmall = first.form.rows.count <= few
    let others = sideBySide(choices) { form, choice in
      let way = PixelWay(form, choice, sample: sample)
      return (way: way, estimate: isSmall ? 0 : way.estimate)
    }
    let least = others.map(\.estimate).min() ?? 0
    let ways = [first] + others.filter { $0.estimate - least <= least / promising }.map(\.way)
    let sizes = sideBySide(ways.indices.map { $0 }) { index in
      index == 0 && size != nil ? size ?? 0 : ways[index].size(isSmall ? .thorough : .trial)
    }
    let best = sizes.indices.min { sizes[$0] < sizes[$1] } ?? 0
    return (ways[best], sizes[best], 1 - Double(sizes[best]) / Double(sizes[0]))
  }

  private static let some: [RowFilter] = [.none, .up]
  private static let all = RowFilter.allCases

  /// How the rows of a picture may be filtered, but for not at all.
  private static func choices(_ form: PixelForm) -> [FilterChoice] {
    let uniform = form.rows.count <= few ? all.dropFirst().map { FilterChoice.all($0) } : []
    // Differences between places of a palette by frequency say nothing, but for those of zero.
    return uniform
      + (form.layout == .palette
        ? form.rows.count > small ? [.cheapest(some)] : [.cheapest(some), .leastEntropy(some)]
        : [.cheapest(all), .leastEntropy(all)])
  }

  /// Orders of the palette in which differences say something, and filters for them.
  private static func reordered(
    _ form: PixelForm, isSoft: Bool, isLarge: Bool
  ) -> [(PixelForm, FilterChoice)] {
    var choices: [FilterChoice] = [.cheapest(some)]
    if form.rows.count <= few {
      choices += all.map { .all($0) } + [.cheapest(all), .leastEntropy(all)]
    } else if isSoft {
      choices = [.leastEntropy(some), .leastEntropy(all)]
    } else if !isLarge {
      choices.append(.cheapest([.none, .sub, .up, .paeth]))
    }
    let kinds: [PaletteOrder.Kind] =
      form.rows.count <= few ? [.line, .chains, .brightness] : [.line, .chains]
    return form.reordered(kinds).flatMap { form in choices.map { (form, $0) } }
  }

  /// The way for a large picture of soft colours, where there is time for estimates only.
  private static func softWay(_ plain: PixelWay, _ sample: [Int]?) -> PixelWay {
    let ways = plain.form.reordered([.line]).flatMap { form in
      [some, all].map { PixelWay(form, .leastEntropy($0), sample: sample) }
    }
    return ([plain] + ways).min { $0.estimate < $1.estimate } ?? plain
  }
}
