//: # The fixture
//: A lab for the tests: it goes well, or wrong in the way that `--mode` names.
import LabKit

@main
struct FixtureLab: Lab {
  @Option(help: "What happens in the middle.")
  var mode = Mode.fine

  @Option(help: "How many numbers are added.")
  var count = 10

  @Option(help: "The last word.")
  var word = "end"

  func report() throws {
    //: ## First
    //: Adding \(count) numbers gives \(sum).
    let sum = (1...count).reduce(0, +)
    publish("sum", sum)
    print("the sum is", sum)

    //: ## Second
    //: A picture, and what `--mode` asks for.
    //| label: fig-ramp
    //| fig-cap: "A ramp"
    //| fig-alt: "Grey levels from black to white"
    show(ramp(width: 32, height: 8))
    //-
    try misbehave(mode)

    //: ## Third
    //: See @fig-ramp. The \(word).
    print("done")
  }
}
