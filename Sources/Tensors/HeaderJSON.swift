/// The JSON that a safetensors header needs: objects, arrays, strings and whole numbers.
///
/// Strict on purpose (a name that occurs twice is a fault, as is a fraction or a `null`), without
/// recursion deeper than a header goes, and without Foundation, which this module does not need
/// otherwise.
enum HeaderJSON: Equatable {
  case object([(name: String, value: HeaderJSON)])
  case array([HeaderJSON])
  case string(String)
  case number(Int)

  /// What is wrong with a text, and where.
  struct Fault: Error {
    var description: String
  }

  init(_ bytes: [UInt8]) throws(Fault) {
    var parser = Parser(bytes: bytes)
    self = try parser.value(depth: 0)
    parser.skipSpace()
    guard parser.next == nil else { throw parser.fault("the end") }
  }

  static func == (a: HeaderJSON, b: HeaderJSON) -> Bool {
    switch (a, b) {
    case (.object(let x), .object(let y)):
      x.map(\.name) == y.map(\.name) && x.map(\.value) == y.map(\.value)
    case (.array(let x), .array(let y)): x == y
    case (.string(let x), .string(let y)): x == y
    case (.number(let x), .number(let y)): x == y
    default: false
    }
  }

  /// A string as JSON writes it.
  static func quoted(_ text: String) -> String {
    var result = "\""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\"": result += "\\\""
      case "\\": result += "\\\\"
      case "\n": result += "\\n"
      case "\r": result += "\\r"
      case "\t": result += "\\t"
      case "\u{8}": result += "\\b"
      case "\u{c}": result += "\\f"
      case _ where scalar.value < 0x20:
        let digits = String(scalar.value, radix: 16)
        result += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
      default: result.unicodeScalars.append(scalar)
      }
    }
    return result + "\""
  }

  private struct Parser {
    let bytes: [UInt8]
    var position = 0

    init(bytes: [UInt8]) { self.bytes = bytes }

    var next: UInt8? { position < bytes.count ? bytes[position] : nil }

    func fault(_ expected: String) -> Fault {
      Fault(description: "JSON expected \(expected) at byte \(position)")
    }

    mutating func skipSpace() {
      while let byte = next, [0x20, 0x09, 0x0a, 0x0d].contains(byte) { position += 1 }
    }

    mutating func take(_ character: Unicode.Scalar) -> Bool {
      skipSpace()
      return takeNow(character)
    }

    /// Takes a character that must follow at once.
    mutating func takeNow(_ character: Unicode.Scalar) -> Bool {
      guard next == UInt8(ascii: character) else { return false }
      position += 1
      return true
    }

    mutating func value(depth: Int) throws(Fault) -> HeaderJSON {
      guard depth < 4 else { throw fault("no deeper nesting") }
      if take("{") { return try object(depth: depth) }
      if take("[") { return try array(depth: depth) }
      if next == UInt8(ascii: "\"") { return .string(try string()) }
      return .number(try number())
    }

    mutating func object(depth: Int) throws(Fault) -> HeaderJSON {
      var members: [(name: String, value: HeaderJSON)] = []
      var names: Set<String> = []
      if take("}") { return .object([]) }
      repeat {
        skipSpace()
        let name = try string()
        guard names.insert(name).inserted else {
          throw Fault(description: "the name \(name) occurs twice")
        }
        guard take(":") else { throw fault("a colon") }
        members.append((name, try value(depth: depth + 1)))
      } while take(",")
      guard take("}") else { throw fault("a comma or a closing brace") }
      return .object(members)
    }

    mutating func array(depth: Int) throws(Fault) -> HeaderJSON {
      var items: [HeaderJSON] = []
      if take("]") { return .array([]) }
      repeat { items.append(try value(depth: depth + 1)) } while take(",")
      guard take("]") else { throw fault("a comma or a closing bracket") }
      return .array(items)
    }

    /// A whole number of at most 18 digits: no size in a file of this world needs more.
    mutating func number() throws(Fault) -> Int {
      let start = position
      var number = 0
      while let byte = next, (0x30...0x39).contains(byte), position < start + 18 {
        number = 10 * number + Int(byte - 0x30)
        position += 1
      }
      let leadingZero = position > start + 1 && bytes[start] == 0x30
      let goesOn = next.map { (0x30...0x39).contains($0) || [0x2e, 0x45, 0x65].contains($0) }
      guard position > start, !leadingZero, goesOn != true else { throw fault("a whole number") }
      return number
    }

    mutating func string() throws(Fault) -> String {
      guard take("\"") else { throw fault("a string") }
      var text: [UInt8] = []
      while let byte = next, byte != UInt8(ascii: "\"") {
        guard byte >= 0x20 else { throw fault("no control character in a string") }
        position += 1
        if byte == UInt8(ascii: "\\") {
          text += try Array(String(Character(escape())).utf8)
        } else {
          text.append(byte)
        }
      }
      guard takeNow("\"") else { throw fault("the end of a string") }
      guard let valid = String(validating: text, as: UTF8.self) else { throw fault("UTF-8") }
      return valid
    }

    mutating func escape() throws(Fault) -> Unicode.Scalar {
      guard let byte = next else { throw fault("the end of an escape") }
      position += 1
      switch UnicodeScalar(byte) {
      case "\"", "\\", "/": return UnicodeScalar(byte)
      case "n": return "\n"
      case "r": return "\r"
      case "t": return "\t"
      case "b": return "\u{8}"
      case "f": return "\u{c}"
      case "u":
        let first = try hexadecimal()
        if let scalar = Unicode.Scalar(first) { return scalar }
        // A pair of surrogates makes one character beyond the first plane.
        guard (0xd800...0xdbff).contains(first), takeNow("\\"), takeNow("u") else {
          throw fault("a pair of surrogates")
        }
        let second = try hexadecimal()
        guard (0xdc00...0xdfff).contains(second),
          let scalar = Unicode.Scalar(
            0x10000 + (UInt32(first) - 0xd800) << 10 + (UInt32(second) - 0xdc00))
        else { throw fault("a pair of surrogates") }
        return scalar
      default: throw fault("a known escape")
      }
    }

    mutating func hexadecimal() throws(Fault) -> UInt16 {
      var value: UInt16 = 0
      for _ in 0..<4 {
        guard let byte = next, let digit = Character(UnicodeScalar(byte)).hexDigitValue else {
          throw fault("a hexadecimal digit")
        }
        value = value << 4 | UInt16(digit)
        position += 1
      }
      return value
    }
  }
}
