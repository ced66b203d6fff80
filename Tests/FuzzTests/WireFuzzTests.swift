import Foundation
import Testing

@testable import LabKit
@testable import Reports

/// Whatever arrives over the wire, the front end does not trap: it weaves it, or says that it is no
/// message. (A trap here would end the tests.)
struct WireFuzzTests {
  /// The numbers in the JSON of every event replaced by absurd ones.
  @Test func `Absurd numbers are survived`() throws {
    let absurd = [
      "-1", "0", "1e308", "-1e308", "9223372036854775807", "-9223372036854775808",
      "4611686018427387904", "\"nan\"", "\"inf\"", "null", "[]", "\"\"", "2147483648",
    ]
    for message in try Self.messages() {
      let head = Array(message.prefix(21))
      let body = Array(message.dropFirst(21))
      var start = 0
      while let digit = body[start...].firstIndex(where: { (48...57).contains($0) }) {
        let end = body[digit...].firstIndex { !(48...57).contains($0) && $0 != 46 } ?? body.count
        for number in absurd {
          try? readWire(Self.message(head, body[..<digit] + Array(number.utf8) + body[end...]))
        }
        start = end
      }
    }
    for size in [Int.min, -1, 1 << 40, 1 << 62, .max] {
      let message = Message(
        event: .show(Shown(.value("1"), at: nil)), printed: PrintedSizes(output: size, error: size))
      try? readWire(message.encoded())
    }
  }

  /// Events with every kind of number in them.
  private static func messages() throws -> [[UInt8]] {
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
          .figure(
            FigureOutput(
              alternativeText: "a", width: 10, height: 20,
              images: [
                FigureImage(
                  pixels: PixelPicture(
                    Bitmap(width: 2, height: 3), pixelsPerPoint: 2, tolerance: 6))
              ])),
          at: nil)),
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
}
