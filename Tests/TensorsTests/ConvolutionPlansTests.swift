import Testing

@testable import Tensors

@Suite struct ConvolutionPlansTests {
  @Test func `A plan is kept and serves the same sizes only`() {
    let g = ConvolutionGeometry(input: [17, 2, 12, 11], kernel: [3, 2, 5, 5])
    let plans = ConvolutionPlans.plans(for: g, .automatic)
    #expect(ConvolutionPlans.plans(for: g, .automatic) === plans)
    let others = [
      ConvolutionGeometry(input: [17, 2, 12, 11], kernel: [3, 2, 5, 5], padding: .same),
      ConvolutionGeometry(input: [17, 2, 12, 11], kernel: [3, 2, 5, 5], stride: 2),
      ConvolutionGeometry(input: [18, 2, 12, 11], kernel: [3, 2, 5, 5]),
    ]
    for other in others {
      #expect(ConvolutionPlans.plans(for: other, .automatic) !== plans)
    }
    #expect(ConvolutionPlans.plans(for: g, .direct) !== plans)
    #expect(ConvolutionPlans.plans(for: g, .direct).forward.split == nil)
    #expect(plans.forward.split != nil)
  }

  @Test func `Plans that are given up are made anew`() {
    var random = SplitMix64(seed: 5)
    let geometries = (1...150).map { items in
      ConvolutionGeometry(input: [items, 1, 7, 7], kernel: [2, 1, 5, 5], padding: .same)
    }
    let x = Tensor.uniform([150, 1, 7, 7], using: &random)
    let w = Tensor.uniform([2, 1, 5, 5], using: &random)
    let whole = convolve(x, w, geometries[149])
    for (index, g) in (geometries + geometries).enumerated() {
      let items = index % 150 + 1
      let y = convolve(x.gatheringItems(Array(0..<items)), w, g)
      #expect(y.elements == Array(whole.elements.prefix(items * 98)))
    }
  }

  @Test func `Several threads may ask for the same plan`() async {
    var random = SplitMix64(seed: 6)
    let x = Tensor.uniform([3, 2, 11, 11], using: &random)
    let w = Tensor.uniform([2, 2, 7, 7], using: &random)
    let g = ConvolutionGeometry(input: x.shape, kernel: w.shape)
    let expected = convolve(x, w, g).elements
    await withTaskGroup(of: [Float].self) { group in
      for _ in 0..<40 { group.addTask { convolve(x, w, g).elements } }
      for await elements in group { #expect(elements == expected) }
    }
  }
}
