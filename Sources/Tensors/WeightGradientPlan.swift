internal import CKernels
internal import KernelInterface

/// The gradient of a convolution's kernel: every weight is a sum over all images and positions.
///
/// The sum of one block of 16 items is made first, a vector of lanes per weight. Where the kernel is
/// small its lanes are added in a fixed tree, and then the blocks in order; where it is large the
/// blocks first. Which thread adds what does not change that.
final class WeightGradientPlan: Sendable {
  let geometry: ConvolutionGeometry
  /// Channels of one group.
  let inputs: Int, outputs: Int
  let kernelRows: Int, kernelColumns: Int
  private let layout: ColumnLayout
  let rowOffsets: [Int]
  /// Whether the kernel is one cell, and an input's pixel belongs to the output's in its place.
  private let isPoint: Bool
  /// How the sums are split by parity, where that is done.
  private let split: ParitySplit?
  /// How the last block of items is folded.
  let strips: Strips?

  /// The plan of a geometry whose forward convolution, which sees the same input from the same output,
  /// is computed by `forward`.
  init(_ g: ConvolutionGeometry, _ forward: CorrelationPlan) {
    geometry = g
    layout = forward.columnLayout
    rowOffsets = forward.rowOffsets
    inputs = forward.inputsPerGroup
    outputs = forward.outputsPerGroup
    kernelRows = g.kernel[2]
    kernelColumns = g.kernel[3]
    split = forward.split
    isPoint = forward.seesOwnPixels
    strips = LaneFold(lastOf: g.input[0], rows: g.output[2]).map { Strips($0, g, forward) }
  }

  /// Vectors of partial sums for so many channels of one group.
  private func sumCount(channels: Int) -> Int {
    if let split { return Self.sumCount(split, channels: channels, outputs: outputs) }
    return outputs * channels * kernelRows * kernelColumns
  }

  /// The gradient, from tensors held in the lanes.
  ///
  /// - Parameter folded: The folded last block of `x`, if the forward convolution has made it.
  func run(_ dy: Tensor, _ x: Tensor, _ folded: Tensor?) -> Tensor {
    let dw = Tensor(uninitialized: geometry.kernel)
    let blocks = x.blocks
    if dw.count == 0 { return dw }
    if blocks == 0 {
      dw.clear()
      return dw
    }
    // Channels per part: as many as keep the padded copy of their planes in the cache, or the sums of
    // a kernel of one cell.
    let plane =
      split.map { 9 * $0.rows.size * $0.columns.size } ?? geometry.input[2] * layout.rowStride
    var channels = max(1, min(inputs, isPoint ? 4096 / outputs : 8000 / max(1, plane)))
    let perBlock = sumCount(channels: inputs) * geometry.groups
    // Where all partial sums are small, blocks are parts of their own.
    let splitsBlocks = blocks > 1 && perBlock * blocks <= 16_384
    let sharers = Compute.threadCount == 1 ? 1 : 3 * Compute.threadCount
    let runs = geometry.groups * (splitsBlocks ? blocks : 1)
    if runs < sharers {
      channels = min(channels, max(1, inputs * runs / sharers))
    }
    let ranges = (inputs + channels - 1) / channels
    channels = (inputs + ranges - 1) / ranges
    let area = geometry.output[2] * geometry.output[3]
    let cost = sumCount(channels: channels) * area * (splitsBlocks ? 1 : blocks)
    let parts = geometry.groups * ranges * (splitsBlocks ? blocks : 1)
    let source = Source(plan: self, dy: dy, x: x, folded: folded)
    let flat = TensorStorage(uninitialized: splitsBlocks ? perBlock * blocks : 0)
    func slice(_ range: Int) -> Range<Int> {
      range * channels..<min(inputs, (range + 1) * channels)
    }
    func place(_ group: Int, _ slice: Range<Int>) -> Int {
      group * sumCount(channels: inputs) + sumCount(channels: slice.lowerBound)
    }
    ThreadPool.shared.run(parts: parts, costPerPart: cost) { part in
      let (rest, range) = part.quotientAndRemainder(dividingBy: ranges)
      let slice = slice(range)
      let count = sumCount(channels: slice.count)
      if splitsBlocks {
        let (block, group) = rest.quotientAndRemainder(dividingBy: geometry.groups)
        // Only one number per weight leaves the thread.
        let sums = TensorStorage(uninitialized: count * 16)
        unsafe source.addBlock(block, group, slice, sums.lanes)
        unsafe addLanes(sums, flat.base + (block * perBlock + place(group, slice)), count)
      } else {
        let sums = addBlocks(source, blocks, rest, slice)
        let total = TensorStorage(uninitialized: count)
        unsafe addLanes(sums, total.base, count)
        unsafe put(total.base, rest, slice, dw)
        withExtendedLifetime(total) {}
      }
    }
    if splitsBlocks {
      for block in 1..<blocks {
        for i in 0..<perBlock {
          unsafe flat.base[i] += flat.base[block * perBlock + i]
        }
      }
      for group in 0..<geometry.groups {
        for range in 0..<ranges {
          let slice = slice(range)
          unsafe put(flat.base + place(group, slice), group, slice, dw)
        }
      }
    }
    withExtendedLifetime(flat) {}
    return dw
  }

