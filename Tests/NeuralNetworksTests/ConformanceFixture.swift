import Datasets
import Foundation
import Tensors

/// One configuration that the reference frameworks were run on; absent keys are `nil`.
struct ConformanceCase: Decodable, Sendable, CustomStringConvertible {
  enum Frame: Decodable, Sendable {
    case named(String)
    case sides([Int])

    init(from decoder: any Decoder) throws {
      let container = try decoder.singleValueContainer()
      if let name = try? container.decode(String.self) {
        self = .named(name)
      } else {
        self = .sides(try container.decode([Int].self))
      }
    }

    var padding: Padding {
      switch self {
      case .named("same"): .same
      case .named("full"): .full
      case .named: .valid
      case .sides(let s): .explicit(top: s[0], bottom: s[1], left: s[2], right: s[3])
      }
    }
  }

  let kind: String
  let seed: UInt64
  let input: [Int]?
  let kernel: [Int]?
  let stride: [Int]?
  let dilation: [Int]?
  let outputPadding: [Int]?
  let padding: Frame?
  let mode: String?
  let value: Float?
  let groups: Int?
  let bias: Bool?
  let countsPadding: Bool?
  let training: Bool?
  let momentum: Float?
  let epsilon: Float?
  let scale: Float?
  let slope: Float?
  let labels: [Int]?
  let steps: Int?
  let rates: [Float]?
  let weightDecay: Float?
  let nesterov: Bool?
  let beta1: Double?
  let beta2: Double?
  let rate: Float?
  let final: Float?
  let warmUp: Int?
  let every: Int?
  let factor: Float?
  let results: [String: [Int]]

  /// Case number and configuration, as it stands in the fixture.
  var description: String {
    let parts: [(String, Any?)] = [
      ("input", input), ("kernel", kernel), ("stride", stride), ("dilation", dilation),
      ("outputPadding", outputPadding), ("padding", padding), ("mode", mode), ("groups", groups),
      ("bias", bias), ("scale", scale),
    ]
    return "\(seed - 1) \(kind) "
      + parts.compactMap { name, value in value.map { "\(name) \($0)" } }.joined(separator: ", ")
  }

  /// The tensor number `index` of the case, as the script drew it.
  func draw(_ index: UInt64, _ shape: Shape) -> Tensor {
    var random = SplitMix64(seed: seed * 16 + index)
    return Tensor(shape) { _ in -1 + 2 * random.nextUnitFloat() }
  }
}

/// What the reference frameworks computed, made by `Fixtures/make_conformance.py`.
struct ConformanceFixture: Sendable {
  static let full = 256
  static let samples = 160

  let cases: [ConformanceCase]
  let tensors: [String: Tensor]
  let metadata: [String: String]

  static let shared: Result<ConformanceFixture, any Error> = Result { try ConformanceFixture() }

  init() throws {
    let path = URL(filePath: #filePath).deletingLastPathComponent()
      .appending(path: "Fixtures/conformance.safetensors")
    let file = try SafeTensors(path: path.path())
    metadata = file.metadata
    tensors = try Dictionary(uniqueKeysWithValues: file.names.map { ($0, try file.tensor($0)) })
    cases = try JSONDecoder().decode(
      [ConformanceCase].self, from: Data((metadata["cases"] ?? "[]").utf8))
  }

  static func cases(of kinds: String...) -> [ConformanceCase] {
    (try? shared.get().cases.filter { kinds.contains($0.kind) }) ?? []
  }

  /// The distance of a result from the reference's, relative to the reference's largest magnitude:
  /// over all elements where the reference is stored in full, else over the samples and the sum
  /// with random signs, the latter in units that rounding noise cannot reach.
  func error(of actual: Tensor, in test: ConformanceCase, _ name: String) -> Double {
    let key =
      String(repeating: "0", count: max(0, 3 - "\(test.seed - 1)".count))
      + "\(test.seed - 1).\(name)"
    guard let stored = tensors[key]?.elements, let shape = test.results[name],
      actual.shape.dimensions == shape
    else { return .infinity }
    let elements = actual.elements
    func worst(_ pairs: some Sequence<(Float, Float)>) -> Double {
      pairs.reduce(0.0) {
        let difference = (Double($1.0) - Double($1.1)).magnitude
        return difference.isNaN ? .infinity : max($0, difference)
      }
    }
    if elements.count <= Self.full {
      let scale = stored.reduce(0.0) { max($0, Double($1.magnitude)) }
      return worst(zip(elements, stored)) / (scale == 0 ? 1 : scale)
    }
    let scale = Double(stored[Self.samples + 1])
    var random = SplitMix64(seed: 99)
    let samples = (0..<Self.samples).map { _ in
      elements[Int(random.next() % UInt64(elements.count))]
    }
    random = SplitMix64(seed: 98)
    let sum = elements.reduce(0.0) {
      random.next() >> 63 == 1 ? $0 - Double($1) : $0 + Double($1)
    }
    let sumError = (sum - Double(stored[Self.samples])).magnitude
    // Independent rounding errors add up like the square root of their number.
    let allowed = max(1, Double(elements.count).squareRoot() / 16)
    return max(worst(zip(samples, stored)), sumError / allowed) / (scale == 0 ? 1 : scale)
  }
}
