import Foundation
import Testing

/// The lists of marks that people read: none lacks one.
@Suite struct EveryMarkTests {
  private static let root = URL(filePath: #filePath)
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()

  private static func text(_ path: String) throws -> String {
    try String(contentsOf: root.appending(path: path), encoding: .utf8)
  }

  @Test func `The gallery and the lists name every mark`() throws {
    let files = try FileManager.default.contentsOfDirectory(
      atPath: Self.root.appending(path: "Sources/Plotting/Marks").path)
    let marks = files.filter { $0.hasSuffix("Mark.swift") && $0 != "Mark.swift" }
      .map { String($0.dropLast(".swift".count)) }
    #expect(marks.count >= 15)
    let gallery = try FileManager.default.contentsOfDirectory(
      atPath: Self.root.appending(path: "Labs/Gallery").path
    ).filter { $0.hasSuffix(".swift") }.map { try Self.text("Labs/Gallery/\($0)") }.joined()
    let readme = try Self.text("Sources/Plotting/README.md")
    let catalog = try Self.text("Sources/Plotting/Plotting.docc/Plotting.md")
    for mark in marks {
      #expect(gallery.contains("\(mark)("), "the gallery shows no \(mark)")
      #expect(readme.contains("`\(mark)`"), "the README lists no \(mark)")
      #expect(catalog.contains("``\(mark)``"), "the catalog lists no \(mark)")
    }
  }
}
