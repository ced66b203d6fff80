import Foundation
import Reports
import SystemCalls

/// Standard error, for people, and one line on it that shows what is going on.
enum Terminal {
  /// Whether somebody watches.
  static let isWatched = isatty(2) != 0

  /// Says a sentence.
  static func say(_ message: String) {
    FileHandle.standardError.write(Data((TerminalText.visible(message) + "\n").utf8))
  }

  /// Shows a line that the next one replaces; nothing where nobody watches.
  static func show(_ line: String) {
    guard isWatched else { return }
    let line = TerminalText.visible(line)
    FileHandle.standardError.write(Data("\r\u{1B}[2K\(line.prefix(width - 1))".utf8))
  }

  /// Removes the line that ``show(_:)`` left.
  static func clear() { show("") }

  /// Columns of the terminal.
  private static var width: Int {
    var size = winsize()
    guard unsafe ioctl(2, UInt(TIOCGWINSZ), &size) == 0, size.ws_col > 20 else { return 80 }
    return Int(size.ws_col)
  }
}

/// Prints on standard output, in place of the standard function: what comes from reports, from labs and
/// from paths gives no orders to a terminal, and what cannot be written is not lost without a word. A
/// reader that went away (`| head`) has what it wanted.
func print(_ text: String, terminator: String = "\n") {
  do {
    try Descriptor.standardOutput.write((TerminalText.visible(text) + terminator).utf8)
  } catch {
    if error.isLostReader { return }
    let loss = FileError(path: "standard output", "cannot be written", error)
    Terminal.say("labs: \(loss)")
    ExitStatus.unusable.end()
  }
}

/// Rows of text in columns that line up.
struct TextTable {
  var rows: [[String]] = []
  /// Columns that are set to the right, as numbers are.
  var right: Set<Int> = []

  var text: String {
    let columns = rows.map(\.count).max() ?? 0
    let widths = (0..<columns).map { column in
      rows.map { column < $0.count ? $0[column].count : 0 }.max() ?? 0
    }
    return rows.map { row in
      row.enumerated().map { column, cell in
        let space = String(repeating: " ", count: widths[column] - cell.count)
        return right.contains(column) ? space + cell : cell + space
      }
      .joined(separator: "  ").trimmingEnd()
    }
    .joined(separator: "\n")
  }
}

extension String {
  fileprivate func trimmingEnd() -> String {
    String(self[..<(lastIndex { $0 != " " }.map { index(after: $0) } ?? startIndex)])
  }
}
