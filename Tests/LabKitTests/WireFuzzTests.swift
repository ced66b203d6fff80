import Foundation
import Reports
import SystemCalls
import Tensors
import Testing

@testable import LabKit

/// Whatever arrives over the wire, the front end does not trap: it weaves it, or says that it is no
/// message. (A trap here would end the tests.)
struct WireFuzzTests {
  private static let source = SourceFile(
    fileID: "lab/Lab.swift", path: "lab/Lab.swift",
    text: """
      //: # A lab
      struct Lab {
        func report() {
          //: A value \\(loss).
          a()
          //-
          b()
        }
      }

      """)

  private static let labSource = try? LabSource(files: [source])

  /// Bytes flipped, cut, repeated, and lengths and sizes made absurd.
  @Test func bytesOfAnyKindAreSurvived() throws {
    var random = SplitMix64(seed: 18)
    let sound = try MessageTests.messages().map { try $0.encoded() }
    for _ in 0..<1000 {
      var bytes: [UInt8] = []
      for _ in 0..<Int.random(in: 1...4, using: &random) {
        bytes += sound.randomElement(using: &random) ?? []
      }
      for _ in 0..<Int.random(in: 1...6, using: &random) where !bytes.isEmpty {
        let place = Int.random(in: 0..<bytes.count, using: &random)
        switch Int.random(in: 0..<4, using: &random) {
        case 0: bytes[place] ^= 1 << UInt8.random(in: 0..<8, using: &random)
        case 1: bytes.removeSubrange(place..<min(bytes.count, place + 3))
        case 2: bytes.insert(contentsOf: bytes[..<min(place, 30)], at: place)
        default: bytes[place] = [0, 0x7F, 0x80, 0xFF].randomElement(using: &random) ?? 0
        }
      }
      try weave(bytes)
    }
  }

  /// The numbers in the JSON of every event replaced by absurd ones.
  @Test func absurdNumbersAreSurvived() throws {
    let absurd = [
      "-1", "0", "1e308", "-1e308", "9223372036854775807", "-9223372036854775808",
      "4611686018427387904", "\"nan\"", "\"inf\"", "null", "[]", "\"\"", "2147483648",
    ]
    for message in try MessageTests.messages().map({ try $0.encoded() }) + Self.richMessages() {
      let head = Array(message.prefix(21))
      let body = Array(message.dropFirst(21))
      var start = 0
      while let digit = body[start...].firstIndex(where: { (48...57).contains($0) }) {
        let end = body[digit...].firstIndex { !(48...57).contains($0) && $0 != 46 } ?? body.count
        for number in absurd {
          try weave(Self.message(head, body[..<digit] + Array(number.utf8) + body[end...]))
        }
        start = end
      }
    }
    for size in [Int.min, -1, 1 << 40, 1 << 62, .max] {
      let message = Message(
        event: .show(Shown(.value("1"), at: nil)), printed: PrintedSizes(output: size, error: size))
      try weave(message.encoded())
    }
  }

  /// Events with every kind of number in them.
  private static func richMessages() throws -> [[UInt8]] {
    let distance = ComparisonResult.Distance(absolute: 1, relative: 2, unitsInLastPlace: 3)
    let events: [Event] = [
      .show(
        Shown(
          .figure(
            FigureOutput(
              alternativeText: "a", width: 10, height: 20, images: [FigureImage(png: [1, 2, 3])])),
          at: SourceLocation(fileID: "lab/Lab.swift", line: 5))),
      .show(
        Shown(
          .table(
            Table(
              columns: [.init("a")], rows: [[.init(0.5, as: .decimal(places: 2))], [.init("b")]])),
          at: nil)),
      .show(
        Shown(
          .comparison(
            ComparisonResult(
              "c", requirement: "r",
              parts: [.init("p", count: 4, distance: distance, isWithinTolerance: true)],
              mutants: [.init("m", distance: distance, passes: false)])), at: nil)),
      .publish(
        Published("loss", value: 0.25, format: .significant(digits: 3), tolerance: .absolute(1))),
      .progress(
        ProgressUpdate(task: 1, title: "T", completed: 2, total: 4, isFinished: true)),
      .dataSource(DataSource(name: "d", sha256: "00", byteCount: 12)),
      .end(.timedOut(seconds: 3)),
      .end(.trapped(message: "m", location: SourceLocation(fileID: "lab/Lab.swift", line: 5))),
    ]
    return try events.map {
      try Message(event: $0, printed: PrintedSizes(output: 0, error: 0)).encoded()
    }
  }

  private static func message(_ head: [UInt8], _ body: [UInt8]) -> [UInt8] {
    var head = head
    for index in 0..<4 { head[index] = UInt8(truncatingIfNeeded: body.count >> (8 * index)) }
    return head + body
  }

  /// All that the front end does with what arrives.
  private func weave(_ bytes: [UInt8]) throws {
    var arrived = bytes
    guard let messages = try? Message.decode(from: &arrived) else { return }
    let file = try Descriptor.anonymousFile()
    let null = try Descriptor.null()
    defer { for descriptor in [file, null] { descriptor.close() } }
    try file.write("printed".utf8)
    var collector = Collector(output: file, error: file)
    var display = ProgressDisplay(.terminal(isColored: true, isUnicode: true), on: null)
    for message in messages {
      if case .progress(let update) = message.event {
        display.update(update)
        display.refresh(at: .now + .seconds(5))
      } else {
        collector.add(message)
      }
    }
    collector.finish { _ in nil }
    display.finish()
    _ = collector.recording.troubles
    guard let source = Self.labSource,
      let report = try? Report(source: source, recording: collector.recording)
    else { return }
    _ = MarkdownRenderer(figuresFolder: "files").render(report)
    _ = NotebookRenderer().render(report)
  }
}
