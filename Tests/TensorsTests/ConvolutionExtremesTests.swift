import Testing

@testable import Tensors

/// Infinities, NaN and numbers near the end of the range, in convolutions that have a fast way.
@Suite(.serialized) struct ConvolutionExtremesTests {
  /// Minimal filtering, in groups too, and kernels split by parity; a last block of every filling.
  static let fast = [
    ConvolutionGeometry(input: [5, 16, 8, 7], kernel: [33, 16, 3, 3], padding: .all(1)),
    ConvolutionGeometry(input: [33, 32, 6, 6], kernel: [16, 32, 3, 3], padding: .same),
    ConvolutionGeometry(input: [17, 32, 9, 8], kernel: [64, 16, 3, 3], groups: 2),
    ConvolutionGeometry(input: [3, 2, 9, 10], kernel: [6, 2, 4, 4]),
    ConvolutionGeometry(input: [18, 6, 11, 11], kernel: [8, 6, 5, 5], padding: .all(2)),
  ]

  /// A batch, one of its items spoiled in a corner or in the middle.
  private struct Case {
    let geometry: ConvolutionGeometry
    let spoiled: Int
    var x: Tensor, w: Tensor, b: Tensor, dy: Tensor

    init(_ g: ConvolutionGeometry) {
      var random = SplitMix64(seed: 12)
      geometry = g
      spoiled = g.input[0] - 2
      x = Tensor.uniform(g.input, in: -1...1, using: &random)
      w = Tensor.uniform(g.kernel, in: -1...1, using: &random)
      b = Tensor.uniform([g.kernel[0]], in: -1...1, using: &random)
      dy = Tensor.uniform(g.output, in: -1...1, using: &random)
    }

    func with(_ value: Float, inMiddle: Bool) -> Case {
      var other = self
      func spoil(_ tensor: inout Tensor) {
        let size = tensor.shape.itemElementCount
        tensor.elements[spoiled * size + (inMiddle ? size / 2 : 0)] = value
      }
      spoil(&other.x)
      spoil(&other.dy)
      return other
    }

    /// Output and input gradient, each plain and through a rectifier.
    func results(_ algorithm: ConvolutionAlgorithm, mask: Tensor) -> [Tensor] {
      [
        convolve(x, w, bias: b, geometry, algorithm: algorithm),
        convolve(x, w, geometry, rectified: true, algorithm: algorithm),
        convolveInputGradient(dy, w, geometry, algorithm: algorithm),
        convolveInputGradient(dy, w, geometry, through: mask, algorithm: algorithm),
      ]
    }
  }

  @Test(arguments: fast)
  func `An item with a number that is too large is computed from the definition`(
    _ g: ConvolutionGeometry
  ) {
    let plan = CorrelationPlan(forward: g).computed(by: .automatic, g)
    #expect(plan.isFast)
    let tame = Case(g)
    let fast = tame.results(.automatic, mask: tame.x)
    for (value, inMiddle) in [
      (Float.infinity, false), (-.infinity, true), (.nan, false), (3e38, true), (-1e30, false),
    ] {
      let spoiled = tame.with(value, inMiddle: inMiddle)
      let direct = spoiled.results(.direct, mask: tame.x)
      let weights = convolveWeightGradient(spoiled.dy, spoiled.x, g, algorithm: .direct)
      for (setting, results) in SameBitsTests.underEverySetting({
        spoiled.results(.automatic, mask: tame.x)
          + [convolveWeightGradient(spoiled.dy, spoiled.x, g)]
      }) {
        for (index, result) in results.dropLast().enumerated() {
          for item in 0..<result.shape[0] {
            let wanted = item == spoiled.spoiled ? direct[index] : fast[index]
            let isSame = NotANumberTests.same(
              result[items: item..<item + 1], wanted[items: item..<item + 1])
            #expect(isSame, "\(g), \(value), result \(index), item \(item), \(setting)")
          }
        }
        #expect(NotANumberTests.same(results[4], weights), "\(g), \(value), \(setting)")
      }
    }
  }

  @Test(arguments: fast)
  func `Too large a weight makes all items be computed from the definition`(
    _ g: ConvolutionGeometry
  ) {
    for value in [Float.infinity, .nan, 1e30] {
      var spoiled = Case(g)
      spoiled.w.elements[spoiled.w.count / 2] = value
      for (fast, direct) in zip(
        spoiled.results(.automatic, mask: spoiled.x), spoiled.results(.direct, mask: spoiled.x))
      {
        #expect(NotANumberTests.same(fast, direct), "\(g), \(value)")
      }
    }
  }

