/// Classes of bytes that Markdown's grammar asks for.
extension UInt8 {
  /// A space or a tab.
  var isBlank: Bool { self == 32 || self == 9 }

  /// White space of ASCII.
  var isSpace: Bool { self == 32 || (9...13).contains(self) }

  var isDigit: Bool { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(self) }

  var isLetter: Bool {
    (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(self | 0x20)
  }

  /// Punctuation of ASCII: what a backslash can escape.
  var isPunctuation: Bool {
    switch self {
    case 33...47, 58...64, 91...96, 123...126: true
    default: false
    }
  }

  /// A letter, a digit, `_`, or a part of a character beyond ASCII.
  var isWordCharacter: Bool { isLetter || isDigit || self == UInt8(ascii: "_") || self >= 0x80 }
}

extension BidirectionalCollection<UInt8> {
  /// Without spaces and tabs at both ends.
  var trimmedBlanks: SubSequence {
    var result = self[...]
    while let first = result.first, first.isBlank { result = result.dropFirst() }
    var end = result.endIndex
    while end > result.startIndex {
      let before = result.index(before: end)
      guard result[before].isBlank else { break }
      end = before
    }
    return result[..<end]
  }
}
