/// What a message may say. Everything that comes over the wire is measured here once, so that no
/// arithmetic further on can overflow, whatever the lab or its memory has become.
extension Event {
  /// What is absurd about the event, in words; nil when nothing is.
  var absurdity: String? {
    switch self {
    case .show(let shown): shown.location?.absurdity ?? shown.output.absurdity
    case .reach(let location): location.absurdity
    case .publish(let value): value.location?.absurdity ?? value.format?.absurdity
    case .progress(let update): update.absurdity
    case .dataSource(let source):
      source.byteCount < 0
        ? "a file of negative length"
        : (0...1 << 53).contains(source.rowCount ?? 0) ? nil : "a table of absurdly many rows"
    case .end(.threw(_, let location?)), .end(.trapped(_, let location?)): location.absurdity
    default: nil
    }
  }
}

extension SourceLocation {
  fileprivate var absurdity: String? {
    (0...1 << 31).contains(line) ? nil : "a line numbered \(line)"
  }
}

extension Output {
  fileprivate var absurdity: String? {
    switch self {
    case .figure(let figure):
      figure.images.isEmpty || ![figure.width, figure.height].allSatisfy { (0...1e6).contains($0) }
        ? "a figure of \(figure.width) by \(figure.height) points in \(figure.images.count) pictures"
        : nil
    case .table(let table):
      table.rows.allSatisfy { $0.count == table.columns.count }
        ? table.rows.lazy.joined().compactMap { $0.format?.absurdity }.first
        : "a table with rows of different lengths"
    case .comparison(let result):
      result.parts.allSatisfy { $0.count >= 0 } ? nil : "a comparison of a negative count"
    case .text, .value, .markdown, .verdict, .failure: nil
    }
  }
}

extension NumberFormat {
  fileprivate var absurdity: String? {
    switch self {
    case .decimal(let count), .significant(let count), .scientific(let count),
      .percent(let count):
      (0...400).contains(count) ? nil : "a number with \(count) digits"
    default: nil
    }
  }
}

extension ProgressUpdate {
  fileprivate var absurdity: String? {
    let range = 0...1 << 53
    let isSound = range.contains(completed) && (total.map(range.contains) ?? true)
    return isSound ? nil : "a task with \(completed) of \(total.map(String.init) ?? "?") steps"
  }
}
