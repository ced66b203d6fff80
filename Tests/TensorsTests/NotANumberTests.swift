import KernelInterface
import Testing

@testable import Tensors

/// A NaN stays one, forward and back, wherever it stands: PyTorch's rules, on every instruction set
/// and any number of threads. Most NaNs stand in the batch's last, partly filled block.
@Suite(.serialized) struct NotANumberTests {
  /// A tensor of small numbers, zeros of both signs, and NaNs of both signs in `share` of the places.
  static func spoiled(_ shape: Shape, share: Double, seed: UInt64) -> Tensor {
    var random = SplitMix64(seed: seed)
    return Tensor(shape) { _ in
      if random.nextUnitDouble() < share { return random.nextIndex(below: 2) == 0 ? .nan : -.nan }
      return [-1.5, -0.5, -0.0, 0, 0.5, 0.5, 1.5][random.nextIndex(below: 7)]
    }
  }

  /// Whether two tensors are the same to the last bit, all NaNs being one.
  static func same(_ a: Tensor, _ b: Tensor) -> Bool {
    a.shape == b.shape
      && zip(a.elements, b.elements).allSatisfy {
        $0.bitPattern == $1.bitPattern || ($0.isNaN && $1.isNaN)
      }
  }

  /// Expects the same of a computation under every setting.
  static func expect(_ wanted: Tensor, _ body: () -> Tensor) {
    for (setting, result) in SameBitsTests.underEverySetting(body) {
      #expect(same(result, wanted), "\(setting)")
    }
  }

  static let shapes: [Shape] = [
    [1, 1], [7], [3, 5], [16, 2], [17, 3, 2, 5], [50, 9], [37, 4001],
  ]

  @Test(arguments: shapes)
  func `NaN stays in elements`(_ shape: Shape) {
    let x = Self.spoiled(shape, share: 0.2, seed: 1)
    let y = Self.spoiled(shape, share: 0.2, seed: 2)
    for (x, y) in [(x, y), (x.heldInLanes(), y.heldInLanes())] {
      Self.expect(x.map { $0 <= 0 ? 0 : $0 }) { relu(x) }
      Self.expect(x.zip(with: y) { $1 <= 0 ? 0 : $0 }) { reluGradient(x, y) }
      Self.expect(x.map { $0 > 0 ? $0 : 0.1 * $0 }) { leakyReLU(x, slope: 0.1) }
      Self.expect(x.zip(with: y) { $1 > 0 ? $0 : 0.1 * $0 }) {
        leakyReLUGradient(x, y, slope: 0.1)
      }
      Self.expect(x.zip(with: y) { $0.isNaN || $1.isNaN ? .nan : $0 > $1 ? $0 : $1 }) {
        x.combined(.maximum, with: y)
      }
      Self.expect(x.zip(with: y) { $0.isNaN || $1.isNaN ? .nan : $0 < $1 ? $0 : $1 }) {
        x.combined(.minimum, with: y)
      }
      for function in [sigmoid, tanh, exp, log, squareRoot] as [@Sendable (Tensor) -> Tensor] {
        let places = zip(x.elements, function(x).elements)
        #expect(places.allSatisfy { !$0.isNaN || $1.isNaN })
      }
    }
  }

  @Test(arguments: 0..<5)
  func `The first NaN is the largest`(_ place: Int) {
    var row: [Float] = [1, 3, 2, 3, -1]
    #expect(Tensor([1, 5], row).argmaxPerItem() == [1])
    row[place] = .nan
    #expect(Tensor([1, 5], row).argmaxPerItem() == [place])
    #expect(Tensor([1, 5], row).maximum().isNaN)
    #expect(Tensor([1, 5], row).minimum().isNaN)
    row[4] = .nan
    #expect(Tensor([2, 5], [1, 2, 3, 4, 5] + row).argmaxPerItem() == [4, place])
  }

