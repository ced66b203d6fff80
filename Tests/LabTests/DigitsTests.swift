import Foundation
import LabKit
import Testing

@testable import digits

/// The lab that climbs to 99.5 % of the digits.
@Suite struct DigitsTests {
  /// What a step may change, in words; the network as it prints.
  private func settings(_ recipe: Recipe) throws -> [String: String] {
    var random = SplitMix64(seed: 1)
    var settings = ["network": "\(try recipe.network(&random))"]
    for case (let label?, let value) in Mirror(reflecting: recipe).children
    where !["name", "news", "network"].contains(label) {
      settings[label] = "\(value)"
    }
    return settings
  }

  @Test func `Each step changes one thing`() throws {
    #expect(Recipe.ladder.count >= 8)
    for (before, after) in zip(Recipe.ladder, Recipe.ladder.dropFirst()) {
      let (a, b) = (try settings(before), try settings(after))
      let changed = b.keys.filter { a[$0] != b[$0] }
      #expect(changed.count == 1, "\(after.name): \(changed.sorted())")
    }
    #expect(Set(Recipe.ladder.map(\.name)).count == Recipe.ladder.count)
  }

  @Test func `Every step has its trainings`() throws {
    let record = try Record.committed()
    for recipe in Recipe.ladder {
      #expect(record.seeds(of: recipe).count >= 3, "\(recipe.name)")
      #expect(try record.seconds(of: recipe) > 0)
    }
  }

  @Test func `Steps and seeds that there are none of are refused`() async throws {
    let cases: [(arguments: [String], says: String)] = [
      (["--train", "x", "--step", "nonsense"], "--step wants one of lab10, data, norm, depth"),
      (["--train", "x", "--first-seed", "200"], "no seed above 99, not 3 from 200 on"),
      (["--train", "x", "--seeds", "0"], "--seeds wants 1 or more"),
      (["--first-seed", "4"], "go with --train FILE"),
    ]
    for (arguments, says) in cases {
      let result = try await Program("digits").run(arguments, in: Folder())
      #expect(result.status == 2 && result.errors.contains(says), "\(result)")
    }
  }
}
