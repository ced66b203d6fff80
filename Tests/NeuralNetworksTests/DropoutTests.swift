import NeuralNetworks
import Tensors
import Testing

@Suite struct DropoutTests {
  private let ones = Tensor([10, 10, 10, 10], repeating: 1)

  @Test func `Inference is the identity`() {
    #expect(Dropout(rate: 0.5)(ones) == ones)
  }

  @Test(arguments: [0.1, 0.4, 0.75] as [Float])
  func `Drops the share and keeps the mean`(_ rate: Float) {
    var random = SplitMix64(seed: 1)
    let y = Dropout(rate: rate).forward(ones, using: &random).output
    let dropped = y.elements.count { $0 == 0 }
    // Four standard deviations of a binomial distribution of 10,000.
    let allowed = 4 * (10_000 * rate * (1 - rate)).squareRoot()
    #expect((Float(dropped) - 10_000 * rate).magnitude < allowed)
    #expect(Set(y.elements) == [0, 1 / (1 - rate)])
    #expect((y.mean() - 1).magnitude < allowed / 10_000 / (1 - rate))
  }

  @Test func `The gradient passes where the element did`() {
    var random = SplitMix64(seed: 2)
    let forward = Dropout(rate: 0.3).forward(ones, using: &random)
    #expect(forward.pullback(ones).input == forward.output)
  }

  @Test func `The generator decides`() {
    func drop(_ seed: UInt64) -> Tensor {
      var random = SplitMix64(seed: seed)
      return Dropout(rate: 0.5).forward(ones, using: &random).output
    }
    #expect(drop(1) == drop(1))
    #expect(drop(1) != drop(2))
    var random = SplitMix64(seed: 1)
    let first = Dropout(rate: 0.5).forward(ones, using: &random).output
    #expect(Dropout(rate: 0.5).forward(ones, using: &random).output != first)
  }

  @Test func `Rate zero draws nothing`() {
    #expect(Dropout(rate: 0).forward(ones).output == ones)
  }

  @Test func `Without a generator it traps with a sentence`() async throws {
    let result = await #expect(
      processExitsWith: .failure, observing: [\.standardErrorContent]
    ) {
      _ = Dropout(rate: 0.5).forward(Tensor([1, 1]))
    }
    let said = String(decoding: try #require(result).standardErrorContent, as: UTF8.self)
    #expect(said.contains("call forward(x, using: &random)"))
  }
}
