import Foundation
import Tensors
import Testing

/// What `.ci/fuzz` does for hours, for seconds: every committed seed, and some thousand inputs made of
/// them, the same ones every time. Errors are thrown; a trap would end the tests.
///
/// `LABKIT_FUZZ` says how many inputs a reader gets, `LABKIT_FUZZ_SEED` which: others than those of every
/// day, `LABKIT_FUZZ_READERS` for which readers. Then each says how long its slowest input took.
@Suite struct ReplayTests {
  private static let environment = ProcessInfo.processInfo.environment
  private static let wanted = environment["LABKIT_FUZZ"].flatMap { Int($0) }
  private static let seed = environment["LABKIT_FUZZ_SEED"].flatMap { UInt64($0) } ?? 18

  private static let readers = environment["LABKIT_FUZZ_READERS"].map { names in
    FuzzTarget.all.filter { names.split(separator: " ").contains(Substring($0.name)) }
  }

  /// What an input may take of the processor's time.
  private static let longest = 1.0

  private static let seedFolder = URL(filePath: #filePath).deletingLastPathComponent()
    .deletingLastPathComponent().appending(path: "FuzzTargets/Seeds")

  private static func seeds(_ target: FuzzTarget) throws -> [[UInt8]] {
    try target.seeds.flatMap { folder in
      let url = seedFolder.appending(path: folder)
      return try FileManager.default.contentsOfDirectory(at: url, includingPropertiesForKeys: nil)
        .sorted { $0.path < $1.path }
        .filter { (try? $0.resourceValues(forKeys: [.isRegularFileKey]))?.isRegularFile ?? false }
        .map { try [UInt8](Data(contentsOf: $0)) }
    }
  }

  /// Every reader has seeds that it can read: mutations of what is refused at once reach nothing.
  @Test func `Some seeds are sound`() throws {
    let cases = FuzzTarget.all
    for target in cases {
      let seeds = try Self.seeds(target)
      var refusals: [String] = []
      for seed in seeds {
        do { try target.read(seed) } catch { refusals.append("\(error)") }
      }
      #expect(refusals.count < seeds.count, "\(refusals)")
    }
  }

  @Test func `No input traps`() throws {
    let cases = Self.readers ?? FuzzTarget.all
    for target in cases {
      let seeds = try Self.seeds(target)
      for seed in seeds { _ = Self.read(seed, target) }
      var random = SplitMix64(seed: Self.seed)
      var slowest = 0.0
      let count = Self.wanted ?? 2000
      for _ in 0..<count {
        let seed = seeds.randomElement(using: &random) ?? []
        let other = seeds.randomElement(using: &random) ?? []
        let input = Mutation.apply(
          to: seed, with: other, longest: target.longestInput, using: &random)
        slowest = max(slowest, Self.read(input, target))
      }
      if Self.wanted != nil {
        print("fuzz: \(target): \(count) inputs, the slowest took \(Int(slowest * 1000)) ms")
      }
    }
  }

  /// - Returns: How long the processor had to do with it.
  private static func read(_ input: [UInt8], _ target: FuzzTarget) -> Double {
    let start = processorTime()
    do {
      try target.read(input)
    } catch let promise as BrokenPromise {
      Issue.record("\(target): \(promise): \(Data(input).base64EncodedString())")
    } catch {
      // Refused in a sentence.
    }
    let seconds = processorTime() - start
    if seconds > longest {
      Issue.record("\(target): took \(seconds) s: \(Data(input).base64EncodedString())")
    }
    return seconds
  }

  /// The time that this thread has had the processor for: other work on the machine does not count.
  private static func processorTime() -> Double {
    var time = timespec()
    // The struct lives on the stack for the call.
    unsafe clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time)
    return Double(time.tv_sec) + Double(time.tv_nsec) * 1e-9
  }
}

/// Changes that find mistakes in readers of bytes.
enum Mutation {
  /// An input with some random changes.
  static func apply(
    to seed: [UInt8], with other: [UInt8], longest: Int, using random: inout SplitMix64
  ) -> [UInt8] {
    var bytes = seed
    for _ in 0..<(1 << Int.random(in: 0...3, using: &random)) {
      change(&bytes, other, &random)
    }
    return Array(bytes.prefix(longest))
  }

  private static func change(_ bytes: inout [UInt8], _ other: [UInt8], _ random: inout SplitMix64) {
    func piece(_ of: [UInt8], _ random: inout SplitMix64) -> Range<Int> {
      guard !of.isEmpty else { return 0..<0 }
      let start = Int.random(in: 0..<of.count, using: &random)
      let count = 1 << Int.random(in: 0...7, using: &random)
      return start..<min(of.count, start + Int.random(in: 1...count, using: &random))
    }
    let range = piece(bytes, &random)
    switch Int.random(in: 0..<8, using: &random) {
    case 0 where !range.isEmpty:
      bytes[range.lowerBound] ^= 1 << UInt8.random(in: 0..<8, using: &random)
    case 1 where !range.isEmpty:
      bytes[range.lowerBound] = UInt8.random(in: .min ... .max, using: &random)
    case 2: bytes.removeSubrange(range)
    case 3: bytes.insert(contentsOf: bytes[range], at: range.lowerBound)
    case 4: bytes.insert(contentsOf: other[piece(other, &random)], at: range.lowerBound)
    case 5: bytes.replaceSubrange(range, with: other[piece(other, &random)])
    case 6:
      let words = [
        "\n", "\r\n", "\\", "\"", "`", "$", "\\(", ")", "<!--", "-->", "|", "  ", "\u{301}",
      ]
      bytes.insert(
        contentsOf: Array((words.randomElement(using: &random) ?? "").utf8), at: range.lowerBound)
    default:
      // An absurd number, of the width that a header may have.
      let numbers: [UInt64] = [0, 1, 0x7F, 0x80, 0xFF, 0x7FFF_FFFF, 0xFFFF_FFFF, .max]
      let number = numbers.randomElement(using: &random) ?? 0
      for place in range.prefix(8) {
        bytes[place] = UInt8(truncatingIfNeeded: number >> (8 * UInt64(place - range.lowerBound)))
      }
    }
  }
}
