import Foundation
import PNGCoding
import Raster
import Reports
import Synchronization
import SystemCalls
import Testing

/// A folder that is gone when its owner is.
final class TemporaryFolder {
  let path: String

  init() throws {
    path = NSTemporaryDirectory() + "reports-\(UUID().uuidString)"
    try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
  }

  deinit { try? FileManager.default.removeItem(atPath: path) }

  func write(_ text: String, to name: String) throws {
    let url = URL(fileURLWithPath: "\(path)/\(name)")
    try FileManager.default.createDirectory(
      at: url.deletingLastPathComponent(), withIntermediateDirectories: true)
    try Data(text.utf8).write(to: url)
  }

  func read(_ name: String) throws -> String {
    String(decoding: try bytes(name), as: UTF8.self)
  }

  func bytes(_ name: String) throws -> [UInt8] {
    [UInt8](try Data(contentsOf: URL(fileURLWithPath: "\(path)/\(name)")))
  }

  func put(_ bytes: [UInt8], to name: String) throws {
    try write("", to: name)
    try Data(bytes).write(to: URL(fileURLWithPath: "\(path)/\(name)"))
  }

  var names: [String] {
    (FileManager.default.enumerator(atPath: path)?.compactMap { $0 as? String } ?? []).sorted()
  }
}

struct ReportWriterTests {
  /// A lab with two figures, one printed number and one volatile one.
  static func report(
    shows labels: [String] = ["fig-a", "fig-b"], prints number: String = "1", took: String = "3 s",
    picture: [UInt8]? = nil
  ) throws -> RenderedReport {
    let body = """
      //: # A lab
      //: It took \\(duration).
      first()
      //-
      //| volatile: true
      second()
      """
    var recording = Recording()
    for label in labels {
      let figure = FigureOutput(
        label: label, alternativeText: label, width: 4, height: 4,
        images: [.init(png: try picture ?? Self.picture())])
      recording.record(.show(.figure(figure), line: 3))
    }
    recording.record(.print("\(number)\n", line: 3))
    recording.record(.publish(Published("duration", text: took, isVolatile: true)))
    recording.record(.print("\(took)\n", line: 6))
    let report = try Report(
      source: LabSource(files: [Sample.lab(body)]), recording: recording)
    return MarkdownRenderer(figuresFolder: "lab_files").render(report)
  }

  static func picture(_ color: Color = .white, tolerance: Double? = nil) throws -> [UInt8] {
    var bitmap = Bitmap(width: 8, height: 8, color: .white)
    bitmap[3, 5] = color
    return try PNGEncoder.encode(bitmap, pixelsPerPoint: tolerance)
  }

  private func writer(_ folder: TemporaryFolder) -> Writer {
    Writer(
      writer: ReportWriter(
        path: folder.path + "/docs/lab.md", figuresPath: folder.path + "/docs/lab_files"))
  }

  /// A writer that knows how to link the report's figures anew.
  private struct Writer {
    let writer: ReportWriter

    @discardableResult
    func write(_ report: RenderedReport) throws -> ReportWriter.Outcome {
      try writer.write(report) { report.text.replacing("lab_files/", with: "lab_files/\($0)/") }
    }
  }

