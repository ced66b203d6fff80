/// The JSON of a safetensors header: objects, arrays, strings, whole numbers, and the rest of JSON as
/// something that may stand where nobody looks.
///
/// Strict on purpose (a name that occurs twice, byte for byte, is a fault), without deep recursion, and without Foundation, which this module does not need
/// otherwise.
enum HeaderJSON: Equatable {
  case object([(name: String, value: HeaderJSON)])
  case array([HeaderJSON])
  case string(String)
  /// A whole number from 0 on, of at most 18 digits.
  case number(Int)
  case null
  /// `true`, `false`, or any other number.
  case other

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
    case (.null, .null), (.other, .other): true
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
      guard depth < 64 else { throw fault("no deeper nesting") }
      if take("{") { return try object(depth: depth) }
      if take("[") { return try array(depth: depth) }
      if next == UInt8(ascii: "\"") { return .string(try string()) }
      for (word, value) in [("null", HeaderJSON.null), ("true", .other), ("false", .other)]
      where bytes[position...].starts(with: word.utf8) {
        position += word.utf8.count
        return value
      }
      return try number()
    }

    mutating func object(depth: Int) throws(Fault) -> HeaderJSON {
      var members: [(name: String, value: HeaderJSON)] = []
      var names: Set<[UInt8]> = []
      if take("}") { return .object([]) }
      repeat {
        skipSpace()
        let name = try string()
        guard names.insert(Array(name.utf8)).inserted else {
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

    /// A number: a whole one where it has at most 18 digits and no sign, which no size in a file of
    /// this world needs.
    mutating func number() throws(Fault) -> HeaderJSON {
      let start = position
      let isNegative = takeNow("-")
      let (digits, whole) = (position, digits())
      guard whole > 0, whole == 1 || bytes[digits] != 0x30 else {
        position = start
        throw fault("a value")
      }
      var isWhole = !isNegative && whole <= 18
      if takeNow(".") {
        isWhole = false
        if self.digits() == 0 { throw fault("a digit") }
      }
      if takeNow("e") || takeNow("E") {
        isWhole = false
        if !takeNow("+") { _ = takeNow("-") }
        if self.digits() == 0 { throw fault("a digit") }
      }
      guard isWhole else { return .other }
      return .number(bytes[digits..<digits + whole].reduce(0) { 10 * $0 + Int($1 - 0x30) })
    }

    /// Takes digits; returns how many.
    mutating func digits() -> Int {
      let start = position
      while let byte = next, (0x30...0x39).contains(byte) { position += 1 }
      return position - start
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
