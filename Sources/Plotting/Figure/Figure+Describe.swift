import Numbers

extension Figure: CustomStringConvertible {
  /// What the figure shows, in a sentence with its data.
  public var description: String { alternativeText }

  /// What the figure shows, in a sentence with its data: “Loss: cross-entropy (nats) by step. Swift
  /// falls from 2.30 to 0.08 over 40 steps; …”.
  public var alternativeText: String {
    let clauses = marks.compactMap { $0.summary(x: x, y: y) }
    var heading = title.map(PlainText.of) ?? "Figure"
    switch (y.title.map(PlainText.of), x.title.map(PlainText.of)) {
    case (let vertical?, let horizontal?): heading += ": \(vertical) by \(horizontal)"
    case (let vertical?, nil): heading += ": \(vertical)"
    case (nil, let horizontal?): heading += ": by \(horizontal)"
    case (nil, nil): break
    }
    var text = heading + "."
    if !clauses.isEmpty { text += " " + Self.opened(clauses.joined(separator: "; ")) + "." }
    for note in ResolvedAxes(self).notes { text += " " + Self.capitalised(note) + "." }
    return text
  }

  /// A sentence with a capital, unless it begins with a name: λ, n and ReLU keep their case.
  private static func opened(_ text: String) -> String {
    let ours = ["the ", "a vertical ", "a horizontal ", "an image "]
    return ours.contains { text.hasPrefix($0) } ? capitalised(text) : text
  }

  static func capitalised(_ text: String) -> String {
    text.prefix(1).uppercased() + text.dropFirst()
  }
}
