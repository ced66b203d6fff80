import Foundation
import Reports

/// What moved between two states of a report: numbers, claims, figures, text.
struct ReportDifference {
  /// A number that is another one in the same sentence.
  struct Number {
    var section: String
    var sentence: String
    var before: String
    var after: String
  }

  /// A claim whose verdict is another one; `nil` where there was or is none.
  struct Claim {
    var sentence: String
    var before: String?
    var after: String?
  }

  /// A picture that shows something else.
  struct Figure {
    var name: String
    var what: String
    /// Where the pixels differ, as a PNG.
    var picture: [UInt8]

    /// The name of a file for it.
    var pictureName: String { name.replacing(".png", with: "") + ".diff.png" }
  }

  var numbers: [Number] = []
  var claims: [Claim] = []
  var figures: [Figure] = []
  var addedLines = 0
  var removedLines = 0

  /// Whether nothing moved.
  var isEmpty: Bool {
    numbers.isEmpty && claims.isEmpty && figures.isEmpty && addedLines + removedLines == 0
  }

  init(_ old: ReportText, _ new: ReportText) {
    compareText(old.lines, new.lines)
    compareClaims(Self.claims(old), Self.claims(new))
    for name in Set(old.figures.keys).union(new.figures.keys).sorted() {
      switch (old.figures[name], new.figures[name]) {
      case (let before?, let after?):
        let pixels = PixelComparison(committed: before, actual: after, draws: true)
        guard pixels.result != .equal else { continue }
        figures.append(Figure(name: name, what: "\(pixels.sentence)", picture: pixels.diffPNG))
      case (nil, _?): figures.append(Figure(name: name, what: "is new", picture: []))
      case (_?, nil): figures.append(Figure(name: name, what: "is gone", picture: []))
      case (nil, nil): break
      }
    }
  }

  private mutating func compareText(_ old: [ReportText.Line], _ new: [ReportText.Line]) {
    let before = old.map(\.skeleton)
    let after = new.map(\.skeleton)
    var removed: Set<Int> = []
    var inserted: Set<Int> = []
    for change in after.difference(from: before) {
      switch change {
      case .remove(let offset, _, _): removed.insert(offset)
      case .insert(let offset, _, _): inserted.insert(offset)
      }
    }
    let kept = zip(
      old.indices.filter { !removed.contains($0) }, new.indices.filter { !inserted.contains($0) })
    for (one, other) in kept where old[one].text != new[other].text {
      for (first, second) in zip(old[one].numbers, new[other].numbers) where first != second {
        numbers.append(
          Number(
            section: new[other].section, sentence: new[other].text, before: first, after: second))
      }
    }
    removedLines = removed.count { !old[$0].text.isEmpty }
    addedLines = inserted.count { !new[$0].text.isEmpty }
  }

  private mutating func compareClaims(_ old: [String: String], _ new: [String: String]) {
    for sentence in Set(old.keys).union(new.keys).sorted() where old[sentence] != new[sentence] {
      claims.append(Claim(sentence: sentence, before: old[sentence], after: new[sentence]))
    }
  }

  /// The verdict of each claim, ✓ or ✗, by its sentence.
  private static func claims(_ text: ReportText) -> [String: String] {
    var found: [String: String] = [:]
    for line in text.lines {
      guard let match = line.text.firstMatch(of: /^- (✓|✗) \*\*(.+?)\*\*/) else { continue }
      found[String(match.2)] = String(match.1)
    }
    return found
  }
}

extension ReportDifference {
  /// More than this tells nobody anything new.
  private static let mostNumbers = 40

  /// Writes the pictures of the differences to a folder, which is made where there are any.
  func writePictures(to folder: String) throws {
    for figure in figures where !figure.picture.isEmpty {
      let place = URL(filePath: folder)
      try place.make()
      let file = place.appending(path: figure.pictureName)
      do {
        try Data(figure.picture).write(to: file)
      } catch {
        throw Complaint("\(file.relativePath) cannot be written: \(error.localizedDescription)")
      }
    }
  }

