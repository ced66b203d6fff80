import Foundation
import PNGCoding
import Plotting
import Raster
import Testing
import VectorCoding

/// Files as other programs show them, beside our own pixels. Skipped where a program is missing.
@Suite
struct RendererTests {
  @Test(
    .enabled(if: Tool.exists("rsvg-convert"), "rsvg-convert (librsvg2-bin) is not installed"),
    arguments: Figures.all.map(\.name), [Theme.light, .dark])
  func `librsvg shows the picture that we draw`(name: String, theme: Theme) throws {
    let graphic = try #require(Figures.all.first { $0.name == name }).graphic
    let shown = try Tool.picture(
      Array(SVGEncoder.encode(graphic.drawing(theme: theme)).utf8), "svg"
    ) { ["rsvg-convert", "-z", "2", $0, "-o", $1 + ".png"] }
    let difference = Difference(graphic.render(theme: theme), shown)
    // The edges of the blocks of a picture are smoothed, hence the mean.
    #expect(difference.mean < 4)
    #expect(difference.largest < 100)
  }

  @Test(.enabled(if: Tool.exists("rsvg-convert"), "rsvg-convert (librsvg2-bin) is not installed"))
  func `The edges of an image's few large pixels are sharp`() throws {
    let figure = Figure {
      ImageMark(Matrix([[0.0, 1, 0], [1, 0, 1]]), x: 0...3, y: 0...2, colormap: .gray)
    }
    let shown = try Tool.picture(Array(SVGEncoder.encode(figure.drawing()).utf8), "svg") {
      ["rsvg-convert", "-z", "2", $0, "-o", $1 + ".png"]
    }
    let ours = figure.render(scale: 2)
    let far = stride(from: 0, to: ours.pixels.count, by: 4).count {
      abs(Int(ours.pixels[$0]) - Int(shown.pixels[$0])) > 60
    }
    // With blocks of eight pixels it was some thousands.
    #expect(far < 1500, "\(far) pixels are off")
  }

  /// Poppler moves thin lines to whole pixels and draws letters a little heavier: more pixels of
  /// edges differ, none of areas.
  @Test(
    .enabled(if: Tool.exists("pdftoppm"), "pdftoppm (poppler-utils) is not installed"),
    arguments: Figures.all.map(\.name), [Theme.light, .dark])
  func `poppler shows the picture that we draw`(name: String, theme: Theme) throws {
    let graphic = try #require(Figures.all.first { $0.name == name }).graphic
    let shown = try Tool.picture(PDFEncoder.encode(graphic.drawing(theme: theme)), "pdf") {
      ["pdftoppm", "-r", "144", "-png", "-singlefile", $0, $1]
    }
    let difference = Difference(graphic.render(theme: theme), shown)
    #expect(difference.mean < 1.5)
    #expect(difference.share < 0.002)
  }

  @Test(.enabled(if: Tool.exists("pdftotext"), "pdftotext (poppler-utils) is not installed"))
  func `Text of a PDF can be copied`() throws {
    let file = PDFEncoder.encode(Figures.lines.drawing())
    let text = try Tool.text(file, "pdf") { ["pdftotext", $0, "-"] }
    #expect(text.contains("Schritte, größer"))
    #expect(text.contains("a “b” <c>"))
  }

  @Test(
    .enabled(if: Tool.exists("qpdf"), "qpdf is not installed"), arguments: Figures.all.map(\.name))
  func `qpdf finds nothing wrong`(name: String) throws {
    let graphic = try #require(Figures.all.first { $0.name == name }).graphic
    let text = try Tool.text(
      PDFEncoder.encode(graphic.drawing(), title: "t", description: "d"), "pdf"
    ) { ["qpdf", "--check", $0] }
    #expect(text.contains("No syntax or stream encoding errors"))
  }
}

/// How far two pictures are from each other, edges forgiven: each pixel is the mean of those around
/// it.
private struct Difference {
  /// The mean difference of a component, in 255ths, without the forgiving.
  var mean = 0.0
  /// The largest difference.
  var largest = 0
  /// The share of pixels that differ by more than a quarter of the way from black to white.
  var share = 0.0

  init(_ ours: Bitmap, _ theirs: Bitmap) {
    guard ours.width == theirs.width, ours.height == theirs.height else {
      Issue.record("\(ours.width)×\(ours.height) and \(theirs.width)×\(theirs.height) pixels")
      return
    }
    let (width, height) = (ours.width, ours.height)
    func pixel(_ x: Int, _ y: Int, _ k: Int) -> Int {
      let i = 4 * (min(max(y, 0), height - 1) * width + min(max(x, 0), width - 1)) + k
      return Int(ours.pixels[i]) - Int(theirs.pixels[i])
    }
    var far = 0
    for y in 0..<height {
      for x in 0..<width {
        var worst = 0
        for k in 0..<3 {
          mean += Double(abs(pixel(x, y, k)))
          var sum = 0
          for dy in -1...1 { for dx in -1...1 { sum += pixel(x + dx, y + dy, k) } }
          worst = max(worst, abs(sum) / 9)
        }
        largest = max(largest, worst)
        if worst > 64 { far += 1 }
      }
    }
    mean /= Double(3 * width * height)
    share = Double(far) / Double(width * height)
  }
}

/// Programs that show files.
private enum Tool {
  static func exists(_ name: String) -> Bool {
    let folders = ProcessInfo.processInfo.environment["PATH"]?.split(separator: ":") ?? []
    return folders.contains { FileManager.default.isExecutableFile(atPath: "\($0)/\(name)") }
  }

  /// The picture that a program makes of a file. It is told the file, and a name without an ending.
  static func picture(
    _ file: [UInt8], _ ending: String, _ command: (String, String) -> [String]
  ) throws -> Bitmap {
    try inFolder(file, ending) { path, folder in
      _ = try run(command(path, folder + "/out"))
      let data = try Data(contentsOf: URL(filePath: folder + "/out.png"))
      return try PNGDecoder.decode(Array(data))
    }
  }

  /// What a program says of a file.
  static func text(
    _ file: [UInt8], _ ending: String, _ command: (String) -> [String]
  ) throws -> String {
    try inFolder(file, ending) { path, _ in try run(command(path)) }
  }

  private static func inFolder<Result>(
    _ file: [UInt8], _ ending: String, _ body: (String, String) throws -> Result
  ) throws -> Result {
    let folder = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString)
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    let path = folder.appending(path: "in." + ending)
    try Data(file).write(to: path)
    return try body(path.path, folder.path)
  }

  private static func run(_ arguments: [String]) throws -> String {
    let process = Process()
    let output = Pipe()
    process.executableURL = URL(filePath: "/usr/bin/env")
    process.arguments = arguments
    process.standardOutput = output
    try process.run()
    let data = output.fileHandleForReading.readDataToEndOfFile()
    process.waitUntilExit()
    try #require(process.terminationStatus == 0, "\(arguments[0]) succeeds")
    return String(decoding: data, as: UTF8.self)
  }
}
