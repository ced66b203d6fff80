import LabKit
import TestSupport
import Testing

/// What a reader sees of a value that somebody prints: for tensors, data sets and networks,
/// `NeuralNetworksTests` ask the same.
@Suite struct PrintingTests {
  private static let modules = [
    "Statistics", "Numbers", "Raster", "PNGCoding", "Plotting", "Reports", "LabKit",
  ]

  /// Only names, of which there are no values.
  private static let names: Set = [
    "Statistics.Normal", "PNGCoding.PNGDecoder", "PNGCoding.PNGEncoder", "Plotting.MarkBuilder",
    "Plotting.FigureBuilder",
  ]

  /// Twice, from two values made alike: the same text, and no place in memory in it.
  @Test func `Every public type prints without an address`() throws {
    let (first, second) = (
      PublicTypes.values(in: try PublicValues.all()), PublicTypes.values(in: try PublicValues.all())
    )
    let declared = try PublicTypes.declared(in: Self.modules).subtracting(Self.names)
    let missing = declared.subtracting(first.keys)
    #expect(missing.isEmpty, "no value of \(missing.sorted()): add one to PublicValues")
    #expect(declared.count > 100)
    let troubles = PublicTypes.troubles(
      in: first.filter { declared.contains($0.key) }, second.filter { declared.contains($0.key) })
    #expect(troubles.isEmpty, "\(troubles.joined(separator: "\n"))")
  }
}
