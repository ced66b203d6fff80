public import Testing

extension Optional where Wrapped == ExitTest.Result {
  /// Whether a process that ended said so: a trap of another kind ends it too.
  public func said(_ sentence: String) -> Bool {
    guard let self else { return false }
    return String(decoding: self.standardErrorContent, as: UTF8.self).contains(sentence)
  }
}
