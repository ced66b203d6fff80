internal import CKernels
internal import KernelInterface

extension CorrelationPlan {
  /// What happens to an output after its sum is complete.
  struct Finish {
    /// Added to every element of an output channel.
    var bias: Tensor?
    /// Whether negative outputs become zero.
    var rectifies = false
    /// Shaped like the output: where it is not positive the output becomes zero.
    var mask: Tensor?
    /// Where the output is that of a 2×2 max-pool behind this pass: which cell of each window won.
    var winners: PoolWinners?
    /// The same of a pool whose output's gradient stands for the input.
    var inputWinners: PoolWinners?
    /// Where the greatest magnitudes of the input go, if a split by parity reads it anyway.
    var magnitudes: Magnitudes?
  }

  /// A kernel as the kernels' loops want it: directly, transformed for minimal filtering, or split
  /// by parity.
  enum PackedKernel {
    case direct(TensorStorage)
    case transformed(TensorStorage)
    case parities(PackedParities)
  }

  /// Computes this pass's part of `output` from `input`, both held in the lanes; the plan is one that
  /// was prepared for as many items.
  ///
  /// - Parameter folded: What ``folded(_:)`` makes of the input, if somebody has done so already.
  func run(
    _ input: Tensor, _ weights: Tensor, into output: Tensor, _ finish: Finish,
    folded: Tensor? = nil
  ) {
    if rows == 0 || columns == 0 || outputChannels == 0 || input.blocks == 0 { return }
    let kernel: PackedKernel =
      if filtersMinimally {
        .transformed(transformWeights(weights))
      } else if let split {
        .parities(packWeights(weights, split))
      } else {
        .direct(packWeights(weights))
      }
    compute(input, kernel, into: output, finish, prepared?.strips, folded)
  }

  /// The same with the kernel packed; the last block is folded if that is asked for.
  func compute(
    _ input: Tensor, _ kernel: PackedKernel, into output: Tensor, _ finish: Finish,
    _ strips: Strips? = nil, _ foldedInput: Tensor? = nil
  ) {
    let blocks = strips == nil ? input.blocks : input.blocks - 1
    if blocks == 0 {
      if let strips {
        var own = finish
        own.magnitudes = finish.magnitudes.map { _ in Magnitudes(blocks: 1) }
        run(strips, input, foldedInput, kernel, into: output, own)
        if let folded = own.magnitudes {
          finish.magnitudes?.see(folded, folded: strips.fold, block: blocks)
        }
      }
      return
    }
    let layout = prepared?.layout ?? columnLayout
    let shares = RowShares(
      images: blocks * groups, rows: rows, unit: rowsTogether,
      most: mostRows(layout), threads: Compute.threadCount,
      // The planes' rows at a seam are made twice: no more seams than needed.
      cuts: split != nil || Compute.threadCount == 1 ? 1 : 3,
      extra: strips.map { 2 * $0.fold.rows } ?? 0)
    let cost = inputsPerGroup * kernelRows.count * kernelColumns.count + 1
    let parts = shares.parts.count
    // Each part looks for its own, as several belong to one block.
    let found =
      split != nil && finish.magnitudes != nil
      ? TensorStorage(uninitialized: 16 * (parts + 1)) : nil
    let folded = found.map { _ in Magnitudes(blocks: 1) }
    // The folded block is a part like the others.
    ThreadPool.shared.run(
      parts: parts + (strips == nil ? 0 : 1), starts: shares.starts,
      cost: blocks * rows * columns * outputChannels * cost
    ) { index in
      if index == parts {
        if let strips {
          var finish = finish
          finish.magnitudes = folded
          run(strips, input, foldedInput, kernel, into: output, finish)
        }
        return
      }
      let (block, group) = shares.parts[index].image.quotientAndRemainder(dividingBy: groups)
      let range = shares.parts[index].rows
      switch (kernel, split) {
      case (.direct(let packed), _):
        runPart(input, packed, output, finish, layout, block, group, range)
      case (.transformed(let transformed), _):
        computeTiles(input, transformed, output, finish, block, group, range)
      case (.parities(let packed), let split?):
        unsafe runPart(
          split, input, packed, output, finish, block, group, range,
          found.map { unsafe $0.lanes + index })
      default: break
      }
    }
    guard let found, let magnitudes = finish.magnitudes else { return }
    for (index, part) in shares.parts.enumerated() {
      unsafe magnitudes.see(found.lanes[index], block: part.image / groups)
    }
    if let strips, let folded { magnitudes.see(folded, folded: strips.fold, block: blocks) }
  }

  /// Output rows that are computed together: of a row of tiles, or an even and an odd one.
  var rowsTogether: Int { filtersMinimally ? 4 : split != nil ? 2 : 1 }

  /// Rows of a part at most: few enough that a padded or split copy of their input stays in the
  /// cache, and many enough that rows shared by two parts do not count.
  private func mostRows(_ layout: ColumnLayout) -> Int {
    if filtersMinimally { return rows }
    if let split { return mostRows(split) }
    if layout.isImage { return rows }
    let span = (rowOffsets.max() ?? 0) - (rowOffsets.min() ?? 0) + 1
    let budget = 6000 / max(1, inputsPerGroup * layout.rowStride)
    return max((budget - span) / rowStep + 1, span)
  }

