import FlyingFox
import Foundation
import Testing

@testable import labs

@Suite
struct PreviewTests {
  private static let report = """
    <!DOCTYPE html><html><head><title>Dice</title></head><body><main><h1>Dice</h1></main></body></html>
    """

  private func request(_ path: String, host: String = "127.0.0.1:8317", method: HTTPMethod = .GET)
    -> HTTPRequest
  {
    let parts = path.split(separator: "?", maxSplits: 1)
    let query = parts.dropFirst().flatMap { $0.split(separator: "&") }.map { item in
      let pair = item.split(separator: "=")
      return HTTPRequest.QueryItem(name: String(pair[0]), value: String(pair.last ?? ""))
    }
    return HTTPRequest(
      method: method, version: .http11, path: String(parts[0]), query: query,
      headers: [.host: host], body: Data())
  }

  private func answer(_ state: PreviewState, _ request: HTTPRequest) async throws -> (Int, String) {
    let response = try await PreviewHandler(state: state).handleRequest(request)
    return (response.statusCode.code, String(decoding: try await response.bodyData, as: UTF8.self))
  }

  @Test
  func `Serves the page with its script, and no other file`() async throws {
    let state = PreviewState(title: "dice")
    state.show(page: Self.report, problem: "Dice.swift:3: error: a </script> in a problem")
    let (code, page) = try await answer(state, request("/"))
    #expect(code == 200 && page.contains("<h1>Dice</h1>") && page.contains("labs-bar"))
    #expect(page.contains("a \\u003c\\/script>"))
    #expect(try await answer(state, request("/page")).1 == Self.report)
    for path in ["/Package.swift", "/../Package.swift", "/page/", "/report.html", "/etc/passwd"] {
      #expect(try await answer(state, request(path)).0 == 404)
    }
    #expect(try await answer(state, request("/", method: .POST)).0 == 405)
  }

  @Test(arguments: ["evil.org", "evil.org:8317", "", "127.0.0.1.evil.org"])
  func `Answers to this machine's names alone`(host: String) async throws {
    let state = PreviewState(title: "dice")
    #expect(try await answer(state, request("/", host: host)).0 == 403)
    #expect(try await answer(state, request("/", host: "localhost:1")).0 == 200)
  }

  @Test
  func `A question for news waits until there are some`() async throws {
    let state = PreviewState(title: "dice")
    let seen = state.now.version
    let question = Task { try await answer(state, request("/state?after=\(seen)")) }
    state.show(page: Self.report, problem: "")
    let (_, first) = try await question.value
    #expect(first.contains("\"page\":2") && first.contains("\"problem\":\"\""))
    // The same report again is no news for the page.
    state.show(page: Self.report, problem: "x")
    #expect(try await answer(state, request("/state?after=0")).1.contains("\"page\":2"))
  }

  @Test
  func `A port in use is refused in a sentence; port 0 takes a free one`() async throws {
    let state = PreviewState(title: "dice")
    let address = try await PreviewServer(state: state, port: 0).start()
    let port = try #require(URL(string: address)?.port)
    #expect(URL(string: address)?.host() == "127.0.0.1" && port > 0)
    let error = await #expect(throws: Complaint.self) {
      try await PreviewServer(state: state, port: UInt16(port)).start()
    }
    #expect(error.map { "\($0)" }?.contains("port \(port) cannot be used") == true)
  }

  @Test
  func `Of what the compiler says the errors are kept`() {
    let output = """
      Building for debugging...
      [3/5] Compiling dice Dice.swift
      Labs/Dice/Dice.swift:9:5: error: cannot find 'x' in scope
       7 |   func report() {
         |   `- error: cannot find 'x' in scope
      10 |   }
      [4/5] Emitting module dice
      error: emit-module command failed
      """
    let kept = PreviewLoop.complaints(output)
    #expect(kept.hasPrefix("Labs/Dice/Dice.swift:9:5") && !kept.contains("Emitting"))
    #expect(kept.contains("\n10 |   }"))
    #expect(PreviewLoop.complaints("the linker is gone") == "the linker is gone")
  }

  @Test
  func `A change of a file is seen, an editor's own files are not`() throws {
    let folder = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString)
    defer { try? FileManager.default.removeItem(at: folder) }
    try folder.write(["Dice.swift": "a"])
    let before = WatchedFiles([folder.path])
    try folder.write([".Dice.swift.swp": "x", "Dice.swift~": "x"])
    #expect(WatchedFiles([folder.path]) == before)
    try folder.write(["Dice.swift": "ab"])
    #expect(WatchedFiles([folder.path]) != before)
  }
}