  /// The sums of all blocks for some channels.
  private func addBlocks(
    _ source: Source, _ blocks: Int, _ group: Int, _ slice: Range<Int>
  ) -> TensorStorage {
    let count = sumCount(channels: slice.count)
    let total = TensorStorage(uninitialized: count * 16)
    unsafe source.addBlock(0, group, slice, total.lanes)
    let sums = TensorStorage(uninitialized: blocks > 1 ? count * 16 : 0)
    for block in 1..<max(1, blocks) {
      unsafe source.addBlock(block, group, slice, sums.lanes)
      var job = unsafe ElementwiseJob(x: total.lanes, y: sums.lanes, result: total.lanes)
      unsafe job.count = count
      unsafe Compute.kernels.combine(.add, job)
    }
    return total
  }

  private func addLanes(
    _ sums: TensorStorage, _ result: UnsafeMutablePointer<Float>, _ count: Int
  ) {
    var job = unsafe LaneSumJob(sums: sums.lanes, result: result)
    unsafe job.count = count
    unsafe Compute.kernels.sumLanes(job)
  }

  /// The partial sums of one block for some channels.
  ///
  /// - Parameters:
  ///   - gradient: The group's first output channel.
  ///   - input: The first of the channels.
  ///   - channels: How many there are.
  ///   - lanes: How many lanes hold items.
  func addBlock(
    _ gradient: UnsafePointer<Lanes>, _ input: UnsafePointer<Lanes>, channels: Int, lanes: Int,
    _ sums: UnsafeMutablePointer<Lanes>
  ) {
    if let split {
      return unsafe addBlock(split, gradient, input, channels: channels, lanes: lanes, sums)
    }
    let (height, width) = (geometry.input[2], geometry.input[3])
    let padded: PaddedRows? =
      layout.isImage
      ? nil
      : unsafe PaddedRows(
        input, channels: channels, height: height, width: width, rows: 0..<height, layout: layout)
    let channelStride = padded?.channelStride ?? height * width
    let columnCount = layout.offsets.count
    let taps = (0..<channels * columnCount).map {
      $0 / columnCount * channelStride + layout.offsets[$0 % columnCount]
    }
    let outputArea = geometry.output[2] * geometry.output[3]
    let columns = geometry.output[3]
    unsafe rowOffsets.withUnsafeBufferPointer { rowOffsets in
      unsafe taps.withUnsafeBufferPointer { taps in
        guard let rowOffsets = rowOffsets.baseAddress, let tapOffsets = taps.baseAddress else {
          return
        }
        var job = unsafe WeightGradientJob(
          input: padded?.base ?? input, gradient: gradient, sums: sums,
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
        unsafe job.lanes = lanes
        if isPoint {
          // The pixels one after the other, as rows of one; so many at a time that a tile's stay in the
          // first-level cache, and all channels', the next ones and the sums in the second. Even runs: a
          // short one costs as much around its sums as a long one.
          let most = max(16, min(51, 6272 / channels))
          let runs = (outputArea + most - 1) / most
          let step = (outputArea + runs - 1) / max(1, runs)
          unsafe (job.rowStride, job.gradientRowStride, job.width) = (1, 1, 1)
          unsafe job.inputRows = outputArea
          for first in stride(from: 0, to: outputArea, by: step) {
            unsafe job.rows = first..<min(outputArea, first + step)
            unsafe job.begins = first == 0
            unsafe Compute.kernels.accumulatePoints(job)
          }
          return
        }
        let step = Self.rowsAtATime(width: columns, outputs: outputs)
        for first in stride(from: 0, to: max(1, geometry.output[2]), by: step) {
          unsafe job.rows = first..<min(geometry.output[2], first + step)
          unsafe job.begins = first == 0
          unsafe Compute.kernels.accumulateWeightGradient(job)
        }
      }
    }
    withExtendedLifetime(padded) {}
  }

  /// So many rows that the gradients of a tile's output channels stay in the first-level cache.
  static func rowsAtATime(width: Int, outputs: Int) -> Int {
    max(1, 448 / max(1, width * min(KernelSizes.outputTile, outputs)))
  }

  /// Puts the weights of some channels in their places.
  private func put(
    _ flat: UnsafePointer<Float>, _ group: Int, _ slice: Range<Int>, _ dw: Tensor
  ) {
    if let split { return unsafe combine(split, flat, group, slice, dw) }
    // From [tile][kernel row][channel][kernel column][output] to [output][channel][row][column].
    let tile = KernelSizes.outputTile
    let cells = kernelRows * kernelColumns
    var source = unsafe flat
    for first in stride(from: 0, to: outputs, by: tile) {
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
  }
}
