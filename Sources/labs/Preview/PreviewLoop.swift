import Foundation
import Reports

/// Watches a lab's files, builds and runs it after every change.
struct PreviewLoop: Sendable {
  var lab: CoursePackage.Lab
  /// What is watched, from the package's folder.
  var folders: [String]
  /// The lab's own options.
  var options: [String]
  var configuration: String
  /// The folder of the built programs.
  var programs: String
  /// A folder for the report on its way to the page.
  var scratch: URL
  var state: PreviewState

  /// How often the files are looked at.
  private static let pause = 0.12

  /// Runs until the process ends.
  func run() {
    while true {
      let files = WatchedFiles(folders)
      let start = ContinuousClock.now
      let isWhole = renew(while: { WatchedFiles(folders) == files })
      if isWhole {
        let seconds = (ContinuousClock.now - start) / .seconds(1)
        Terminal.say(
          "\(lab.name): \(state.now.problem.isEmpty ? "shown" : "shown, with a problem") after "
            + seconds.formatted(.number.precision(.fractionLength(1))) + " s")
      }
      while WatchedFiles(folders) == files { Thread.sleep(forTimeInterval: Self.pause) }
      // An editor may write a file in several steps.
      var last = WatchedFiles(folders)
      while true {
        Thread.sleep(forTimeInterval: 0.04)
        let next = WatchedFiles(folders)
        if next == last { break }
        last = next
      }
    }
  }

  /// Builds and runs; whether it came to its end before something changed again.
  private func renew(while isCurrent: () -> Bool) -> Bool {
    do {
      state.isDoing("building")
      let build = ["swift", "build", "-c", configuration, "--product", lab.name]
      guard let built = try finish(build, while: isCurrent) else { return false }
      guard built.status == 0 else {
        state.show(page: nil, problem: Self.complaints(built.output + built.errors))
        return true
      }
      let program = "\(programs)/\(lab.name)"
      state.isDoing("running")
      let page = scratch.appending(path: "report.html")
      try? FileManager.default.removeItem(at: page)
      guard var run = try finish(arguments(program, page), while: isCurrent) else { return false }
      var html = FileManager.default.contents(atPath: page.path).map {
        String(decoding: $0, as: UTF8.self)
      }
      if html == nil, run.errors.contains("pandoc, which is not installed") {
        let text = scratch.appending(path: "report.md")
        guard let plain = try finish(arguments(program, text), while: isCurrent) else {
          return false
        }
        run = plain
        html = FileManager.default.contents(atPath: text.path).map {
          PreviewPage.plain(String(decoding: $0, as: UTF8.self), title: lab.name)
        }
      }
      let words = (run.output + run.errors).trimmingCharacters(in: .whitespacesAndNewlines)
      state.show(page: html, problem: run.status == 0 ? "" : problem(run.status, words))
    } catch {
      state.show(page: nil, problem: "\(error)")
    }
    return true
  }

  private func arguments(_ program: String, _ report: URL) -> [String] {
    [program] + options + ["--output", report.path, "--keep-partial", "--quiet"]
  }

  private func problem(_ status: Int32, _ words: String) -> String {
    let what =
      switch ExitStatus(ofLab: status) {
      case .failed: "The lab failed, or a claim does not hold (the report says where)."
      case .unusable: "The lab's source or its options cannot be used."
      default: "The lab ended with status \(status)."
      }
    return words.isEmpty ? what : what + "\n" + words
  }

  /// What the compiler complained about, without what it did before.
  static func complaints(_ output: String) -> String {
    let lines = output.documentLines
    let root = FileManager.default.currentDirectoryPath + "/"
    var kept: [String] = []
    var isKept = false
    // `16 |     var count = one`: the lines around the error.
    func isSource(_ line: String) -> Bool { line.prefixMatch(of: /\d+ \|/) != nil }
    for line in lines where !kept.contains(line) || line.hasPrefix(" ") {
      if line.contains("error:") {
        isKept = true
      } else if !(line.hasPrefix(" ") || line.contains("note:") || isSource(line)) {
        isKept = false
      }
      if isKept { kept.append(line.replacing(root, with: "")) }
    }
    return kept.isEmpty ? output : kept.prefix(60).joined(separator: "\n")
  }

  /// Runs a program to its end; `nil`, and the program ended, where something changed meanwhile.
  private func finish(
    _ words: [String], while isCurrent: () -> Bool
  ) throws -> Command.Result? {
    let output = scratch.appending(path: "output")
    let errors = scratch.appending(path: "errors")
    for file in [output, errors] { try Data().write(to: file) }
    let process = try Command(words).start(
      output: try FileHandle(forWritingTo: output), errors: try FileHandle(forWritingTo: errors))
    defer { Interruption.remove(process) }
    var round = 0
    while process.isRunning {
      Thread.sleep(forTimeInterval: 0.015)
      round += 1
      if round % 8 == 0, !isCurrent() {
        process.interrupt()
        process.waitUntilExit()
        return nil
      }
    }
    return Command.Result(
      status: process.terminationReason == .uncaughtSignal
        ? 128 + process.terminationStatus : process.terminationStatus,
      output: String(decoding: try Data(contentsOf: output), as: UTF8.self),
      errors: String(decoding: try Data(contentsOf: errors), as: UTF8.self))
  }
}

/// The files of folders with their sizes and times, to see whether one changed.
struct WatchedFiles: Equatable {
  private var files: [String: Stamp] = [:]

  private struct Stamp: Equatable {
    var size: Int
    var date: Date
  }

  init(_ folders: [String]) {
    add("Package.swift")
    for folder in folders {
      let names = FileManager.default.enumerator(atPath: folder)
      while let name = names?.nextObject() as? String {
        // Editors keep files of their own beside those that they edit.
        if name.split(separator: "/").contains(where: { $0.hasPrefix(".") || $0.hasSuffix("~") }) {
          continue
        }
        add(folder + "/" + name)
      }
    }
  }

  private mutating func add(_ path: String) {
    guard let attributes = try? FileManager.default.attributesOfItem(atPath: path),
      attributes[.type] as? FileAttributeType == .typeRegular
    else { return }
    files[path] = Stamp(
      size: (attributes[.size] as? Int) ?? 0,
      date: (attributes[.modificationDate] as? Date) ?? .distantPast)
  }
}
