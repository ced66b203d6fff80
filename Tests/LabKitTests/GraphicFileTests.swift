import Foundation
import LabKit
import SystemCalls
import Testing

/// Figures as files of their own.
@Suite struct GraphicFileTests {
  private let figure = Figure("Squares", x: Axis("x"), y: Axis("y")) {
    LineMark(x: [0, 1, 2, 3], y: [0, 1, 4, 9])
  }

  @Test func `The ending says the kind of a figure's file`() throws {
    let folder = FileManager.default.temporaryDirectory.appending(
      path: "graphic-\(UUID().uuidString)", directoryHint: .isDirectory)
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    let kinds = [("a.svg", "<?xml"), ("b.PDF", "%PDF-"), ("c.d.png", "\u{89}PNG")]
    for (name, start) in kinds {
      let path = folder.appending(path: name).path
      try figure.write(to: path)
      let bytes = try Data(contentsOf: URL(filePath: path))
      let head = start.unicodeScalars.map { UInt8(truncatingIfNeeded: $0.value) }
      let isSVG = name.hasSuffix("svg") && bytes.starts(with: Array("<svg".utf8))
      #expect(isSVG || bytes.starts(with: head), "\(name)")
    }
    for name in ["svg", ".pdf", "a.gif", "a.", "a.svg/b"] {
      let path = folder.appending(path: name).path
      let error = #expect(throws: FileError.self, "\(name)") { try figure.write(to: path) }
      #expect("\(error.map { "\($0)" } ?? "")".contains("ends in none of .svg, .pdf and .png"))
    }
    #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path).count == kinds.count)
  }
}