  @Test func `A report is written with its figures`() throws {
    let folder = try TemporaryFolder()
    let rendered = try Self.report()
    let outcome = try writer(folder).write(rendered)
    #expect(
      folder.names == [
        "docs", "docs/lab.md", "docs/lab_files", "docs/lab_files/fig-a.png",
        "docs/lab_files/fig-b.png",
      ])
    #expect(try folder.read("docs/lab.md") == rendered.text)
    #expect(outcome.written.count == 3)
    let mode = try FileManager.default.attributesOfItem(atPath: folder.path + "/docs/lab.md")
    #expect((mode[.posixPermissions] as? NSNumber)?.intValue ?? 0 & 0o044 != 0)
  }

  @Test func `What is the same stays byte for byte`() throws {
    let folder = try TemporaryFolder()
    try writer(folder).write(try Self.report())
    let document = try folder.bytes("docs/lab.md")
    // The same pixels in another file: its physical size is recorded too.
    let other = try Self.picture(tolerance: 2)
    #expect(try Self.picture() != other)
    let outcome = try writer(folder).write(try Self.report(took: "17 s", picture: other))
    #expect(outcome.written == [])
    #expect(outcome.unchanged.count == 3)
    #expect(try folder.bytes("docs/lab.md") == document)
    #expect(try folder.bytes("docs/lab_files/fig-a.png") == Self.picture())
  }

  @Test func `A new number brings the volatile text along`() throws {
    let folder = try TemporaryFolder()
    try writer(folder).write(try Self.report())
    let rendered = try Self.report(prints: "2", took: "17 s")
    let outcome = try writer(folder).write(rendered)
    #expect(outcome.written == [folder.path + "/docs/lab.md"])
    #expect(try folder.read("docs/lab.md") == rendered.text)
  }

  @Test func `A new picture brings the volatile text along`() throws {
    let folder = try TemporaryFolder()
    try writer(folder).write(try Self.report())
    let rendered = try Self.report(took: "17 s", picture: Self.picture(.black))
    let outcome = try writer(folder).write(rendered)
    #expect(outcome.written.last == folder.path + "/docs/lab.md")
    #expect(try folder.read("docs/lab.md") == rendered.text)
  }

  @Test func `A new pixel is written`() throws {
    let folder = try TemporaryFolder()
    try writer(folder).write(try Self.report())
    let other = try Self.picture(.black)
    let outcome = try writer(folder).write(try Self.report(picture: other))
    #expect(outcome.written.count == 2)
    #expect(try folder.bytes("docs/lab_files/fig-b.png") == other)
  }

  @Test func `A figure that is no longer shown goes`() throws {
    let folder = try TemporaryFolder()
    try writer(folder).write(try Self.report())
    try folder.write("mine", to: "docs/lab_files/notes.txt")
    try folder.write("mine", to: "docs/lab_files/photo.png")
    try folder.write("mine", to: "docs/fig-b.png")
    let outcome = try writer(folder).write(try Self.report(shows: ["fig-a"]))
    #expect(outcome.removed == [folder.path + "/docs/lab_files/fig-b.png"])
    #expect(
      folder.names == [
        "docs", "docs/fig-b.png", "docs/lab.md", "docs/lab_files", "docs/lab_files/fig-a.png",
        "docs/lab_files/notes.txt", "docs/lab_files/photo.png",
      ])
  }

  @Test func `A folder without figures goes`() throws {
    let folder = try TemporaryFolder()
    try writer(folder).write(try Self.report())
    try writer(folder).write(try Self.report(shows: []))
    #expect(folder.names == ["docs", "docs/lab.md"])
  }

  @Test func `A picture that another document owns stays`() throws {
    let folder = try TemporaryFolder()
    try folder.write("theirs", to: "docs/other_files/fig-x.png")
    try folder.write("mine", to: "docs/lab_files/fig-x.png")
    try folder.write(
      "# Old\n\n![x](other_files/fig-x.png) ![y](../elsewhere.png)\n", to: "docs/lab.md")
    let outcome = try writer(folder).write(try Self.report())
    #expect(outcome.removed == [])
    #expect(try folder.read("docs/other_files/fig-x.png") == "theirs")
    #expect(try folder.read("docs/lab_files/fig-x.png") == "mine")
  }

  /// Two reports that keep their figures in one folder: none shows the other's run.
  @Test func `A figure that another report shows stays`() throws {
    let folder = try TemporaryFolder()
    try writer(folder).write(try Self.report(shows: ["fig-a", "fig-b"]))
    let origin = ReportOrigin(lab: "other").comment
    try folder.write(
      "# Other\n\n<p><img src=\"lab_files/fig-b.png\"></p>\n\n\(origin)\n", to: "docs/other.md")
    // The same pixels disturb nobody, and what the other one shows stays.
    let outcome = try writer(folder).write(try Self.report(shows: ["fig-a"]))
    #expect(outcome.removed == [])
    #expect(folder.names.contains("docs/lab_files/fig-b.png"))
    let before = folder.names.map { try? folder.bytes($0) }
    let error = #expect(throws: FileError.self) {
      try writer(folder).write(try Self.report(picture: Self.picture(.black)))
    }
    let words = "fig-b.png: cannot be replaced: \(folder.path)/docs/other.md shows it"
    #expect(error?.description.contains(words) ?? false, "\(error.debugDescription)")
    #expect(folder.names.map { try? folder.bytes($0) } == before)
    // What no lab made, a guide for one, may show the newest picture.
    try folder.write("![b](lab_files/fig-b.png)\n", to: "docs/other.md")
    try writer(folder).write(try Self.report(picture: Self.picture(.black)))
  }

  /// A picture of the author's own that prose showed, even in the figures' folder, is not the run's.
  @Test func `A picture that prose showed stays`() throws {
    let folder = try TemporaryFolder()
    try writer(folder).write(try Self.report())
    try folder.write("mine", to: "docs/lab_files/photo.png")
    let text = try folder.read("docs/lab.md")
    try folder.write(
      text.replacing("# A lab", with: "# A lab\n\n![p](lab_files/photo.png)"), to: "docs/lab.md")
    let outcome = try writer(folder).write(try Self.report(shows: ["fig-a"]))
    #expect(outcome.removed == [folder.path + "/docs/lab_files/fig-b.png"])
    #expect(try folder.read("docs/lab_files/photo.png") == "mine")
  }

  /// Where a leftover would lie there is a link to somewhere else: nothing is tidied up there.
  @Test func `A link in place of a leftover is not followed`() throws {
    let folder = try TemporaryFolder()
    try writer(folder).write(try Self.report())
    let seen = Mutex<Set<String>>([])
    var watched = writer(folder).writer
    watched.disk.watch = { (call) throws(SystemError) in
      if case .makeFolder(let path) = call { seen.withLock { _ = $0.insert(path) } }
    }
    let next = try Self.report(picture: Self.picture(.black))
    try watched.write(next) { _ in next.text }
    let names = seen.withLock { $0 }
    let leftover = try #require(names.first { $0.contains(".labkit-new-") })
    try folder.write("mine", to: "pictures/cat.png")
    try folder.write("fig-a.png\n", to: "pictures/figures.txt")
    try FileManager.default.createSymbolicLink(
      atPath: leftover, withDestinationPath: folder.path + "/pictures")
    try writer(folder).write(try Self.report())
    #expect(try folder.read("pictures/cat.png") == "mine")
    #expect(folder.names.contains("docs/lab_files/fig-a.png"))
    #expect(!FileManager.default.fileExists(atPath: leftover))
  }

  @Test func `What cannot be written is said in one sentence`() throws {
    let folder = try TemporaryFolder()
    try folder.write("a file", to: "docs")
    #expect(throws: FileError.self) { try writer(folder).write(try Self.report()) }
    do {
      try writer(folder).write(try Self.report())
    } catch {
      #expect(
        "\(error)" == "\(folder.path)/docs/lab.md: cannot be written: "
          + "a file stands where a folder should be")
    }
  }

  @Test func `The old document stays when a figure cannot be written`() throws {
    let folder = try TemporaryFolder()
    try folder.write("old", to: "docs/lab.md")
    try folder.write("in the way", to: "docs/lab_files/fig-b.png/file")
    #expect(throws: FileError.self) { try writer(folder).write(try Self.report()) }
    #expect(try folder.read("docs/lab.md") == "old")
  }
}
