internal import KernelInterface

// A last block with few items, whose strips of rows lie side by side in the lanes that have no item.

extension WeightGradientPlan {
  /// A fold, the plan of a strip's rows, and how many rows of the input a strip sees.
  final class Strips: Sendable {
    let fold: LaneFold
    let plan: WeightGradientPlan
    let inputRows: Int

    /// The strips of a geometry whose forward convolution is computed by `forward`.
    init(_ fold: LaneFold, _ geometry: ConvolutionGeometry, _ forward: CorrelationPlan) {
      self.fold = fold
      inputRows = forward.inputRowsPerStrip(fold)
      let (margins, window) = (geometry.window.margins, geometry.window)
      let strip = ConvolutionGeometry(
        input: [16, geometry.input[1], inputRows, geometry.input[3]],
        kernel: geometry.kernel, stride: window.stride, dilation: window.dilation,
        padding: .explicit(top: 0, bottom: 0, left: margins.left, right: margins.right),
        groups: geometry.groups)
      var plan = CorrelationPlan(forward: strip)
      plan.split = forward.split == nil ? nil : ParitySplit(plan)
      self.plan = WeightGradientPlan(strip, plan)
    }
  }

  /// What the sums are made from; a last block with few items is folded.
  struct Source {
    private let plan: WeightGradientPlan
    private let dy: Tensor, x: Tensor
    /// The last block of x with all its channels, where somebody has folded it.
    private let folded: Tensor?

    init(plan: WeightGradientPlan, dy: Tensor, x: Tensor, folded: Tensor?) {
      self.plan = plan
      (self.dy, self.x) = (dy, x)
      // A forward pass of another algorithm may fold in another way.
      self.folded = folded?.shape[2] == plan.strips?.inputRows ? folded : nil
    }

    /// The partial sums of one block for some channels of a group.
    func addBlock(
      _ block: Int, _ group: Int, _ slice: Range<Int>, _ sums: UnsafeMutablePointer<Lanes>
    ) {
      let channel = group * plan.inputs + slice.lowerBound
      let output = group * plan.outputs
      let geometry = plan.geometry
      guard block == x.blocks - 1, let strips = plan.strips else {
        let input = unsafe x.lanes(ofBlock: block) + channel * geometry.input[2] * geometry.input[3]
        let gradient =
          unsafe dy.lanes(ofBlock: block) + output * geometry.output[2] * geometry.output[3]
        unsafe plan.addBlock(
          gradient, input, channels: slice.count, lanes: dy.laneCount(ofBlock: block), sums)
        return
      }
      let fold = strips.fold
      let input =
        folded
        ?? fold.folded(
          x, channels: channel..<channel + slice.count, first: plan.rowOffsets[0],
          step: fold.rows * geometry.window.stride.height,
          height: strips.inputRows)
      let first = folded == nil ? 0 : channel * strips.inputRows * geometry.input[3]
      let gradient = fold.folded(
        dy, channels: output..<output + plan.outputs, first: 0, step: fold.rows, height: fold.rows)
      unsafe strips.plan.addBlock(
        gradient.storage.lanes, input.storage.lanes + first, channels: slice.count, lanes: 16,
        sums)
      withExtendedLifetime((input, gradient)) {}
    }
  }
}
