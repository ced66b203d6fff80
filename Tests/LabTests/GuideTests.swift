import Foundation
import Testing

/// The guides show files of the repository; what they show is what there is.
struct GuideTests {
  private static let root = URL(fileURLWithPath: #filePath)
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()

  @Test(arguments: ["docs/guides/writing-a-lab.md"])
  func shownFilesAreTheFiles(guide: String) throws {
    let text = try String(contentsOf: Self.root.appending(path: guide), encoding: .utf8)
    let parts = text.components(separatedBy: "<!-- file: ").dropFirst()
    #expect(!parts.isEmpty)
    for part in parts {
      let name = try #require(part.components(separatedBy: " -->").first)
      let shown = try #require(part.components(separatedBy: "```swift\n").dropFirst().first)
        .components(separatedBy: "```\n")[0]
      let file = try String(contentsOf: Self.root.appending(path: name), encoding: .utf8)
      #expect(shown == file, "\(guide) shows another \(name)")
    }
  }
}
