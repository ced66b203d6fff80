extension Label {
  /// Several texts, each on one line no wider than `width`, as ``fitted(_:size:isBold:width:)`` makes
  /// them; but different ones that would be the same after their ends are cut off lose their common
  /// beginning instead, as much of it as need be.
  static func apart(_ strings: [String], size: Double, width: Double) -> [Label?] {
    var labels = strings.map { fitted($0, size: size, width: width) }
    var places: [String: [Int]] = [:]
    for (index, label) in labels.enumerated() {
      if let label { places[label.string, default: []].append(index) }
    }
    for group in places.values where Set(group.map { strings[$0] }).count > 1 {
      let texts = group.map { Array(PlainText.of(strings[$0])) }
      let common = commonBeginning(texts)
      for (index, text) in zip(group, texts) {
        labels[index] = cut(text, upTo: common, size: size, width: width) ?? labels[index]
      }
    }
    return labels
  }

  /// How many characters all texts begin with, up to the beginning of a word.
  private static func commonBeginning(_ texts: [[Character]]) -> Int {
    let shortest = texts.map(\.count).min() ?? 0
    let first = texts.first ?? []
    let equal = (0..<shortest).first { place in texts.contains { $0[place] != first[place] } }
    let common = equal ?? shortest
    return first[..<common].lastIndex { $0.isWhitespace }.map { $0 + 1 } ?? common
  }

  /// The text with an ellipsis for what stands before a place, or for the end of that.
  private static func cut(
    _ text: [Character], upTo place: Int, size: Double, width: Double
  ) -> Label? {
    let end = String(text[place...])
    var kept = place
    while kept > 0 {
      kept -= 1
      while kept > 0, text[kept - 1].isWhitespace || text[kept - 1].isPunctuation { kept -= 1 }
      let label = Label(String(text[..<kept]) + "…" + end, size: size)
      if label.width <= width { return label }
    }
    return fitted("…" + end, size: size, width: width)
  }
}
