/// What is wrong with a header, in words that complete "The file … ".
struct HeaderFault: Error {
  var description: String
}

/// The header of a safetensors file, checked against the length of the file.
struct SafeTensorsHeader {
  var metadata: [String: String] = [:]
  /// Metadata whose keys are equal to one there and spelt with other bytes.
  var otherSpellings: [(key: String, value: String)] = []
  var entries: [SafeTensors.Entry] = []
  var dataStart: Int

  /// Reads the header; takes memory only for what lies within the file.
  init(_ bytes: [UInt8]) throws(HeaderFault) {
    guard bytes.count >= 8 else {
      throw HeaderFault(
        description:
          "is truncated: it has \(bytes.count) bytes, not even the 8 of a header's length"
      )
    }
    let length = bytes[..<8].reversed().reduce(UInt64(0)) { $0 << 8 | UInt64($1) }
    guard length <= UInt64(bytes.count - 8) else {
      throw HeaderFault(
        description: "is truncated or no safetensors file: its header should take \(length) bytes, "
          + "but \(bytes.count - 8) follow")
    }
    dataStart = 8 + Int(length)
    let root: HeaderJSON
    do throws(HeaderJSON.Fault) {
      root = try HeaderJSON(Array(bytes[8..<dataStart]))
    } catch {
      throw HeaderFault(description: "has a broken header: \(error.description)")
    }
    guard case .object(let members) = root else {
      throw HeaderFault(description: "has a broken header: it is no JSON object")
    }
    for (name, value) in members {
      if name == "__metadata__" {
        try takeMetadata(value)
      } else {
        entries.append(try Self.entry(name, value))
      }
    }
    try arrange(dataCount: bytes.count - dataStart)
  }

  /// Puts the entries in the order of their data and checks that they cover all of it, once.
  private mutating func arrange(dataCount: Int) throws(HeaderFault) {
    entries.sort {
      ($0.bytes.lowerBound, $0.bytes.upperBound) < ($1.bytes.lowerBound, $1.bytes.upperBound)
    }
    var end = 0
    for entry in entries {
      guard entry.bytes.upperBound <= dataCount else {
        throw HeaderFault(
          description: "is truncated: the data of tensor \(entry.name) end at byte "
            + "\(entry.bytes.upperBound) of \(dataCount)")
      }
      guard entry.bytes.lowerBound == end else {
        throw HeaderFault(
          description: "has a broken header: the data of tensor \(entry.name) start at byte "
            + "\(entry.bytes.lowerBound), expected \(end)")
      }
      end = entry.bytes.upperBound
    }
    guard end == dataCount else {
      throw HeaderFault(
        description: "has trailing bytes: its tensors take \(end) bytes, but \(dataCount) follow "
          + "the header")
    }
  }

  private mutating func takeMetadata(_ value: HeaderJSON) throws(HeaderFault) {
    if value == .null { return }
    guard case .object(let members) = value else {
      throw HeaderFault(description: "has a broken header: __metadata__ is no JSON object")
    }
    for (key, value) in members {
      guard case .string(let text) = value else {
        throw HeaderFault(description: "has a broken header: metadata \(key) is no string")
      }
      if metadata[key] == nil {
        metadata[key] = text
      } else {
        otherSpellings.append((key, text))
      }
    }
  }

  private static func entry(_ name: String, _ value: HeaderJSON) throws(HeaderFault)
    -> SafeTensors.Entry
  {
    func fault(_ what: String) -> HeaderFault {
      HeaderFault(description: "has a broken header: tensor \(name) \(what)")
    }
    guard case .object(let members) = value else { throw fault("is no JSON object") }
    var typeName: String?
    var dimensions: [Int]?
    var offsets: [Int]?
    for (key, value) in members {
      switch (key, value) {
      case ("dtype", .string(let text)): typeName = text
      case ("shape", .array(let items)): dimensions = numbers(items)
      case ("data_offsets", .array(let items)): offsets = numbers(items)
      default: break  // Members that a later version of the format may add say nothing here.
      }
    }
    for (key, value) in members where key == "shape" || key == "data_offsets" {
      if case .array(let items) = value, numbers(items) == nil {
        throw fault("has a \(key) of other than whole numbers that a file can have")
      }
    }
    guard let typeName, let dimensions, let offsets, offsets.count == 2 else {
      throw fault("lacks a dtype, a shape or two data_offsets")
    }
    let type = SafeTensors.ElementType(rawValue: typeName)
    guard offsets[0] <= offsets[1] else { throw fault("ends before it starts") }
    // Extents beside a 0 take no bytes, but a shape of them must have a count, in any order.
    var size = 1
    for dimension in dimensions where dimension != 0 {
      let (product, overflow) = size.multipliedReportingOverflow(by: dimension)
      guard !overflow else { throw fault("has a shape that no memory holds") }
      size = product
    }
    guard size <= Shape.mostElements else { throw fault("has a shape that no memory holds") }
    size = dimensions.contains(0) ? 0 : size * (type.bits ?? 8)
    // How many bytes a type takes that nobody here knows only its writer can say.
    let isSound = size % 8 == 0 && size / 8 == offsets[1] - offsets[0]
    guard isSound || type.bits == nil else {
      throw fault(
        "has \(offsets[1] - offsets[0]) bytes, but its shape [\(dimensions.map(String.init).joined(separator: ", "))] of \(typeName) takes \((size + 7) / 8)"
      )
    }
    return SafeTensors.Entry(
      name: name, type: type, dimensions: dimensions, bytes: offsets[0]..<offsets[1])
  }

  private static func numbers(_ items: [HeaderJSON]) -> [Int]? {
    var numbers: [Int] = []
    for item in items {
      guard case .number(let number) = item else { return nil }
      numbers.append(number)
    }
    return numbers
  }

  /// A header's bytes, padded with spaces to a multiple of 8.
  static func encoded(
    metadata: [(key: String, value: String)], entries: [SafeTensors.Entry]
  ) -> [UInt8] {
    var members: [String] = []
    if !metadata.isEmpty {
      // Of keys that are the same to Swift the first is the one it sees, and stays the first.
      let order = metadata.indices.sorted {
        metadata[$0].key == metadata[$1].key ? $0 < $1 : metadata[$0].key < metadata[$1].key
      }
      let pairs = order.map { metadata[$0] }
        .map { "\(HeaderJSON.quoted($0.key)):\(HeaderJSON.quoted($0.value))" }
      members.append("\"__metadata__\":{\(pairs.joined(separator: ","))}")
    }
    for entry in entries {
      let shape = entry.dimensions.map(String.init).joined(separator: ",")
      members.append(
        "\(HeaderJSON.quoted(entry.name)):{\"dtype\":\"\(entry.type.rawValue)\",\"shape\":[\(shape)],"
          + "\"data_offsets\":[\(entry.bytes.lowerBound),\(entry.bytes.upperBound)]}")
    }
    var header = Array("{\(members.joined(separator: ","))}".utf8)
    while header.count % 8 != 0 { header.append(0x20) }
    return header
  }
}
