import NeuralNetworks
import Tensors
import Testing

/// The designer's answers against formulas and known cases.
struct ConvolutionDesignerTests {
  /// The three calls of the Lab 10 notebook, with its answers and the number of equally good ones.
  @Test(arguments: [
    (21, 25, "1×1 kernel, padding 2; 1×1 kernel; 1×1 kernel", 6),
    (20, 25, "2×2 kernel, padding 3; 1×1 kernel; 1×1 kernel", 30),
    (25, 20, "6×6 kernel; 1×1 kernel; 1×1 kernel", 21),
  ])
  func `Answers the notebook's calls`(from: Int, to: Int, answer: String, ways: Int) throws {
    let designer = ConvolutionDesigner(layers: 3)
    let (input, output) = (Extent2D(from), Extent2D(to))
    #expect(try designer.plan(from: input, to: output).description == answer)
    #expect(try designer.bestPlanCount(from: input, to: output) == ways)
    let plans = try designer.bestPlans(from: input, to: output, limit: 100)
    #expect(plans.count == ways && Set(plans).count == ways)
    #expect(Set(plans.map(\.totalPadding)).count == 1)
  }

  /// max(0, ⌈(m - n)/2⌉) cells on each side, whatever the number of layers.
  @Test func `The least padding is the formulas`() throws {
    for layers in 1...3 {
      let designer = ConvolutionDesigner(layers: layers)
      for n in 1...14 {
        for m in 1...14 {
          let plan = try designer.plan(from: Extent2D(n), to: Extent2D(m))
          #expect(plan.totalPadding == 4 * max(0, (m - n + 1) / 2))
        }
      }
    }
  }

  @Test func `The least largest padding is shared out`() throws {
    for layers in 1...4 {
      let designer = ConvolutionDesigner(layers: layers, aim: .leastLargestPadding)
      for (n, m) in [(20, 25), (21, 25), (5, 20), (3, 4), (9, 2)] {
        let plan = try designer.plan(from: Extent2D(n), to: Extent2D(m))
        #expect(plan.largestPadding == (max(0, m - n) + 2 * layers - 1) / (2 * layers))
      }
    }
  }

  @Test func `The fewest zero cells shrink first`() throws {
    let one = ConvolutionDesigner(layers: 1, aim: .fewestZeroCells)
    #expect(try one.plan(from: 20, to: 25).zeroCellCount == 276)
    for layers in 2...4 {
      let designer = ConvolutionDesigner(layers: layers, aim: .fewestZeroCells)
      #expect(try designer.plan(from: 20, to: 25).zeroCellCount == 264)
    }
  }

  @Test func `Padding below the kernel lets every output see`() throws {
    let blind = try ConvolutionDesigner(layers: 1).plan(from: 21, to: 25)
    let blindShare: Double = 1 - 441 / 625
    #expect(blind.blindShares == [blindShare])
    let designer = ConvolutionDesigner(layers: 1, everyOutputSeesTheImage: true)
    let seeing = try designer.plan(from: 21, to: 25)
    #expect(seeing.description == "5×5 kernel, padding 4" && seeing.blindShares == [0])
  }

  /// Least padding of one layer with a stride: max(0, ⌈(s (m - 1) + 1 - n)/2⌉) on each side.
  @Test func `A stride needs the padding of its formula`() throws {
    for stride in 1...4 {
      let designer = ConvolutionDesigner(layers: 1, each: LayerRule(stride: stride))
      for n in 1...20 {
        for m in 1...12 {
          let plan = try designer.plan(from: Extent2D(n), to: Extent2D(m))
          #expect(plan.totalPadding == 4 * max(0, (stride * (m - 1) + 1 - n + 1) / 2))
        }
      }
    }
  }

