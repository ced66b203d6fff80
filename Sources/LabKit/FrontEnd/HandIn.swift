internal import Foundation
internal import SystemCalls

/// Makes the forms of a report that are handed in: a page, a PDF, a document of a word processor.
///
/// pandoc reads a dialect of Markdown that is written for it. A PDF is the page as a browser prints
/// it; without a browser typst or LaTeX set it.
struct HandIn {
  let format: EngineOptions.Format
  private let pandoc: Tool
  private let printer: Printer?

  /// What makes a PDF.
  private enum Printer {
    case browser(Tool)
    case engine(Tool)
  }

  /// Finds what the form needs, before the lab is run for nothing.
  ///
  /// - Throws: One sentence that says what is missing and how to install it.
  init(
    _ format: EngineOptions.Format,
    environment: [String: String] = ProcessInfo.processInfo.environment
  ) throws {
    self.format = format
    guard let pandoc = Tool(named: ["pandoc"], in: environment) else {
      throw HandInError(
        "HTML, PDF and DOCX are made by pandoc, which is not installed: 'sudo apt install pandoc' "
          + "or 'brew install pandoc' installs it; Markdown and notebooks need none")
    }
    self.pandoc = pandoc
    guard format == .pdf else {
      printer = nil
      return
    }
    let browsers = [
      "chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome",
      "microsoft-edge", "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
      "/Applications/Chromium.app/Contents/MacOS/Chromium",
    ]
    if let browser = Tool(named: browsers, in: environment) {
      printer = .browser(browser)
    } else if let engine = Tool(
      named: ["typst", "xelatex", "lualatex", "tectonic"], in: environment)
    {
      printer = .engine(engine)
    } else {
      throw HandInError(
        "a PDF is set by a browser (Chromium, Chrome, Edge), typst or LaTeX, and none of them is "
          + "installed: 'sudo apt install chromium' or 'brew install typst' installs one")
    }
  }

  /// The report in its form.
  ///
  /// - Throws: One sentence when a program fails; nothing is written then.
  func make(_ report: Report) throws -> [UInt8] {
    let bytes = try made(report)
    // A page says itself how it was made.
    return format == .html ? bytes : report.options.origin?.added(to: bytes) ?? bytes
  }

  private func made(_ report: Report) throws -> [UInt8] {
    let folder =
      "\(Descriptor.temporaryFolder)/labkit-\(ProcessInfo.processInfo.globallyUniqueString)"
    try Disk().makeFolders(folder)
    defer { try? FileManager.default.removeItem(atPath: folder) }
    switch (format, printer) {
    case (.html, _): return Array(try page(report, folder).html.utf8)
    case (.pdf, .browser(let browser)?):
      // Paper does not unfold.
      let html = try page(report, folder).html.replacing("<details>", with: "<details open>")
      try write(Array(html.utf8), "\(folder)/report.html")
      try browser.run(
        [
          "--headless", "--disable-gpu", "--no-pdf-header-footer", "--print-to-pdf-no-header",
          "--user-data-dir=\(folder)/browser", "--print-to-pdf=\(folder)/report.pdf",
        ]
          // A browser's sandbox does not work for the administrator, as in a container.
          + (getuid() == 0 ? ["--no-sandbox"] : []) + ["file://\(folder)/report.html"])
      return try read("\(folder)/report.pdf", from: browser)
    case (.pdf, .engine(let engine)?):
      var options =
        ["--pdf-engine=\(engine.path)"] + PaperStyle.variables.map { "--variable=\($0)" }
      if engine.name == "typst" {
        // pandoc names pictures from the root of the file system on.
        options.append("--pdf-engine-opt=--root=/")
      } else {
        try write(Array(PaperStyle.preamble.utf8), "\(folder)/preamble.tex")
        options.append("--include-in-header=\(folder)/preamble.tex")
      }
      return try paper(report, folder, "report.pdf", options)
    default: return try paper(report, folder, "report.docx", ["--to=docx"])
    }
  }

  private func page(_ report: Report, _ folder: String) throws -> ReportPage {
    let source = "\(folder)/report.md"
    try write(Array(PandocRenderer(.page).render(report).text.utf8), source)
    let body = try pandoc.run([
      "--from=\(PandocRenderer.dialect)", "--to=html5", "--mathml", "--wrap=preserve", source,
    ])
    let own = MarkdownRenderer(figuresFolder: "").render(report).text
    return ReportPage(
      title: report.plainTitle ?? "Report", body: body, source: own,
      digest: { SHA256.digest(of: Array($0.utf8)) })
  }

  private func paper(
    _ report: Report, _ folder: String, _ name: String, _ options: [String]
  ) throws -> [UInt8] {
    let rendered = PandocRenderer(.paper).render(report)
    try write(Array(rendered.text.utf8), "\(folder)/report.md")
    for figure in rendered.figures { try write(figure.bytes, "\(folder)/\(figure.name)") }
    try write(Array(PaperTables.filter.utf8), "\(folder)/tables.lua")
    try pandoc.run(
      [
        "--from=\(PandocRenderer.dialect)", "--standalone", "--resource-path=\(folder)",
        "--lua-filter=\(folder)/tables.lua",
        "--metadata=pagetitle:\(report.plainTitle ?? "Report")",
      ] + properties(of: report) + [
        "--output=\(folder)/\(name)"
      ] + options + ["\(folder)/report.md"])
    return try read("\(folder)/\(name)", from: pandoc)
  }

  /// What a program shows of the document beside its text: how it was made.
  private func properties(of report: Report) -> [String] {
    guard let command = report.options.origin?.command else { return [] }
    // Word shows the description, and a PDF by LaTeX has the subject.
    return ["description", "subject"].map { "--metadata=\($0):Made by \(command)" }
  }

  private func write(_ bytes: [UInt8], _ path: String) throws {
    try Disk().replace(path, with: bytes)
  }

  private func read(_ path: String, from tool: Tool) throws -> [UInt8] {
    guard let bytes = try Disk().contents(of: path), !bytes.isEmpty else {
      throw HandInError("\(tool.name) wrote nothing")
    }
    return bytes
  }
}
