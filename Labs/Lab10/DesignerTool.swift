import LabKit

extension Lab10 {
  func designerTool() throws {
    //: ### The tool an engineer wants
    //:
    //: Real networks have strides, [dilations](#term-stride), odd kernels, limits, rectangular images and
    //: layers that are decided already. The designer takes a rule for each layer and finds the best design that
    //: fulfils them all, or says why there is none.
    let odd = LayerRule(allowsOnlyOddKernels: true)
    let small = LayerRule(kernels: 1...3, allowsOnlyOddKernels: true)
    let tasks: [(task: String, from: Extent2D, to: Extent2D, designer: ConvolutionDesigner)] = [
      ("stride 2", 28, 14, ConvolutionDesigner(layers: 1, each: LayerRule(stride: 2))),
      (
        "stride 2 with a 3×3 kernel", 28, 14,
        ConvolutionDesigner(layers: 1, each: LayerRule(kernels: 3...3, stride: 2))
      ),
      (
        "the same, padding may be asymmetric", 28, 14,
        ConvolutionDesigner(
          layers: 1, each: LayerRule(kernels: 3...3, stride: 2), allowsAsymmetricPadding: true)
      ),
      (
        "dilation 2, kernel 3, size kept", 28, 28,
        ConvolutionDesigner(layers: 1, each: LayerRule(kernels: 3...3, dilation: 2))
      ),
      ("odd kernels only, odd difference", 20, 25, ConvolutionDesigner(layers: 2, each: odd)),
      (
        "the same, padding may be asymmetric", 20, 25,
        ConvolutionDesigner(layers: 2, each: odd, allowsAsymmetricPadding: true)
      ),
      ("kernels up to 3", 28, 22, ConvolutionDesigner(layers: 3, each: small)),
      ("kernels up to 3, too few layers", 28, 14, ConvolutionDesigner(layers: 3, each: small)),
      (
        "padding up to 1, too few layers", 20, 25,
        ConvolutionDesigner(layers: 2, each: LayerRule(paddings: 0...1))
      ),
      (
        "a rectangular image", Extent2D(height: 20, width: 30), Extent2D(height: 25, width: 20),
        ConvolutionDesigner(layers: 1)
      ),
      (
        "a fixed 7×7 kernel behind the free layer (this lab's network)", 28, 22,
        ConvolutionDesigner(rules: [LayerRule(kernels: 3...3), .fixed(kernel: 7)])
      ),
      (
        "a fixed layer of stride 2 in the middle", 28, 12,
        ConvolutionDesigner(rules: [
          odd, .fixed(kernel: 3, stride: 2, padding: 1), LayerRule(),
        ])
      ),
    ]
    let answers = tasks.map { task in
      let answer: Answer
      do throws(DesignError) {
        let plan = try task.designer.plan(from: task.from, to: task.to)
        answer = .plan(plan, try task.designer.bestPlanCount(from: task.from, to: task.to))
      } catch {
        answer = .refusal(error)
      }
      func size(_ e: Extent2D) -> String { e.height == e.width ? "\(e.height)" : "\(e)" }
      return (rules: "\(task.task): \(size(task.from)) → \(size(task.to))", answer: answer)
    }
    //| label: tbl-tool
    //| tbl-cap: "What the designer answers. How an odd margin is split between two sides is not counted"
    //| code-fold: true
    show(
      Table(
        answers,
        columns: [
          .column("rules and sizes", \.rules),
          .column("answer", \.answer.text),
          .column("equally good", \.answer.count),
        ]))

    //: No answer is taken on trust: each of these designs is built as a network, and an image is
    //: pushed through it.
    let plans = answers.compactMap(\.answer.plan)
    func arrives(_ plan: ConvolutionPlan, forgettingPadding: Bool = false) -> Bool {
      let image = Tensor([1, 1, plan.input.height, plan.input.width])
      let network = plan.network(weight: 1, forgettingPadding: forgettingPadding)
      return network(image).shape == [1, 1, plan.output.height, plan.output.width]
    }
    claim(
      "all \(plans.count) designs of the table give the wanted size", plans.count { arrives($0) },
      .equal(to: plans.count),
      mutants: [
        "the first layer's padding forgotten": plans.count { arrives($0, forgettingPadding: true) }
      ])

    //: The refusals are tried as well: every chain of kernels and of paddings up to 6 within their rules.
    func sizes(
      from size: Int, layers: Int, kernels: [Int], paddings: ClosedRange<Int> = 0...6
    ) -> Set<Int> {
      (0..<layers).reduce([size]) { sizes, _ in
        Set(
          sizes.flatMap { n in
            kernels.flatMap { k in paddings.map { p in n + 2 * p - k + 1 }.filter { $0 > 0 } }
          })
      }
    }
    let oddKernels = Array(stride(from: 1, through: 45, by: 2))
    func areRight(
      kernels: [Int] = oddKernels, upTo3: [Int] = [1, 3], upTo1: ClosedRange<Int> = 0...1
    ) -> Bool {
      !sizes(from: 20, layers: 2, kernels: kernels).contains(25)
        && !sizes(from: 28, layers: 3, kernels: upTo3).contains(14)
        && !sizes(from: 20, layers: 2, kernels: Array(1...45), paddings: upTo1).contains(25)
    }
    claim(
      "no chain within the rules of the three refusals gives the wanted size", areRight(),
      mutants: [
        "even kernels allowed": areRight(kernels: Array(1...45)),
        "kernels up to 9": areRight(upTo3: [1, 3, 5, 7, 9]),
        "padding up to 2": areRight(upTo1: 0...2),
      ])

    //: How much padding a size needs can be seen at a glance. Three layers with odd kernels up to
    //: 5×5, in which every output sees the image:
    let sizes = 24
    let engineer = ConvolutionDesigner(
      layers: 3, each: LayerRule(kernels: 1...5, allowsOnlyOddKernels: true),
      everyOutputSeesTheImage: true)
    let map = Matrix(rows: sizes, columns: sizes) { input, output in
      let plan = try? engineer.plan(from: Extent2D(input + 1), to: Extent2D(output + 1))
      return plan.map { Double($0.totalPadding / 4) } ?? .nan
    }
    let even = (0..<sizes * sizes).filter { ($0 / sizes + $0 % sizes) % 2 == 0 }
    let possible = even.filter { map.values[$0].isFinite }
    //| label: fig-map
    //| fig-cap: "Least sum of paddings over three layers by input and output size; hatched where no design exists"
    //| code-fold: true
    let names = (1...sizes).map(String.init)
    let figure = Figure(x: Axis("output size"), y: Axis("input size")) {
      HeatmapMark(
        map, rowLabels: names, columnLabels: names, cellValues: .hidden,
        label: "sum of paddings", missing: "no design")
    }
    show(figure)
    func exists(exactlyUpTo limit: Int) -> Bool {
      (0..<sizes * sizes).allSatisfy { index in
        let growth = index % sizes - index / sizes
        return map.values[index].isFinite == (growth.isMultiple(of: 2) && abs(growth) <= limit)
      }
    }
    //: Odd kernels with equal margins keep the parity of the size, hence the chessboard; three kernels
    //: of 5 take away at most 12 pixels and, as padding must stay below the kernel, add at most 12.
    claim(
      "a design exists exactly where the size changes by an even number up to 12",
      exists(exactlyUpTo: 12),
      mutants: ["up to 10": exists(exactlyUpTo: 10), "up to 14": exists(exactlyUpTo: 14)])
    let formula = possible.allSatisfy { index in
      map.values[index] == Double(max(0, index % sizes - index / sizes))
    }
    claim(
      "where a design exists, growing by N pixels takes a sum of N and shrinking takes none",
      formula,
      mutants: [
        "without the rule, N/2 would do": possible.allSatisfy { index in
          map.values[index] == Double(max(0, index % sizes - index / sizes) / 2)
        }
      ])
  }
}

/// What the designer says to a task.
private enum Answer {
  case plan(ConvolutionPlan, Int)
  case refusal(DesignError)

  var plan: ConvolutionPlan? {
    if case .plan(let plan, _) = self { plan } else { nil }
  }

  var text: String {
    switch self {
    case .plan(let plan, _): plan.description
    case .refusal(let error): error.description
    }
  }

  var count: String {
    if case .plan(_, let count) = self { "\(count)" } else { "–" }
  }
}
