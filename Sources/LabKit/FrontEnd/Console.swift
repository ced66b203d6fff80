internal import SystemCalls

/// Standard error, for people.
enum Console {
  /// Says a sentence. Whether anybody can read it is not this program's business.
  static func say(_ message: String) {
    try? Descriptor.standardError.write((TerminalText.visible(message) + "\n").utf8)
  }
}
