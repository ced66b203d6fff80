import ArgumentParser
import Foundation

/// `labs preview`: a lab's report in a browser, made anew after every edit.
struct PreviewCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "preview",
    abstract: "Shows a lab's report in a browser and makes it anew after every edit.",
    discussion: """
      Rebuilds and reruns when a file of the lab, or of what it is built from, changes. The page then
      changes where the report did and stays where you read. What the compiler says and claims that do
      not hold stand on the page. Nothing but this page is served, and to this machine alone; Ctrl-C
      ends it and leaves nothing behind. pandoc makes the page; without it you see the Markdown.

        swift run labs preview area
        swift run labs preview area --port 9000 -- --strips 128

      Remembered values are used. 2: no such lab, a port in use.
      """)

  @Argument(help: ArgumentHelp("What one types after 'swift run'.", valueName: "lab"))
  var name: String

  @Argument(
    parsing: .postTerminator, help: ArgumentHelp("The lab's own options.", valueName: "options"))
  var options: [String] = []

  @Option(help: ArgumentHelp("The port on this machine; 0 takes a free one.", valueName: "number"))
  var port: UInt16 = 8317

  @Flag(inversion: .prefixedNo, help: "Open a browser.")
  var open = true

  @Option(
    name: [.customShort("c"), .long],
    help: ArgumentHelp("debug or release, as swift build has it.", valueName: "configuration"))
  var configuration = "debug"

  func validate() throws {
    if !["debug", "release"].contains(configuration) {
      throw ValidationError("--configuration is debug or release, not '\(configuration)'.")
    }
  }

  func run() async throws {
    let package = try CoursePackage.atHand()
    guard let lab = package.lab(name) else {
      throw Complaint(
        "this package has no lab '\(name)'; it has "
          + package.labs.map { "'\($0.name)'" }.joined(separator: ", "))
    }
    guard FileManager.default.changeCurrentDirectoryPath(package.root.path) else {
      throw Complaint("\(package.root.path) cannot be entered")
    }
    let scratch = FileManager.default.temporaryDirectory.appending(
      path: "labs-preview-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: scratch, withIntermediateDirectories: true)
    Interruption.watch()
    Interruption.remove(atEnd: scratch)
    defer { try? FileManager.default.removeItem(at: scratch) }

    let state = PreviewState(title: name)
    let address = try await PreviewServer(state: state, port: port).start()
    Terminal.say("\(name): \(address) shows its report; Ctrl-C ends the preview")
    if open { Self.openBrowser(address) }
    let loop = PreviewLoop(
      lab: lab, folders: package.folders(of: lab), options: options,
      configuration: configuration, programs: try Build(configuration: configuration).folder().path,
      scratch: scratch, state: state)
    // The loop waits for programs: a thread of its own keeps the server's free.
    Thread.detachNewThread { loop.run() }
    while true { try await Task.sleep(for: .seconds(3600)) }
  }

  private static func openBrowser(_ address: String) {
    #if os(macOS)
      let opener = "open"
    #else
      let opener = "xdg-open"
    #endif
    let status = (try? Command(opener, address).run())?.status
    if status != 0 { Terminal.say("no browser could be opened; open \(address) yourself") }
  }
}