  /// PyTorch's loop over a window: a larger value or a NaN takes the place of the best before it.
  static func pooled(
    _ x: Tensor, _ dy: Tensor, _ g: PoolingGeometry
  ) -> (largest: Tensor, gradient: Tensor) {
    let (input, gradient, window) = (Direct(x), Direct(dy), g.window)
    var (largest, result) = (Direct(g.output), Direct(g.input))
    for n in 0..<g.output[0] {
      for c in 0..<g.output[1] {
        for i in 0..<g.output[2] {
          for j in 0..<g.output[3] {
            var best: (value: Double, y: Int, x: Int) = (-.infinity, 0, 0)
            for u in 0..<window.window.height {
              for v in 0..<window.window.width {
                let y = i * window.stride.height + u - window.margins.top
                let x = j * window.stride.width + v - window.margins.left
                guard y >= 0, x >= 0, y < g.input[2], x < g.input[3] else { continue }
                let value = input[n, c, y, x]
                if value > best.value || value.isNaN { best = (value, y, x) }
              }
            }
            largest[n, c, i, j] = best.value
            result[n, c, best.y, best.x] += gradient[n, c, i, j]
          }
        }
      }
    }
    return (
      Tensor(g.output, largest.values.map { Float($0) }),
      Tensor(g.input, result.values.map { Float($0) })
    )
  }

  @Test(arguments: PoolingTests.geometries)
  func `Maxima and their gradients`(_ g: PoolingGeometry) {
    // Multiples of 1/8, so that their sums are exact in any order.
    let dy = Tensor(g.output) { Float($0 % 61 - 30) / 8 }
    for share in [0.02, 0.3, 1] {
      let x = Self.spoiled(g.input, share: share, seed: 3).map { $0 == 0 ? 0 : $0 }
      let wanted = Self.pooled(x, dy, g)
      Self.expect(wanted.largest) { maxPool(x, g) }
      Self.expect(wanted.gradient.map { $0 + 0 }) { maxPoolGradient(dy, x, g).map { $0 + 0 } }
      let y = relu(x)
      let behind = reluGradient(maxPoolGradient(dy, y, g), y).map { $0 + 0 }
      Self.expect(behind) { maxPoolGradient(dy, y, g, throughRectifier: true).map { $0 + 0 } }
    }
  }

  @Test func `NaN stays in convolutions`() {
    for g in randomGeometries(30, seed: 31) + largeKernelGeometries(6, seed: 32) {
      var random = SplitMix64(seed: 4)
      let w = Tensor.uniform(g.kernel, in: 0.5...1, using: &random)
      var numbers = Tensor.uniform(g.input, in: 0.5...1, using: &random).elements
      numbers[random.nextIndex(below: numbers.count)] = .nan
      let x = Tensor(g.input, numbers)
      // Where a product with the NaN is added, by the definition.
      var spoiled = Direct(g.output)
      let input = Direct(x)
      forEachMultiplyAdd(g) { n, o, i, j, c, y, x, _ in
        if input.padded(n, c, y, x).isNaN { spoiled[n, o, i, j] = 1 }
      }
      for (setting, y) in SameBitsTests.underEverySetting({ convolve(x, w, g, rectified: true) }) {
        #expect(zip(y.elements, spoiled.values).allSatisfy { $0.isNaN || $1 == 0 }, "\(setting)")
        #expect(zip(y.elements, spoiled.values).allSatisfy { !$0.isNaN || $1 == 1 }, "\(setting)")
      }
      // Through a rectifier whose output is NaN, zero or positive.
      let y = relu(Self.spoiled(g.input, share: 0.2, seed: 5))
      let dy = Tensor.uniform(g.output, in: -1...1, using: &random)
      Self.expect(reluGradient(convolveInputGradient(dy, w, g), y)) {
        convolveInputGradient(dy, w, g, through: y)
      }
    }
  }

  @Test func `Linear maps`() {
    let cases: [(Int, Int, Int)] = [(5, 33, 7), (50, 68, 10), (64, 70, 130), (1, 1, 1)]
    for (items, inputs, outputs) in cases {
      var random = SplitMix64(seed: 6)
      let w = Tensor.uniform([outputs, inputs], in: -1...1, using: &random)
      var numbers = Tensor.uniform([items, inputs], in: -1...1, using: &random).elements
      numbers[numbers.count - 1] = .nan
      let x = Tensor([items, inputs], numbers)
      let dy = Tensor.uniform([items, outputs], in: -1...1, using: &random)
      Self.expect(relu(linear(x, w))) { linear(x, w, rectified: true) }
      let y = linear(x, w, rectified: true).elements
      #expect(y.indices.allSatisfy { y[$0].isNaN == ($0 >= (items - 1) * outputs) })
      let gradient = linearWeightGradient(dy, x).elements
      #expect(gradient.indices.allSatisfy { gradient[$0].isNaN == ($0 % inputs == inputs - 1) })
      let mask = relu(Self.spoiled([items, inputs], share: 0.2, seed: 7))
      Self.expect(reluGradient(linearInputGradient(dy, w), mask)) {
        linearInputGradient(dy, w, through: mask)
      }
    }
  }
}
