import Raster
import Reports
import Testing

@testable import LabKit

/// Events as bytes and back.
@Suite struct MessageTests {
  /// Made anew for each test: a picture that was looked at is a file from then on.
  static var events: [Event] {
    [
      .show(
        Shown(.text("Zeile ä\n", .standardOutput), at: SourceLocation(fileID: "a/b.swift", line: 7))
      ),
      .show(Shown(.text("", .standardOutput), at: SourceLocation(fileID: "", line: 0))),
      .show(Shown(.text("c", .standardOutput), at: nil)),
      .show(Shown(.text("e", .standardError), at: SourceLocation(fileID: "a/b.swift", line: 7))),
      .show(
        Shown(
          .figure(
            FigureOutput(
              alternativeText: "x", width: 1, height: 2,
              images: [FigureImage(.dark, png: Array(0...255))])), at: nil)),
      .show(Shown(figure(), at: SourceLocation(fileID: "a/b.swift", line: 7))),
      .publish(Published("loss", value: .nan, tolerance: .relative(0.1))),
      .progress(ProgressUpdate(task: 1, title: "T", completed: 2, total: nil)),
      .end(.threw(message: "no", location: nil)),
    ]
  }

  /// A figure whose two pictures, of 3×2 and 1×1 pixels, are no files yet.
  static func figure() -> Output {
    let pictures = [(FigureImage.Appearance.light, 3, 2), (.dark, 1, 1)].map {
      appearance, width, height in
      let bitmap = Bitmap(
        width: width, height: height,
        pixels: (0..<4 * width * height).map { UInt8(11 * $0 % 256) })
      return FigureImage(
        appearance, pixels: PixelPicture(bitmap, pixelsPerPoint: 2, tolerance: 6))
    }
    return .figure(FigureOutput(alternativeText: "x", width: 1.5, height: 1, images: pictures))
  }

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
    // NaN is not equal to itself, so descriptions are compared; those of pictures say little.
    func isPicture(_ message: Message) -> Bool { message.event.takingPixels() != nil }
    #expect(
      "\(received.filter { !isPicture($0) })" == "\(sent.filter { !isPicture($0) })")
    let pictures = received.filter(isPicture)
    #expect(pictures.count == 1)
    #expect(pictures == sent.filter(isPicture))
    #expect(received.map(\.printed) == sent.map(\.printed))
  }

  @Test func `Pictures travel as pixels and say at what size they are meant`() throws {
    let event = Event.show(Shown(Self.figure(), at: nil))
    var bytes = try Message(event: event, printed: PrintedSizes()).encoded()
    let received = try #require(try Message.decode(from: &bytes).first)
    let sent = try #require(event.takingPixels()?.1)
    let arrived = try #require(received.event.takingPixels()?.1)
    #expect(arrived.map(\.bitmap) == sent.map(\.bitmap))
    #expect(arrived.map(\.picture.pixelsPerPoint) == [2, 2])
    #expect(arrived.map(\.picture.tolerance) == [6, 6])
  }

  @Test(arguments: 0...4)
  func `A figure with other pixels than it says is refused`(fault: Int) throws {
    let event = Event.show(Shown(Self.figure(), at: nil))
    var bytes = try Message(event: event, printed: PrintedSizes()).encoded()
    // From the end: 4 bytes of the last picture, and its header of 20.
    switch fault {
    case 0: bytes[bytes.count - 24] = 2  // twice as wide
    case 1:
      bytes.replaceSubrange(
        bytes.count - 24..<bytes.count - 16, with: Array(repeating: 255, count: 8))
    case 2: bytes.replaceSubrange(bytes.count - 24..<bytes.count - 20, with: [0, 0, 0, 0])
    case 3:
      bytes.replaceSubrange(bytes.count - 12..<bytes.count - 4, with: Array(repeating: 0, count: 8))
    default:  // nothing behind the header
      bytes.removeLast(4)
      let length = bytes.integer(at: 0, count: 4) - 4
      for index in 0..<4 { bytes[index] = UInt8(truncatingIfNeeded: length >> (8 * index)) }
    }
    #expect(throws: Message.BrokenStream.self) { try Message.decode(from: &bytes) }
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
