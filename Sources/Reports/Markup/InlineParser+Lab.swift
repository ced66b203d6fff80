/// Formulas and references: what a lab adds to Markdown.
extension InlineParser {
  /// `$…$`, `$$…$$` and ``$`…`$``, found as GitHub finds them.
  mutating func readMath() {
    let isDisplay = byte(position + 1) == UInt8(ascii: "$")
    if !isDisplay, byte(position + 1) == UInt8(ascii: "`"), readQuotedMath() { return }
    let length = isDisplay ? 2 : 1
    // A dollar after a letter or digit is a price: "6$, and".
    let isAfterWord = byte(position - 1)?.isWordCharacter ?? false
    guard isDisplay || !isAfterWord, let close = mathEnd(from: position + length, length) else {
      return addText(length)
    }
    let inside = position + length..<close
    let formula = Markup.Formula(
      tex: values.read(inside), isDisplay: isDisplay, isQuoted: false,
      isFragile: Self.isFragile(bytes[inside]))
    add(.math(formula), upTo: close + length)
  }

  private mutating func readQuotedMath() -> Bool {
    let start = position + 1
    let count = bytes[start...].prefix { $0 == UInt8(ascii: "`") }.count
    guard let close = codeEnd(from: start, count: count),
      byte(close + count) == UInt8(ascii: "$")
    else { return false }
    let inside = start + count..<close
    let formula = Markup.Formula(
      tex: values.read(inside), isDisplay: false, isQuoted: true, isFragile: false)
    add(.math(formula), upTo: close + count + 1)
    return true
  }

  /// Where the dollars stand that close a formula: not in a code span, not after a space, not before
  /// a letter or digit.
  private mutating func mathEnd(from start: Int, _ length: Int) -> Int? {
    guard !isMathEndMissing[length - 1], let first = byte(start) else { return nil }
    // A dollar before a space or the sign that ends a phrase is a currency: "4 $, or 5 $".
    if length == 1, first.isSpace || ",;:?!)".utf8.contains(first) { return nil }
    var index = start
    while index < bytes.count {
      switch bytes[index] {
      case UInt8(ascii: "\\"): index += 1
      case UInt8(ascii: "`"):
        let count = bytes[index...].prefix { $0 == UInt8(ascii: "`") }.count
        index = (codeEnd(from: index, count: count) ?? index) + count - 1
      case UInt8(ascii: "$"):
        if length == 2 {
          if index > start, byte(index + 1) == UInt8(ascii: "$") { return index }
        } else if index > start, !bytes[index - 1].isSpace,
          !(byte(index + 1)?.isWordCharacter ?? false)
        {
          return index
        }
      default: break
      }
      index += 1
    }
    isMathEndMissing[length - 1] = true
    return nil
  }

  /// Whether GitHub, which reads Markdown first and formulas after, would spoil this TeX: it drops
  /// the backslash of `\,` and `\{`, and sees emphasis in `}_a + b}_c`.
  private static func isFragile(_ tex: ArraySlice<UInt8>) -> Bool {
    var previous = UInt8(ascii: " ")
    for byte in tex {
      switch byte {
      case UInt8(ascii: "`"): return false
      case UInt8(ascii: "*"), UInt8(ascii: "<"), UInt8(ascii: "~"): return true
      case UInt8(ascii: "_") where !previous.isWordCharacter: return true
      default: if byte.isPunctuation, previous == UInt8(ascii: "\\") { return true }
      }
      previous = byte
    }
    return false
  }

  /// `@fig-loss`, and `-@fig-loss` for the number alone.
  mutating func readReference() {
    let start = position + 1
    var end = start
    while let next = byte(end), next.isWordCharacter || next == UInt8(ascii: "-") { end += 1 }
    while end > start, bytes[end - 1] == UInt8(ascii: "-") { end -= 1 }
    let label = Label(String(decoding: bytes[start..<end], as: UTF8.self))
    let previous = byte(position - 1)
    if previous?.isWordCharacter ?? false { return addText(1) }
    guard label.kind != nil else { return readCitation() }
    let isNumberOnly =
      previous == UInt8(ascii: "-") && text.last == previous
      && !(byte(position - 2)?.isWordCharacter ?? false)
    if isNumberOnly {
      text.removeLast()
      position -= 1
      flushText()
    }
    add(.reference(label, isNumberOnly: isNumberOnly), upTo: end)
  }
}
