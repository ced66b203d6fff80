/// Compares a committed report with what its lab says today; never writes beside it.
public struct ReportCheck: Sendable {
  /// The forms of a report.
  public enum Format: String, Sendable {
    /// GitHub-flavoured Markdown.
    case markdown

    /// A Jupyter notebook.
    case notebook
  }

  /// The committed document's path.
  public var path: String

  /// The path of the folder of its figures.
  public var figuresPath: String

  /// Its form.
  public var format: Format

  /// The command that would bring the report up to date: `swift run lab10 --output docs/lab10.md`.
  public var fixingCommand: String

  /// The check of one committed report.
  public init(path: String, figuresPath: String, format: Format, fixingCommand: String) {
    self.path = path
    self.figuresPath = figuresPath
    self.format = format
    self.fixingCommand = fixingCommand
  }

  /// Compares prose, code and options with the source; runs nothing, takes milliseconds. Also what
  /// `--check --offline` does.
  ///
  /// - Throws: When the committed document cannot be read: one sentence.
  public func checkSource(_ source: LabSource, options: Report.Options) throws -> CheckResult {
    CheckResult()
  }

  /// Compares everything with a report that was just run.
  ///
  /// - Parameter artifacts: A folder for `<label>.actual.png` and `<label>.diff.png`.
  /// - Throws: When a file cannot be read, or an artifact cannot be written: one sentence.
  public func checkRun(_ report: Report, artifacts: String? = nil) throws -> CheckResult {
    CheckResult()
  }
}

/// What a check found.
public struct CheckResult: Sendable {
  /// One difference.
  public struct Finding: Hashable, Sendable {
    /// Where in the committed document: path, and line where there is one.
    public var place: String

    /// Where in the lab's source it comes from.
    public var source: String?

    /// What differs, in one sentence.
    public var message: String

    /// The committed line, when a line differs.
    public var committed: String?

    /// What the source or the run gives instead.
    public var actual: String?
  }

  /// The differences, in the order of the document.
  public var findings: [Finding] = []

  /// The differences as a unified diff; empty when current.
  public var diff = ""

  /// The differences in GitHub's Markdown, for `GITHUB_STEP_SUMMARY`.
  public var gitHubSummary = ""

  /// Whether the committed report is what the lab says today.
  public var isCurrent: Bool { findings.isEmpty }
}

extension CheckResult: CustomStringConvertible {
  /// What a person reads in the terminal: each difference with its place and both lines, then the
  /// command that fixes it.
  public var description: String { "" }
}
