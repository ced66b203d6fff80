import ArgumentParser

/// What a new lab begins with.
enum Template: String, CaseIterable, ExpressibleByArgument {
  /// A calculation: a table, a figure, a claim with a mutant.
  case plain
  /// A training on handwritten digits, and how well it went.
  case network

  /// The files of a lab, by their path below its folder.
  func files(_ lab: LabName) -> [String: String] {
    let text =
      switch self {
      case .plain: Self.plainSource
      case .network: Self.networkSource
      }
    return ["\(lab.type).swift": text.replacing("LabType", with: lab.type)]
  }
}
