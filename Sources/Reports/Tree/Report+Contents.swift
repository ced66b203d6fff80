extension Report {
  /// Whether its prose has a list with links to all sections that come after it: contents that the
  /// author wrote.
  var hasOwnContents: Bool {
    var sections: [Set<String>] = []
    var lists: [(links: Set<String>, next: Int)] = []
    for case .prose(let prose) in blocks {
      for block in prose.blocks {
        switch block.kind {
        case .heading(level: 2, let inlines):
          let targets = [Slug.gitHub(names.plain(inlines)), block.label?.name].compactMap(\.self)
          sections.append(Set(targets))
        case .list: lists.append((block.linksInside, sections.count))
        default: break
        }
      }
    }
    return lists.contains { links, next in
      let after = sections[next...]
      return after.count >= 2 && after.allSatisfy { !$0.isDisjoint(with: links) }
    }
  }
}

extension Markup.Block {
  /// The targets of the links in it that lead to the document itself.
  fileprivate var linksInside: Set<String> {
    var result: Set<String> = []
    Markup.visit([self]) { inline, _ in
      guard case .link(let destination, _, _) = inline.kind,
        case .text(let text)? = destination.first?.kind, text.hasPrefix("#")
      else { return }
      result.insert(String(text.dropFirst()))
    }
    return result
  }
}
