import Foundation
import Testing

/// Values that are kept on disk are used again only where nothing they depend on has changed.
@Suite
struct RememberedTests {
  private func run(
    _ arguments: [String], mode: String = "remembered", in folder: Folder
  ) async throws -> Program.Result {
    try await Program.fixture.run(
      ["--mode", mode, "--quiet"] + arguments, in: folder,
      environment: ["LABKIT_CACHE": folder.url.appending(path: "cache").path])
  }

  private func files(_ folder: Folder) throws -> [URL] {
    try FileManager.default.contentsOfDirectory(
      at: folder.url.appending(path: "cache"), includingPropertiesForKeys: nil)
  }

  @Test
  func `The second run takes the first one's value, bit for bit, and says so`() async throws {
    let folder = try Folder()
    let first = try await run([], in: folder)
    #expect(first.output.contains("computed [10.0, -0.0, nan, inf, 0.1]"))
    #expect(first.output.contains("The value *numbers* <!-- volatile -->was computed in this run."))
    let second = try await run([], in: folder)
    #expect(second.output.contains("remembered [10.0, -0.0, nan, inf, 0.1]"))
    #expect(second.output.contains("and remembered.<!-- /volatile -->"))
  }

  @Test
  func `Another input is another value, and --fresh asks for none that is kept`() async throws {
    let folder = try Folder()
    _ = try await run([], in: folder)
    #expect(try await run(["--count", "11"], in: folder).output.contains("computed [11.0"))
    #expect(try await run(["--count", "10"], in: folder).output.contains("remembered [10.0"))
    #expect(try await run(["--fresh"], in: folder).output.contains("computed [10.0"))
  }

  @Test
  func `Of one name the youngest eight are kept, and what others keep stays`() async throws {
    let folder = try Folder()
    _ = try await run([], in: folder)
    let cache = folder.url.appending(path: "cache")
    for number in 0..<12 {
      try Data([1]).write(to: cache.appending(path: "other-\(number).value"))
    }
    for count in 11..<20 { _ = try await run(["--count", "\(count)"], in: folder) }
    let names = try files(folder).map(\.lastPathComponent)
    #expect(names.count { $0.hasPrefix("other-") } == 12)
    #expect(names.count == 12 + 8)
    #expect(try await run(["--count", "19"], in: folder).output.contains("remembered [19.0"))
    #expect(try await run(["--count", "10"], in: folder).output.contains("computed [10.0"))
  }

  @Test
  func `A network's training is kept as its weights`() async throws {
    let folder = try Folder()
    let first = try await run([], mode: "rememberedTensors", in: folder)
    #expect(first.output.contains("trained [[0.25, 1.25], [0.25]]"))
    let second = try await run([], mode: "rememberedTensors", in: folder)
    #expect(second.output.contains("remembered [[0.25, 1.25], [0.25]]"))
  }

  @Test
  func `What a training has to tell is kept beside its weights; cut off, both are computed anew`()
    async throws
  {
    let folder = try Folder()
    let first = try await run([], mode: "rememberedLosses", in: folder)
    #expect(first.output.contains("trained [2.5, 10.0] [[0.25, 1.25], [0.25]]"))
    let second = try await run([], mode: "rememberedLosses", in: folder)
    #expect(second.output.contains("remembered [2.5, 10.0] [[0.25, 1.25], [0.25]]"))
    let other = try await run(["--count", "11"], mode: "rememberedLosses", in: folder)
    #expect(other.output.contains("trained [2.5, 11.0]"))
  }

  /// knitr 1842: a chunk whose value is nothing could not be read again; 248: the state of the random
  /// numbers came along, broken; 2102, 822: large values were not kept. marimo 8364: a number of another
  /// body was taken for the old one.
  @Test(arguments: ["nothing", "number", "large"])
  func `Public reports about other caches: values of every kind come back as they were`(
    _ kind: String
  ) async throws {
    let folder = try Folder()
    let first = try await run(["--word", kind], mode: "rememberedKind", in: folder)
    #expect(first.status == 0 && first.output.contains("computed \(kind)"))
    let second = try await run(["--word", kind], mode: "rememberedKind", in: folder)
    #expect(second.output.contains("remembered \(kind)"))
    func value(_ text: String) -> Substring? { text.firstMatch(of: /value (\S+)/)?.1 }
    #expect(value(first.output) != nil && value(first.output) == value(second.output))
  }

  @Test(arguments: ["cut", "changed", "foreign", "empty"])
  func `A file that is cut off, changed or foreign is passed over with a word`(_ fault: String)
    async throws
  {
    let folder = try Folder()
    _ = try await run([], in: folder)
    let file = try #require(try files(folder).first)
    var bytes = try Data(contentsOf: file)
    switch fault {
    case "cut": bytes.removeLast(3)
    case "changed": bytes[bytes.count - 4] ^= 1
    case "foreign": bytes = Data("something else\nentirely".utf8)
    default: bytes = Data()
    }
    try bytes.write(to: file)
    let result = try await run([], in: folder)
    #expect(result.status == 0)
    #expect(result.output.contains("computed [10.0"))
    #expect(result.errors.contains("the value remembered as 'numbers' is computed anew"))
    #expect(try await run([], in: folder).output.contains("remembered [10.0"))
  }

  @Test
  func `A folder that cannot be written costs a word, not the run`() async throws {
    let folder = try Folder()
    try folder.write("a file", to: "cache")
    let result = try await run([], in: folder)
    #expect(result.status == 0)
    #expect(result.errors.contains("the value 'numbers' cannot be remembered"))
  }

  @Test
  func `Eight values of a name are kept`() async throws {
    let folder = try Folder()
    for count in 1...10 { _ = try await run(["--count", "\(count)"], in: folder) }
    #expect(try files(folder).count == 8)
  }

  @Test
  func `A check computes anew unless told otherwise, and the report is current either way`()
    async throws
  {
    let folder = try Folder()
    _ = try await run([], in: folder)
    #expect(try await run(["--output", "report.md"], in: folder).status == 0)
    // The report says 'remembered' under its cell, which is not what a fresh run says.
    let fresh = try await run(["--check", "report.md"], in: folder)
    #expect(fresh.status == 1)
    #expect(!fresh.output.contains("The value *numbers*"))
    #expect(try await run(["--check", "report.md", "--no-fresh"], in: folder).status == 0)
  }

  @Test
  func `What is shown while a value is computed would be lost, so that traps`() async throws {
    let folder = try Folder()
    let result = try await run([], mode: "shownWhileRemembered", in: folder)
    #expect(result.status == 3)
    #expect(result.output.contains("while the value 'loud' is computed nothing may be printed"))
  }
}
