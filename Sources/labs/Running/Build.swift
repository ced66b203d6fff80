import Foundation

/// Labs built by SwiftPM.
struct Build {
  var configuration: String

  /// Builds labs and gives the folder that holds them.
  ///
  /// - Throws: ``ExitStatus/failed`` after showing what the compiler said.
  func programs(_ labs: [String]) throws -> URL {
    for lab in Set(labs).sorted() {
      Terminal.show("building \(lab)")
      let result = try Command("swift", "build", "-c", configuration, "--product", lab).run()
      Terminal.clear()
      guard result.status == 0 else {
        Terminal.say(result.output + result.errors)
        Terminal.say("labs: \(lab) does not build; the compiler's words stand above")
        throw ExitStatus.failed
      }
    }
    return try folder()
  }

  /// The folder of the built programs.
  func folder() throws -> URL {
    let result = try Command("swift", "build", "-c", configuration, "--show-bin-path").run()
    let path = result.output.trimmingCharacters(in: .whitespacesAndNewlines)
    guard result.status == 0, !path.isEmpty else {
      throw Complaint("'swift build --show-bin-path' does not say where the labs are")
    }
    return URL(filePath: path)
  }
}
