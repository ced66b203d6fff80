/// Draws the progress of tasks on standard error.
struct ProgressDisplay {
  /// How often the display wants to be refreshed.
  var refreshInterval: Duration { .milliseconds(200) }

  mutating func update(_ update: ProgressUpdate) {}
  mutating func refresh() {}
  mutating func finish() {}
}
