import Foundation
import LabKit

extension Benchmarks {
  func setting(_ measured: Measured) throws {
    //: ## The setting
    // First of all, while no other program has been started: the memory and time of Lab 10.
    measureLab10(measured)
    compareBuilds(measured)
    if let python {
      for threads in Set([1, Compute.processorCount]).sorted() {
        let script = URL(filePath: #filePath).deletingLastPathComponent()
          .appending(path: "Peers/training.py").path
        measured.peers[threads] = Peer(python: python, script: script, argument: "\(threads)")
      }
    }
    //| volatile: true
    let first = measured.peers[1]
    var lines = [
      ("cores", "\(Compute.processorCount)"),
      ("instruction set in use", "\(Compute.instructionSet)"),
    ]
    lines += (first?.versions ?? [:]).sorted { $0.key < $1.key }.map { ($0.key, $0.value) }
    lines += (first?.missing ?? [:]).sorted { $0.key < $1.key }.map {
      ($0.key, "missing: \($0.value)")
    }
    if first == nil { lines.append(("other frameworks", "not measured: no Python was given")) }
    show(
      Table(
        lines, columns: [.column("what", { $0.0 }), .column("found", { $0.1 })]))
  }

  /// Lab 10 as a program: the memory at its peak.
  private func measureLab10(_ measured: Measured) {
    let folder = FileManager.default.temporaryDirectory.appending(
      path: "labkit-benchmarks-\(ProcessInfo.processInfo.processIdentifier)")
    try? FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    let program =
      builtProgram("lab10", configuration: "release")
      ?? builtProgram("lab10", configuration: "debug")
    let run = program.flatMap {
      runProgram($0, ["--quiet", "--output", folder.appending(path: "report.md").path])
    }
    measured.target(
      "memory of `lab10` at its peak", "under 200 MB",
      measured: run.map { "\($0.peakMemory / 1_000_000) MB" } ?? "not measured: lab10 is not built",
      holds: run.map { $0.peakMemory < 200_000_000 })
  }

  /// The same program built both ways, in turns.
  private func compareBuilds(_ measured: Measured) {
    let programs = ["debug", "release"].map { builtProgram("benchmarks", configuration: $0) }
    var times: [[Double]] = [[], []]
    for _ in 0..<5 {
      for (index, program) in programs.enumerated() {
        guard let program, let run = runProgram(program, ["--probe", "--quiet"]) else { continue }
        let words = run.output.split { $0 == " " || $0 == "\n" }
        if let place = words.firstIndex(of: "measured-step"), let time = Double(words[place + 1]) {
          times[index].append(time)
        }
      }
    }
    let (debug, release) = (Timing(samples: times[0]).median, Timing(samples: times[1]).median)
    let ratio = debug / release
    measured.target(
      "plain debug `swift run` against `-c release`, Lab 10 step", "within 10 %",
      measured: ratio.isFinite
        ? "\(rounded(debug)) against \(rounded(release)) ms"
        : "not measured: both builds are needed",
      holds: ratio.isFinite ? ratio < 1.1 : nil)
  }
}