  @Test func `Asymmetric padding has no parity problem`() throws {
    let designer = ConvolutionDesigner(
      layers: 2, each: LayerRule(allowsOnlyOddKernels: true), allowsAsymmetricPadding: true)
    let plan = try designer.plan(from: 20, to: 25)
    #expect(plan.totalPadding == 2 * 5)
    #expect(
      plan.description
        == "1×1 kernel, padding top 2, bottom 3, left 2, right 3; 1×1 kernel")
  }

  /// What is impossible, by the formula of each rule, for n in and m out of k layers.
  @Test func `What is impossible is refused`() throws {
    func possible(_ designer: ConvolutionDesigner, _ n: Int, _ m: Int) -> Bool {
      (try? designer.plan(from: Extent2D(n), to: Extent2D(m))) != nil
    }
    for k in 1...3 {
      for n in 1...12 {
        for m in 1...12 {
          let largest = ConvolutionDesigner(layers: k, each: LayerRule(kernels: 1...3))
          #expect(possible(largest, n, m) == (n - m <= 2 * k))
          let odd = ConvolutionDesigner(layers: k, each: LayerRule(allowsOnlyOddKernels: true))
          #expect(possible(odd, n, m) == ((n - m) % 2 == 0))
          let padding = ConvolutionDesigner(layers: k, each: LayerRule(paddings: 0...1))
          #expect(possible(padding, n, m) == (m - n <= 2 * k))
          let threes = ConvolutionDesigner(layers: k, each: LayerRule(kernels: 3...3))
          let needed = m - n + 2 * k
          #expect(possible(threes, n, m) == (needed >= 0 && needed % 2 == 0))
          let dilated = ConvolutionDesigner(layers: 1, each: LayerRule(dilation: 2))
          #expect(possible(dilated, n, m) == ((m - n) % 2 == 0))
          let twos = ConvolutionDesigner(layers: k, each: LayerRule(kernels: 2...Int.max))
          let plan = try twos.plan(from: Extent2D(n), to: Extent2D(m))
          #expect(plan.totalPadding == 4 * max(0, (m - n + k + 1) / 2))
        }
      }
    }
  }

  @Test func `Says why`() {
    let cases: [(designer: ConvolutionDesigner, from: Extent2D, to: Extent2D, sentence: String)] = [
      (
        ConvolutionDesigner(layers: 2, each: LayerRule(allowsOnlyOddKernels: true)), Extent2D(20),
        Extent2D(25),
        "Under these rules 2 layers cannot turn 20 rows into 25; that would be possible if even kernels were allowed, "
          + "or if padding could differ by a cell between opposite sides "
          + "(the nearest sizes within them are 24 and 26)."
      ),
      (
        ConvolutionDesigner(layers: 1, each: LayerRule(kernels: 1...3)), Extent2D(25), Extent2D(20),
        "Under these rules 1 layer cannot turn 25 rows into 20; that would be possible if kernels could be larger "
          + "(the nearest size within them is 23)."
      ),
      (
        ConvolutionDesigner(layers: 1, each: LayerRule(paddings: 0...1)),
        Extent2D(height: 7, width: 3), Extent2D(7),
        "Under these rules 1 layer cannot turn 3 columns into 7; that would be possible if more padding were allowed "
          + "(the nearest size within them is 5)."
      ),
      (ConvolutionDesigner(layers: 0), 5, 5, "A design needs at least one layer."),
      (ConvolutionDesigner(layers: -3), 5, 5, "A design needs at least one layer."),
      (
        ConvolutionDesigner(layers: 1), 5, 0, "The wanted size must be at least 1×1, but it is 0×0."
      ),
      (
        ConvolutionDesigner(rules: [.fixed(kernel: 1), .fixed(kernel: 1, stride: 0)]), 5, 5,
        "Layer 2 has stride 0, expected 1 or more."
      ),
      (
        ConvolutionDesigner(layers: 1), Extent2D(.max), 3,
        "The image must be at most 65536 in each axis, but it is \(Int.max)×\(Int.max)."
      ),
      (
        ConvolutionDesigner(layers: 1), 3, Extent2D(height: 3, width: 65_537),
        "The wanted size must be at most 65536 in each axis, but it is 3×65537."
      ),
      (
        ConvolutionDesigner(layers: 1, each: LayerRule(stride: .max)), 3, 5,
        "Layer 1 has stride \(Int.max), expected at most 65536."
      ),
      (
        ConvolutionDesigner(layers: 1, each: LayerRule(dilation: .max)), 3, 5,
        "Layer 1 has dilation \(Int.max), expected at most 65536."
      ),
      (
        ConvolutionDesigner(rules: [.fixed(kernel: .max)]), 3, 5,
        "Layer 1 has kernels from \(Int.max), expected at most 65536."
      ),
      (
        ConvolutionDesigner(rules: [.fixed(kernel: 3, padding: .max)]), 3, 5,
        "Layer 1 has padding from \(Int.max), expected at most 65536."
      ),
      (
        ConvolutionDesigner(layers: 40, each: LayerRule(kernels: 1...3, stride: 4)), 28, 5,
        "To come to a size of 5, layer 34 would need one of 81920 or much padding; "
          + "designs are for sizes up to 65536."
      ),
      (
        ConvolutionDesigner(rules: [LayerRule(stride: 256, dilation: 256), LayerRule()]), 3, 1,
        "Layer 1 has stride 256 and dilation 256, with which sizes up to 131326 would have to be "
          + "looked through; designs are for sizes up to 65536."
      ),
      (
        ConvolutionDesigner(layers: 3, each: .fixed(kernel: 1, padding: 30_000)), 28, 5,
        "The padding that layer 2 must have makes a size of 120028; "
          + "designs are for sizes up to 65536."
      ),
    ]
    for (designer, from, to, sentence) in cases {
      let error = #expect(throws: DesignError.self) { try designer.plan(from: from, to: to) }
      #expect(error?.description == sentence)
    }
  }

  @Test func `Layers that are fixed stay as they are`() throws {
    let designer = ConvolutionDesigner(rules: [
      LayerRule(allowsOnlyOddKernels: true), .fixed(kernel: 3, stride: 2, padding: 1), LayerRule(),
    ])
    let plan = try designer.plan(from: 28, to: 14)
    #expect(plan.layers[1].window == 3 && plan.layers[1].stride == 2)
    #expect(plan.layers[1].margins.top == 1 && plan.output == 14)
    #expect(plan.totalPadding == 4)
  }

  @Test func `An oblong image gets a plan for each axis`() throws {
    let plan = try ConvolutionDesigner(layers: 2).plan(
      from: Extent2D(height: 20, width: 30), to: Extent2D(height: 25, width: 20))
    #expect(
      plan.description
        == "2×11 kernel, padding top 3, bottom 3, left 0, right 0; 1×1 kernel")
  }
}
