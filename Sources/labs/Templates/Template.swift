import ArgumentParser

/// What a new lab begins with.
enum Template: String, CaseIterable, ExpressibleByArgument {
  /// A calculation: a table, a figure, a claim with a mutant.
  case plain
  /// Measurements from a CSV file: a weighted fit with its uncertainties.
  case data
  /// A training on handwritten digits, and how well it went.
  case network
  /// An exercise with its solution, and a check that mutants test.
  case exercise

  /// The files of a lab, by their path below its folder.
  func files(_ lab: LabName) -> [String: String] {
    let text =
      switch self {
      case .plain: Self.plainSource
      case .data: Self.dataSource
      case .network: Self.networkSource
      case .exercise: Self.exerciseSource
      }
    var files = ["\(lab.type).swift": text.replacing("LabType", with: lab.type)]
    if self == .data { files["measurements.csv"] = Self.dataFile }
    return files
  }

  /// The files beside the source that SwiftPM is to leave alone.
  var excluded: [String] { self == .data ? ["measurements.csv"] : [] }
}
