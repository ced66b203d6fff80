/// A work that a report cites, as its list of references shows it.
///
/// Author and year, after the fashion of the social sciences, which needs no numbers that change when
/// a citation is added:
///
/// ```text
/// Dumoulin, Vincent, and Francesco Visin. 2016. “A Guide to Convolution Arithmetic for Deep
/// Learning.” arXiv. https://doi.org/10.48550/arXiv.1603.07285.
/// ```
struct Reference: Hashable, Sendable {
  /// What it is cited by.
  let key: String

  /// The target of links, as pandoc names it: `ref-key`.
  var id: String { Self.id(of: key) }

  /// The names in running text: `Dumoulin and Visin`, `He et al.`; Markdown.
  let names: String

  /// `2016`, `n.d.`; `2016a` where another of the same names has the year too. Markdown.
  var year: String

  /// What stands before the year and after it in the list; Markdown.
  private let head: String
  private let tail: String

  /// What the list is sorted by.
  let order: [String]

  /// The entry in the list; Markdown.
  var text: String {
    let stop = year.hasSuffix(".") ? "" : "."
    return ["\(head) \(year)\(stop)", tail].filter { !$0.isEmpty }.joined(separator: " ")
  }

  /// The target of links to a key. A key may hold what would end a link.
  static func id(of key: String) -> String {
    let safe = key.unicodeScalars.map { scalar in
      scalar.properties.isAlphabetic || scalar.properties.numericType != nil || scalar == "-"
        || scalar == "_" || scalar == "."
        ? String(scalar) : "_" + String(scalar.value, radix: 16, uppercase: true)
    }
    return "ref-" + safe.joined()
  }

  init(_ entry: BibTeX.Entry) {
    key = entry.key
    let field = { (name: String) in entry.fields[name].flatMap { $0.isEmpty ? nil : $0 } }
    let isEdited = field("author") == nil && field("editor") != nil
    let (people, hasOthers) = PersonName.list(field("author") ?? field("editor") ?? "")
    let title = field("title") ?? entry.key
    let substitute = field("organization") ?? field("institution") ?? field("publisher")

    let years = [field("year"), field("date").map { String($0.prefix(4)) }]
    year = years.compactMap(\.self).first.map { Self.markdown($0) } ?? "n.d."
    if people.isEmpty {
      let name = substitute.map(Self.markdown) ?? Self.quoted(title)
      names = name
      head = Self.sentence(name)
      order = [TeXText.plain(substitute ?? title).lowercased(), year]
    } else {
      names = Self.short(people, hasOthers)
      head = Self.sentence(Self.full(people, hasOthers, isEdited: isEdited))
      order = people.map { $0.inverted.lowercased() } + [year, TeXText.plain(title).lowercased()]
    }
    // Where the title stands in place of a name, it is not said again.
    let isTitleSaid = people.isEmpty && substitute == nil
    tail = Self.tail(
      of: entry, title: isTitleSaid ? nil : title, isEdited: isEdited, hasNames: !people.isEmpty)
  }

  // MARK: Names

  private static func short(_ people: [PersonName], _ hasOthers: Bool) -> String {
    let families = people.map { Escaping.markdown($0.family) }
    if families.count == 1 { return families[0] + (hasOthers ? " et al." : "") }
    if families.count == 2, !hasOthers { return families.joined(separator: " and ") }
    return families[0] + " et al."
  }

  private static func full(
    _ people: [PersonName], _ hasOthers: Bool, isEdited: Bool
  ) -> String {
    let most = 10
    var names = people.prefix(people.count > most ? 7 : most).enumerated().map { index, name in
      Escaping.markdown(index == 0 ? name.inverted : name.straight)
    }
    let isCut = hasOthers || people.count > most
    var result: String
    if isCut {
      result = names.joined(separator: ", ") + ", et al."
    } else if names.count > 1 {
      let last = names.removeLast()
      result = names.joined(separator: ", ") + ", and " + last
    } else {
      result = names[0]
    }
    if isEdited { result += people.count == 1 ? ", ed." : ", eds." }
    return result
  }

  // MARK: The rest

