/// A value that a run did not have to compute again, or that a later run need not.
package struct RememberedValue: Codable, Hashable, Sendable {
  /// What the lab calls it.
  package var name: String

  /// When it was computed, in words; `nil` when this run computed it.
  package var since: String?

  /// Why what was kept could not be used, in a sentence for the terminal.
  package var trouble: String?

  /// A value that the run asked for.
  package init(_ name: String, since: String? = nil, trouble: String? = nil) {
    self.name = name
    self.since = since
    self.trouble = trouble
  }
}
