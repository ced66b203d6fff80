import Tensors
import Testing

/// The linear map and its gradients against sums written out.
@Suite struct LinearTests {
  @Test(arguments: [(1, 1, 1), (2, 3, 4), (17, 20, 5), (50, 968, 10), (16, 64, 13), (33, 100, 37)])
  func `Agrees with the direct twin`(_ items: Int, _ inputs: Int, _ outputs: Int) {
    var random = SplitMix64(seed: UInt64(items * inputs))
    let x = Tensor.uniform([items, inputs], in: -1...1, using: &random)
    let w = Tensor.uniform([outputs, inputs], in: -1...1, using: &random)
    let b = Tensor.uniform([outputs], in: -1...1, using: &random)
    let dy = Tensor.uniform([items, outputs], in: -1...1, using: &random)
    let (xs, ws, bs, dys) = (
      Direct(x).values, Direct(w).values, Direct(b).values, Direct(dy).values
    )
    var y = Direct([items, outputs])
    var dx = Direct([items, inputs])
    var dw = Direct([outputs, inputs])
    for n in 0..<items {
      for o in 0..<outputs {
        y.values[n * outputs + o] = bs[o]
        for i in 0..<inputs {
          y.values[n * outputs + o] += xs[n * inputs + i] * ws[o * inputs + i]
          dx.values[n * inputs + i] += dys[n * outputs + o] * ws[o * inputs + i]
          dw.values[o * inputs + i] += dys[n * outputs + o] * xs[n * inputs + i]
        }
      }
    }
    #expect(relativeError(linear(x, w, bias: b), y) < 1e-5)
    #expect(relativeError(linearInputGradient(dy, w), dx) < 1e-5)
    #expect(relativeError(linearWeightGradient(dy, x), dw) < 1e-5)
  }

  @Test func `Matrix product`() {
    let product = matmul(Tensor([2, 3], [1, 2, 3, 4, 5, 6]), Tensor([3, 1], [1, 0, -1]))
    #expect(product == Tensor([2, 1], [-2, -2]))
  }
}
