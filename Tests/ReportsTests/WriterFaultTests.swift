import Foundation
import PNGCoding
import Raster
import Reports
import SystemCalls
import Testing

/// What stands on disk when the writing of a report stops at any one of its system calls: by a kill,
/// by a power failure that takes along what was not synced, or by a call that fails.
struct WriterFaultTests {
  /// One version of a report: the text it says, and a colour for each of its figures.
  struct Version: Sendable {
    var name: String
    var figures: [String: UInt8]

    func text(folder: String) -> String {
      let pictures = figures.keys.sorted().map { "<p><img src=\"\(folder)/\($0).png\"></p>" }
      return "# Version \(name)\n\n<!-- output -->\n\n" + pictures.joined(separator: "\n\n")
        + "\n\n<!-- /output -->\n"
    }

    var rendered: RenderedReport {
      RenderedReport(
        text: text(folder: "lab_files"),
        figures: figures.sorted { $0.key < $1.key }.map {
          RenderedReport.File(name: $0.key + ".png", bytes: Self.picture($0.value))
        })
    }

    static func picture(_ level: UInt8) -> [UInt8] {
      let gray = Double(level) / 255
      let bitmap = Bitmap(width: 3, height: 2, gray: Array(repeating: gray, count: 6))
      return (try? PNGEncoder.encode(bitmap)) ?? []
    }
  }

  /// From which report to which; nil where none stands there yet.
  struct Change: Sendable, CustomTestStringConvertible {
    var testDescription: String
    var old: Version?
    var new: Version

    init(_ name: String, _ old: [String: UInt8]?, _ new: [String: UInt8], sameText: Bool = false) {
      testDescription = name
      self.old = old.map { Version(name: "1", figures: $0) }
      self.new = Version(name: sameText ? "1" : "2", figures: new)
    }

    static let all = [
      Change(
        "figures replaced, added, removed, kept", ["a": 10, "b": 20, "c": 30, "d": 40],
        ["a": 11, "b": 21, "d": 40, "e": 50]),
      Change("figures added", ["a": 10], ["a": 10, "b": 20, "c": 30]),
      Change("text alone", ["a": 10], ["a": 10]),
      Change("pictures alone", ["a": 10, "b": 20], ["a": 11, "b": 21], sameText: true),
      Change("figures removed", ["a": 10, "b": 20], ["a": 10]),
      Change("all figures removed", ["a": 10], [:]),
      Change("the first report", nil, ["a": 10, "b": 20]),
    ]
  }

  /// What goes wrong at a call, and what it takes along.
  enum Fault: String, CaseIterable, Sendable {
    /// The process ends: no call after it is made.
    case kill
    /// So does the machine: files that were not synced are empty afterwards.
    case powerFailure
    /// The call fails with "no space left on device".
    case fullDisk
    /// Every call that takes space fails from then on.
    case diskStaysFull
    /// The call fails with "the device failed".
    case device
  }

  private static let isThorough = ProcessInfo.processInfo.environment["LABKIT_DRILLS"] != nil

  /// Says how many points were tried, for `.ci/drills` to add up.
  private static func count(_ points: Int, _ what: String) {
    if isThorough { print("crash points: \(points) (\(what))") }
  }

  @Test(arguments: Change.all)
  func `A whole report stands there`(change: Change) throws {
    for fault in Fault.allCases { try wholeReportStands(change, fault) }
  }

  private func wholeReportStands(_ change: Change, _ fault: Fault) throws {
    let callCount = try Trial(change).callCount(change.new)
    defer { Self.count(callCount, "\(change.testDescription), \(fault)") }
    for index in 0..<callCount {
      let trial = try Trial(change)
      trial.write(change.new, fault: fault, at: index)
      let words = "\(fault) at call \(index) of \(callCount): \(trial.lastCalls)"
      #expect(trial.whole(change.old, change.new) != nil, "\(words)")
      #expect(trial.foreignFilesStand, "\(words)")
      // The next run leaves nothing but its own report.
      let next = Version(name: "3", figures: ["a": 12, "e": 51, "f": 60])
      try trial.writer(Disk()).write(next.rendered) { next.text(folder: "lab_files/\($0)") }
      #expect(trial.whole(next) == next.name, "\(words)")
      #expect(trial.names == trial.names(of: next), "\(words)")
    }
  }

