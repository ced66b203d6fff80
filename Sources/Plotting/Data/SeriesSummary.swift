/// What there is to say about a series of values: how it goes from the first to the last.
struct SeriesSummary {
  let x: [Double]
  let y: [Double]

  /// “train falls from 2.30 to 0.08 over 40 steps”, with the highest and lowest value where they
  /// are not the ends; `nil` when there is no finite point.
  func sentence(subject: String, x axis: Axis) -> String? {
    let points = zip(x, y).filter { $0.0.isFinite && $0.1.isFinite }
    guard let first = points.first, let last = points.last else { return nil }
    let say = NumberFormat.spoken
    guard points.count > 1 else {
      return "\(subject) is \(say(first.1)) at \(axis.label ?? "x") \(say(first.0))"
    }
    let lowest = points.min { $0.1 < $1.1 } ?? first
    let highest = points.max { $0.1 < $1.1 } ?? first
    let range = highest.1 - lowest.1
    var text: String
    if range == 0 {
      text = "\(subject) stays at \(say(first.1))"
    } else if (last.1 - first.1).magnitude < 0.02 * range {
      text = "\(subject) goes from \(say(first.1)) back to \(say(last.1))"
    } else {
      let verb = last.1 < first.1 ? "falls" : "rises"
      text = "\(subject) \(verb) from \(say(first.1)) to \(say(last.1))"
    }
    text += over(points.map(\.0), axis)
    // An end that is within a hair of an extreme is the extreme, to the eye.
    var extremes: [String] = []
    for (word, point) in [("highest", highest), ("lowest", lowest)] {
      let nearEnd = [first.1, last.1].contains { ($0 - point.1).magnitude <= 0.02 * range }
      if range > 0 && !nearEnd {
        extremes.append("\(word) \(say(point.1)) at \(say(point.0))")
      }
    }
    if !extremes.isEmpty { text += " (\(extremes.joined(separator: ", ")))" }
    return text
  }

  private func over(_ x: [Double], _ axis: Axis) -> String {
    guard let first = x.first, let last = x.last else { return "" }
    let isCounted =
      (first == 0 || first == 1)
      && zip(x, x.dropFirst()).allSatisfy { $1 - $0 == 1 }
    let say = NumberFormat.spoken
    guard let label = axis.label else {
      return isCounted ? " over \(x.count) points" : " from x = \(say(first)) to \(say(last))"
    }
    let isWord = label.count >= 3 && label.allSatisfy { $0.isLetter }
    if isCounted && isWord && axis.unit == nil {
      return " over \(x.count) \(label)\(label.hasSuffix("s") ? "" : "s")"
    }
    let unit = axis.unit.map { " " + $0 } ?? ""
    return " for \(NumberFormat.plain(label)) from \(say(first)) to \(say(last))\(unit)"
  }
}
