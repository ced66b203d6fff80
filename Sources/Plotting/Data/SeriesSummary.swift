import Numbers

/// What there is to say about a series of values: how it goes from the first to the last.
struct SeriesSummary {
  let x: [Double]
  let y: [Double]

  /// “train falls from 2.30 to 0.08 over 40 steps”, with the highest and lowest value where they
  /// are not the ends; `nil` when there is no finite point.
  func sentence(subject: String, x axis: Axis, y vertical: Axis) -> String? {
    let subject = PlainText.of(subject)
    let points = zip(x, y).filter { $0.0.isFinite && $0.1.isFinite }
    guard let first = points.first, let last = points.last else { return nil }
    guard points.count > 1 else {
      return "\(subject) is \(vertical.spoken([first.1])[0]) at "
        + "\(axis.label == nil ? "x = \(SpokenNumbers(first.0)(first.0))" : axis.place(first.0, index: 0))"
    }
    let lowest = points.min { $0.1 < $1.1 } ?? first
    let highest = points.max { $0.1 < $1.1 } ?? first
    let ends = [first.1, last.1, lowest.1, highest.1]
    // Times and years as their axis has them.
    let words = Dictionary(zip(ends, vertical.spoken(ends)), uniquingKeysWith: { $1 })
    func say(_ value: Double) -> String { words[value] ?? SpokenNumbers(value)(value) }
    if let path = path(subject, points, axis, say(lowest.1), say(highest.1)) { return path }
    // Halved, because the range of numbers may be wider than the largest of them.
    let range = highest.1 / 2 - lowest.1 / 2
    var text: String
    if range == 0 {
      text = "\(subject) stays at \(say(first.1))"
    } else if (last.1 / 2 - first.1 / 2).magnitude < 0.02 * range {
      text = "\(subject) goes from \(say(first.1)) back to \(say(last.1))"
    } else {
      let verb = last.1 < first.1 ? "falls" : "rises"
      text = "\(subject) \(verb) from \(say(first.1)) to \(say(last.1))"
    }
    text += over(points.map(\.0), axis)
    // An end that is within a hair of an extreme is the extreme, to the eye.
    var extremes: [String] = []
    let places = axis.spoken([highest.0, lowest.0])
    for (word, point, place) in [
      ("highest", highest, places[0]), ("lowest", lowest, places[1]),
    ] {
      let nearEnd = [first.1, last.1].contains {
        ($0 / 2 - point.1 / 2).magnitude <= 0.02 * range
      }
      if range > 0 && !nearEnd {
        extremes.append("\(word) \(say(point.1)) at \(place)")
      }
    }
    if !extremes.isEmpty { text += " (\(extremes.joined(separator: ", ")))" }
    return text
  }

  /// What is said of a line that goes to and fro: it has no first and last value in the order of x.
  private func path(
    _ subject: String, _ points: [(Double, Double)], _ axis: Axis, _ lowest: String,
    _ highest: String
  ) -> String? {
    let steps = zip(points, points.dropFirst()).map { $1.0 < $0.0 ? -1 : $1.0 > $0.0 ? 1 : 0 }
    guard steps.contains(-1), steps.contains(1), let range = finiteRange(of: points.map(\.0)) else {
      return nil
    }
    let places = axis.spoken([range.lowerBound, range.upperBound])
    return "\(subject) goes to and fro through \(counted(points.count, "point", "points")) with "
      + "\(axis.label.map(PlainText.of) ?? "x") from \(places[0]) to \(places[1]) and values from "
      + "\(lowest) to \(highest)"
  }

  /// What can be counted, one and many of it. Other words stay as they are: “over 40 times” would
  /// say something else.
  private static let countable = [
    "step": "steps", "epoch": "epochs", "iteration": "iterations", "batch": "batches",
    "image": "images", "sample": "samples", "example": "examples", "run": "runs",
    "trial": "trials", "layer": "layers", "day": "days", "week": "weeks", "month": "months",
    "year": "years", "round": "rounds", "fold": "folds", "update": "updates", "token": "tokens",
    "game": "games", "episode": "episodes", "generation": "generations", "query": "queries",
  ]

  private func over(_ x: [Double], _ axis: Axis) -> String {
    guard let first = x.first, let last = x.last else { return "" }
    let isCounted =
      (first == 0 || first == 1)
      && zip(x, x.dropFirst()).allSatisfy { $1 - $0 == 1 }
    let ends = axis.spoken([first, last])
    if case .time = axis.scale { return " from \(ends[0]) to \(ends[1])" }
    guard let label = axis.label.named else {
      return isCounted
        ? " over " + counted(x.count, "point", "points")
        : " from x = \(ends[0]) to \(ends[1])"
    }
    if isCounted && axis.unit == nil, let many = Self.countable[label] {
      return " over \(grouped(x.count)) \(many)"
    }
    let unit = axis.unit.map { " " + PlainText.of($0) } ?? ""
    return " for \(PlainText.of(label)) from \(ends[0]) to \(ends[1])\(unit)"
  }
}
