/// What a name that nothing knows may have been meant to be, for complaints about it.
///
/// Only the first complaints get a suggestion: each name is compared with all that are known, and nobody
/// reads a thousand.
final class NameSuggestions {
  private let known: [String]
  private var left = 50

  init(among known: [String]) { self.known = known }

  /// `; did you mean 'loss'?` where one known name is at most two typing errors away.
  func suggestion(for name: String) -> String {
    let length = name.count
    left -= 1
    guard left >= 0, length <= 100 else { return "" }
    let near = known.filter { !$0.isEmpty && !$0.contains(" ") && abs($0.count - length) <= 2 }
      .map { ($0, Self.distance(name, $0)) }.filter { $0.1 <= min(2, length / 3) }
    let best = near.min { ($0.1, $0.0) < ($1.1, $1.0) }
    return best.map { "; did you mean '\($0.0)'?" } ?? ""
  }

  /// How many single-character changes lead from one text to another (Levenshtein 1966).
  private static func distance(_ first: String, _ second: String) -> Int {
    let second = Array(second)
    var row = Array(0...second.count)
    for (index, character) in first.enumerated() {
      var diagonal = row[0]
      row[0] = index + 1
      for column in second.indices {
        let next = min(
          row[column] + 1, row[column + 1] + 1, diagonal + (second[column] == character ? 0 : 1))
        diagonal = row[column + 1]
        row[column + 1] = next
      }
    }
    return row[second.count]
  }
}
