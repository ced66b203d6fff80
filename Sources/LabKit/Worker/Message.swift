internal import Foundation

/// What the process that runs the lab tells the one that weaves: an event, and how much had been
/// printed past LabKit (by C code, by `dump`) when it happened, which puts both in order.
struct Message: Equatable, Sendable {
  var event: Event
  var printed: PrintedSizes
}

/// How long the captured standard output and standard error were at some moment, in bytes.
struct PrintedSizes: Equatable, Sendable {
  var output = 0
  var error = 0
}

extension Message {
  /// Length, kind and sizes in front of every message.
  private static let headerCount = 4 + 1 + 8 + 8
  /// Far above what a lab shows at once; a longer length is a broken stream.
  private static let largestBody = 1 << 30

  private enum Kind: UInt8 {
    case event = 0
    /// Printed text, which may come a hundred thousand times, goes without JSON.
    case text = 1
    /// So does the line that C code prints for.
    case reach = 2
    /// A figure whose pictures follow the event as pixels.
    case figure = 3
  }

  /// The message as bytes: length of the body (4), kind (1), both sizes (8 each), body; numbers
  /// with the lowest byte first.
  func encoded() throws -> [UInt8] {
    var kind = Kind.event
    var body: [UInt8] = []
    if case .show(let shown) = event, case .text(let text, .standardOutput) = shown.output,
      let location = shown.location
    {
      kind = .text
      let fileID = location.fileID.utf8
      body.reserveCapacity(8 + fileID.count + text.utf8.count)
      body.append(littleEndian: location.line, count: 4)
      body.append(littleEndian: fileID.count, count: 4)
      body += fileID
      body += text.utf8
    } else if case .reach(let location) = event {
      kind = .reach
      body.append(littleEndian: location.line, count: 4)
      body += location.fileID.utf8
    } else if let (rest, pictures) = event.takingPixels() {
      kind = .figure
      body = Self.encoded(pictures, after: try Self.json(rest))
    } else {
      body = try Self.json(event)
    }
    var bytes: [UInt8] = []
    bytes.reserveCapacity(Self.headerCount + body.count)
    bytes.append(littleEndian: body.count, count: 4)
    bytes.append(kind.rawValue)
    bytes.append(littleEndian: printed.output, count: 8)
    bytes.append(littleEndian: printed.error, count: 8)
    return bytes + body
  }

  private static func json(_ event: Event) throws -> [UInt8] {
    let encoder = JSONEncoder()
    // A loss may be NaN and a distance infinite; plain JSON has neither.
    encoder.nonConformingFloatEncodingStrategy = .convertToString(
      positiveInfinity: "inf", negativeInfinity: "-inf", nan: "nan")
    return [UInt8](try encoder.encode(event))
  }

  /// Takes the whole messages off the front of what has arrived and leaves the rest.
  ///
  /// - Throws: When the bytes are not messages: the lab wrote to a descriptor that is not its own.
  static func decode(from arrived: inout [UInt8]) throws -> [Message] {
    var messages: [Message] = []
    var start = 0
    while arrived.count - start >= headerCount {
      let bodyCount = arrived.integer(at: start, count: 4)
      guard let kind = Kind(rawValue: arrived[start + 4]), bodyCount <= largestBody else {
        throw BrokenStream()
      }
      let end = start + headerCount + bodyCount
      guard arrived.count >= end else { break }
      let printed = PrintedSizes(
        output: arrived.integer(at: start + 5, count: 8),
        error: arrived.integer(at: start + 13, count: 8))
      let body = arrived[start + headerCount..<end]
      let event = try event(kind, body)
      if let absurdity = event.absurdity { throw BrokenStream(what: absurdity) }
      messages.append(Message(event: event, printed: printed))
      start = end
    }
    arrived.removeFirst(start)
    return messages
  }

  private static func event(_ kind: Kind, _ body: ArraySlice<UInt8>) throws -> Event {
    switch kind {
    case .event: return try event(json: body)
    case .figure:
      let (json, pictures) = try pictures(body)
      return try event(json: json).giving(pictures)
    case .reach:
      let bytes = Array(body)
      guard bytes.count >= 4 else { throw BrokenStream() }
      return .reach(
        SourceLocation(
          fileID: String(decoding: bytes[4...], as: UTF8.self), line: bytes.integer(at: 0, count: 4)
        ))
    case .text:
      let bytes = Array(body)
      guard bytes.count >= 8 else { throw BrokenStream() }
      let textStart = 8 + bytes.integer(at: 4, count: 4)
      guard textStart <= bytes.count else { throw BrokenStream() }
      let location = SourceLocation(
        fileID: String(decoding: bytes[8..<textStart], as: UTF8.self),
        line: bytes.integer(at: 0, count: 4))
      let text = String(decoding: bytes[textStart...], as: UTF8.self)
      return .show(Shown(.text(text, .standardOutput), at: location))
    }
  }

  private static func event(json: ArraySlice<UInt8>) throws -> Event {
    let decoder = JSONDecoder()
    decoder.nonConformingFloatDecodingStrategy = .convertFromString(
      positiveInfinity: "inf", negativeInfinity: "-inf", nan: "nan")
    do {
      return try decoder.decode(Event.self, from: Data(json))
    } catch {
      throw BrokenStream()
    }
  }

  /// Something else than messages came from the run.
  struct BrokenStream: Error, CustomStringConvertible {
    var what = "something that is not an event"
    var description: String { "the run of the lab sent \(what)" }
  }
}

extension RandomAccessCollection<UInt8> where Index == Int {
  /// The number at a place, its lowest byte first.
  func integer(at start: Int, count: Int) -> Int {
    (0..<count).reduce(0) { $0 | Int(self[start + $1]) << (8 * $1) }
  }
}

extension [UInt8] {
  /// Appends a number, its lowest byte first.
  mutating func append(littleEndian number: Int, count: Int) {
    for index in 0..<count { append(UInt8(truncatingIfNeeded: number >> (8 * index))) }
  }
}
