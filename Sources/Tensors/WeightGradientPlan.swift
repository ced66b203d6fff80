internal import CKernels
internal import KernelInterface

/// The gradient of a convolution's kernel: every weight is a sum over all images and positions.
///
/// The sum of one block of 16 items is made first, a vector of lanes per weight; then the blocks
/// are added in order and the lanes in a fixed tree. Which thread adds what does not change that.
struct WeightGradientPlan {
  let geometry: ConvolutionGeometry
  /// Channels of one group.
  let inputs: Int, outputs: Int
  let kernelRows: Int, kernelColumns: Int
  private let layout: ColumnLayout
  private let rowOffsets: [Int]
  /// How the sums are split by parity, where that is done.
  private let split: ParitySplit?
  /// The forward convolution, which sees the same input from the same output.
  private let forward: CorrelationPlan

  /// What the sums of one block are made from.
  private struct Source {
    let plan: WeightGradientPlan
    let dy: Tensor, x: Tensor
    let block: Int
  }

  init(_ g: ConvolutionGeometry) {
    self.init(g, CorrelationPlan(forward: g))
  }

  private init(_ g: ConvolutionGeometry, _ forward: CorrelationPlan) {
    geometry = g
    layout = forward.columnLayout
    rowOffsets = forward.rowOffsets
    inputs = forward.inputsPerGroup
    outputs = forward.outputsPerGroup
    kernelRows = g.kernel[2]
    kernelColumns = g.kernel[3]
    split = forward.split
    self.forward = forward
  }

  /// Vectors of partial sums for so many channels of one group.
  private func sumCount(channels: Int) -> Int {
    if let split { return Self.sumCount(split, channels: channels, outputs: outputs) }
    return outputs * channels * kernelRows * kernelColumns
  }

  /// The gradient, from tensors held in the lanes.
  func run(_ dy: Tensor, _ x: Tensor) -> Tensor {
    let dw = Tensor(uninitialized: geometry.kernel)
    let blocks = x.blocks
    if dw.count == 0 { return dw }
    if blocks == 0 {
      dw.clear()
      return dw
    }
    // Channels per part: as many as keep the padded copy of their planes in the cache.
    let plane =
      split.map { 9 * $0.rows.size * $0.columns.size } ?? geometry.input[2] * layout.rowStride
    var channels = max(1, min(inputs, 8000 / max(1, plane)))
    let perBlock = sumCount(channels: inputs) * geometry.groups
    // Where all partial sums are small, blocks are parts of their own.
    let splitsBlocks = blocks > 1 && perBlock * blocks <= 16_384
    let sharers = Compute.threads == 1 ? 1 : 3 * Compute.threads
    let runs = geometry.groups * (splitsBlocks ? blocks : 1)
    if runs < sharers {
      channels = min(channels, max(1, inputs * runs / sharers))
    }
    let ranges = (inputs + channels - 1) / channels
    channels = (inputs + ranges - 1) / ranges
    let area = geometry.output[2] * geometry.output[3]
    let cost = sumCount(channels: channels) * area * (splitsBlocks ? 1 : blocks)
    let parts = geometry.groups * ranges * (splitsBlocks ? blocks : 1)
    let sources = sources(dy, x)
    let sums = TensorStorage(
      uninitialized: splitsBlocks ? perBlock * blocks * 16 : 0)
    ThreadPool.shared.run(parts: parts, costPerPart: cost) { part in
      let (rest, range) = part.quotientAndRemainder(dividingBy: ranges)
      let slice = range * channels..<min(inputs, (range + 1) * channels)
      if splitsBlocks {
        let (block, group) = rest.quotientAndRemainder(dividingBy: geometry.groups)
        let start =
          block * perBlock + group * sumCount(channels: inputs)
          + sumCount(channels: slice.lowerBound)
        unsafe addBlock(sources[block], group, slice, sums.lanes + start)
      } else {
        addAllBlocks(sources, rest, slice, dw)
      }
    }
    if splitsBlocks {
      for group in 0..<geometry.groups {
        for range in 0..<ranges {
          let slice = range * channels..<min(inputs, (range + 1) * channels)
          let start = group * sumCount(channels: inputs) + sumCount(channels: slice.lowerBound)
          unsafe finish(sums.lanes + start, blocks, perBlock, group, slice, dw)
        }
      }
    }
    return dw
  }

  /// Sums up all blocks for some channels and writes their weights.
  private func addAllBlocks(
    _ sources: [Source], _ group: Int, _ slice: Range<Int>, _ dw: Tensor
  ) {
    let count = sumCount(channels: slice.count)
    let total = TensorStorage(uninitialized: count * 16)
    unsafe addBlock(sources[0], group, slice, total.lanes)
    if sources.count > 1 {
      let sums = TensorStorage(uninitialized: count * 16)
      for source in sources.dropFirst() {
        unsafe addBlock(source, group, slice, sums.lanes)
        var job = unsafe ElementwiseJob(x: total.lanes, y: sums.lanes, result: total.lanes)
        unsafe job.count = count
        unsafe Kernel.combine(.add, job)
      }
    }
    unsafe finish(total.lanes, 1, 0, group, slice, dw)
  }

