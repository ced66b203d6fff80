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

// Not generic: what one file does for another is compiled once for all types, and slow.
extension ArraySlice<UInt8> {
  /// Without spaces and tabs at both ends.
  var trimmedBlanks: ArraySlice<UInt8> {
    var start = startIndex
    var end = endIndex
    while start < end, self[start].isBlank { start += 1 }
    while end > start, self[end - 1].isBlank { end -= 1 }
    return self[start..<end]
  }

  /// Whether there are only spaces and tabs.
  var isBlank: Bool {
    for byte in self where !byte.isBlank { return false }
    return true
  }

  /// Where some bytes first stand in it.
  func firstPlace(of bytes: [UInt8]) -> Int? {
    guard let first = bytes.first else { return startIndex }
    var index = startIndex
    let last = endIndex - bytes.count
    while index <= last {
      if self[index] == first {
        var count = 1
        while count < bytes.count, self[index + count] == bytes[count] { count += 1 }
        if count == bytes.count { return index }
      }
      index += 1
    }
    return nil
  }
}

extension String {
  /// Whether some bytes stand in it: many times faster than a search for characters.
  func holds(_ bytes: [UInt8]) -> Bool {
    var text = self
    return text.withUTF8 { buffer in
      let text = unsafe Span(_unsafeElements: buffer)
      guard let first = bytes.first else { return true }
      var index = 0
      let last = text.count - bytes.count
      while index <= last {
        if text[index] == first {
          var count = 1
          while count < bytes.count, text[index + count] == bytes[count] { count += 1 }
          if count == bytes.count { return true }
        }
        index += 1
      }
      return false
    }
  }
}

extension [UInt8] {
  /// Whether there are only spaces and tabs.
  var isBlank: Bool { self[...].isBlank }
}
