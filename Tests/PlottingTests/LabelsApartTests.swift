import Testing

@testable import Plotting

@Suite
struct LabelsApartTests {
  @Test
  func `Different names that are cut stay different`() {
    let names = [
      "residual network, 50 layers, trained with cut-mix",
      "residual network, 50 layers, trained with mix-up",
      "residual network, 50 layers, trained plainly", "linear",
    ]
    let labels = Label.apart(names, size: 11, width: 120).map { $0?.string ?? "" }
    #expect(Set(labels).count == 4, "\(labels)")
    #expect(labels[0].hasSuffix("cut-mix") && labels[1].hasSuffix("mix-up"), "\(labels)")
    #expect(labels[3] == "linear")
    for label in Label.apart(names, size: 11, width: 120) { #expect((label?.width ?? 0) <= 120) }
    // Equal names stay equal, and what fits is not touched.
    let equal = Label.apart([names[0], names[0], "a"], size: 11, width: 120).map {
      $0?.string ?? ""
    }
    #expect(equal[0] == equal[1] && equal[2] == "a")
    #expect(Label.apart(names, size: 11, width: 900).map { $0?.string } == names)
  }
}
