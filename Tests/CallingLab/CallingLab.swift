//: # Who calls
//: What is printed stands under the cell that had it printed, wherever the code stands that prints.
import CFixture
import Foundation
import LabKit

@main
struct CallingLab: Lab {
  @Option(help: "How often C prints in the last cell.")
  var times = 1

  func report() throws {
    //: ## Declared
    //| label: declared
    let closure = { (number: Int) in print("closure", number) }
    func nested(_ number: Int) {
      print("nested", number)
    }
    let later = {
      helper("closure of several lines")
    }

    //: ## First calls
    //| label: closure
    closure(1)

    //: ## And more
    //| label: nested
    nested(2)

    //: ## Of several lines
    //| label: later
    later()

    //: ## By way of others
    //| label: others
    [3].forEach(closure)
    if times > 0 {
      print("branch")
    }

    //: ## C
    //| label: c-first
    c_print(4)

    //: ## C again
    //| label: c-second
    c_print(5)
    c_complain(6)

    //: ## Silence
    //| label: silence
    let words = ["one", "two"]

    //: ## Another program
    //| label: program
    try run("/bin/echo", words)

    //: ## And another
    //| label: program-again
    let echo = Process()
    echo.executableURL = URL(fileURLWithPath: "/bin/echo")
    echo.arguments = ["three"]
    try echo.run()
    echo.waitUntilExit()

    //: ## Throwing
    //| label: thrown
    let throwing = { throw CocoaError(.fileNoSuchFile) }

    //: ## Last
    //| label: last
    for _ in 0..<times { c_print(7) }
    expectError { try throwing() }
  }

  private func run(_ path: String, _ arguments: [String]) throws {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: path)
    process.arguments = arguments
    try process.run()
    process.waitUntilExit()
  }
}
