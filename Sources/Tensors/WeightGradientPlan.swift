internal import CKernels
internal import KernelInterface

/// The gradient of a convolution's kernel: every weight is a sum over all images and positions.
///
/// The sum of one block of 16 items is made first, a vector of lanes per weight; then the blocks
/// are added in order and the lanes in a fixed tree. Which thread adds what does not change that.
struct WeightGradientPlan {
  private let geometry: ConvolutionGeometry
  private let layout: ColumnLayout
  private let rowOffsets: [Int]
  private let inputs: Int
  private let outputs: Int
  private let kernelRows: Int
  private let kernelColumns: Int

  init(_ g: ConvolutionGeometry) {
    let forward = CorrelationPlan(forward: g)
    geometry = g
    layout = forward.columnLayout
    rowOffsets = forward.rowOffsets
    inputs = forward.inputsPerGroup
    outputs = forward.outputsPerGroup
    kernelRows = g.kernel[2]
    kernelColumns = g.kernel[3]
  }

  /// Vectors of partial sums for so many channels of one group.
  private func sumCount(channels: Int) -> Int { outputs * channels * kernelRows * kernelColumns }

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
    let plane = geometry.input[2] * layout.rowStride
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
        unsafe addBlock(dy, x, block, group, slice, sums.lanes + start)
      } else {
        addAllBlocks(dy, x, rest, slice, dw)
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
    _ dy: Tensor, _ x: Tensor, _ group: Int, _ slice: Range<Int>, _ dw: Tensor
  ) {
    let count = sumCount(channels: slice.count)
    let total = TensorStorage(uninitialized: count * 16)
    unsafe addBlock(dy, x, 0, group, slice, total.lanes)
    if x.blocks > 1 {
      let sums = TensorStorage(uninitialized: count * 16)
      for block in 1..<x.blocks {
        unsafe addBlock(dy, x, block, group, slice, sums.lanes)
        var job = unsafe ElementwiseJob(x: total.lanes, y: sums.lanes, result: total.lanes)
        unsafe job.count = count
        unsafe Kernel.combine(.add, job)
      }
    }
    unsafe finish(total.lanes, 1, 0, group, slice, dw)
  }

  /// The partial sums of one block for some channels.
  private func addBlock(
    _ dy: Tensor, _ x: Tensor, _ block: Int, _ group: Int, _ slice: Range<Int>,
    _ sums: UnsafeMutablePointer<Lanes>
  ) {
    unsafe sums.update(repeating: Lanes(repeating: 0), count: sumCount(channels: slice.count))
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
