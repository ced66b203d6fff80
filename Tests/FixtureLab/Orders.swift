import CFixture
import LabKit

/// An error whose words would change the title of a terminal's window.
struct OrdersInError: Error, CustomStringConvertible {
  var description: String { "the error \(orders) says no" }
}

/// What a terminal, or a page, would act upon instead of showing it: colours, a window's title, a link,
/// the bell, a control character of eight bits, one that turns text round.
let orders =
  "\u{1B}[31m\u{1B}]0;title\u{7}\u{1B}]8;;http://x\u{1B}\\\u{8}\u{0}\u{7F}\u{9B}2J\u{202E}"

extension FixtureLab {
  /// Puts them in everything that a lab can say.
  func showEscapes() {
    print("printed \(orders).")
    show("shown \(orders).")
    show(
      Table(
        columns: [.init("column \(orders).")],
        rows: [
          [.init("cell \(orders).")],
          [.init(publish("published", "published \(orders)."))],
        ],
        label: "tbl-orders", caption: "table \(orders)."))
    show(
      ramp(width: 8, height: 8), label: "fig-orders", caption: "caption \(orders).",
      alternativeText: "alternative \(orders).")
    claim(
      "claim \(orders).", 2, .above(3), mutants: ["mutant \(orders).": 1])
    for _ in Progress("task \(orders).", count: 2) {}
    expectError { throw OrdersInError() }
    // The command is copied for the call.
    unsafe c_run("printf 'from a program \\033[31m\\007.\\n'")
    unsafe c_run("printf 'complaint \\033[31m\\007.\\n' >&2")
  }
}
