/// A lab's report as a tree: its source, with what a run showed under each cell.
///
/// Built once; every ``Renderer`` is a pure function of it.
package struct Report: Sendable {
  /// What the reader may ask for on the command line.
  package struct Options: Hashable, Sendable {
    /// Whether a table of contents follows the title.
    package var tableOfContents = false

    /// The surroundings to name at the end.
    package var environment: RunEnvironment?

    /// How the report is made, for those who check and regenerate it.
    public var origin: ReportOrigin?

    /// The links to other pages that the document has already.
    package var navigation: String?

    /// The plain choice.
    package init() {}

    /// What the lab asks for itself counts too.
    fileprivate func completed(by matter: FrontMatter) -> Options {
      var result = self
      if matter.tableOfContents == true { result.tableOfContents = true }
      return result
    }
  }

  /// Prose and cells, in order.
  package enum Block: Hashable, Sendable {
    /// Consecutive lines of prose.
    case prose(Prose)

    /// Code and what it showed.
    case cell(Cell)
  }

  /// Title, author, date and keywords.
  package let frontMatter: FrontMatter

  /// The title, where it is a heading and not in the front matter.
  package let title: Prose?

  /// Prose and cells below the title, in order.
  package let blocks: [Block]

  /// What names and labels in prose mean.
  package let names: Names

  /// Every claim and comparison, and how the run ended.
  package let summary: Summary

  /// What the run was given: parameters, data, quotations.
  package let provenance: Provenance

  /// What the reader asked for.
  package let options: Options

  /// Whether outputs and values are known: not so in the skeleton that the check holds a committed
  /// report against before it runs anything.
  let hasRun: Bool

  /// What its cells use and no cell shows.
  let helpers: [String]

  /// The file with the lab's main type.
  let mainPath: String

  /// How messages name the files of the source.
  let paths: [String: String]

  /// Weaves a recording into a source.
  ///
  /// - Throws: What only a run can tell: names in prose that nothing published, labels given twice
  ///   in code, references to figures that were not shown.
  package init(
    source: LabSource, recording: Recording, options: Options = Options()
  ) throws(SourceDiagnostics) {
    var assembly = ReportAssembly(source: source, recording: recording)
    var blocks = assembly.blocks()
    names = assembly.names
    title = source.frontMatter.title == nil ? Self.takeTitle(from: &blocks) : nil
    self.blocks = blocks
    if !assembly.diagnostics.isEmpty {
      throw SourceDiagnostics(LabSource.sorted(assembly.diagnostics, files: source.files))
    }
    frontMatter = source.frontMatter
    summary = Summary(recording)
    provenance = Provenance(recording, environment: options.environment)
    self.options = options.completed(by: source.frontMatter)
    hasRun = true
    helpers = source.helpers
    mainPath = source.files[0].path
    paths = source.paths
  }

  /// What is known of a report before a run.
  init(skeleton source: LabSource, options: Options) {
    var assembly = ReportAssembly(source: source, recording: nil)
    var blocks = assembly.blocks()
    names = assembly.names
    title = source.frontMatter.title == nil ? Self.takeTitle(from: &blocks) : nil
    self.blocks = blocks
    frontMatter = source.frontMatter
    summary = Summary(Recording())
    provenance = Provenance(Recording(), environment: nil)
    self.options = options.completed(by: source.frontMatter)
    hasRun = false
    helpers = source.helpers
    mainPath = source.files[0].path
    paths = source.paths
  }
}

extension Report {
  /// Code and what it showed.
  package struct Cell: Hashable, Sendable {
    /// What became of a cell.
    package enum State: Hashable, Sendable {
      /// It ran.
      case ran

      /// The run ended in it.
      case failed

      /// The run ended before it.
      case notRun
    }

    /// A name that stays when other cells come and go: its label, or its section and its place in it.
    package var id: String

    /// What its `//|` lines say.
    package var options: CellOptions

    /// The code that is shown.
    package var code: [CodeLine]

    /// The file of the code.
    package var fileID: String

    /// What it showed, in order.
    package var items: [Item]

    /// What became of it.
    package var state: State
  }

  /// Something that a cell showed, ready to be rendered.
  package enum Item: Hashable, Sendable {
    /// What was printed on one stream without a break, cut in the middle when very long.
    case text(String, TextStream)

    /// Markdown made by the lab.
    case markdown(String)

    /// A table with its number.
    case table(PlacedTable)

    /// A figure with its number and file name.
    case figure(PlacedFigure)

    /// A claim; the number counts claims and comparisons from 1.
    case verdict(Verdict, number: Int)

    /// A comparison; the number counts claims and comparisons from 1.
    case comparison(ComparisonResult, number: Int)

    /// An error, expected or not.
    case failure(FailureOutput)
  }

  /// A figure where it stands in a report.
  package struct PlacedFigure: Hashable, Sendable {
    /// The picture.
    package var figure: FigureOutput

    /// What its file is called, without its suffix.
    package var name: String

    /// The target of references to it.
    package var label: String?

    /// "Figure 3" is number 3; only labels that begin with `fig-` are numbered.
    package var number: Int?

    /// The caption: a paragraph.
    package var caption: Prose?

    /// The picture in words.
    package var alternativeText: String
  }

  /// A table where it stands in a report.
  package struct PlacedTable: Hashable, Sendable {
    /// The table.
    package var table: Table

    /// The target of references to it.
    package var label: String?

    /// "Table 1" is number 1; only labels that begin with `tbl-` are numbered.
    package var number: Int?

    /// The caption: a paragraph.
    package var caption: Prose?

    /// How many rows are shown before the middle of them is left out.
    package var mostRows = 100
  }
}
