import Foundation

/// The public types of this package's libraries: what the sources declare, and values of them.
public enum PublicTypes {
  /// The names of all public structures, enumerations and classes that a module's sources declare, each
  /// with its module: `Plotting.LineMark`, also where it stands in another type.
  public static func declared(in modules: [String]) throws -> Set<String> {
    let sources = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent().appending(path: "Sources")
    let declaration = /^\s*public (?:final )?(?:indirect )?(?:struct|enum|class|actor) (\w+)/
    var names: Set<String> = []
    for module in modules {
      let folder = sources.appending(path: module).resolvingSymlinksInPath()
      let files = FileManager.default.enumerator(at: folder, includingPropertiesForKeys: nil)
      while let file = files?.nextObject() as? URL {
        guard file.pathExtension == "swift" else { continue }
        for line in try String(contentsOf: file, encoding: .utf8).split(separator: "\n") {
          if let match = line.firstMatch(of: declaration) { names.insert("\(module).\(match.1)") }
        }
      }
    }
    return names
  }

  /// A value of each type in and inside of some values, by the same names: the first that is found.
  public static func values(in roots: [Any]) -> [String: Any] {
    var found: [String: Any] = [:]
    var rest: [(value: Any, depth: Int)] = roots.reversed().map { ($0, 0) }
    while let (value, depth) = rest.popLast() {
      let parts = plainName(of: value).split(separator: ".")
      if parts.count > 1 {
        let name = "\(parts[0]).\(parts[parts.count - 1])"
        if found[name] == nil { found[name] = value }
      }
      if depth == 12 { continue }
      // A few of each collection will do: a font has thousands of numbers.
      rest += Mirror(reflecting: value).children.prefix(60).reversed().map { ($0.value, depth + 1) }
    }
    return found
  }

  /// The name of a value's type, without what it is generic over.
  private static func plainName(of value: Any) -> String {
    var depth = 0
    return String(
      String(reflecting: type(of: value)).filter { character in
        if character == "<" { depth += 1 }
        defer { if character == ">" { depth -= 1 } }
        return depth == 0
      })
  }

  /// What is wrong with how values print: two makings of the same one that print differently, and
  /// places in memory, which do.
  public static func troubles(in first: [String: Any], _ second: [String: Any]) -> [String] {
    var troubles: [String] = []
    for (name, value) in first.sorted(by: { $0.key < $1.key }) {
      guard let again = second[name] else {
        troubles.append("\(name): found once only")
        continue
      }
      for (text, other) in [
        (String(describing: value), String(describing: again)),
        (String(reflecting: value), String(reflecting: again)),
      ] {
        if text != other { troubles.append("\(name) prints differently: \(text.prefix(200))") }
        if text.contains("0x") || text.contains("unknown context") {
          troubles.append("\(name) prints an address: \(text.prefix(200))")
        }
      }
    }
    for (name, value) in first.sorted(by: { $0.key < $1.key }) where printsUnordered(value) {
      troubles.append("\(name) prints the elements of a set or dictionary, whose order changes")
    }
    return troubles
  }

  /// Whether a value prints more than one element of a set or a dictionary: their order depends on where
  /// they stand in memory, so that two makings print alike or not by luck.
  private static func printsUnordered(_ value: Any, depth: Int = 0) -> Bool {
    let mirror = Mirror(reflecting: value)
    switch mirror.displayStyle {
    case .set, .dictionary: if mirror.children.count > 1 { return true }
    case .collection, .optional, .tuple: break
    default: if value is any CustomStringConvertible { return false }
    }
    return depth < 12
      && mirror.children.prefix(60).contains { printsUnordered($0.value, depth: depth + 1) }
  }
}
