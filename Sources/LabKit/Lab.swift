internal import SystemCalls

/// A lab: an executable whose source is its report.
///
/// ```swift
/// //: # Lab 1. Dice
/// //: The mean of many throws comes near 3.5.
/// import LabKit
///
/// @main
/// struct Dice: Lab {
///   @Option(help: "How often the die is thrown.")
///   var throwCount = 1_000
///
///   func report() throws {
///     var random = SplitMix64(seed: 1)
///     let throwsOfDie = (0..<throwCount).map { _ in Int.random(in: 1...6, using: &random) }
///     let mean = Double(throwsOfDie.reduce(0, +)) / Double(throwCount)
///     publish("mean", mean, as: .decimal(places: 2))
///     //: After \(throwCount) throws the mean is \(mean).
///   }
/// }
/// ```
///
/// A lab is a `ParsableCommand`: its `@Option`s and `@Flag`s are its parameters, stand in the
/// report's provenance and may be named in the prose.
public protocol Lab: ParsableCommand {
  /// The experiment. The body of this method is what the report shows; what it shows, prints,
  /// publishes and claims is woven in under the lines that do so.
  ///
  /// - Throws: Whatever goes wrong. The report then ends in an error cell, and the program exits
  ///   with 3.
  func report() throws

  /// The text of the lab's source files, the one with `@main` first. The build-tool plugin
  /// `SourceEmbedderPlugin` writes it; a target without that plugin does not conform.
  static var sources: [SourceFile] { get }

  /// A digest of the code that the lab's own stands on, other modules and LabKit: what `remembered`
  /// computed with other code is computed anew. `SourceEmbedderPlugin` writes it.
  static var foundations: String { get }

  /// Whether the lab's numbers are those of the machine it runs on, as a benchmark's are. Its report
  /// is then checked without a run by `labs check`, and regenerated only where that is asked for.
  static var isMeasurement: Bool { get }
}

extension Lab {
  /// A lab gives the same numbers everywhere, unless it says otherwise.
  public static var isMeasurement: Bool { false }

  /// Nothing is known of what stands below, unless the plugin says so.
  public static var foundations: String { "" }
}

extension Lab {
  /// Runs the lab as a program: reads the command line, runs, weaves, writes, exits.
  public static func main() {
    StandardStreams.holdPlaces()
    StandardStreams.endProcess(Program<Self>.run(Array(CommandLine.arguments.dropFirst())))
  }

  /// Runs the experiment alone, without a report: what it shows is printed.
  public func run() throws {
    try report()
  }
}
