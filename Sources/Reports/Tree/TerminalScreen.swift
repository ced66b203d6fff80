/// What a terminal shows in the end of what was printed (ECMA-48): colours and links gone, what was
/// written over as it stood last, also lines further up, as nested progress bars do; control characters
/// without a meaning become visible.
struct TerminalScreen {
  private var rows = [""]
  private var row = 0
  private var column = 0
  /// The characters of the row that the cursor is in; `rows` has them when it has left.
  private var line: [Character] = []
  /// What is printed next: combining characters may still come.
  private var run = ""

  /// Whether orders that concern more than the line mean nothing.
  private let isPhrase: Bool

  /// No terminal is wider; an order to go further right takes no memory.
  private static let widest = 4096

  /// Prints a text.
  ///
  /// - Parameter isPhrase: Whether it is not for a terminal of its own, but for a caption or a cell: then
  ///   nothing moves the cursor out of its line or clears the screen.
  init(_ text: String, isPhrase: Bool = false) {
    self.isPhrase = isPhrase
    for (index, part) in text.documentLines.enumerated() {
      if index > 0 {
        move(to: row + 1)
        column = 0
      }
      print(part)
    }
    rows[row] = String(line)
  }

  /// The lines on it.
  var text: String { rows.joined(separator: "\n") }

  /// Prints a line.
  private mutating func print(_ part: String) {
    if line.isEmpty, !Self.isNeeded(for: part) {
      line = Array(part)
      return
    }
    var scalars = part.unicodeScalars[...]
    while let scalar = scalars.popFirst() {
      switch scalar.value {
      case 27: if let order = Self.order(&scalars) { obey(order) }
      case 13:
        flush()
        column = 0
      case 8:
        flush()
        column = max(0, column - 1)
      case 9: run.unicodeScalars.append(scalar)
      case 0..<32, 127:
        // U+2400 and on are pictures of the control characters.
        run.unicodeScalars.append(Unicode.Scalar(0x2400 + min(scalar.value, 33)) ?? scalar)
      case _ where Self.isOrder(scalar): run.append("\u{FFFD}")
      default: run.unicodeScalars.append(scalar)
      }
    }
    flush()
  }

  /// Whether a terminal or a page acts upon a character instead of showing it.
  static func isOrder(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.value {
    case 0..<32, 127..<160: true
    // These turn the direction of the text after them: a line reads otherwise than it is.
    case 0x202A...0x202E, 0x2066...0x2069: true
    default: false
    }
  }

  /// Whether a text holds one, line ends aside; most text does not.
  static func isNeeded(for text: String) -> Bool {
    var (first, second): (UInt8, UInt8) = (0, 0)
    for byte in text.utf8 {
      if byte < 32 && byte != 9 && byte != 10 || byte == 127 { return true }
      if byte >= 0x80 {
        if second == 0xC2, byte < 0xA0 { return true }
        if first == 0xE2, second == 0x80, (0xAA...0xAE).contains(byte) { return true }
        if first == 0xE2, second == 0x81, (0xA6...0xA9).contains(byte) { return true }
      }
      (first, second) = (second, byte)
    }
    return false
  }

  /// Puts the cursor into a row, at most one below the last.
  private mutating func move(to next: Int) {
    flush()
    rows[row] = String(line)
    row = min(max(0, next), rows.count)
    if row == rows.count { rows.append("") }
    line = Array(rows[row])
  }

  private mutating func flush() {
    guard !run.isEmpty else { return }
    while line.count < column { line.append(" ") }
    for character in run {
      if column < line.count { line[column] = character } else { line.append(character) }
      column += 1
    }
    run = ""
  }
}

extension TerminalScreen {
  /// A control sequence that moves or erases: its last character and its numbers.
  private struct Order {
    var kind: Unicode.Scalar
    var numbers: [Int?]

    /// A number; none, and 0, mean `usual`.
    func number(_ index: Int = 0, usual: Int = 1) -> Int {
      guard index < numbers.count, let number = numbers[index], number > 0 else { return usual }
      return number
    }
  }

  private mutating func obey(_ order: Order) {
    flush()
    if isPhrase, "ABEFHfJ".unicodeScalars.contains(order.kind) { return }
    let count = order.number()
    switch order.kind {
    case "A", "F": move(to: row - min(count, row))
    case "B", "E": move(to: min(rows.count - 1, row + min(count, rows.count)))
    case "C": column = min(Self.widest, column + min(count, Self.widest))
    case "D": column -= min(count, column)
    case "G": column = min(Self.widest, count - 1)
    case "H", "f":
      // The first row of a screen that grows is the first that was printed.
      move(to: min(rows.count, count) - 1)
      column = min(Self.widest, order.number(1) - 1)
    case "K": erase(order.number(usual: 0))
    case "J":
      let kind = order.number(usual: 0)
      erase(kind)
      if kind != 1 { rows.removeSubrange((row + 1)...) }
      if kind != 0 { for index in 0..<row { rows[index] = "" } }
    default: break
    }
    if order.kind == "E" || order.kind == "F" { column = 0 }
  }

  /// Erases to the end of the row (0), to its start (1) or all of it (2).
  private mutating func erase(_ kind: Int) {
    switch kind {
    case 0: line.removeSubrange(min(column, line.count)...)
    case 1: for index in 0..<min(column + 1, line.count) { line[index] = " " }
    default: line = []
    }
  }

  /// Takes an escape sequence whose first byte was taken.
  ///
  /// - Returns: What it asks for, where that may be to move or to erase.
  private static func order(_ scalars: inout Substring.UnicodeScalarView) -> Order? {
    guard let kind = scalars.popFirst() else { return nil }
    switch kind {
    case "[":
      var parameters = ""
      while let next = scalars.popFirst() {
        guard ("@"..."~").contains(next) else {
          parameters.unicodeScalars.append(next)
          continue
        }
        let numbers = parameters.split(separator: ";", omittingEmptySubsequences: false)
        return Order(kind: next, numbers: numbers.map { Int($0) })
      }
    case "]", "P", "X", "^", "_":
      // A string, to BEL or to ST, which is an escape and a backslash.
      while let next = scalars.popFirst(), next != "\u{7}", next != "\u{9C}" {
        if next == "\u{1B}" {
          if scalars.first == "\\" { scalars.removeFirst() }
          break
        }
      }
    case " "..."/":
      // A choice of characters, `ESC ( B`: intermediate bytes, then one that ends it.
      while let next = scalars.popFirst(), (" "..."/").contains(next) {}
    default: break
    }
    return nil
  }
}
