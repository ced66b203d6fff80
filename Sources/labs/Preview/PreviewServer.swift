import FlyingFox
import FlyingSocks
import Foundation
import Synchronization

/// Serves one page, to this machine alone.
struct PreviewServer {
  var state: PreviewState
  /// 0 takes a free one.
  var port: UInt16

  /// Starts to serve; the address of the page.
  ///
  /// - Throws: A sentence where the port is taken.
  func start() async throws -> String {
    let server = HTTPServer(
      config: .init(address: try .inet(ip4: "127.0.0.1", port: port), logger: .disabled),
      handler: PreviewHandler(state: state))
    let failure = Mutex<String?>(nil)
    let shared = Shared(failure)
    Task {
      do {
        try await server.run()
      } catch { shared.failure.withLock { $0 = "\(error)" } }
    }
    while true {
      if case .ip4(_, let actual)? = await server.listeningAddress {
        return "http://127.0.0.1:\(actual)/"
      }
      if shared.failure.withLock({ $0 }) != nil {
        throw Complaint(
          "port \(port) cannot be used, most likely because it is in use; --port names another, and "
            + "--port 0 takes a free one")
      }
      try await Task.sleep(for: .milliseconds(10))
    }
  }

  /// A place for the error of the task that serves.
  private final class Shared: Sendable {
    let failure: Mutex<String?>
    init(_ failure: consuming Mutex<String?>) { self.failure = failure }
  }
}

/// Answers requests for the page and for what is new; nothing else is there.
struct PreviewHandler: HTTPHandler {
  var state: PreviewState
  /// How long a question for news may wait, below the server's own limit.
  static let patience = Duration.seconds(8)

  func handleRequest(_ request: HTTPRequest) async throws -> HTTPResponse {
    // Another site's script reaches this port under its own name only.
    let host = request.headers[.host]?.split(separator: ":").first.map(String.init) ?? ""
    guard ["127.0.0.1", "localhost"].contains(host) else {
      return answer(.forbidden, "text/plain", "This page is for this machine alone.\n")
    }
    guard request.method == .GET else {
      return answer(.methodNotAllowed, "text/plain", "There is only a page to be read.\n")
    }
    switch request.path {
    case "/":
      return answer(.ok, "text/html; charset=utf-8", PreviewPage.dressed(state.now))
    case "/page":
      return answer(.ok, "text/html; charset=utf-8", state.now.page)
    case "/state":
      let seen = request.query.first { $0.name == "after" }.flatMap { Int($0.value) } ?? 0
      let end = ContinuousClock.now + Self.patience
      while state.now.version == seen, ContinuousClock.now < end {
        try await Task.sleep(for: .milliseconds(40))
      }
      return answer(.ok, "application/json", PreviewPage.news(state.now))
    default:
      return answer(.notFound, "text/plain", "There is only one page.\n")
    }
  }

  private func answer(_ status: HTTPStatusCode, _ type: String, _ text: String) -> HTTPResponse {
    HTTPResponse(
      statusCode: status, headers: [.contentType: type, .cacheControl: "no-store"],
      body: Data(text.utf8))
  }
}
