import Foundation
import Testing

/// The guides show files of the repository and commands; the files are what is shown, and the commands
/// do what is said.
struct GuideTests {
  static let root = URL(fileURLWithPath: #filePath)
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()

  static func text(_ guide: String) throws -> String {
    try String(contentsOf: root.appending(path: guide), encoding: .utf8)
  }

  @Test(arguments: ["README.md", "docs/guides/writing-a-lab.md"])
  func `Shown files are the files`(guide: String) throws {
    let parts = try Self.text(guide).components(separatedBy: "<!-- file: ").dropFirst()
    #expect(!parts.isEmpty)
    for part in parts {
      let name = try #require(part.components(separatedBy: " -->").first)
      let shown = try #require(part.components(separatedBy: "```swift\n").dropFirst().first)
        .components(separatedBy: "```\n")[0]
      #expect(try shown == Self.text(name), "\(guide) shows another \(name)")
    }
  }

  /// A command of a guide, with the exit statuses that the guide says it may have.
  struct Command: Equatable {
    var line: String
    var statuses: [Int32]
  }

  /// The commands that run a lab: lines of shell blocks, and first cells of tables, whose other cells
  /// say the exit status where it is not 0.
  static func commands(in markdown: String) -> [Command] {
    var commands: [Command] = []
    var isShell = false
    for line in markdown.split(separator: "\n", omittingEmptySubsequences: false) {
      if line.hasPrefix("```") {
        isShell = line == "```sh"
      } else if isShell, let run = line.range(of: "swift run ") {
        commands.append(Command(line: String(line[run.lowerBound...]), statuses: [0]))
      } else if let row = line.wholeMatch(of: /\| `(swift run [^`]+)` \|(.*)\|/) {
        let words = String(row.2)
        var statuses: [Int32] = [0]
        if let status = words.firstMatch(of: /exit status (\d)/), let code = Int32(status.1) {
          statuses = [code]
        } else if words.contains("0 yes, 1 stale") {
          // Whether the committed report is current is the business of `labs check`.
          statuses = [0, 1]
        }
        commands.append(Command(line: String(row.1), statuses: statuses))
      }
    }
    return commands
  }

  @Test func `Commands are found`() {
    let markdown = """
      ```sh
      .ci/setup && swift run a > b
      swift test
      ```
      | `swift run a --bad` | exit status 3: no |
      | `swift run a` | yes |
      | a | `swift run b` |
      """
    #expect(
      Self.commands(in: markdown) == [
        Command(line: "swift run a > b", statuses: [0]),
        Command(line: "swift run a --bad", statuses: [3]),
        Command(line: "swift run a", statuses: [0]),
      ])
  }

  /// `labs` works on a package: `.ci/course` reads its commands from README and guides too, and runs
  /// them in one. Pages, PDF and DOCX need programs that may be missing: `HandInTests` makes them where
  /// they are there.
  private static func isTriedElsewhere(_ line: String, in guide: String) -> Bool {
    line.hasPrefix("swift run labs ") || line.hasPrefix("swift run trapezoids ")
      || guide == "docs/guides/a-course-of-labs.md"
      || [".html", ".pdf", ".docx"].contains { line.contains($0) }
  }

  /// README and every guide there is.
  static let all: [String] = {
    let guides =
      (try? FileManager.default.contentsOfDirectory(
        atPath: root.appending(path: "docs/guides").path)) ?? []
    return ["README.md"]
      + guides.filter { $0.hasSuffix(".md") }.sorted().map { "docs/guides/" + $0 }
  }()

  @Test func `Every guide is there`() {
    #expect(Self.all.count >= 5, "\(Self.all)")
  }

  /// Runs every command of a guide in order, in a folder that has the committed reports.
  @Test(arguments: all)
  func `Commands keep their word`(guide: String) async throws {
    let commands = Self.commands(in: try Self.text(guide))
    if ["README.md", "docs/guides/writing-a-lab.md"].contains(guide) { #expect(!commands.isEmpty) }
    let folder = try Folder()
    try FileManager.default.createSymbolicLink(
      at: folder.url.appending(path: "docs"), withDestinationURL: Self.root.appending(path: "docs"))
    // `swift run` would wait for the build lock that the test run holds.
    let stand =
      #"swift() { while [[ $2 == -* ]]; do shift 2; done; "# + Program.folder.path
      + #"/"$2" "${@:3}"; }; "#
    for command in commands where !Self.isTriedElsewhere(command.line, in: guide) {
      let result = try await Program.lab10.shell(stand + command.line, in: folder)
      #expect(
        command.statuses.contains(result.status),
        "\(guide): \(command.line) ended with \(result.status): \(result.errors.suffix(500))")
    }
  }
}
