import Testing

@testable import LabKit

/// Events as bytes and back.
@Suite struct MessageTests {
  static let events: [Event] = [
    .show(
      Shown(.text("Zeile ä\n", .standardOutput), at: SourceLocation(fileID: "a/b.swift", line: 7))),
    .show(Shown(.text("", .standardOutput), at: SourceLocation(fileID: "", line: 0))),
    .show(Shown(.text("c", .standardOutput), at: nil)),
    .show(Shown(.text("e", .standardError), at: SourceLocation(fileID: "a/b.swift", line: 7))),
    .show(
      Shown(
        .figure(
          FigureOutput(
            alternativeText: "x", width: 1, height: 2,
            images: [FigureImage(.dark, png: Array(0...255))])), at: nil)),
    .publish(Published("loss", value: .nan, tolerance: .relative(0.1))),
    .progress(ProgressUpdate(task: 1, title: "T", completed: 2, total: nil)),
    .end(.threw(message: "no", location: nil)),
  ]

  static func messages() -> [Message] {
    events.enumerated().map { index, event in
      Message(event: event, printed: PrintedSizes(output: index << 33, error: index))
    }
  }

  @Test(arguments: [1, 2, 3, 7, 64, 100_000])
  func `Survive any cutting`(piece: Int) throws {
    let sent = Self.messages()
    let bytes = try sent.flatMap { try $0.encoded() }
    var arrived: [UInt8] = []
    var received: [Message] = []
    for start in stride(from: 0, to: bytes.count, by: piece) {
      arrived += bytes[start..<min(start + piece, bytes.count)]
      received += try Message.decode(from: &arrived)
    }
    #expect(arrived.isEmpty)
    // NaN is not equal to itself, so descriptions are compared.
    #expect("\(received)" == "\(sent)")
    #expect(received.map(\.printed) == sent.map(\.printed))
  }

  @Test(arguments: [
    [UInt8](repeating: 0xFF, count: 64), Array("what a lab wrote to a wrong descriptor".utf8),
    [8, 0, 0, 0, 1] + [UInt8](repeating: 0, count: 16) + [0, 0, 0, 0, 255, 255, 255, 0],
  ])
  func `Strange bytes are refused`(bytes: [UInt8]) {
    var arrived = bytes
    #expect(throws: (any Error).self) { try Message.decode(from: &arrived) }
  }
}
