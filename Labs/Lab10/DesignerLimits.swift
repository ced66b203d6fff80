import Lab10Experiments
import LabKit

extension Lab10 {
  func designerLimits() throws {
    //: ### What the notebook's function left open
    //:
    //: The notebook's Python function answers questions that have no answer: for no layers at all it
    //: returns one, and a wanted size of 0 gives a kernel larger than the image. The designer refuses
    //: and says why:
    expectError { try ConvolutionDesigner(layers: 0).plan(from: 21, to: 25) }
    expectError { try ConvolutionDesigner(layers: 1).plan(from: 5, to: 0) }

    //: It also takes "least padding" for one aim where there are several. Three layers from 20 to 25
    //: pixels, designed for each of them:
    let aims: [(name: String, aim: ConvolutionDesigner.Aim)] = [
      ("least total padding", .leastTotalPadding),
      ("least largest padding", .leastLargestPadding),
      ("fewest zero cells", .fewestZeroCells),
    ]
    let byAim = try aims.map { name, aim in
      let designer = ConvolutionDesigner(layers: 3, aim: aim)
      let plan = try designer.plan(from: 20, to: 25)
      return (name: name, plan: plan, count: try designer.bestPlanCount(from: 20, to: 25))
    }
    //| label: tbl-aims
    //| tbl-cap: "20 → 25 in three layers: the best design by each aim"
    //| code-fold: true
    show(
      Table(
        byAim,
        columns: [
          .column("aim", \.name),
          .column("design", \.plan),
          .column("sum of $p$", { $0.plan.totalPadding / 4 }),
          .column("largest $p$", \.plan.largestPadding),
          .column("zero cells", \.plan.zeroCellCount),
          .column("equally good", \.count),
        ]))
    publish("fewestCells", byAim[2].plan.zeroCellCount)
    publish("notebookCells", byAim[0].plan.zeroCellCount)
    publish("notebookBlind", byAim[0].plan.blindShares.max() ?? 0, as: .percent(decimals: 1))
    publish("fewestBlind", byAim[2].plan.blindShares.max() ?? 0, as: .percent(decimals: 1))
    //: To have few cells of zeros, a design shrinks the image before padding it: \(fewestCells) cells
    //: instead of \(notebookCells).
    func zeroCells(_ layers: [(kernel: Int, padding: Int)]) -> Int {
      layers.reduce((size: 20, cells: 0)) { sum, layer in
        let framed = sum.size + 2 * layer.padding
        return (framed - layer.kernel + 1, sum.cells + framed * framed - sum.size * sum.size)
      }.cells
    }
    claim(
      "there is a design with fewer zero cells than the notebook's", byAim[2].plan.zeroCellCount,
      .below(byAim[0].plan.zeroCellCount),
      mutants: [
        "the notebook's layers in reverse": zeroCells([(1, 0), (1, 0), (2, 3)]),
        "one ring in each layer, shrinking last": zeroCells([(1, 1), (1, 1), (2, 1)]),
      ])

    //: No aim has it all: with a margin as wide as the kernel or wider, the outermost outputs see nothing
    //: but zeros, and what they say does not depend on the image. That is \(notebookBlind) of the
    //: notebook's outputs for 20 → 25, and \(fewestBlind) of those with the fewest zeros. The rule "every
    //: output sees the image" forbids it, at the price of more padding. For 21 → 25 in one layer, where
    //: without it \(blind) are blind:
    let designer = ConvolutionDesigner(layers: 1)
    let blindPlan = try designer.plan(from: 21, to: 25)
    publish("blind", blindPlan.blindShares[0], as: .percent(decimals: 1))
    var seeing = designer
    seeing.everyOutputSeesTheImage = true
    let seeingPlan = try seeing.plan(from: 21, to: 25)
    print("without the rule:", blindPlan)
    print("with the rule:   ", seeingPlan)
    let ones = Tensor([1, 1, 21, 21], repeating: 1)
    func seen(_ plan: ConvolutionPlan) -> Tensor {
      // With all weights 1 / (cells of the kernel), an image of ones gives the share of the kernel
      // that stands on the image.
      let kernel = plan.layers[0].window
      return plan.network(weight: 1 / Float(kernel.height * kernel.width))(ones)
    }
    //| label: fig-blind
    //| fig-cap: "Which share of the kernel stands on the image, for each output. Left the notebook's design, blind at its rim; right the one in which every output sees the image"
    //| code-fold: true
    show(
      ImageGrid(
        tiles: [
          ImageGrid.Tile(Matrix(seen(blindPlan)), caption: "kernel 1, padding 2"),
          ImageGrid.Tile(Matrix(seen(seeingPlan)), caption: "kernel 5, padding 4"),
        ], columns: 2, tileSize: 150, colormap: .viridis, domain: 0...1, showsColorBar: true,
        label: "share on the image"))
    claim(
      "with the rule every output sees a pixel", Double(seen(seeingPlan).minimum()),
      .above(0), as: .percent(decimals: 0),
      mutants: ["without the rule": Double(seen(blindPlan).minimum())])
  }
}

extension ConvolutionPlan {
  /// The layers as a network of one channel with all weights alike.
  ///
  /// - Parameter forgettingPadding: Builds the first layer without its padding: a mistake to be found.
  func network(weight: Float, forgettingPadding: Bool = false) -> Sequential {
    let layers: [any Layer] = layers.enumerated().map { index, layer in
      Conv2D(
        weight: Tensor([1, 1, layer.window.height, layer.window.width], repeating: weight),
        stride: layer.stride,
        padding: forgettingPadding && index == 0
          ? 0
          : .explicit(
            top: layer.margins.top, bottom: layer.margins.bottom, left: layer.margins.left,
            right: layer.margins.right), dilation: layer.dilation)
    }
    do {
      return try Sequential(input: [1, 1, input.height, input.width], layers: layers)
    } catch {
      fatalError("A plan's layers do not fit: \(error)")
    }
  }
}
