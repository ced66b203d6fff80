import Foundation
import Testing

@testable import labs

/// `labs` as a program, where something around it is wrong: one sentence and the status that is meant
/// for it.
@Suite
struct FaultTests {
  /// What a line of shell left; `$LABS` is the program, and the folder is gone afterwards.
  private func shell(_ line: String) throws -> (status: Int32, output: String, errors: String) {
    let folder = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString)
    defer { try? FileManager.default.removeItem(at: folder) }
    try folder.write([
      "a.md": "# A\n\nThe mean is 3.5.\n", "b.md": "# A\n\nThe mean is 3.6.\n",
    ])
    #if os(macOS)
      let bundle = Bundle.allBundles.first { $0.bundlePath.hasSuffix(".xctest") }
      let built = (bundle?.bundleURL ?? Bundle.main.bundleURL).deletingLastPathComponent()
    #else
      let built = URL(filePath: "/proc/self/exe").resolvingSymlinksInPath()
        .deletingLastPathComponent()
    #endif
    let labs = built.appending(path: "labs").path
    let result = try Command("bash", "-c", "LABS=\"$0\"; \(line)", labs, in: folder).run()
    return (result.status, result.output, result.errors)
  }

  @Test func `The real cause is said`() throws {
    let cases: [(String, String)] = [
      ("mkfifo p.md; $LABS diff p.md b.md", "labs: p.md: is a pipe, not a file"),
      ("mkdir p.md; $LABS diff p.md b.md", "labs: p.md: is a folder, not a file"),
      ("truncate -s 20G p.md; $LABS diff p.md b.md", "labs: p.md: is too large"),
      ("ln -s p.md p.md; $LABS diff p.md b.md", "circle"),
      ("$LABS diff none.md b.md", "none.md: no such file"),
      ("git init -q; $LABS diff -- --output=x:a.md b.md", "git has no such file"),
      ("$LABS diff a.md b.md > /dev/full", "standard output: cannot be written: no space left"),
      ("$LABS diff a.md b.md >&-", "standard output: cannot be written"),
    ]
    for (line, words) in cases {
      let result = try shell("\(line); status=$?; ls | grep -v '^[abp]\\.' ; exit $status")
      #expect(result.status == 2, "\(result)")
      #expect(result.errors.contains(words), "\(result)")
      #expect(result.output == "", "\(result)")
      #expect(result.errors.split(separator: "\n").count == 1, "\(result.errors)")
    }
  }

  @Test
  func `A reader that went away has what it wanted`() throws {
    let result = try shell("$LABS diff a.md b.md | head -c 1; echo \"${PIPESTATUS[0]}\"")
    #expect(result.errors == "" && result.output.hasSuffix("1\n"), "\(result)")
  }
}
