import Datasets
import NeuralNetworks
import Tensors
import Testing

/// Normalisation of numbers whose squares are beyond a Float.
@Suite struct HugeNumbersTests {
  private static let factor: Float = 0x1p66
  private static let values: [Float] = [1, 2, 3, 4, -5, 6, 7.25, 8, 0.5, 1, 0, -1]

  @Test func `Layer normalisation of huge numbers is that of small ones`() {
    let layer = LayerNorm([4])
    let huge = layer(Tensor([1, 4], [1e20, 2e20, 3e20, 4e20])).elements
    for (value, wanted) in zip(huge, [-1.3416408, -0.4472136, 0.4472136, 1.3416408] as [Float]) {
      #expect(abs(value - wanted) < 1e-6, "\(huge)")
    }
    // Sums and differences overflow as well as squares.
    #expect(layer(Tensor([1, 4], [3e38, -3e38, 3e38, -3e38])).elements == [1, -1, 1, -1])
    #expect(layer(Tensor([1, 4], [3e38, 3e38, 3e38, 3e38])).elements == [0, 0, 0, 0])
  }

  /// A power of two changes no digit, neither forward nor back; the items beside are not touched.
  @Test func `A huge item has the digits of a small one`() {
    var random = SplitMix64(seed: 1)
    let layer = LayerNorm([4], epsilon: 1e-30)
    let small = Tensor([3, 4], Self.values)
    let huge = Tensor([3, 4]) { Self.values[$0] * (4..<8 ~= $0 ? Self.factor : 1) }
    let (a, b) = (layer.forward(small, using: &random), layer.forward(huge, using: &random))
    #expect(a.output == b.output)
    let dy = Tensor([3, 4]) { Float($0 % 5) - 1 }
    let (da, db) = (a.pullback(dy), b.pullback(dy))
    #expect(da.parameters == db.parameters)
    let dx = db.input.elements.enumerated().map { $1 * (4..<8 ~= $0 ? Self.factor : 1) }
    #expect(dx == da.input.elements)
  }

  @Test func `Batch normalisation has the digits of small numbers for huge ones`() {
    var random = SplitMix64(seed: 1)
    let layer = BatchNorm1D(channels: 3, momentum: 1, epsilon: 1e-30)
    let small = Tensor([4, 3], Self.values)
    let huge = Tensor([4, 3]) { Self.values[$0] * ($0 % 3 == 1 ? Self.factor : 1) }
    let (a, b) = (layer.forward(small, using: &random), layer.forward(huge, using: &random))
    #expect(a.output == b.output)
    let dy = Tensor([4, 3]) { Float($0 % 5) - 1 }
    let (da, db) = (a.pullback(dy), b.pullback(dy))
    #expect(da.parameters == db.parameters)
    #expect(
      db.input.elements.enumerated().map { $1 * ($0 % 3 == 1 ? Self.factor : 1) }
        == da.input.elements)
    // The mean is a number, and the variance is beyond a Float.
    #expect(b.state[0][1] == a.state[0][1] * Self.factor && b.state[1][1] == .infinity)
    #expect(b.state[1][0] == a.state[1][0] && b.state[1][2] == a.state[1][2])
  }

  @Test func `NaN and infinity stay where they are`() {
    let layer = LayerNorm([2])
    let y = layer(Tensor([3, 2], [.nan, 1, .infinity, 1, 1e30, -1e30])).elements
    #expect(y[0].isNaN && y[1].isNaN && y[2].isNaN && y[3].isNaN && Array(y[4...]) == [1, -1])
  }
}
