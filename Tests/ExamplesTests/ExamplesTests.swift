import Foundation
import Testing

/// Every Swift block of the documentation compiles: `Examples.swift` holds them, and is theirs.
struct ExamplesTests {
  static let here = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
  static let root = here.deletingLastPathComponent().deletingLastPathComponent()

  @Test
  func `The compiled examples are those of the documentation`() throws {
    let finder = try ExampleFinder(root: Self.root)
    let compiled = Self.here.appending(path: "Examples.swift")
    let text = ExampleFile.text(finder.examples)
    if ProcessInfo.processInfo.environment["LABKIT_REGENERATE_EXAMPLES"] == "1" {
      try text.write(to: compiled, atomically: true, encoding: .utf8)
    }
    let lines = try String(contentsOf: compiled, encoding: .utf8).components(separatedBy: "\n")
    let wanted = text.components(separatedBy: "\n")
    let different = zip(lines, wanted).first { $0 != $1 }
    // Asked before: a failure would print both texts.
    let isCurrent = lines == wanted
    #expect(
      isCurrent,
      """
      the documentation says "\(different?.1 ?? "")" where the compiled example says \
      "\(different?.0 ?? "")"; make Examples.swift anew with LABKIT_REGENERATE_EXAMPLES=1
      """)
    #expect(finder.examples.count > 50)
  }

  @Test
  func `Every block says its language`() throws {
    let unmarked = try ExampleFinder(root: Self.root).unmarked
    #expect(unmarked.isEmpty, "\(unmarked)")
  }

  @Test
  func `What is to be put into a manifest makes one that SwiftPM reads`() throws {
    let manifests = try ExampleFinder(root: Self.root).manifests
    #expect(!manifests.isEmpty)
    for lines in manifests {
      let parts = lines.components(separatedBy: "// …\n")
      let manifest = """
        // swift-tools-version: 6.2
        import PackageDescription
        let package = Package(
          name: "Example", platforms: [.macOS(.v26)],
          dependencies: [\(parts[0])],
          targets: [.executableTarget(name: "Example", dependencies: [\(parts.last ?? "")])])
        """
      let folder = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString)
      try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
      defer { try? FileManager.default.removeItem(at: folder) }
      try manifest.write(
        to: folder.appending(path: "Package.swift"), atomically: true, encoding: .utf8)
      let process = Process()
      process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
      process.arguments = ["swift", "package", "--package-path", folder.path, "dump-package"]
      process.standardOutput = FileHandle.nullDevice
      try process.run()
      process.waitUntilExit()
      #expect(process.terminationStatus == 0, "\(manifest)")
    }
  }

  /// Copies, as DocC does not follow links.
  @Test
  func `The pictures of the API's pages are those of the reports`() throws {
    let files = try #require(FileManager.default.enumerator(atPath: Self.root.path))
    var shown: [String] = []
    var reports: [String: [Data]] = [:]
    while let path = files.nextObject() as? String {
      if path.hasPrefix(".") { files.skipDescendants() }
      guard path.hasSuffix(".png") else { continue }
      let name = path.split(separator: "/").last.map(String.init) ?? ""
      if path.contains(".docc/Resources/") { shown.append(path) }
      if path.hasPrefix("docs/") {
        reports[name, default: []].append(try Data(contentsOf: Self.root.appending(path: path)))
      }
    }
    #expect(shown.count >= 20)
    for path in shown {
      let name = path.split(separator: "/").last.map(String.init) ?? ""
      let picture = try Data(contentsOf: Self.root.appending(path: path))
      let wanted = reports[name.replacing("~", with: "-")] ?? []
      #expect(wanted.contains(picture), "\(path) is no picture of a report under docs/ any more")
    }
  }

  @Test
  func `Blocks of documentation comments are found, indented and fenced, in lists too`() {
    let finder = ExampleFinder(
      """
      /// Words.
      ///
      /// ```swift
      /// let a = 1
      ///
      /// let b = 2
      /// ```
      struct A {
        /// - Like this:
        ///   ```swift
        ///   let c = 3
        ///   ```
        ///
        /// And
        ///
        ///     let d = 4
        var a: Int
      }
      """, in: "A.swift")
    #expect(finder.examples.map(\.code) == ["let a = 1\n\nlet b = 2\n", "let c = 3\n"])
    #expect(finder.unmarked.map(\.code) == ["let d = 4\n"])
  }
}
