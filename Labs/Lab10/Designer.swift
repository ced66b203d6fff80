import LabKit

extension Lab10 {
  func designer() throws {
    //: ## Part 3. Designing a convolution for a given output shape
    //:
    //: > Create a function that takes as inputs the size of the input image and the desired size of
    //: > the output image size at the $k$-th CONV-layer, and produces as output the appropriate padding
    //: > and filter sizes, such that the amount of padding is minimized.
    //:
    //: (The task's $k$ is a number of layers. Here that is $\ell$, and $k$ is the size of a kernel as
    //: before.) At stride 1 a layer with kernel $k$ and padding $p$ turns $n$ pixels into
    //: $n + 2p - k + 1$. The notebook's answer does all the work in the first layer. To shrink by $g$
    //: pixels, a kernel of size $g + 1$; to grow by an even $g$, a $1 \times 1$ kernel with padding
    //: $g / 2$; to grow by an odd $g$, a $2 \times 2$ kernel with padding $(g + 1) / 2$. All other layers
    //: are $1 \times 1$.
    func findConvolutions(_ size: Int, _ wanted: Int, layers: Int) -> [(kernel: Int, padding: Int)]
    {
      let growth = wanted - size
      let first =
        growth < 0
        ? (1 - growth, 0) : growth.isMultiple(of: 2) ? (1, growth / 2) : (2, (growth + 1) / 2)
      return [first] + Array(repeating: (1, 0), count: layers - 1)
    }

    for (size, wanted) in [(21, 25), (20, 25), (25, 20)] {
      print("\(size) to \(wanted):")
      for layer in findConvolutions(size, wanted, layers: 3) {
        print("  (\(layer.kernel)x\(layer.kernel)) kernel, \(layer.padding) padding")
      }
    }

    //: ### Is it minimal?
    //:
    //: No layer gives more than $n + 2p$, so $\ell$ layers give at most $n + 2 \sum p$: to come from $n$
    //: to $m$ pixels, the paddings must add up to at least $\max(0, \lceil (m - n) / 2 \rceil)$, and that
    //: is what the answer has. There are two ways to check the argument. One tries every chain of kernels
    //: and paddings for small images: an enumeration that knows nothing of the argument above. The other
    //: is the designer of `NeuralNetworks`, which finds optima for any size by dynamic programming: layer
    //: after layer, it keeps the best way to each size.
    func leastPadding(_ size: Int, _ wanted: Int, layers: Int, limit: Int) -> Int? {
      if layers == 0 { return size == wanted ? 0 : nil }
      var least: Int?
      for padding in 0...limit {
        for kernel in 1...(size + 2 * padding) {
          guard
            let rest = leastPadding(
              size + 2 * padding - kernel + 1, wanted, layers: layers - 1, limit: limit)
          else { continue }
          least = min(least ?? .max, rest + padding)
        }
      }
      return least
    }

    var cases = 0
    var (minimal, minimalOfHabit) = (0, 0)
    for layers in 1...2 {
      for size in 1...6 {
        for wanted in 1...6 {
          let total = findConvolutions(size, wanted, layers: layers).map(\.padding).reduce(0, +)
          let least = leastPadding(size, wanted, layers: layers, limit: 5)
          cases += 1
          if total == least { minimal += 1 }
          // A 3×3 kernel takes two rows more, unless the image was to shrink anyway.
          if max(0, (wanted - size + 3) / 2) == least { minimalOfHabit += 1 }
        }
      }
    }
    publish("cases", cases)
    //: All \(cases) pairs of sizes from 1 to 6, for one and two layers:
    claim(
      "no chain of layers has less padding than the notebook's", minimal, .equal(to: cases),
      mutants: ["a 3×3 kernel in the first layer, out of habit": minimalOfHabit])

    let three = ConvolutionDesigner(layers: 3)
    var (agreeing, agreeingSplit) = (0, 0)
    for size in 1...20 {
      for wanted in 1...20 {
        let plan = try three.plan(from: Extent2D(size), to: Extent2D(wanted))
        // The plan counts both axes and both sides; the notebook counts one side of one axis.
        let total = findConvolutions(size, wanted, layers: 3).map(\.padding).reduce(0, +)
        if plan.totalPadding == 4 * total { agreeing += 1 }
        // The same growth in each layer, rounded up in each.
        let split = 3 * max(0, (wanted - size + 5) / 6)
        if plan.totalPadding == 4 * split { agreeingSplit += 1 }
      }
    }
    claim(
      "with three layers, for all sizes from 1 to 20, the designer finds nothing better", agreeing,
      .equal(to: 400), mutants: ["the growth split evenly over the layers": agreeingSplit])

    //: The answer is not the only one. @tbl-designs counts the designs that are equally good,
    //: the notebook's among them.
    //| label: tbl-designs
    //| tbl-cap: "Optimal designs of three layers"
    //| code-fold: true
    show(
      Table(
        try [(21, 25), (20, 25), (25, 20)].map { size, wanted in
          (
            task: "\(size) → \(wanted)",
            plan: try three.plan(from: Extent2D(size), to: Extent2D(wanted)),
            count: try three.bestPlanCount(from: Extent2D(size), to: Extent2D(wanted))
          )
        },
        columns: [
          .column("size", \.task),
          .column("a best design", \.plan),
          .column("equally good designs", \.count),
        ]))
    try designerLimits()
    try designerTool()
  }
}
