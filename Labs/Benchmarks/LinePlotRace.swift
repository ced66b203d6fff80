import ElementaryFunctions
import Foundation
import LabKit
import PNGCoding

/// The same line plot drawn and encoded by LabKit and by matplotlib's `savefig`, in turns.
///
/// 1280×960 pixels, three series of 500 points, grid, legend and labels; on one core each, into
/// memory. The turns alternate, so that a machine that grows slower does so for both.
struct LinePlotRace {
  /// Milliseconds of each round: the figure's layout, its drawing and its encoding.
  let ours: [Double]
  /// Milliseconds of each round of `savefig`; empty without a Python that has matplotlib.
  let theirs: [Double]
  /// The size of our file.
  let ourBytes: Int
  /// The size of matplotlib's file, if there is one.
  let theirBytes: Int?
  /// The version of matplotlib, or nothing when it was not found.
  let version: String?

  /// How many times as long matplotlib's median round took as ours.
  var ratio: Double? {
    theirs.isEmpty ? nil : Self.median(theirs) / Self.median(ours)
  }

  /// Our median round, in milliseconds.
  var ourMedian: Double { Self.median(ours) }

  /// The plot that both draw.
  static func figure(_ series: [[Double]]) -> Figure {
    Figure(
      "Training loss", x: Axis("step"), y: Axis("cross-entropy", unit: "nats"),
      size: Size(width: 640, height: 480)
    ) {
      LineMark(y: series[0], label: names[0])
      LineMark(y: series[1], label: names[1])
      LineMark(y: series[2], label: names[2])
    }
  }

  /// Races for the given number of rounds, after one that is not counted.
  ///
  /// - Parameter python: The interpreter to start, or nothing to measure LabKit alone.
  static func run(python: String?, rounds: Int) throws -> LinePlotRace {
    let series = data()
    let peer = try python.flatMap { try Peer(python: $0, series: series) }
    let figure = figure(series)
    var ours: [Double] = []
    var theirs: [Double] = []
    var bytes = 0
    for round in 0...rounds {
      let clock = ContinuousClock()
      let start = clock.now
      bytes = try PNGEncoder.encode(figure.render(), pixelsPerPoint: 2, tolerance: 6).count
      let time = (clock.now - start) / .milliseconds(1)
      let theirTime = try peer?.round()
      guard round > 0 else { continue }
      ours.append(time)
      if let theirTime { theirs.append(theirTime) }
    }
    peer?.end()
    return LinePlotRace(
      ours: ours, theirs: theirs, ourBytes: bytes, theirBytes: peer?.bytes, version: peer?.version)
  }

  private static let names = ["Swift", "TensorFlow", "PyTorch"]

  /// Three falling losses with a little noise.
  private static func data() -> [[Double]] {
    var random = SplitMix64(seed: 6)
    return (0..<3).map { series in
      (0..<500).map { step in
        let decay = 2.1 * Elementary.exp(-Double(step) / Double(60 + 20 * series))
        let noise = 0.02 * (Double(random.nextUnitFloat()) - 0.5)
        return 0.2 + 0.1 * Double(series) + decay + noise
      }
    }
  }

  private static func median(_ values: [Double]) -> Double {
    let sorted = values.sorted()
    guard !sorted.isEmpty else { return .nan }
    return (sorted[(sorted.count - 1) / 2] + sorted[sorted.count / 2]) / 2
  }

  /// The Python process that draws when asked.
  private final class Peer {
    private(set) var bytes = 0
    let version: String
    private let process = Process()
    private let input = Pipe()
    private let output = Pipe()

    /// Fails when there is no such interpreter, or it has no matplotlib.
    init?(python: String, series: [[Double]]) throws {
      let script = URL(filePath: #filePath).deletingLastPathComponent()
        .appending(path: "Peers/line_plot.py")
      process.executableURL = URL(filePath: "/usr/bin/env")
      process.arguments = [python, script.path()]
      process.standardInput = input
      process.standardOutput = output
      process.standardError = FileHandle.nullDevice
      try process.run()
      let task = Task(series: series, names: names, width: 1280, height: 960)
      var line = try JSONEncoder().encode(task)
      line.append(UInt8(ascii: "\n"))
      try? input.fileHandleForWriting.write(contentsOf: line)
      guard let answer = Self.line(output.fileHandleForReading), !answer.isEmpty else {
        process.waitUntilExit()
        return nil
      }
      version = answer
    }

    /// Lets it draw once; the milliseconds that it says it took.
    func round() throws -> Double? {
      try input.fileHandleForWriting.write(contentsOf: Data("draw\n".utf8))
      let words = Self.line(output.fileHandleForReading)?.split(separator: " ") ?? []
      guard words.count == 2, let time = Double(words[0]) else { return nil }
      bytes = Int(words[1]) ?? 0
      return time
    }

    func end() {
      try? input.fileHandleForWriting.close()
      process.waitUntilExit()
    }

    private static func line(_ handle: FileHandle) -> String? {
      var bytes: [UInt8] = []
      while let byte = try? handle.read(upToCount: 1)?.first {
        if byte == UInt8(ascii: "\n") { return String(decoding: bytes, as: UTF8.self) }
        bytes.append(byte)
      }
      return nil
    }

    private struct Task: Encodable {
      var series: [[Double]]
      var names: [String]
      var width: Int
      var height: Int
    }
  }
}