  /// The difference in Markdown, for a person or a workflow's page.
  ///
  /// - Parameters:
  ///   - title: A heading above it; nothing for none.
  ///   - pictures: How the text names the picture of a figure's difference, where there is one.
  func markdown(title: String? = nil, pictures: (Figure) -> String?) -> String {
    var parts = title.map { ["### \($0)"] } ?? []
    if isEmpty { parts.append("Nothing moved.") }
    if !claims.isEmpty {
      parts.append(
        claims.map { claim in
          switch (claim.before, claim.after) {
          case (let before?, let after?): "- **\(claim.sentence)**: \(before) → \(after)"
          case (nil, let after): "- **\(claim.sentence)**: new, \(after ?? "")"
          case (_, nil): "- **\(claim.sentence)**: gone"
          }
        }
        .joined(separator: "\n"))
    }
    if !numbers.isEmpty {
      var rows = ["| where | before | after | change |", "| :--- | ---: | ---: | ---: |"]
      rows += numbers.prefix(Self.mostNumbers).map { number in
        "| \(Self.cell(number)) | \(number.before) | \(number.after) | \(Self.change(number)) |"
      }
      parts.append(rows.joined(separator: "\n"))
      if numbers.count > Self.mostNumbers {
        parts.append("… and \(numbers.count - Self.mostNumbers) more numbers.")
      }
    }
    for figure in figures {
      let link = pictures(figure).map { "\n\n![where \(figure.name) differs](\($0))" } ?? ""
      parts.append("`\(figure.name)`: \(figure.what)\(link)")
    }
    if addedLines + removedLines > 0 {
      parts.append("Other text: \(Self.lines(addedLines)) new, \(Self.lines(removedLines)) gone.")
    }
    return parts.joined(separator: "\n\n") + "\n"
  }

  private static func lines(_ count: Int) -> String { count == 1 ? "1 line" : "\(count) lines" }

  /// The section and the words around the number, short enough for a table.
  private static func cell(_ number: Number) -> String {
    var sentence = number.sentence.replacing("**", with: "").replacing("|", with: "·")
    if let place = sentence.firstRange(of: number.after), sentence.count > 70 {
      let start =
        sentence.index(place.lowerBound, offsetBy: -35, limitedBy: sentence.startIndex)
        ?? sentence.startIndex
      let end =
        sentence.index(place.upperBound, offsetBy: 35, limitedBy: sentence.endIndex)
        ?? sentence.endIndex
      sentence =
        (start > sentence.startIndex ? "…" : "") + sentence[start..<end]
        + (end < sentence.endIndex ? "…" : "")
    }
    let section = number.section.isEmpty ? "" : "*\(number.section)*: "
    return section + sentence.trimmingCharacters(in: .whitespaces)
  }

  /// `+3 %`; a dash where there is no ratio.
  private static func change(_ number: Number) -> String {
    guard let before = value(number.before), let after = value(number.after), before != 0 else {
      return "–"
    }
    let percent = (after - before) / abs(before) * 100
    guard percent.isFinite else { return "–" }
    let text = abs(percent).formatted(
      .number.precision(.significantDigits(1...2)).locale(Locale(identifier: "en_US")))
    return (percent < 0 ? "−" : "+") + text + " %"
  }

  /// The value of a number as reports write it.
  static func value(_ text: String) -> Double? {
    var plain = text.replacing(",", with: "").replacing("−", with: "-").replacing(" ", with: "")
    if plain.hasSuffix("%") { plain.removeLast() }
    let exponents = zip("⁰¹²³⁴⁵⁶⁷⁸⁹⁻", "0123456789-")
    plain = plain.replacing("×10", with: "e")
    for (superscript, digit) in exponents {
      plain = plain.replacing(String(superscript), with: String(digit))
    }
    return Double(plain)
  }
}
