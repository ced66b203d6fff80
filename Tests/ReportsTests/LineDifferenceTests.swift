import Tensors
import Testing

@testable import Reports

/// The lines that differ: the fewest where they are few, and in linear time and memory where not.
struct LineDifferenceTests {
  private static func hunks(_ first: [Int], _ second: [Int]) -> [LineDifference.Hunk] {
    LineDifference(first, second) { first[$0] == second[$1] }.hunks
  }

  /// Puts the second document together from the first and what the hunks bring.
  private static func patched(
    _ first: [Int], _ second: [Int], _ hunks: [LineDifference.Hunk]
  ) -> [Int] {
    var result: [Int] = []
    var position = 0
    for hunk in hunks {
      result += first[position..<hunk.first.lowerBound] + second[hunk.second]
      position = hunk.first.upperBound
    }
    return result + first[position...]
  }

  /// How many lines the longest common subsequence has, by the table of all prefixes.
  private static func commonCount(_ first: [Int], _ second: [Int]) -> Int {
    var row = [Int](repeating: 0, count: second.count + 1)
    for x in first {
      var diagonal = 0
      for (j, y) in second.enumerated() {
        let above = row[j + 1]
        row[j + 1] = x == y ? diagonal + 1 : max(above, row[j])
        diagonal = above
      }
    }
    return row[second.count]
  }

  @Test func `Few changes are the fewest`() {
    var random = SplitMix64(seed: 18)
    for _ in 0..<400 {
      let letters = 1 + Int(random.next() % 6)
      let documents = (0..<2).map { _ in
        (0..<Int(random.next() % 24)).map { _ in Int(random.next() % UInt64(letters)) }
      }
      let hunks = Self.hunks(documents[0], documents[1])
      #expect(Self.patched(documents[0], documents[1], hunks) == documents[1])
      let kept = documents[0].count - hunks.reduce(0) { $0 + $1.first.count }
      #expect(kept == Self.commonCount(documents[0], documents[1]))
    }
  }

  /// Where every tenth line stays, those are found, however many others changed: quadratic memory
  /// would be terabytes here.
  @Test func `A million changed lines cost no more than they are`() {
    let count = 1_000_000
    let first = Array(0..<count)
    let second = first.map { $0 % 10 == 0 ? $0 : $0 + count }
    let hunks = Self.hunks(first, second)
    #expect(hunks.count == count / 10)
    #expect(hunks.allSatisfy { $0.first == $0.second && $0.first.count == 9 })
    #expect(Self.hunks(first, first.map { $0 + count }).count == 1)
  }

  /// No line occurs once, and no two neighbours are the same: nothing to hold on to.
  @Test func `A document without anchors ends`() {
    let first = (0..<200_000).map { $0 % 7 }
    let second = (0..<200_000).map { ($0 * 3 + 1) % 7 + ($0 % 1000 == 0 ? 7 : 0) }
    let hunks = Self.hunks(first, second)
    #expect(Self.patched(first, second, hunks) == second)
  }

  @Test func `Moved chapters are one move`() {
    let chapters = (0..<40).map { chapter in (0..<500).map { chapter * 1000 + $0 } }
    let first = Array(chapters.joined())
    let second = Array((chapters[1...] + [chapters[0]]).joined())
    #expect(
      Self.hunks(first, second) == [
        LineDifference.Hunk(first: 0..<500, second: 0..<0),
        LineDifference.Hunk(first: 20_000..<20_000, second: 19_500..<20_000),
      ])
  }
}