  /// Title, container, numbers, publisher, address.
  private static func tail(
    of entry: BibTeX.Entry, title: String?, isEdited: Bool, hasNames: Bool
  ) -> String {
    func field(_ name: String) -> String? {
      entry.fields[name].flatMap { $0.isEmpty ? nil : markdown($0) }
    }
    func pages() -> String? {
      // `1--9`, `1-9` and `1 – 9` are one range.
      field("pages").map {
        $0.replacing(" ", with: "").replacing("—", with: "–").replacing("-", with: "–")
          .replacing(",", with: ", ")
      }
    }
    var parts: [String] = []
    let container = field("journal") ?? field("journaltitle")
    switch entry.type {
    case "book", "proceedings", "booklet", "manual", "collection", "mvbook":
      parts.append(title.map(italic) ?? "")
      if let edition = field("edition") { parts.append(edition + " ed.") }
      if let series = field("series") { parts.append(series) }
    case "inproceedings", "conference", "incollection", "inbook":
      parts.append(title.map(quoted) ?? "")
      var whole = field("booktitle").map { "In *\($0)*" } ?? ""
      if !isEdited, let editors = entry.fields["editor"] {
        let names = PersonName.list(editors).names.map { Escaping.markdown($0.straight) }
        whole += ", edited by " + names.joined(separator: names.count == 2 ? " and " : ", ")
      }
      if let pages = pages() { whole += (whole.isEmpty ? "Pages " : ", ") + pages }
      parts.append(whole)
    case "phdthesis", "mastersthesis", "thesis":
      parts.append(title.map(quoted) ?? "")
      let kind = field("type") ?? (entry.type == "mastersthesis" ? "Master’s thesis" : "PhD thesis")
      parts.append(
        [kind, field("school") ?? field("institution")].compactMap(\.self).joined(separator: ", "))
    case "techreport", "report":
      parts.append(title.map(quoted) ?? "")
      let kind = field("type") ?? "Report"
      parts.append(
        [[kind, field("number")].compactMap(\.self).joined(separator: " "), field("institution")]
          .compactMap(\.self).joined(separator: ", "))
    default:
      parts.append(title.map(quoted) ?? "")
      if let container {
        var whole = "*\(container)*"
        if let volume = field("volume") { whole += " " + volume }
        if let number = field("number") ?? field("issue") { whole += " (\(number))" }
        if let pages = pages() { whole += ": " + pages }
        parts.append(whole)
      } else if let how = field("howpublished"), !how.contains("\\://") {
        parts.append(how)
      }
    }
    if container == nil, let publisher = field("publisher"), hasNames { parts.append(publisher) }
    if container == nil, let organization = field("organization"), hasNames {
      parts.append(organization)
    }
    if let eprint = entry.fields["eprint"] {
      let archive = field("archiveprefix") ?? field("eprinttype") ?? "arXiv"
      parts.append("\(archive):\(Escaping.markdown(TeXText.plain(eprint)))")
    }
    if let note = field("note") { parts.append(note) }
    if let address = address(of: entry) { parts.append(address) }
    return parts.filter { !$0.isEmpty }.map(sentence).joined(separator: " ")
  }

  /// Where the work is found: its DOI, else its address. As they stand: no TeX reads there.
  private static func address(of entry: BibTeX.Entry) -> String? {
    func link(_ address: String) -> String? {
      let text = address.replacing("\\_", with: "_").replacing("\\%", with: "%")
        .replacing("\\&", with: "&").replacing("\\#", with: "#").replacing("\\~", with: "~")
        .filter { !"{}\\".contains($0) }
      // Between angles nothing but an angle or a space means anything.
      let isPlain = !text.contains { $0 == "<" || $0 == ">" || $0.isWhitespace }
      guard isPlain, text.hasPrefix("http://") || text.hasPrefix("https://") else { return nil }
      return "<\(text)>"
    }
    if let doi = entry.fields["doi"], !doi.isEmpty {
      let number = doi.firstRange(of: "10.").map { String(doi[$0.lowerBound...]) } ?? doi
      if let result = link("https://doi.org/" + number) { return result }
    }
    guard let url = entry.fields["url"] ?? entry.fields["howpublished"] else { return nil }
    let bare = url.hasPrefix("\\url{") ? String(url.dropFirst(5).prefix { $0 != "}" }) : url
    return link(bare)
  }

  // MARK: Markdown

  /// TeX as Markdown that says the same.
  private static func markdown(_ tex: String) -> String { markdown(tex, mark: "*") }

  private static func markdown(_ tex: String, mark: String) -> String {
    TeXText.pieces(tex).map { piece in
      switch piece {
      case .text(let text): Escaping.markdown(text)
      case .math(let tex): "$\(tex)$"
      case .emphasis(let text): mark + Escaping.markdown(text) + mark
      }
    }.joined()
  }

  private static func quoted(_ title: String) -> String { "“\(markdown(title))”" }

  /// Emphasis inside a title that is set in italics is no more.
  private static func italic(_ title: String) -> String { "*\(markdown(title, mark: ""))*" }

  /// With a full stop, inside a closing quote, where no mark ends the text yet.
  private static func sentence(_ text: String) -> String {
    let isQuoted = text.hasSuffix("”")
    let inner = isQuoted ? String(text.dropLast()) : text
    let bare = inner.reversed().first { $0 != "*" }
    let ends = bare.map { ".?!…".contains($0) } ?? true
    return inner + (ends ? "" : ".") + (isQuoted ? "”" : "")
  }
}
