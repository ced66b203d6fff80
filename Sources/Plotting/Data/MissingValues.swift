import Numbers
import Sweeps
internal import Foundation

/// Values of a series that are not finite and so are left out: what the figure says about them.
struct MissingValues: Sendable, Hashable {
  private var nan: [Int] = []
  private var infinite: [Int] = []
  private var negative: [Int] = []
  private let count: Int
  /// Whether what is NaN goes on to the end of the series from its first one.
  private let isTail: Bool

  /// Looks through values in the order of the data.
  init(_ values: some Sequence<Double>) {
    let values = array(of: values)
    count = values.count
    if Sweep.isFinite(values) {
      isTail = false
      return
    }
    for (index, value) in values.enumerated() {
      if value.isNaN {
        nan.append(index)
      } else if value.isInfinite {
        if value > 0 { infinite.append(index) } else { negative.append(index) }
      }
    }
    let first = nan.first ?? 0
    isTail = nan.count > 1 && first > 0 && first + nan.count == count
  }

  /// Whether every value is finite.
  var isEmpty: Bool { nan.isEmpty && infinite.isEmpty && negative.isEmpty }

  /// Sentences for the reader: “loss” is NaN from epoch 4 on (7 of 10 values).
  ///
  /// - Parameters:
  ///   - name: The series, where it has a name.
  ///   - aspect: What of it the values are, where they are not itself: “the band”.
  ///   - what: What is counted, one and many of it.
  ///   - suffix: What is done with it: “, hatched”.
  ///   - place: Where the value of an index stands, as in “epoch 4”; `nil` where places say nothing.
  func sentences(
    _ name: String?, of aspect: String? = nil,
    what: (one: String, many: String) = ("value", "values"),
    nan nanSuffix: String = "", infinite infiniteSuffix: String = "",
    negative negativeSuffix: String? = nil,
    place: ((Int) -> String)? = nil
  ) -> [String] {
    var name = name.map { "“\(PlainText.of($0))”" }
    if let aspect { name = aspect + (name.map { " of \($0)" } ?? "") }
    var sentences: [String] = []
    if isTail, let first = nan.first, let place {
      sentences.append(
        "\(name ?? "the series") is NaN from \(place(first)) on (\(grouped(nan.count)) of \(grouped(count)) "
          + "\(what.many))\(nanSuffix)")
    } else {
      sentences += part(nan, "NaN", name, what, nanSuffix, place)
    }
    return sentences + part(infinite, "∞", name, what, infiniteSuffix, place)
      + part(negative, "\u{2212}∞", name, what, negativeSuffix ?? infiniteSuffix, place)
  }

  private func part(
    _ indices: [Int], _ value: String, _ name: String?, _ what: (one: String, many: String),
    _ suffix: String, _ place: ((Int) -> String)?
  ) -> [String] {
    guard let first = indices.first else { return [] }
    var text = name.map { "\($0): " } ?? ""
    text += "\(grouped(indices.count)) of \(counted(count, what.one, what.many)) "
    text += "\(indices.count == 1 ? "is" : "are") \(value)"
    if let place {
      text += indices.count == 1 ? ", at \(place(first))" : ", the first at \(place(first))"
    }
    return [text + suffix]
  }
}

extension Axis {
  /// How a sentence writes values of the axis: numbers that can be told apart, dates and times.
  func spoken(_ values: [Double]) -> [String] {
    guard case .time(let name) = scale else {
      let say = SpokenNumbers(values)
      // Years are no amounts: 1999, as on the axis.
      let areYears = label?.lowercased().contains("year") == true
      return values.map {
        areYears && $0.magnitude < 10_000 ? say($0).replacing(",", with: "") : say($0)
      }
    }
    let zone = TimeZone(named: name)
    let known = values.filter(\.isFinite)
    let length = (known.max() ?? 0) - (known.min() ?? 0)
    return values.map { value in
      guard CivilTime.covers(value) else { return NumberFormat.automatic.string(value) }
      let time = CivilTime(value, in: zone)
      if known.count == 1 { return Self.instant(value, time, zone) }
      if length > 4 * 86_400 { return time.date }
      let decimals = Self.decimals(telling: known, length)
      let clock = time.clock(seconds: length < 3600, decimals: decimals)
      return "\(time.date), \(clock) \(zone.offsetName(at: value))"
    }
  }

  /// As many parts of a second as tell instants apart: milliseconds, or down to nanoseconds.
  private static func decimals(telling instants: [Double], _ length: Double) -> Int {
    guard length < 1 else { return 0 }
    let different = Set(instants).count
    return [3, 6].first { places in
      Set(instants.map { ($0 * powerOfTen(places)).rounded() }).count == different
    } ?? 9
  }

  /// A single instant, as precisely as it is given: a date at midnight, else a time of that day.
  private static func instant(_ value: Double, _ time: CivilTime, _ zone: TimeZone) -> String {
    if time.seconds == 0 { return time.date }
    let decimals = value == value.rounded() ? 0 : 3
    let clock = time.clock(
      seconds: decimals > 0 || time.seconds.truncatingRemainder(dividingBy: 60) != 0,
      decimals: decimals)
    return "\(time.date), \(clock) \(zone.offsetName(at: value))"
  }

  /// Where a value stands on the axis, in words: “epoch 4”, “t = 0.5 s”, “index 3” where the value
  /// itself is not finite.
  func place(_ value: Double, index: Int) -> String {
    guard value.isFinite else { return "index \(index)" }
    let number = spoken([value])[0]
    if case .time = scale { return number }
    guard let label = label.named else {
      return unit == nil ? "x = \(number)" : "\(number) \(unit ?? "")"
    }
    let name = PlainText.of(label)
    let isWord = name.count >= 3 && name.allSatisfy { $0.isLetter }
    return "\(name)\(isWord && unit == nil ? " " : " = ")\(number)\(unit.map { " \($0)" } ?? "")"
  }
}

extension MissingValues {
  /// What is said of two values that belong together, the ends of a band or of an error bar; nothing of
  /// those whose point is missing itself.
  static func ofEnds(
    _ name: String?, _ aspect: String, _ lower: [Double], _ upper: [Double],
    where isShown: (Int) -> Bool, place: @escaping (Int) -> String
  ) -> [String] {
    if Sweep.isFinite(lower), Sweep.isFinite(upper) { return [] }
    let shown = lower.indices.filter(isShown)
    let worse = shown.map { index in
      lower[index].isNaN || upper[index].isFinite ? lower[index] : upper[index]
    }
    return MissingValues(worse).sentences(
      name, of: aspect, nan: ", left out", infinite: ", drawn to the end of the axis",
      place: { place(shown[$0]) })
  }
}

extension Mark {
  /// What is said about the points of a series that are not finite.
  func seriesNotes(x: [Double], y: [Double], name: String?, axis: Axis) -> [String] {
    if Sweep.isFinite(x), Sweep.isFinite(y) { return [] }
    let values = zip(x, y).map { $0.isFinite ? $1 : $0 }
    let missing = MissingValues(values)
    if missing.isEmpty { return [] }
    return missing.sentences(name) { axis.place(x[$0], index: $0) }
  }
}