  /// Computes some rows of one block and group.
  private func runPart(
    _ input: Tensor, _ packed: TensorStorage, _ output: Tensor, _ finish: Finish,
    _ layout: ColumnLayout, _ block: Int, _ group: Int, _ partRows: Range<Int>
  ) {
    let inputArea = inputHeight * inputWidth
    let channel = unsafe input.lanes(ofBlock: block) + group * inputsPerGroup * inputArea
    let padded: PaddedRows? =
      layout.isImage
      ? nil
      : unsafe PaddedRows(
        channel, channels: inputsPerGroup, height: inputHeight, width: inputWidth,
        rows: inputRows(for: partRows), layout: layout)
    let channelStride = padded?.channelStride ?? inputArea
    // A kernel of one cell: let the channels take the place of its columns, in one long loop.
    let isPoint = kernelRows.count == 1 && kernelColumns.count == 1
    let offsets =
      isPoint
      ? (0..<inputsPerGroup).map { layout.offsets[0] + $0 * channelStride } : layout.offsets
    unsafe rowOffsets.withUnsafeBufferPointer { rowOffsets in
      unsafe offsets.withUnsafeBufferPointer { offsets in
        // The offsets of a pass without any kernel cell are never read.
        let none = unsafe UnsafePointer<Int>(bitPattern: 8).unsafelyUnwrapped
        let weightsPerGroup = outputsPerGroup * inputsPerGroup * cellCount
        let start = group * outputsPerGroup * outputArea + outputStart
        var job = unsafe CorrelationJob(
          input: padded?.base ?? UnsafePointer(channel),
          weights: packed.base + group * weightsPerGroup,
          output: output.lanes(ofBlock: block) + start,
          rowOffsets: rowOffsets.baseAddress ?? none, columnOffsets: offsets.baseAddress ?? none)
        unsafe job.channelStride = channelStride
        unsafe job.rowStride = layout.rowStride
        unsafe job.firstRow = padded?.firstRow ?? 0
        unsafe job.inputRows = inputHeight
        unsafe job.liveColumns = isPoint ? Int.min / 2..<Int.max / 2 : layout.live
        unsafe job.rowStep = rowStep
        unsafe job.kernelRows = kernelRows.count
        unsafe job.kernelColumns = isPoint ? inputsPerGroup : kernelColumns.count
        unsafe job.channels = isPoint ? 1 : inputsPerGroup
        unsafe job.outputs = outputsPerGroup
        unsafe job.bias = finish.bias.map {
          unsafe UnsafePointer($0.storage.base + group * outputsPerGroup)
        }
        unsafe job.mask = finish.mask.map {
          unsafe UnsafePointer($0.lanes(ofBlock: block) + start)
        }
        unsafe job.outputChannelStride = outputArea
        unsafe job.outputRowStride = outputRowStride
        unsafe job.outputColumnStride = outputColumnStride
        unsafe job.rows = partRows
        unsafe job.width = columns
        unsafe job.rectifies = finish.rectifies
        unsafe job.lanes = output.laneCount(ofBlock: block)
        if isPoint && rowStep == 1 && inputsPerGroup >= 16 {
          if seesOwnPixels {
            // All rows are one.
            let first = partRows.lowerBound * columns
            unsafe job.input += first
            unsafe job.output += first
            unsafe job.mask = job.mask.map { unsafe $0 + first }
            unsafe (job.rows, job.inputRows) = (0..<1, 1)
            unsafe job.width = partRows.count * columns
          }
          unsafe Compute.kernels.correlatePoints(job)
        } else {
          unsafe Compute.kernels.correlate(job)
        }
      }
    }
    withExtendedLifetime(padded) {}
  }

  /// Kernel cells of this pass.
  private var cellCount: Int { kernelRows.count * kernelColumns.count }

  /// The input rows that some output rows see.
  private func inputRows(for rows: Range<Int>) -> Range<Int> {
    let first = rows.lowerBound * rowStep + (rowOffsets.min() ?? 0)
    let last = (rows.upperBound - 1) * rowStep + (rowOffsets.max() ?? 0)
    let start = min(max(first, 0), inputHeight)
    return start..<max(start, min(last + 1, inputHeight))
  }
}

/// Some rows of a few channels, copied between margins of zeros.
struct PaddedRows {
  private let storage: TensorStorage
  /// From one channel to the next.
  let channelStride: Int
  /// The image's row that comes first.
  let firstRow: Int

  init(
    _ image: UnsafePointer<Lanes>, channels: Int, height: Int, width: Int, rows: Range<Int>,
    layout: ColumnLayout
  ) {
    channelStride = rows.count * layout.rowStride
    firstRow = rows.lowerBound
    storage = TensorStorage(uninitialized: channels * channelStride * 16)
    var job = unsafe PaddingJob(input: image, output: storage.lanes)
    unsafe job.channels = channels
    unsafe job.inputChannelStride = height * width
    unsafe job.width = width
    unsafe job.rows = rows
    unsafe job.outputChannelStride = channelStride
    unsafe job.outputRowStride = layout.rowStride
    unsafe job.outputWidth = layout.width
    unsafe job.left = layout.left
    unsafe job.parts = layout.parts
    unsafe Compute.kernels.padRows(job)
  }

  /// Channel 0, row `firstRow`.
  var base: UnsafePointer<Lanes> { unsafe UnsafePointer(storage.lanes) }
}
