//: # A lab that cannot be woven
//: It names \(nothing) that anybody publishes.
import LabKit

@main
struct FaultyLab: Lab {
  func report() throws {
    //| label: fig-one
    //| colour: red
    print("one")

    //: And again.
    //| label: fig-one
    print("two")
  }
}
