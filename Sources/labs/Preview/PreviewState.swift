import Foundation
import Synchronization

/// What the page of a preview shows, shared by the loop that makes it and the server.
final class PreviewState: Sendable {
  /// What there is to show.
  struct Content: Sendable {
    /// Counts every change, so that a browser can ask for what is new.
    var version = 1
    /// Counts the changes of the report alone.
    var pageVersion = 1
    /// What is being done: `building`.
    var activity = ""
    /// What is wrong: the compiler's words, a claim, an error.
    var problem = ""
    /// The report as a whole page of HTML.
    var page: String
  }

  private let content: Mutex<Content>
  let title: String

  init(title: String) {
    self.title = title
    content = Mutex(
      Content(
        page: "<!DOCTYPE html><html lang=\"en\"><head><title>\(HTML.escaped(title))</title></head>"
          + "<body><main><p>The first report is being made.</p></main></body></html>"))
  }

  /// What there is now.
  var now: Content { content.withLock { $0 } }

  /// Says what is being done.
  func isDoing(_ activity: String) {
    content.withLock { content in
      content.activity = activity
      content.version += 1
    }
  }

  /// Says what came of it.
  ///
  /// - Parameters:
  ///   - page: The new report; `nil` leaves the old one.
  ///   - problem: What is wrong; empty where nothing is.
  func show(page: String?, problem: String) {
    content.withLock { content in
      content.activity = ""
      content.problem = problem
      content.version += 1
      if let page, page != content.page {
        content.page = page
        content.pageVersion += 1
      }
    }
  }
}
