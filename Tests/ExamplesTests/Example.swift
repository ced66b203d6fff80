import Foundation
import Reports

/// A Swift block of a documentation comment, a README or a guide.
struct Example: Equatable {
  /// The file that it stands in, from the root of the package.
  var file: String

  /// The code.
  var code: String
}

/// A block that is neither compiled nor marked as something else.
struct UnmarkedBlock: Equatable, CustomStringConvertible {
  /// Where it stands.
  var file: String

  /// Its first line.
  var code: String

  var description: String { "\(file): \(code.prefix(60))" }
}

/// Finds the examples of the package.
///
/// What stands under `<!-- file: … -->` is a file of the package, and compiled as that.
struct ExampleFinder {
  /// The examples, in the order of files and lines.
  private(set) var examples: [Example] = []

  /// Lines for a manifest: dependencies of a package above `// …`, those of a target below it.
  private(set) var manifests: [String] = []

  /// Blocks without a language: nobody knows whether they should compile.
  private(set) var unmarked: [UnmarkedBlock] = []

  /// Reads every documentation comment under `Sources` and `Labs`, every README and every guide.
  init(root: URL) throws {
    let files = FileManager.default.enumerator(atPath: root.path)
    var paths: [String] = []
    while let path = files?.nextObject() as? String {
      if path.hasPrefix(".") { files?.skipDescendants() } else { paths.append(path) }
    }
    for path in paths.sorted() where Self.isRead(path) {
      // The instruction sets share one folder of kernels.
      guard !path.contains(/^Sources\/Kernels(Base|V\d)\//) else { continue }
      let text = try String(contentsOf: root.appending(path: path), encoding: .utf8)
      // What a lab made shows code that has run.
      if path.hasPrefix("docs/"), ReportOrigin(in: text) != nil { continue }
      add(text, in: path)
    }
  }

  /// Reads one file.
  init(_ text: String, in path: String) {
    add(text, in: path)
  }

  private static func isRead(_ path: String) -> Bool {
    let name = path.split(separator: "/").last ?? ""
    if name.hasSuffix(".swift") { return path.hasPrefix("Sources/") || path.hasPrefix("Labs/") }
    guard name.hasSuffix(".md") else { return false }
    return name == "README.md" || name == "CONTRIBUTING.md" || path.contains(".docc/")
      || path.hasPrefix("docs/guides/")
  }

  private mutating func add(_ text: String, in path: String) {
    let texts = path.hasSuffix(".swift") ? Self.comments(of: text) : [text]
    for text in texts { add(Markup(text: text).blocks, in: path) }
  }

  /// The documentation comments of a source file: runs of lines that begin with `///`.
  private static func comments(of text: String) -> [String] {
    var comments: [String] = []
    var isInside = false
    for line in text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline) {
      let bare = line.drop { $0 == " " }
      guard bare.hasPrefix("///") else {
        isInside = false
        continue
      }
      let words = bare.dropFirst(bare.hasPrefix("/// ") ? 4 : 3)
      if isInside {
        comments[comments.count - 1] += "\n" + words
      } else {
        comments.append(String(words))
      }
      isInside = true
    }
    return comments
  }

  private mutating func add(_ blocks: [Markup.Block], in path: String) {
    var isAFile = false
    for block in blocks {
      defer { isAFile = block.isMark("file: ") }
      switch block.kind {
      case .code(let code): if !isAFile { add(code, in: path) }
      case .quote(let inner), .callout(_, let inner): add(inner, in: path)
      case .list(let list): for item in list.items { add(item.blocks, in: path) }
      default: break
      }
    }
  }

  private mutating func add(_ code: Markup.Code, in path: String) {
    switch code.info {
    case "swift"?: examples.append(Example(file: path, code: code.text))
    case "swift manifest"?: manifests.append(code.text)
    case nil: unmarked.append(UnmarkedBlock(file: path, code: code.text))
    default: break
    }
  }
}

extension Markup.Block {
  /// Whether it is a comment `<!-- name… -->`, which says something about the next block.
  fileprivate func isMark(_ name: String) -> Bool {
    guard case .html(let fragments) = kind, case .text(let text)? = fragments.first?.kind else {
      return false
    }
    return text.hasPrefix("<!-- " + name)
  }
}
