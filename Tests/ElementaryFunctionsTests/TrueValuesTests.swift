import ElementaryFunctions
import Foundation
import Testing

/// Every function against values computed with 1,400 bits.
struct TrueValuesTests {
  struct Case {
    var name: String
    var arguments: [Double]
    var value: Double
    var rest: Double
  }

  static func cases() throws -> [Case] {
    let file = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
      .appendingPathComponent("Fixtures/elementary-values.txt")
    let text = try String(contentsOf: file, encoding: .utf8)
    return try text.split(separator: "\n").map { line in
      let words = line.split(separator: " ")
      let numbers = try words.dropFirst().map {
        Double(bitPattern: try #require(UInt64($0, radix: 16)))
      }
      return Case(
        name: String(words[0]), arguments: Array(numbers.dropLast(2)),
        value: numbers[numbers.count - 2], rest: numbers[numbers.count - 1])
    }
  }

  static let functions: [String: @Sendable ([Double]) -> Double] = [
    "exp": { Elementary.exp($0[0]) }, "expm1": { Elementary.expm1($0[0]) },
    "log": { Elementary.log($0[0]) }, "log2": { Elementary.log2($0[0]) },
    "log10": { Elementary.log10($0[0]) }, "log1p": { Elementary.log1p($0[0]) },
    "sin": { Elementary.sin($0[0]) }, "cos": { Elementary.cos($0[0]) },
    "tan": { Elementary.tan($0[0]) }, "atan": { Elementary.atan($0[0]) },
    "tanh": { Elementary.tanh($0[0]) }, "sigmoid": { Elementary.sigmoid($0[0]) },
    "atan2": { Elementary.atan2($0[0], $0[1]) }, "pow": { Elementary.pow($0[0], $0[1]) },
  ]

  /// What each function may be off, in units in the last place of the true value.
  static let limits: [String: Double] = [
    "exp": 0.8, "expm1": 1, "log": 0.51, "log2": 0.51, "log10": 0.51, "log1p": 0.51,
    "sin": 0.8, "cos": 0.8, "tan": 2, "atan": 0.8, "atan2": 1, "tanh": 2, "sigmoid": 2, "pow": 0.8,
  ]

  @Test func `Stays within its units in the last place`() throws {
    for name in Self.functions.keys.sorted() {
      let function = try #require(Self.functions[name])
      let limit = try #require(Self.limits[name])
      let cases = try Self.cases().filter { $0.name == name }
      #expect(cases.count >= 200)
      var worst = 0.0
      var worstCase: Case?
      for sample in cases {
        let error =
          abs((function(sample.arguments) - sample.value) - sample.rest) / sample.value.ulp
        if !(error <= worst) {
          worst = error
          worstCase = sample
        }
      }
      #expect(worst <= limit, "\(name)\(worstCase?.arguments ?? []) is \(worst) ulp off")
    }
  }
}
