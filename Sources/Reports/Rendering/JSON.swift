/// A value of JSON, written the way Jupyter writes notebooks, so that a notebook opened and saved
/// there shows no change: one space of indentation, keys in the order given, `/` and letters beyond
/// ASCII as they are.
enum JSON: Hashable, Sendable {
  case string(String)
  case integer(Int)
  case truth(Bool)
  case null
  case array([JSON])
  case object([(key: String, value: JSON)])

  static func == (first: JSON, second: JSON) -> Bool { first.text == second.text }

  func hash(into hasher: inout Hasher) { hasher.combine(text) }

  var text: String {
    var result = ""
    write(to: &result, indent: 0)
    return result
  }

  private func write(to text: inout String, indent: Int) {
    func list<Item>(
      _ items: [Item], _ brackets: (String, String), _ write: (Item, inout String) -> Void
    ) {
      guard !items.isEmpty else {
        text += brackets.0 + brackets.1
        return
      }
      text += brackets.0
      for (index, item) in items.enumerated() {
        text += index == 0 ? "\n" : ",\n"
        text += String(repeating: " ", count: indent + 1)
        write(item, &text)
      }
      text += "\n" + String(repeating: " ", count: indent) + brackets.1
    }
    switch self {
    case .string(let string): JSON.quote(string, to: &text)
    case .integer(let number): text += String(number)
    case .truth(let truth): text += truth ? "true" : "false"
    case .null: text += "null"
    case .array(let items):
      list(items, ("[", "]")) { $0.write(to: &$1, indent: indent + 1) }
    case .object(let members):
      list(members, ("{", "}")) { member, text in
        JSON.quote(member.key, to: &text)
        text += ": "
        member.value.write(to: &text, indent: indent + 1)
      }
    }
  }

  private static func quote(_ string: String, to text: inout String) {
    text += "\""
    for scalar in string.unicodeScalars {
      switch scalar {
      case "\"": text += "\\\""
      case "\\": text += "\\\\"
      case "\n": text += "\\n"
      case "\t": text += "\\t"
      case "\r": text += "\\r"
      case _ where isOrder(scalar): text += escaped(scalar)
      default: text.unicodeScalars.append(scalar)
      }
    }
    text += "\""
  }

  /// JSON without characters that a terminal or a page acts upon: they can only stand in its strings.
  static func plain(_ json: String) -> String {
    guard json.unicodeScalars.contains(where: isOrder) else { return json }
    return json.unicodeScalars.map { isOrder($0) ? escaped($0) : String($0) }.joined()
  }

  private static func isOrder(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.value {
    case 0..<32, 127..<160, 0x202A...0x202E, 0x2066...0x2069: true
    default: false
    }
  }

  private static func escaped(_ scalar: Unicode.Scalar) -> String {
    let digits = String(scalar.value, radix: 16)
    return "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
  }
}
