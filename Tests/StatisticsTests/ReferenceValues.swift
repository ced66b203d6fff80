import Foundation
import Testing

/// SciPy's values, made by `Fixtures/make-statistics.py`.
struct ReferenceValues: Decodable {
  struct Description: Decodable {
    var mean: Double
    var deviation: Double
    var quantiles: [[Double]]
    var t: [[Double]]
  }

  struct Bootstrap: Decodable {
    var sample: String
    var statistic: String
    var seed: UInt64
    var confidence: Double
    var interval: [Double]
  }

  struct Polynomial: Decodable {
    var degree: Int
    var coefficients: [Double]
    var errors: [Double]
  }

  struct Fit: Decodable {
    var x: [Double]
    var y: [Double]
    var line: [Double]
    var lineErrors: [Double]
    var rSquared: Double
    var slopeInterval: [Double]
    var polynomials: [Polynomial]
    var at4: [Double]

    enum CodingKeys: String, CodingKey {
      case x, y, line, polynomials
      case lineErrors = "line errors"
      case rSquared = "r squared"
      case slopeInterval = "slope interval"
      case at4 = "at 4"
    }
  }

  var samples: [String: [Double]]
  var describe: [String: Description]
  var normalQuantiles: [[Double]]
  var normalCumulative: [[Double]]
  var tQuantiles: [[Double]]
  var tCumulative: [[Double]]
  var wilson: [[Double]]
  var paired: [Double]
  var permutation: [String: Double]
  var bootstrap: [Bootstrap]
  var fit: Fit

  enum CodingKeys: String, CodingKey {
    case samples, describe, wilson, paired, permutation, bootstrap, fit
    case normalQuantiles = "normal quantiles"
    case normalCumulative = "normal cumulative"
    case tQuantiles = "t quantiles"
    case tCumulative = "t cumulative"
  }

  init() throws {
    let file = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
      .appendingPathComponent("Fixtures/statistics.json")
    self = try JSONDecoder().decode(Self.self, from: Data(contentsOf: file))
  }

  func sample(_ name: String) throws -> [Double] { try #require(samples[name]) }
}

/// |a − b| within a part of |b|, or within so much of zero.
func agrees(_ a: Double, _ b: Double, relative: Double = 1e-11, absolute: Double = 1e-14) -> Bool {
  (a - b).magnitude <= max(relative * b.magnitude, absolute)
}
