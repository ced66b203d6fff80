/// The files that a Markdown document links to.
enum DocumentLinks {
  /// The targets of pictures and links that name files: no addresses, no places inside the
  /// document, nothing inside code. In order, without repetition, decoded.
  static func files(in text: String) -> [String] {
    files(in: Markup.parse([text.documentLines], dialect: .generated)[0])
  }

  /// The same of a document that was parsed already.
  static func files(in markup: Markup) -> [String] {
    var result: [String] = []
    var seen: Set<String> = []
    func add(_ target: String) {
      if let file = file(target), seen.insert(file).inserted { result.append(file) }
    }
    func html(_ fragments: [Markup.Fragment]) {
      for fragment in fragments {
        guard case .text(let text) = fragment.kind else { continue }
        for target in targets(in: text) { add(target) }
      }
    }
    markup.visit { inline, _ in
      switch inline.kind {
      case .link(let destination, _, _), .image(let destination, _, _):
        for fragment in destination {
          if case .text(let text) = fragment.kind { add(text) }
        }
      case .html(let fragments): html(fragments)
      default: break
      }
    } block: { block in
      if case .html(let fragments) = block.kind { html(fragments) }
    }
    return result
  }

  /// What the attributes `src`, `srcset` and `href` of HTML name.
  private static func targets(in html: String) -> [String] {
    let bytes = Array(html.utf8)
    var result: [String] = []
    var position = 0
    while let quote = bytes[position...].firstIndex(of: UInt8(ascii: "\"")) {
      guard let end = bytes[(quote + 1)...].firstIndex(of: UInt8(ascii: "\"")) else { break }
      let before = bytes[position..<quote]
      if ["src=", "srcset=", "href="].contains(where: {
        before.reversed().starts(with: $0.utf8.reversed())
      }) {
        var text = String(decoding: bytes[(quote + 1)..<end], as: UTF8.self)
        if text.utf8.contains(UInt8(ascii: "&")) {
          text = text.replacing("&quot;", with: "\"").replacing("&lt;", with: "<")
            .replacing("&amp;", with: "&")
        }
        result.append(text)
      }
      position = end + 1
    }
    return result
  }

  private static func file(_ target: String) -> String? {
    let path = target.prefix { $0 != "#" && $0 != "?" && $0 != " " }
    guard !path.isEmpty, !path.hasPrefix("//"), !path.hasPrefix("data:") else { return nil }
    if let colon = path.firstIndex(of: ":"), path[..<colon].allSatisfy(\.isLetter) { return nil }
    return decoded(String(path))
  }

  /// Bytes that are written as `%20`.
  private static func decoded(_ path: String) -> String {
    guard path.utf8.contains(UInt8(ascii: "%")) else { return path }
    let bytes = Array(path.utf8)
    var result: [UInt8] = []
    var index = 0
    while index < bytes.count {
      if bytes[index] == UInt8(ascii: "%"), index + 2 < bytes.count,
        let byte = UInt8(
          String(decoding: bytes[(index + 1)...(index + 2)], as: UTF8.self), radix: 16)
      {
        result.append(byte)
        index += 3
      } else {
        result.append(bytes[index])
        index += 1
      }
    }
    return String(decoding: result, as: UTF8.self)
  }
}
