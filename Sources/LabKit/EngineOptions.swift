internal import SystemCalls

/// The options that every lab has, beside its own parameters.
struct EngineOptions: ParsableArguments {
  @Option(
    name: [.short, .long],
    help: ArgumentHelp(
      "Where the report goes; - is standard output. Its ending says the form: md, ipynb, html, pdf, docx.",
      valueName: "file"))
  var output = "-"

  @Option(
    help: ArgumentHelp(
      "Where the figures go. Without it: a folder beside the report, named after it.",
      valueName: "folder"))
  var figures: String?

  @Option(
    help: ArgumentHelp(
      "Write each drawn figure as SVG and PDF in light colours into this folder, too, named as its "
        + "picture.",
      valueName: "folder"))
  var vectorFigures: String?

  @Option(
    help: ArgumentHelp(
      "markdown, notebook, html, pdf or docx. Without it: what the name of the output says.",
      valueName: "format"))
  var format: Format?

  @Flag(help: "Put the figures into the Markdown itself, as data URIs.")
  var embed = false

  @Option(
    help: ArgumentHelp(
      "teacher, or student: what is marked as a solution is replaced by its stub, and claims that do "
        + "not hold are no failure.",
      valueName: "edition"))
  var edition = Edition.teacher

  @Flag(help: "Begin with a table of contents.")
  var toc = false

  @Flag(help: "Note date and duration in the report. Two runs then differ.")
  var timings = false

  @Option(
    help: ArgumentHelp(
      "Compare a report with what the lab says today, and write nothing: 0 current, 1 stale.",
      valueName: "file"))
  var check: String?

  @Flag(help: "With --check: show all lines that differ.")
  var diff = false

  @Option(
    help: ArgumentHelp(
      "With --check: where to put actual figures and images of the differences.",
      valueName: "folder"))
  var artifacts: String?

  @Flag(help: "With --check: compare only what needs no run (prose, code, options, files).")
  var offline = false

  @Flag(
    inversion: .prefixedNo,
    help: "Compute remembered values anew. With --check that is the default.")
  var fresh: Bool?

  @Option(
    help: ArgumentHelp("End the run after so many seconds.", valueName: "seconds"))
  var timeout: Double?

  @Flag(help: "Write the report to --output even when the run failed.")
  var keepPartial = false

  @Flag(
    help: "Run the lab in this process, for a debugger: a trap or time-out then leaves no report.")
  var inProcess = false

  @Option(
    help: ArgumentHelp("How many threads compute. Without it: the cores.", valueName: "count"))
  var threads: Int?

  @Flag(name: [.short, .long], help: "Show no progress.")
  var quiet = false

  /// The forms of a report.
  enum Format: String, ExpressibleByArgument, CaseIterable {
    case markdown
    case notebook
    case html
    case pdf
    case docx

    /// The forms that pandoc makes.
    var isHandedIn: Bool { self == .html || self == .pdf || self == .docx }

    /// The form that a name says; `nil` for an ending that says none of them. A name without an
    /// ending is Markdown's, as standard output is.
    init?(ofPath path: String) {
      switch Paths.ending(of: path) {
      case nil, "md", "markdown": self = .markdown
      case "ipynb": self = .notebook
      case "html", "htm": self = .html
      case "pdf": self = .pdf
      case "docx": self = .docx
      default: return nil
      }
    }
  }

  func validate() throws {
    if let timeout, !(timeout > 0 && timeout <= 1e9) {
      throw ValidationError("--timeout wants seconds above 0 and at most 1e9, not \(timeout).")
    }
    if let threads, !(1...Compute.mostThreads ~= threads) {
      throw ValidationError(
        "--threads wants a number of 1 to \(Compute.mostThreads), not \(threads).")
    }
    if check == nil {
      let dependents = [
        ("--diff", diff), ("--artifacts", artifacts != nil), ("--offline", offline),
      ]
      if let (name, _) = dependents.first(where: \.1) {
        throw ValidationError("\(name) goes with --check FILE.")
      }
    } else if output != "-" {
      throw ValidationError("--check writes no report; leave out --output.")
    } else if vectorFigures != nil {
      throw ValidationError("--check writes no figures; leave out --vector-figures.")
    }
    if format == nil, Format(ofPath: check ?? output) == nil {
      throw ValidationError(
        "No form of a report has the ending of \(check ?? output): .md, .ipynb, .html, .pdf and "
          + ".docx do. With another name, --format says the form.")
    }
    if embed, resolvedFormat != .markdown {
      throw ValidationError("--embed is for Markdown; other forms hold their figures anyway.")
    }
    if check != nil, resolvedFormat == .pdf || resolvedFormat == .docx {
      throw ValidationError(
        "--check reads Markdown, notebooks and HTML; what it says of them holds for the PDF and the "
          + "DOCX of the same run.")
    }
    try validatePaths()
  }

  /// Refuses paths that name nothing, or a folder where a file is meant.
  private func validatePaths() throws {
    let files = [("--output", output, " or -"), ("--check", check, "")]
    for case (let name, let path?, let more) in files where path.isEmpty || path.hasSuffix("/") {
      throw ValidationError("\(name) wants the name of a file\(more), not '\(path)'.")
    }
    for case (let name, "") in [
      ("--figures", figures), ("--artifacts", artifacts), ("--vector-figures", vectorFigures),
    ] {
      throw ValidationError("\(name) wants the name of a folder, not ''.")
    }
  }

  /// What `--format` says, else what the name of the output (or of the checked report) says.
  var resolvedFormat: Format {
    format ?? Format(ofPath: check ?? output) ?? .markdown
  }

  /// Whether remembered values are computed anew: a check believes nothing, unless told otherwise.
  var isFresh: Bool { fresh ?? (check != nil) }
}

extension Edition: ExpressibleByArgument {}
