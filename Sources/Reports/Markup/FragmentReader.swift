/// Finds values `\(name)` in text, and takes text apart where nothing else means anything.
struct FragmentReader {
  let bytes: [UInt8]
  private let source: InlineSource?
  private let readsValues: Bool

  /// What is wrong with names.
  private(set) var complaints: [Markup.Complaint] = []

  /// For each opening parenthesis, the one that closes it on the same line; found in one pass, when
  /// first asked.
  private lazy var closing: [Int: Int] = matchParentheses()

  init(_ bytes: [UInt8], source: InlineSource?, readsValues: Bool) {
    self.bytes = bytes
    self.source = source
    self.readsValues = readsValues
  }

  private func matchParentheses() -> [Int: Int] {
    var result: [Int: Int] = [:]
    var open: [Int] = []
    for (index, byte) in bytes.enumerated() {
      switch byte {
      case UInt8(ascii: "("): open.append(index)
      case UInt8(ascii: ")"): if let start = open.popLast() { result[start] = index }
      case 10: open.removeAll(keepingCapacity: true)
      default: break
      }
    }
    return result
  }

  /// Where a value that begins at a place ends; `nil` when none does, or has no end before a limit.
  mutating func valueEnd(at index: Int, before limit: Int? = nil) -> Int? {
    guard readsValues, index + 1 < bytes.count, bytes[index] == UInt8(ascii: "\\"),
      bytes[index + 1] == UInt8(ascii: "("), let close = closing[index + 1],
      close < limit ?? bytes.count
    else { return nil }
    return close + 1
  }

  /// The name of the value that stands in a range.
  mutating func name(_ range: Range<Int>) -> String {
    let name = String(
      decoding: bytes[(range.lowerBound + 2)..<(range.upperBound - 1)], as: UTF8.self)
    if name.trimmed.isEmpty || name.contains("(") {
      complain(
        at: range.lowerBound,
        "'\(name)' is no name: prose can use published values and parameters, "
          + "so publish the value under a name first")
    }
    return name.trimmed
  }

  /// Whether `\(` stands at a place without an end: a mistake, which is noted.
  mutating func isUnclosedValue(at index: Int, before limit: Int? = nil) -> Bool {
    guard readsValues, index + 1 < limit ?? bytes.count, bytes[index] == UInt8(ascii: "\\"),
      bytes[index + 1] == UInt8(ascii: "(")
    else { return false }
    complain(at: index, "no ')' closes this '\\('")
    return true
  }

  private mutating func complain(at index: Int, _ message: String) {
    let position = source?.position(index) ?? Markup.Position(line: 0, column: 0)
    complaints.append(Markup.Complaint(position: position, message: message))
  }

  func range(_ range: Range<Int>) -> Range<Markup.Position> {
    source?.range(range)
      ?? Markup.Position(line: 0, column: 0)..<Markup.Position(line: 0, column: 0)
  }

  /// Takes a stretch apart.
  ///
  /// - Parameter decodes: Whether escapes and entities mean something in it.
  mutating func read(_ range: Range<Int>, decodes: Bool = false) -> [Markup.Fragment] {
    var result: [Markup.Fragment] = []
    var text: [UInt8] = []
    var start = range.lowerBound
    func flush(_ end: Int, _ text: inout [UInt8]) {
      guard !text.isEmpty else { return }
      result.append(
        Markup.Fragment(
          kind: .text(String(decoding: text, as: UTF8.self)), range: self.range(start..<end)))
      text = []
    }
    var index = range.lowerBound
    while index < range.upperBound {
      let byte = bytes[index]
      if byte == UInt8(ascii: "\\") {
        if let end = valueEnd(at: index, before: range.upperBound) {
          flush(index, &text)
          let value = index..<end
          result.append(
            Markup.Fragment(kind: .value(name: name(value)), range: self.range(value)))
          index = end
          start = end
          continue
        }
        _ = isUnclosedValue(at: index, before: range.upperBound)
        let isEscape = index + 1 < range.upperBound && bytes[index + 1].isPunctuation
        if decodes, isEscape {
          text.append(bytes[index + 1])
        } else {
          text.append(byte)
          if isEscape { text.append(bytes[index + 1]) }
        }
        index += isEscape ? 2 : 1
      } else if decodes, byte == UInt8(ascii: "&"),
        let entity = Entity(bytes, at: index), entity.end <= range.upperBound
      {
        text += entity.text.utf8
        index = entity.end
      } else {
        text.append(byte)
        index += 1
      }
    }
    flush(range.upperBound, &text)
    return result
  }
}
