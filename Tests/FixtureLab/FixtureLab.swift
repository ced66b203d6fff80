//: # The fixture
//: A lab for the tests: it goes well, or wrong in the way that `--mode` names.
import LabKit

@main
struct FixtureLab: Lab {
  @Option(help: "What happens in the middle.")
  var mode = "fine"

  @Option(help: "How many numbers are added.")
  var count = 10

  func report() throws {
    //: ## First
    //: Adding \(count) numbers gives \(sum).
    let sum = (1...count).reduce(0, +)
    publish("sum", sum)
    print("the sum is", sum)

    //: ## Second
    //: Here it may go wrong.
    show([2, 3] as Shape)
    try misbehave(mode)

    //: ## Third
    //: The end.
    print("done")
  }
}
