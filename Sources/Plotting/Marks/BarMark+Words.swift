extension BarMark {
  /// The bars of every series, or the largest and smallest of many, with their errors.
  public func summary(x: Axis, y: Axis) -> String? {
    let names = Categories.spoken(categories)
    let clauses = series.indices.compactMap { index -> String? in
      let item = series[index]
      let known = zip(names, item.values).filter { $0.1.isFinite }
      guard let most = known.max(by: { $0.1 < $1.1 }), let least = known.min(by: { $0.1 < $1.1 })
      else { return nil }
      let subject = item.label.named.map { "\(PlainText.of($0)): " } ?? ""
      let say = SpokenNumbers(known.map(\.1))
      var text: String
      if known.count <= 4 {
        text = subject + known.map { "\($0.0) \(say($0.1))" }.joined(separator: ", ")
      } else if most.1 == least.1 {
        text = subject + "\(known.count) bars of \(say(most.1))"
      } else {
        text =
          subject + "\(known.count) bars from \(say(least.1)) (\(least.0)) to \(say(most.1)) "
          + "(\(most.0))"
      }
      if let errors = spokenErrors(of: index) { text += ", with \(errors)" }
      return text
    }
    return clauses.isEmpty ? nil : clauses.joined(separator: "; ")
  }

  /// Bars that are left out: values that are not finite, and those ≤ 0 on a logarithmic axis.
  public func notes(x: Axis, y: Axis) -> [String] {
    let names = Categories.spoken(categories)
    let axis = isHorizontal ? x : y
    let parts =
      arrangement == .stacked && axis.scale == .log && series.count > 1
      ? [
        "on a logarithmic axis the ends of stacked bars can be read, the lengths of their parts not"
      ]
      : []
    return parts
      + series.indices.flatMap { index -> [String] in
        let item = series[index]
        let missing = MissingValues(item.values)
        var notes = missing.sentences(item.label) { "“\(names[$0])”" }
        notes += errorNotes(of: index) { "“\(names[$0])”" }
        let hidden = categories.indices.count {
          let bar = span(series: index, category: $0)
          return bar.from.isFinite && bar.to.isFinite
            && axis.excludes(min(bar.from, bar.to)...max(bar.from, bar.to))
        }
        if hidden > 0 {
          let subject = item.label.map { " of “\(PlainText.of($0))”" } ?? ""
          notes.append(
            "\(grouped(hidden)) of \(counted(categories.count, "bar", "bars"))\(subject) "
              + "\(hidden == 1 ? "lies" : "lie") outside of the axis' domain")
        }
        let lost = item.values.indices.filter { item.values[$0] <= 0 && item.values[$0].isFinite }
        if axis.scale == .log, let first = lost.first {
          let subject = item.label.named.map { " of “\(PlainText.of($0))”" } ?? ""
          notes.append(
            "\(lost.count) \(lost.count == 1 ? "value" : "values")\(subject) ≤ 0 "
              + "\(lost.count == 1 ? "is" : "are") not on the logarithmic axis"
              + "\(lost.count == 1 ? ":" : ", first") "
              + "\(SpokenNumbers(item.values[first])(item.values[first])) for “\(names[first])”")
        }
        return notes
      }
  }
}
