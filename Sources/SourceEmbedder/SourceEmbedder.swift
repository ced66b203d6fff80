import Foundation

/// The tool behind `SourceEmbedderPlugin`:
/// `SourceEmbedder MODULE PACKAGE-FOLDER OUTPUT FILE... [--on FILE...]` writes a Swift file that extends
/// the `@main` type with its source text, and with a digest of the files that it stands on.
@main
struct SourceEmbedder {
  static func main() {
    let arguments = CommandLine.arguments.dropFirst()
    guard arguments.count >= 4 else {
      fail("usage: SourceEmbedder MODULE PACKAGE-FOLDER OUTPUT FILE... [--on FILE...]")
    }
    let module = arguments[1]
    let root = arguments[2].hasSuffix("/") ? arguments[2] : arguments[2] + "/"
    var files: [EmbeddedFile] = []
    let paths = arguments.dropFirst(3).prefix { $0 != "--on" }
    var digest = CodeDigest()
    for path in arguments.dropFirst(3 + paths.count + 1) {
      guard let data = FileManager.default.contents(atPath: path) else {
        fail("\(path): error: cannot be read")
      }
      digest.add(data)
    }
    for path in paths {
      guard let data = FileManager.default.contents(atPath: path) else {
        fail("\(path): error: cannot be read")
      }
      guard let text = String(validating: data, as: UTF8.self) else {
        fail("\(path): error: is not UTF-8 text")
      }
      let name = path.split(separator: "/").last.map(String.init) ?? path
      files.append(
        EmbeddedFile(
          fileID: "\(module)/\(name)",
          path: path.hasPrefix(root) ? String(path.dropFirst(root.count)) : path,
          text: text))
    }
    do {
      let generated = try GeneratedSource(files, foundations: digest.text).text
      let output = arguments[3]
      // An unchanged file keeps its date, so nothing is compiled again for it.
      if FileManager.default.contents(atPath: output) == Data(generated.utf8) { return }
      try generated.write(toFile: output, atomically: true, encoding: .utf8)
    } catch {
      fail("\(error)")
    }
  }

  static func fail(_ message: String) -> Never {
    FileHandle.standardError.write(Data((message + "\n").utf8))
    exit(1)
  }
}