  /// The zeros around an image are multiplied like its cells: 0 · NaN and 0 · ∞ are NaN, in every loop that
  /// computes an item, alone or in a batch.
  @Test func `Weights that are no numbers meet the padding`() {
    for g in randomGeometries(40, seed: 43) + largeKernelGeometries(6, seed: 44)
      + pointGeometries(10, seed: 45) + Self.fast
    {
      var random = SplitMix64(seed: 4)
      var w = Tensor.uniform(g.kernel, in: 0.5...1, using: &random)
      w.elements[random.nextIndex(below: w.count)] = .nan
      w.elements[random.nextIndex(below: w.count)] = .infinity
      let x = Tensor(g.input) { _ in [-1, 0, 0.5, 2][random.nextIndex(below: 4)] }
      let (wanted, wantedAlone) = (
        Self.withPaddingAsCells(x, w, g), Self.withPaddingAsCells(x[items: 0..<1], w, g)
      )
      func agree(_ a: Tensor, _ b: Direct) -> Bool {
        zip(a.elements, b.values).allSatisfy {
          $0.isNaN == $1.isNaN && ($0.isNaN || Double($0) == $1 || abs(Double($0) - $1) < 1e-3)
        }
      }
      for (setting, y) in SameBitsTests.underEverySetting({
        (convolve(x, w, g), convolve(x[items: 0..<1], w, g.with(items: 1)))
      }) {
        #expect(agree(y.0, wanted) && agree(y.1, wantedAlone), "\(g), \(setting)")
        #expect(Self.emptyLanesAreZero(y.0), "\(g), \(setting)")
      }
    }
  }

  /// The slow twin of a convolution of images that hold their padding.
  private static func withPaddingAsCells(
    _ x: Tensor, _ w: Tensor, _ g: ConvolutionGeometry
  ) -> Direct {
    let (m, window) = (g.window.margins, g.window)
    func places(_ size: Int, _ before: Int, _ after: Int) -> [Int?] {
      (-before..<size + after).map { 0..<size ~= $0 ? $0 : nil }
    }
    let framed = gatherSpatial(
      x, rows: places(g.input[2], m.top, m.bottom), columns: places(g.input[3], m.left, m.right))
    return directConvolve(
      framed, w, bias: nil,
      ConvolutionGeometry(
        input: framed.shape, kernel: g.kernel, stride: window.stride, dilation: window.dilation,
        groups: g.groups))
  }

  /// Nothing is around the output's gradient, and so no 0 · NaN.
  @Test func `Weights that are no numbers reach what the definition says`() {
    for g in randomGeometries(40, seed: 41) + largeKernelGeometries(6, seed: 42) {
      var random = SplitMix64(seed: 4)
      var w = Tensor.uniform(g.kernel, in: 0.5...1, using: &random)
      for value in [Float.nan, .infinity, -.infinity, .nan] {
        w.elements[random.nextIndex(below: w.count)] = value
      }
      let dy = Tensor(g.output) { _ in [-1, 0, 0.5, 2][random.nextIndex(below: 4)] }
      let y = relu(NotANumberTests.spoiled(g.input, share: 0.2, seed: 5))
      let wanted = directInputGradient(dy, w, g).values
      let behind = zip(wanted, y.elements).map { $1 <= 0 ? 0 : $0 }
      func agree(_ a: Tensor, _ b: [Double]) -> Bool {
        zip(a.elements, b).allSatisfy {
          $0.isNaN == $1.isNaN && ($0.isNaN || Double($0) == $1 || abs(Double($0) - $1) < 1e-4)
        }
      }
      for (setting, dx) in SameBitsTests.underEverySetting({
        [convolveInputGradient(dy, w, g), convolveInputGradient(dy, w, g, through: y)]
      }) {
        #expect(agree(dx[0], wanted) && agree(dx[1], behind), "\(g), \(setting)")
        #expect(Self.emptyLanesAreZero(dx[0]), "\(g), \(setting)")
      }
    }
  }

  /// Those who sum over whole blocks count on it.
  private static func emptyLanesAreZero(_ tensor: Tensor) -> Bool {
    let last = tensor.blocks - 1
    return (0..<tensor.shape.itemElementCount).allSatisfy { element in
      (tensor.laneCount(ofBlock: last)..<16).allSatisfy { lane in
        unsafe tensor.lanes(ofBlock: last)[element][lane] == 0
      }
    }
  }
}
