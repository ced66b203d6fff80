import Tensors
import Testing

/// What `LABKIT_ISA` may say and what comes of it.
@Suite struct InstructionSetTests {
  @Test func `Without a value the newest is chosen`() throws {
    #expect(try InstructionSet.chosen(by: nil) == InstructionSet.available.last)
    #expect(try InstructionSet.chosen(by: "") == InstructionSet.available.last)
  }

  @Test(arguments: InstructionSet.available)
  func `An available one is chosen`(_ set: InstructionSet) throws {
    #expect(try InstructionSet.chosen(by: set.rawValue) == set)
  }

  @Test(arguments: ["v5", "AVX2", " v3", "avx512"])
  func `A bad name is explained`(_ name: String) {
    let error = #expect(throws: InstructionSetError.self) { try InstructionSet.chosen(by: name) }
    let sentence = error?.description ?? ""
    #expect(sentence.hasPrefix("LABKIT_ISA is \"\(name)\", which is no instruction set; it takes "))
    #expect(sentence.hasSuffix("."))
    for set in InstructionSet.allCases { #expect(sentence.contains(set.rawValue)) }
  }

  @Test func `One that the machine does not run is explained`() {
    let error = #expect(throws: InstructionSetError.self) {
      try InstructionSet.chosen(by: "v4", among: [.base, .v3])
    }
    #expect(
      error?.description
        == "LABKIT_ISA asks for v4, which this machine does not run; it runs base and v3.")
  }
}