  /// A run that is cut off, and the one that tidies up after it cut off too.
  @Test(arguments: [Change.all[0], Change.all[3], Change.all[6]])
  func `A whole report stands there after two faults`(change: Change) throws {
    let next = Version(name: "3", figures: ["a": 12, "c": 31, "e": 51, "f": 60])
    let isThorough = Self.isThorough
    let callCount = try Trial(change).callCount(change.new)
    var pairs = 0
    defer { Self.count(pairs, "\(change.testDescription), power failure twice") }
    for index in stride(from: 0, to: callCount, by: isThorough ? 1 : 3) {
      var second = isThorough ? 0 : index % 7
      while true {
        let trial = try Trial(change)
        trial.write(change.new, fault: .powerFailure, at: index)
        let isDone = trial.write(next, fault: .powerFailure, at: second)
        let words = "calls \(index) and \(second): \(trial.lastCalls)"
        #expect(trial.whole(change.old, change.new, next) != nil, "\(words)")
        #expect(trial.foreignFilesStand, "\(words)")
        let last = Version(name: "4", figures: ["a": 13, "f": 60])
        try trial.writer(Disk()).write(last.rendered) { last.text(folder: "lab_files/\($0)") }
        #expect(trial.whole(last) == last.name, "\(words)")
        #expect(trial.names == trial.names(of: last), "\(words)")
        pairs += 1
        if isDone { break }
        second += isThorough ? 1 : 7
      }
    }
  }
}

/// A folder with a report, written to through a disk that can be made to fail.
private final class Trial {
  private let path: String
  private let recorder = Recorder()

  /// What others keep in the figures' folder and beside the report.
  private static let foreign = [
    "lab_files/.hidden", "lab_files/notes.txt", "lab_files/photo.png", "other.md",
  ]

  init(_ change: WriterFaultTests.Change) throws {
    let memory = "/dev/shm"
    let folder =
      FileManager.default.fileExists(atPath: memory) ? memory + "/" : NSTemporaryDirectory()
    path = folder + "writer-\(UUID().uuidString)"
    try FileManager.default.createDirectory(
      atPath: path + "/lab_files", withIntermediateDirectories: true)
    for name in Self.foreign { try Data("theirs".utf8).write(to: URL(filePath: "\(path)/\(name)")) }
    if let old = change.old {
      try writer(Disk()).write(old.rendered) { old.text(folder: "lab_files/\($0)") }
    }
  }

  deinit { try? FileManager.default.removeItem(atPath: path) }

  func writer(_ disk: Disk) -> ReportWriter {
    var writer = ReportWriter(path: path + "/lab.md", figuresPath: path + "/lab_files")
    writer.disk = disk
    return writer
  }

  /// How many calls the change takes when nothing goes wrong.
  func callCount(_ version: WriterFaultTests.Version) throws -> Int {
    _ = write(version, fault: .kill, at: .max)
    return recorder.callCount
  }

  /// Writes a report; at one call something goes wrong.
  ///
  /// - Returns: Whether all was done before that call came.
  @discardableResult
  func write(
    _ version: WriterFaultTests.Version, fault: WriterFaultTests.Fault, at index: Int
  ) -> Bool {
    recorder.begin(fault, at: index)
    var disk = Disk()
    disk.watch = { [recorder] call throws(SystemError) in try recorder.note(call) }
    _ = try? writer(disk).write(version.rendered) { version.text(folder: "lab_files/\($0)") }
    if fault == .powerFailure, recorder.hasFailed { loseUnsynced() }
    return !recorder.hasFailed
  }

