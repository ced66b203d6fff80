import Foundation
import Testing

@testable import labs

@Suite
struct ReportDifferenceTests {
  private func report(_ text: String) throws -> ReportText {
    let file = FileManager.default.temporaryDirectory.appending(path: "\(UUID().uuidString).md")
    try Data(text.utf8).write(to: file)
    defer { try? FileManager.default.removeItem(at: file) }
    return try ReportText(file.path)
  }

  @Test
  func `A number that moved is named with its sentence; one that stayed is not`() throws {
    let difference = ReportDifference(
      try report("# T\n\n## Part\n\nThe mean of 1,000 throws is 3.50.\n"),
      try report("# T\n\n## Part\n\nA new line.\n\nThe mean of 1,000 throws is 3.57.\n"))
    #expect(difference.numbers.map(\.before) == ["3.50"])
    #expect(difference.numbers.map(\.after) == ["3.57"])
    #expect(difference.numbers.map(\.section) == ["Part"])
    #expect(difference.addedLines == 1)
    let text = difference.markdown(title: "x") { _ in nil }
    #expect(text.contains("| 3.50 | 3.57 | +2 % |"))
  }

  @Test
  func `A comma after a number is not the number's; a figure's description counts with its figure`()
    throws
  {
    let difference = ReportDifference(
      try report("From 1 to 64, of 1,024.\n<img alt=\"7 points\" src=\"a.png\">\n"),
      try report("From 1 to 32, of 2,048.\n<img alt=\"6 points\" src=\"a.png\">\n"))
    #expect(difference.numbers.map(\.before) == ["64", "1,024"])
    #expect(difference.numbers.map(\.after) == ["32", "2,048"])
  }

  @Test
  func `A claim that no longer holds comes first`() throws {
    let difference = ReportDifference(
      try report("- ✓ **it is fair**: measured 3.5\n- ✓ **old**: measured 1\n"),
      try report("- ✗ **it is fair**: measured 4.5\n- ✓ **new**: measured 1\n"))
    let text = difference.markdown(title: "x") { _ in nil }
    #expect(text.contains("- **it is fair**: ✓ → ✗"))
    #expect(text.contains("- **old**: gone"))
    #expect(text.contains("- **new**: new, ✓"))
  }

  @Test(arguments: [
    ("1,024", 1024), ("−3.5", -3.5), ("4×10⁻⁷", 4e-7), ("82.9 %", 82.9), ("6.0×10¹²", 6e12),
  ])
  func `Numbers are read as reports write them`(_ text: String, _ value: Double) {
    #expect(ReportDifference.value(text) == value)
  }

  @Test
  func `The same report moved nothing`() throws {
    let text = try report("# T\n\n- ✓ **a**: 1\n")
    #expect(ReportDifference(text, text).isEmpty)
  }
}
