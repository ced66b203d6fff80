import ArgumentParser
import Testing

@testable import LabKit

@Suite struct OptionsTests {
  /// An option that only concerns the run must not be written into the report as one that made it, and
  /// one that shapes it must.
  @Test func `Every option is of the run or of the report`() {
    let shaping: Set = ["--figures", "--format", "--embed", "--edition", "--toc", "--timings"]
    let named = Set(
      EngineOptions.helpMessage().matches(of: /(?m)^  (?:-\w, )?(--[a-z-]+)(?:\/(--no-[a-z-]+))?/)
        .flatMap { [$0.1, $0.2].compactMap { $0.map(String.init) } })
    let ofTheRun = EngineOptions.valuesOfTheRun.union(EngineOptions.flagsOfTheRun)
      .filter { $0.hasPrefix("--") }
    #expect(named.count > 15)
    #expect(
      named == shaping.union(ofTheRun).union(["--help"]),
      "a new option: say in Arguments.swift whether it is of the run")
    #expect(shaping.isDisjoint(with: ofTheRun))
  }
}
