/// A form of a picture's pixels, and its rows compressed: the shortest way to write them that was found.
struct PixelStream {
  let form: PixelForm
  let bytes: [UInt8]

  /// A picture of more bytes is large: a quick search must do.
  static let large = 1_200_000
  /// Up to so many bytes all ways in doubt are compressed as a whole; of more a part of the rows says
  /// which is the best.
  static let small = 600_000
  /// Ways are in doubt whose estimate is within this of the least one: so much estimates err.
  static let doubt = (thorough: 1.2, quick: 1.03)

  init(_ form: PixelForm) {
    let isLarge = form.rows.count > Self.large
    let isSmall = form.rows.count <= Self.small
    var ways = sideBySide(Self.ways(form)) { form, choice in
      (
        form: form, choice: choice,
        rows: FilteredRows(isSmall ? form : form.sample(isLarge ? 4 : 16), by: choice)
      )
    }
    let least = Double(ways.map(\.rows.bits).min() ?? 0)
    let doubt = isLarge ? Self.doubt.quick : Self.doubt.thorough
    if form.rows.count > Self.fewBytes {
      ways.removeAll { Double($0.rows.bits) > least * doubt }
    }
    let tried =
      ways.count == 1 && !isSmall
      ? [] : sideBySide(ways) { Self.packed($0.rows, $0.form, isSmall ? .thorough : .quick) }
    let best = tried.indices.min { tried[$0].count < tried[$1].count } ?? 0
    self.form = ways[best].form
    bytes =
      form.rows.count <= Self.fewBytes / 8
      ? Deflater.shortest(
        ways[best].rows.bytes, pixel: ways[best].form.pixelBytes,
        period: ways[best].form.rowBytes + 1)
      : isSmall
        ? tried[best]
        : Self.packed(
          FilteredRows(ways[best].form, by: ways[best].choice, estimating: false),
          ways[best].form,
          isLarge ? .quick : .thorough)
  }

  private static func ways(_ form: PixelForm) -> [(PixelForm, FilterChoice)] {
    let isFew = form.rows.count <= (form.layout == .palette ? fewBytes : small)
    let uniform = (isFew ? RowFilter.allCases : [.none]).map { FilterChoice.all($0) }
    let all = FilterChoice.cheapest(RowFilter.allCases)
    // Differences between places of a palette by frequency say nothing, but for those of zero.
    var ways = (uniform + [.leastEntropy([.none, .up])]).map { (form, $0) }
    ways.append((form, form.layout == .palette ? .cheapest([.none, .up]) : all))
    if form.layout != .palette, isFew { ways.append((form, .leastEntropy(RowFilter.allCases))) }
    if form.rows.count <= small, let smooth = form.smooth {
      ways += ((isFew ? uniform : []) + [all]).map { (smooth, $0) }
    }
    return ways
  }

  /// Of so few bytes all filters are tried.
  private static let fewBytes = 1 << 17

  private static func packed(
    _ rows: FilteredRows, _ form: PixelForm, _ effort: Effort
  ) -> [UInt8] {
    Deflater.compress(rows.bytes, pixel: form.pixelBytes, period: form.rowBytes + 1, effort)
  }
}
