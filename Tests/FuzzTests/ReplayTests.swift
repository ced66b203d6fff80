import Foundation
import Tensors
import Testing

/// What `.ci/fuzz` does for hours, for seconds: every committed seed, and some thousand inputs made of
/// them, the same ones every time. Errors are thrown; a trap would end the tests.
///
/// `LABKIT_FUZZ` says how many inputs a reader gets.
@Suite struct ReplayTests {
  private static let count =
    ProcessInfo.processInfo.environment["LABKIT_FUZZ"].flatMap { Int($0) } ?? 2000

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
  @Test(arguments: FuzzTarget.all)
  func someSeedsAreSound(target: FuzzTarget) throws {
    let seeds = try Self.seeds(target)
    var refusals: [String] = []
    for seed in seeds {
      do { try target.read(seed) } catch { refusals.append("\(error)") }
    }
    #expect(refusals.count < seeds.count, "\(refusals)")
  }

  @Test(arguments: FuzzTarget.all)
  func noInputTraps(target: FuzzTarget) throws {
    let seeds = try Self.seeds(target)
    for seed in seeds { Self.read(seed, target) }
    var random = SplitMix64(seed: 18)
    for _ in 0..<Self.count {
      let seed = seeds.randomElement(using: &random) ?? []
      let other = seeds.randomElement(using: &random) ?? []
      let input = Mutation.apply(to: seed, with: other, using: &random)
      Self.read(input, target)
    }
  }

  private static func read(_ input: [UInt8], _ target: FuzzTarget) {
    do {
      try target.read(input)
    } catch let promise as BrokenPromise {
      Issue.record("\(target): \(promise): \(Data(input).base64EncodedString())")
    } catch {
      // Refused in a sentence.
    }
  }
}

/// Changes that find mistakes in readers of bytes.
enum Mutation {
  /// An input with some random changes.
  static func apply(
    to seed: [UInt8], with other: [UInt8], using random: inout SplitMix64
  ) -> [UInt8] {
    var bytes = seed
    for _ in 0..<(1 << Int.random(in: 0...3, using: &random)) {
      change(&bytes, other, &random)
    }
    return bytes
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
