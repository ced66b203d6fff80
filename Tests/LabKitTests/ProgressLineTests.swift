import SystemCalls
import Testing

@testable import LabKit

@Suite struct ProgressLineTests {
  static let update = ProgressUpdate(
    task: 1, title: "Training", completed: 10, total: 40, unit: "batch", note: "loss 0.312")

  func line(_ update: ProgressUpdate = update, seconds: Int = 5) -> ProgressLine {
    ProgressLine(update: update, elapsed: .seconds(seconds))
  }

  @Test func `Says everything where there is room`() {
    let style = ProgressLine.Style(width: 100, isColored: false, isUnicode: false)
    #expect(
      line().drawn(style)
        == "Training  [#######-----------------------]  10/40 batches  2.00 batches/s  15 s left"
        + "  loss 0.312")
  }

  @Test func `Fits any width`() {
    for width in 1...120 {
      for isUnicode in [true, false] {
        let style = ProgressLine.Style(width: width, isColored: false, isUnicode: isUnicode)
        #expect(line().drawn(style).count < width, "\(width)")
      }
    }
  }

  @Test func `Drops the least important first`() {
    let style = ProgressLine.Style(width: 45, isColored: false, isUnicode: true)
    #expect(line().drawn(style) == "Training  ━──────  10/40 batches  loss 0.312")
  }

  @Test func `Colors only the bar`() {
    let style = ProgressLine.Style(width: 48, isColored: true, isUnicode: true)
    let drawn = line().drawn(style)
    #expect(drawn.contains("\u{1B}[32m━"))
    #expect(!line().plain.contains("\u{1B}"))
  }

  @Test func `Finished task says what it took`() {
    var update = Self.update
    update.completed = 40
    update.isFinished = true
    #expect(
      line(update).plain == "Training: 40/40 batches, 8.00 batches/s, in 5.0 s, loss 0.312")
  }

  @Test func `Unknown total has no bar`() {
    var update = Self.update
    update.total = nil
    #expect(line(update).plain == "Training: 10 batches, 2.00 batches/s, loss 0.312")
  }

  @Test func `Several are called so`() {
    let units = ["batch": "batches", "epoch": "epochs", "step": "steps", "loss": "losses"]
    for (unit, several) in units {
      var update = Self.update
      update.unit = unit
      #expect(line(update).plain.contains(" 10/40 \(several), "))
    }
  }

  @Test func `Time is told in two units`() {
    let cases: [(Double, String)] = [
      (0.04, "0.0 s"), (9.94, "9.9 s"), (9.96, "10 s"), (59.4, "59 s"), (59.6, "1:00"),
      (185, "3:05"), (3723, "1:02:03"),
    ]
    for (seconds, text) in cases {
      #expect(ProgressLine.clock(seconds) == text)
    }
  }

  /// One line more than was counted, and the next drawing begins at the wrong one.
  @Test(arguments: ["a\nb", "a\r\nb", "a\rb", "a\tb", "a\u{2028}b"])
  func `A task has one line`(words: String) throws {
    let file = try Descriptor.anonymousFile()
    defer { file.close() }
    var display = ProgressDisplay(.terminal(isColored: false, isUnicode: true), on: file)
    display.update(
      ProgressUpdate(task: 1, title: words, completed: 1, total: 4, unit: words, note: words))
    display.refresh()
    let drawn = String(decoding: try file.contents(from: 0, to: 4096), as: UTF8.self)
    #expect(drawn.contains("b  "))
    #expect(drawn.filter(\.isNewline).count == 1, "\(drawn.debugDescription)")
  }

  @Test func `A terminal gets a bar, a log gets lines`() {
    let cases:
      [(
        isQuiet: Bool, isTerminal: Bool, environment: [String: String],
        expected: ProgressDisplay.Medium
      )] = [
        (true, true, [:], ProgressDisplay.Medium.none),
        (false, false, [:], .log),
        (false, true, ["TERM": "dumb"], .log),
        (false, true, [:], .terminal(isColored: true, isUnicode: true)),
        (false, true, ["NO_COLOR": "1"], .terminal(isColored: false, isUnicode: true)),
        (false, true, ["NO_COLOR": ""], .terminal(isColored: true, isUnicode: true)),
        (false, true, ["LANG": "C"], .terminal(isColored: true, isUnicode: false)),
        (false, true, ["LANG": "de_DE.utf8"], .terminal(isColored: true, isUnicode: true)),
        (
          false, true, ["LC_ALL": "C", "LANG": "de_DE.utf8"],
          .terminal(isColored: true, isUnicode: false)
        ),
      ]
    for (isQuiet, isTerminal, environment, expected) in cases {
      #expect(
        ProgressDisplay.medium(
          isQuiet: isQuiet, isTerminal: isTerminal, environment: environment) == expected)
    }
  }
}
