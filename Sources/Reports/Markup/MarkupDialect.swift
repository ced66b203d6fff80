/// Which additions to CommonMark are read.
struct MarkupDialect: Sendable {
  /// GitHub's: tables, strike-through, tasks, bare addresses.
  var isGitHub = true

  /// `$…$` and `$$…$$`.
  var hasMath = true

  /// A lab's: values, references and callouts.
  var isLab = true

  /// What prose is written in.
  static let lab = MarkupDialect()

  /// Markdown that a lab makes while it runs: what looks like a value or a reference is text.
  static let generated = MarkupDialect(isLab: false)

  static let commonMark = MarkupDialect(isGitHub: false, hasMath: false, isLab: false)
  static let gitHub = MarkupDialect(hasMath: false, isLab: false)
}
