import Foundation

/// Addresses in pages.
enum SiteLinks {
  /// The attributes that hold addresses.
  private static var attribute: Regex<(Substring, Substring, Substring)> {
    /\b(href|src|srcset)="([^"]*)"/
  }

  /// The page with its addresses changed; where `change` gives `nil`, a link loses its address.
  static func rewritten(_ html: String, _ change: (String) -> String?) -> String {
    html.replacing(attribute) { match in
      guard let new = change(String(match.2)) else { return "data-outside=\"\(match.2)\"" }
      return "\(match.1)=\"\(new)\""
    }
  }

  /// All addresses of a page.
  static func all(_ html: String) -> [String] { html.matches(of: attribute).map { String($0.2) } }

  /// The targets of links in a page.
  static func ids(_ html: String) -> Set<String> {
    Set(html.matches(of: /\b(?:id|name)="([^"]+)"/).map { String($0.1) })
  }

  /// Whether an address leads out of the site: it has a scheme, or none at all.
  static func isOutside(_ address: String) -> Bool {
    address.firstMatch(of: /^[a-zA-Z][a-zA-Z0-9+.-]*:|^\/\//) != nil
  }

  /// The file and the anchor of an address, seen from a file; `nil` for what leads out of the folder.
  static func resolve(_ address: String, from file: String) -> (path: String, anchor: String)? {
    let parts = address.split(separator: "#", maxSplits: 1, omittingEmptySubsequences: false)
    let anchor = parts.count > 1 ? String(parts[1]) : ""
    let decoded = (parts.first.map(String.init) ?? "").removingPercentEncoding ?? ""
    if decoded.isEmpty { return (file, anchor) }
    var folders = file.split(separator: "/").dropLast().map(String.init)
    for part in decoded.split(separator: "/") {
      switch part {
      case ".": continue
      case "..":
        guard folders.popLast() != nil else { return nil }
      default: folders.append(String(part))
      }
    }
    return (folders.joined(separator: "/"), anchor)
  }

  /// The address of a file, seen from another.
  static func relative(_ path: String, from file: String) -> String {
    var from = file.split(separator: "/").dropLast()[...]
    var to = path.split(separator: "/")[...]
    while let first = from.first, to.count > 1, first == to.first {
      from = from.dropFirst()
      to = to.dropFirst()
    }
    let steps = from.map { _ in ".." } + to.map(String.init)
    return steps.joined(separator: "/")
      .addingPercentEncoding(withAllowedCharacters: .urlPathAllowed) ?? path
  }
}
