import ElementaryFunctions
import Testing

@testable import Tensors

/// Elementwise operations in both layouts, and the vector functions against double precision.
@Suite struct ElementwiseTests {
  /// The distance in units in the last place of the exact result.
  private func ulps(_ actual: Float, _ exact: Double) -> Double {
    let rounded = Float(exact)
    if actual == rounded { return 0 }
    return (Double(actual) - exact).magnitude / Double(rounded.ulp)
  }

  @Test func `Functions are accurate`() {
    var arguments: [Float] = []
    var random = SplitMix64(seed: 11)
    for _ in 0..<20_000 { arguments.append((random.nextUnitFloat() - 0.5) * 200) }
    for _ in 0..<20_000 { arguments.append((random.nextUnitFloat() - 0.5) * 2) }
    arguments += [0, 1, -1, 0.625, -0.625, 1e-30, -1e-30, 1.5e-38, 88.5, -87, -100, 3e38]
    let x = Tensor([arguments.count], arguments)
    func check(_ result: Tensor, _ limit: Double, _ exact: (Double) -> Double) {
      var worst = 0.0
      for (argument, value) in zip(arguments, result.elements) {
        let expected = exact(Double(argument))
        if Float(expected).isInfinite || expected.isNaN { continue }
        worst = max(worst, ulps(value, expected))
      }
      #expect(worst <= limit)
    }
    check(exp(x), 2) { Elementary.exp($0) }
    check(sigmoid(x), 4) { Elementary.sigmoid($0) }
    check(tanh(x), 4) { Elementary.tanh($0) }
    let positive = x * x
    var worst = 0.0
    for (argument, value) in zip(positive.elements, log(positive).elements)
    where argument > 0 && argument.isFinite {
      let expected = Elementary.log(Double(argument))
      // Near 1 the logarithm is near 0: there the error is measured against the argument's step.
      worst = max(worst, min(ulps(value, expected), (Double(value) - expected).magnitude / 1e-7))
    }
    #expect(worst <= 2)
  }

  @Test func `Functions at the edges`() {
    let x = Tensor([6], [.infinity, -.infinity, .nan, 0, -0.0, -1])
    let e = exp(x).elements
    #expect(e[0] == .infinity && e[1] == 0 && e[2].isNaN && e[3] == 1 && e[4] == 1)
    let l = log(x).elements
    #expect(l[0] == .infinity && l[1].isNaN && l[2].isNaN && l[5].isNaN)
    #expect(l[3] == -.infinity && l[4] == -.infinity)
    let s = sigmoid(x).elements
    #expect(s[0] == 1 && s[1] == 0 && s[2].isNaN && s[3] == 0.5)
    let t = tanh(x).elements
    #expect(t[0] == 1 && t[1] == -1 && t[2].isNaN && t[3] == 0)
    let r = relu(x).elements
    #expect(r[0] == .infinity && r[1] == 0 && r[2].isNaN && r[3...] == [0, 0, 0])
    #expect(exp(Tensor([1], [-103.5])).elements[0] > 0)
  }

  @Test(arguments: [1, 2, 15, 16, 17, 50])
  func `Both layouts agree`(_ items: Int) {
    var random = SplitMix64(seed: 12)
    let a = Tensor.uniform([items, 2, 3, 7], in: -2...2, using: &random)
    let b = Tensor.uniform([items, 2, 3, 7], in: 1...2, using: &random)
    let (la, lb) = (a.heldInLanes(), b.heldInLanes())
    #expect(la == a)
    #expect(la.elements == a.elements)
    let operations: [(Tensor, Tensor) -> Tensor] = [
      { $0 + $1 }, { $0 - $1 }, { $0 * $1 }, { $0 / $1 }, { a, _ in a * 3 }, { a, _ in a + 3 },
      { a, _ in 2 / (a + 5) }, { a, _ in exp(a) }, { a, _ in relu(a) },
      { reluGradient($0, $1 - 1.5) }, { leakyReLUGradient($0, $1 - 1.5, slope: 0.1) },
      { sigmoidGradient($0, $1) }, { tanhGradient($0, $1) },
    ]
    for operation in operations {
      let rowMajor = operation(a, b)
      #expect(operation(la, lb).elements == rowMajor.elements)
      #expect(operation(la, b).elements == rowMajor.elements)
      // What no item owns must stay zero, or it would leak into sums over the batch.
      let lanes = operation(la, lb)
      #expect(lanes.layout == .lanes)
      let areClear = (0..<lanes.storage.vectors).allSatisfy { vector in
        let first = vector / lanes.shape.itemElementCount * 16
        return (min(16, items - first)..<16).allSatisfy {
          unsafe lanes.storage.lanes[vector][$0] == 0
        }
      }
      #expect(areClear)
    }
    var inPlace = la
    inPlace += b
    inPlace.add(lb, scaledBy: 0.5)
    inPlace *= 2
    var expected = a
    expected += b
    expected.add(b, scaledBy: 0.5)
    expected *= 2
    #expect(inPlace == expected)
    #expect(la == a)
  }

  @Test func `Indexing and reshaping in the lanes`() {
    let a = Tensor([20, 2, 2, 3]) { Float($0) }
    var lanes = a.heldInLanes()
    #expect(lanes[17, 1, 0, 2] == a[17, 1, 0, 2])
    lanes[17, 1, 0, 2] = -1
    #expect(a[17, 1, 0, 2] == 17 * 12 + 8 && lanes.elements[17 * 12 + 8] == -1)
    #expect(a.heldInLanes().reshaped(to: [20, 12]).elements == a.elements)
    #expect(a.heldInLanes().reshaped(to: [40, 6]).elements == a.elements)
    #expect(
      a.gatheringItems([19, 0, 19]).elements
        == [19, 0, 19].flatMap { a[items: $0..<$0 + 1].elements })
    #expect(Tensor(joining: [a.heldInLanes(), a]).elements == a.elements + a.elements)
    #expect(a.heldInLanes().sum() == a.sum() && a.heldInLanes().maximum() == 239)
    #expect(
      a.heldInLanes().reshaped(to: [20, 12]).argmaxPerItem() == [Int](repeating: 11, count: 20))
  }
}
