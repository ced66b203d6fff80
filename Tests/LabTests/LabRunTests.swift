import Foundation
import PNGCoding
import Raster
import Testing

/// The labs that the package ships, run as their readers run them.
@Suite struct LabRunTests {
  /// The paths of all pictures that a report shows.
  static func pictures(in markdown: String) -> [String] {
    let html = markdown.matches(of: /(?:src|srcset)="([^"]+)"/).map { String($0.output.1) }
    let plain = markdown.matches(of: /!\[[^\]]*\]\(([^)]+)\)/).map { String($0.output.1) }
    return html + plain
  }

  /// Checks that a report is Markdown with a title, and that every picture in it is there and can
  /// be decoded; there are no others.
  static func expectComplete(_ markdown: String, in folder: Folder, title: String) throws {
    #expect(markdown.hasPrefix("# \(title)\n"))
    #expect(markdown.split(separator: "\n").count { $0.hasPrefix("```") } % 2 == 0)
    // Every link within the page leads somewhere: to a heading or to a place that was marked.
    let targets = Set(
      markdown.matches(of: /id="([^"]+)"/).map { String($0.output.1) }
        + markdown.matches(of: /(?m)^#+ (.+)$/).map { heading in
          String(heading.output.1).lowercased().filter {
            $0.isLetter || $0.isNumber || $0 == " " || $0 == "-"
          }.replacingOccurrences(of: " ", with: "-")
        })
    for link in markdown.matches(of: /\]\(#([^)]+)\)/) {
      #expect(targets.contains(String(link.output.1)), "#\(link.output.1) leads nowhere")
    }
    let pictures = Set(pictures(in: markdown))
    #expect(!pictures.isEmpty)
    for picture in pictures {
      let bitmap = try PNGDecoder.decode(try folder.bytes(picture))
      #expect(bitmap.width > 0 && bitmap.height > 0)
    }
    #expect(pictures == Set(folder.files.filter { $0.hasSuffix(".png") }))
  }

  @Test func `Lab 10`() async throws {
    let folder = try Folder()
    let result = try await Program.lab10.run(in: folder)
    #expect(result.status == 0, "\(result.errors)")
    try Self.expectComplete(result.output, in: folder, title: "Lab 10. Padding layer")
    #expect(result.errors.contains("loss"))
    #expect(result.output.contains("all hold"))

    // On one thread, from another place under another name: the same, to the last bit.
    let second = try Folder()
    let again = try await Program.lab10.shell(
      "cp $LAB ./elsewhere && ./elsewhere --threads 1 --quiet", in: second)
    #expect(again.status == 0, "\(again.errors)")
    #expect(again.errors.isEmpty)
    #expect(again.output == result.output)
    for file in folder.files { #expect(try folder.bytes(file) == second.bytes(file)) }
  }

  /// The example of the guide to writing labs.
  @Test func `The dice run`() async throws {
    let folder = try Folder()
    let result = try await Program("dice").run(in: folder)
    #expect(result.status == 0, "\(result.errors)")
    try Self.expectComplete(result.output, in: folder, title: "The mean of many dice")
    #expect(result.output.contains("✓ 1 claim, it holds."))
  }

  /// The example of the README, and the margin that it speaks of: it would hold with a third of the
  /// tolerance too.
  @Test func `The README's example`() async throws {
    let folder = try Folder()
    let result = try await Program("ReadmeLab").run(in: folder)
    #expect(result.status == 0, "\(result.errors)")
    #expect(result.output.contains("After 100000 throws the mean is 3.50."))
    let measured = try #require(
      result.output.firstMatch(of: /measured ([0-9.]+), .* \(([0-9.]+)\)/))
    #expect(try abs(#require(Double(measured.1)) - 3.5) < 0.05 / 3)
    #expect(try abs(#require(Double(measured.2)) - 3.857) < 0.05 / 3)
  }

  /// The one page has the numbers of the long report.
  @Test func `Lab 10 summary`() async throws {
    let folder = try Folder()
    let result = try await Program("lab10-summary").run(["--seeds", "6"], in: folder)
    #expect(result.status == 0, "\(result.errors)")
    try Self.expectComplete(result.output, in: folder, title: "Lab 10 on one page")
    #expect(!result.output.contains("```swift"))
  }

  @Test func `Parameters stand in prose and provenance`() async throws {
    let folder = try Folder()
    let result = try await Program("dice").run(["--throw-count", "500", "--seed", "7"], in: folder)
    #expect(result.status == 0, "\(result.errors)")
    #expect(result.output.contains("come?"))
    #expect(result.output.contains("do 500 throws"))
    #expect(result.output.contains("| `throwCount` | 500"))
    #expect(result.output.contains("| `seed`       | 7"))
  }
}
