import Numbers

extension Figure: CustomStringConvertible {
  /// What the figure shows, in a sentence with its data.
  public var description: String { alternativeText }

  /// What the figure shows, in a sentence with its data: “Loss: cross-entropy (nats) by step. Swift
  /// falls from 2.30 to 0.08 over 40 steps; …”.
  public var alternativeText: String {
    let clauses = marks.compactMap { $0.summary(x: x, y: verticalAxis(of: $0)) }
    var heading = title.named.map(PlainText.of) ?? "Figure"
    let resolved = ResolvedAxes(self)
    // Beside each other where there are two, unless only the right one is drawn.
    let vertical = [
      resolved.hidesY ? nil : y.title, resolved.secondY == nil ? nil : secondY?.title,
    ].compactMap { $0 }.map(PlainText.of)
    let verticals = vertical.isEmpty ? nil : vertical.joined(separator: " and ")
    switch (verticals, x.title.map(PlainText.of)) {
    case (let vertical?, let horizontal?): heading += ": \(vertical) by \(horizontal)"
    case (let vertical?, nil): heading += ": \(vertical)"
    case (nil, let horizontal?): heading += ": by \(horizontal)"
    case (nil, nil): break
    }
    var text = heading + "."
    if !clauses.isEmpty {
      var series = Self.opened(clauses.joined(separator: "; "))
      if let legendTitle, legend != .none, !legendEntries.isEmpty {
        series = "By \(PlainText.of(legendTitle)): \(clauses.joined(separator: "; "))"
      }
      text += " " + series + "."
    }
    for note in resolved.notes { text += " " + Self.capitalised(note) + "." }
    return text
  }

  /// A sentence with a capital, unless it begins with a name: λ, n and ReLU keep their case.
  private static func opened(_ text: String) -> String {
    let ours = [
      "the ", "a vertical ", "a horizontal ", "an image ", "a picture ", "on the right axis: ",
      "level lines ", "filled contours ",
    ]
    return ours.contains { text.hasPrefix($0) } ? capitalised(text) : text
  }

  static func capitalised(_ text: String) -> String {
    text.prefix(1).uppercased() + text.dropFirst()
  }
}
