import Numbers

/// How far a task is, as one line of text: a pure function of its state, the time and the width.
struct ProgressLine {
  var update: ProgressUpdate
  /// Since the task began.
  var elapsed: Duration

  /// The look of the line.
  struct Style {
    /// Columns that the line may take.
    var width: Int
    var isColored: Bool
    /// Whether the bar may be drawn with box characters; `#` and `-` otherwise.
    var isUnicode: Bool
  }

  /// The line with its bar, as a terminal shows it. What does not fit is left out, the least
  /// important first: the time, the rate, the latest value, the bar.
  func drawn(_ style: Style) -> String {
    // The last column stays empty: writing there makes some terminals begin a new line.
    let room = style.width - 1
    var pieces = [count, rate, time, update.note].compactMap(\.self)
    let dropOrder = [time, rate, update.note].compactMap(\.self)
    func length() -> Int {
      update.title.count + pieces.reduce(0) { $0 + 2 + $1.count }
    }
    for piece in dropOrder where length() > room {
      pieces.removeAll { $0 == piece }
    }
    guard length() <= room else { return String(update.title.prefix(max(0, room))) }
    let text = pieces.map { "  " + $0 }.joined()
    // The bar takes what is left, within what looks well.
    let frameWidth = style.isUnicode || style.isColored ? 0 : 2
    let barWidth = min(30, room - length() - 2 - frameWidth)
    guard let fraction, barWidth >= 6 else { return update.title + text }
    return update.title + "  " + bar(fraction, barWidth, style) + text
  }

  /// The line without a bar, for logs.
  var plain: String {
    let details = [count, rate, time, update.note].compactMap(\.self).joined(separator: ", ")
    return "\(update.title): \(details)"
  }

  private var fraction: Double? {
    guard let total = update.total, total > 0 else { return update.isFinished ? 1 : nil }
    return min(1, Double(update.completed) / Double(total))
  }

  private func bar(_ fraction: Double, _ width: Int, _ style: Style) -> String {
    let filled = Int((fraction * Double(width)).rounded(.down))
    let (full, empty) = style.isUnicode ? ("━", "─") : ("#", "-")
    let done = String(repeating: full, count: filled)
    let rest = String(repeating: empty, count: width - filled)
    guard style.isColored else { return style.isUnicode ? done + rest : "[\(done)\(rest)]" }
    // Green for what is done, dim for what is not.
    return "\u{1B}[32m\(done)\u{1B}[0m\u{1B}[2m\(rest)\u{1B}[0m"
  }

  private var count: String {
    let done = NumberFormat.integer.string(Double(update.completed))
    guard let total = update.total else { return "\(done) \(plural(update.completed))" }
    return "\(done)/\(NumberFormat.integer.string(Double(total))) \(plural(total))"
  }

  private func plural(_ count: Int) -> String {
    if count == 1 { return update.unit }
    let endings = ["s", "x", "ch", "sh"]
    // The ch of an epoch is spoken as k.
    let isSpoken = endings.contains { update.unit.hasSuffix($0) } && !update.unit.hasSuffix("epoch")
    return update.unit + (isSpoken ? "es" : "s")
  }

  private var seconds: Double { elapsed / .seconds(1) }

  /// Steps per second, or seconds per step when those are long.
  private var rate: String? {
    guard update.completed > 0, seconds > 0.001 else { return nil }
    let perSecond = Double(update.completed) / seconds
    if perSecond >= 100 {
      return "\(NumberFormat.integer.string(perSecond)) \(plural(2))/s"
    }
    if perSecond >= 1 {
      return "\(NumberFormat.significant(digits: 3).string(perSecond)) \(plural(2))/s"
    }
    let format: NumberFormat = perSecond > 0.1 ? .significant(digits: 2) : .integer
    return "\(format.string(1 / perSecond)) s/\(update.unit)"
  }

  /// What remains of a running task, what a finished one took.
  private var time: String? {
    if update.isFinished { return "in " + Self.clock(seconds) }
    guard let total = update.total, update.completed > 0, seconds > 0.5 else { return nil }
    let remaining = seconds / Double(update.completed) * Double(total - update.completed)
    return Self.clock(max(0, remaining)) + " left"
  }

  /// `0.8 s`, `12 s`, `3:05`, `1:02:03`.
  static func clock(_ seconds: Double) -> String {
    if seconds < 9.95 { return NumberFormat.decimal(places: 1).string(seconds) + " s" }
    let whole = Int(seconds.rounded())
    if whole < 60 { return "\(whole) s" }
    func two(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }
    if whole < 3600 { return "\(whole / 60):\(two(whole % 60))" }
    return "\(whole / 3600):\(two(whole / 60 % 60)):\(two(whole % 60))"
  }
}