  /// The blocks; one with few items is folded.
  private func sources(_ dy: Tensor, _ x: Tensor) -> [Source] {
    var sources = (0..<x.blocks).map { Source(plan: self, dy: dy, x: x, block: $0) }
    if let fold = LaneFold(items: x.laneCount(ofBlock: x.blocks - 1), rows: geometry.output[2]) {
      let stride = geometry.window.stride.height
      let strips = fold.folded(
        x, first: rowOffsets[0], step: fold.rows * stride,
        height: forward.inputRowsPerStrip(fold))
      let gradients = fold.folded(dy, first: 0, step: fold.rows, height: fold.rows)
      sources[x.blocks - 1] = Source(plan: folded(fold), dy: gradients, x: strips, block: 0)
    }
    return sources
  }

  /// The plan of a strip's rows.
  private func folded(_ fold: LaneFold) -> WeightGradientPlan {
    let (margins, window) = (geometry.window.margins, geometry.window)
    let strip = ConvolutionGeometry(
      input: [16, geometry.input[1], forward.inputRowsPerStrip(fold), geometry.input[3]],
      kernel: geometry.kernel, stride: window.stride, dilation: window.dilation,
      padding: .explicit(top: 0, bottom: 0, left: margins.left, right: margins.right),
      groups: geometry.groups)
    var plan = CorrelationPlan(forward: strip)
    plan.split = forward.split == nil ? nil : ParitySplit(plan)
    return WeightGradientPlan(strip, plan)
  }

  /// The partial sums of one block for some channels.
  private func addBlock(
    _ source: Source, _ group: Int, _ slice: Range<Int>, _ sums: UnsafeMutablePointer<Lanes>
  ) {
    unsafe source.plan.addBlock(source.dy, source.x, source.block, group, slice, sums)
  }

  private func addBlock(
    _ dy: Tensor, _ x: Tensor, _ block: Int, _ group: Int, _ slice: Range<Int>,
    _ sums: UnsafeMutablePointer<Lanes>
  ) {
    unsafe sums.update(repeating: Lanes(repeating: 0), count: sumCount(channels: slice.count))
    if let split { return unsafe addBlock(split, dy, x, block, group, slice, sums) }
    let (height, width) = (geometry.input[2], geometry.input[3])
    let channel =
      unsafe x.lanes(ofBlock: block) + (group * inputs + slice.lowerBound) * height * width
    let padded: PaddedRows? =
      layout.isImage
      ? nil
      : unsafe PaddedRows(
        channel, channels: slice.count, height: height, width: width, rows: 0..<height,
        layout: layout)
    let channelStride = padded?.channelStride ?? height * width
    let taps = slice.indices.flatMap { c in
      layout.offsets.map { $0 + (c - slice.lowerBound) * channelStride }
    }
    let outputArea = geometry.output[2] * geometry.output[3]
    let columns = geometry.output[3]
    unsafe rowOffsets.withUnsafeBufferPointer { rowOffsets in
      unsafe taps.withUnsafeBufferPointer { taps in
        guard let rowOffsets = rowOffsets.baseAddress, let tapOffsets = taps.baseAddress else {
          return
        }
        let gradient = unsafe dy.lanes(ofBlock: block) + group * outputs * outputArea
        var job = unsafe WeightGradientJob(
          input: padded?.base ?? UnsafePointer(channel), gradient: gradient, sums: sums,
          rowOffsets: rowOffsets, tapOffsets: tapOffsets)
        unsafe job.rowStride = layout.rowStride
        unsafe job.inputRows = height
        unsafe job.rowStep = geometry.window.stride.height
        unsafe job.kernelRows = kernelRows
        unsafe job.taps = taps.count
        unsafe job.gradientChannelStride = outputArea
        unsafe job.gradientRowStride = columns
        unsafe job.outputs = outputs
        unsafe job.width = columns
        unsafe job.lanes = dy.laneCount(ofBlock: block)
        // So many rows that the gradients of a tile's output channels stay in the first cache.
        let step = max(1, 112 / columns)
        for first in stride(from: 0, to: geometry.output[2], by: step) {
          unsafe job.rows = first..<min(geometry.output[2], first + step)
          unsafe Kernel.accumulateWeightGradient(job)
        }
      }
    }
    withExtendedLifetime(padded) {}
  }

  /// Adds up blocks and lanes and puts the weights in their places.
  private func finish(
    _ sums: UnsafePointer<Lanes>, _ blocks: Int, _ stride: Int, _ group: Int,
    _ slice: Range<Int>, _ dw: Tensor
  ) {
    let count = sumCount(channels: slice.count)
    let flat = TensorStorage(uninitialized: count)
    var job = unsafe LaneSumJob(sums: sums, result: flat.base)
    unsafe (job.stride, job.blocks, job.count) = (stride, blocks, count)
    unsafe Kernel.sumLanes(job)
    if let split {
      unsafe combine(split, UnsafePointer(flat.base), group, slice, dw)
      withExtendedLifetime(flat) {}
      return
    }
    // From [tile][kernel row][channel][kernel column][output] to [output][channel][row][column].
    let tile = Kernel.outputTile
    let cells = kernelRows * kernelColumns
    var source = unsafe UnsafePointer(flat.base)
    for first in Swift.stride(from: 0, to: outputs, by: tile) {
      let many = min(tile, outputs - first)
      for u in 0..<kernelRows {
        for c in slice {
          let row = ((group * outputs + first) * inputs + c) * cells + u * kernelColumns
          var target = unsafe dw.storage.base + row
          for _ in 0..<kernelColumns {
            for o in 0..<many { unsafe target[o * inputs * cells] = source[o] }
            unsafe source += many
            unsafe target += 1
          }
        }
      }
    }
    withExtendedLifetime(flat) {}
  }
}