  var lastCalls: String { recorder.lastCalls }

  private func loseUnsynced() {
    for name in names {
      var status = stat()
      guard unsafe lstat("\(path)/\(name)", &status) == 0 else { continue }
      if recorder.unsynced.contains(UInt64(status.st_ino)) {
        unsafe truncate("\(path)/\(name)", 0)
      }
    }
  }

  /// The name of the version that stands there whole: its text, and every picture that the text
  /// shows, with the pixels of that version. "none" is whole where there was none.
  func whole(_ versions: WriterFaultTests.Version?...) -> String? {
    guard let text = try? String(contentsOfFile: path + "/lab.md", encoding: .utf8) else {
      return versions.contains { $0 == nil } ? "none" : nil
    }
    for case let version? in versions {
      let links = text.split(separator: "\"").filter { $0.hasSuffix(".png") }.map(String.init)
      guard links.count == version.figures.count,
        text
          == version.text(folder: links.first.map { Paths.parent(of: $0) } ?? "lab_files")
      else { continue }
      let isWhole = links.allSatisfy { link in
        guard let bytes = try? Data(contentsOf: URL(filePath: "\(path)/\(link)")),
          let bitmap = try? PNGDecoder.decode([UInt8](bytes)),
          let level = version.figures[Paths.stem(of: link)]
        else { return false }
        return (bitmap[0, 0].red * 255).rounded() == Double(level) && bitmap.width == 3
      }
      if isWhole { return version.name }
    }
    return nil
  }

  var foreignFilesStand: Bool {
    Self.foreign.allSatisfy { name in
      (try? String(contentsOfFile: "\(path)/\(name)", encoding: .utf8)) == "theirs"
    }
  }

  /// All files in the folder.
  var names: [String] {
    let all = FileManager.default.enumerator(atPath: path)?.compactMap { $0 as? String } ?? []
    return all.filter { $0 != "lab_files" }.sorted()
  }

  /// What stands in the folder when a report has been written and nothing is left over.
  func names(of version: WriterFaultTests.Version) -> [String] {
    (Self.foreign + ["lab.md"] + version.figures.keys.map { "lab_files/\($0).png" }).sorted()
  }
}

/// Counts the calls of a disk, and has one of them fail.
private final class Recorder: @unchecked Sendable {
  private var fault = WriterFaultTests.Fault.kill
  private var index = Int.max
  private var calls: [Disk.Call] = []
  private(set) var hasFailed = false
  /// The numbers of files with bytes that a power failure would take.
  private(set) var unsynced: Set<UInt64> = []

  var callCount: Int { calls.count }
  var lastCalls: String { "\(calls.suffix(6))" }

  func begin(_ fault: WriterFaultTests.Fault, at index: Int) {
    self.fault = fault
    self.index = index
    calls = []
    hasFailed = false
    unsynced = []
  }

  func note(_ call: Disk.Call) throws(SystemError) {
    calls.append(call)
    let number = calls.count - 1
    if number >= index {
      let isAgain: Bool
      switch fault {
      case .kill, .powerFailure: isAgain = true
      case .fullDisk, .device: isAgain = number == index
      case .diskStaysFull:
        switch call {
        case .create, .write, .makeFolder, .link: isAgain = true
        default: isAgain = false
        }
      }
      if isAgain {
        hasFailed = true
        throw SystemError(action: "drill", code: fault == .device ? EIO : ENOSPC)
      }
    }
    switch call {
    case .write(let file): if let inode = inode(file) { unsynced.insert(inode) }
    case .synchronize(let file): if let inode = inode(file) { unsynced.remove(inode) }
    default: break
    }
  }

  private func inode(_ file: Int32) -> UInt64? {
    var status = stat()
    return unsafe fstat(file, &status) == 0 ? UInt64(status.st_ino) : nil
  }
}
