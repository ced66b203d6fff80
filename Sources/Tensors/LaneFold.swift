internal import KernelInterface

/// How a block with few items is folded: strips of its output rows take the lanes that have no
/// item, and what would be a block almost as dear as a full one becomes one of a few rows.
///
/// A batch of 50 ends in a block of two items; eight strips of those fill it. A single image is
/// sixteen strips. Every output is the same sum of the same products in the same order.
struct LaneFold {
  /// Items of the block.
  let items: Int
  /// Lanes per strip: a power of two, at least as many as items.
  let slots: Int
  /// Strips.
  let strips: Int
  /// Output rows per strip: whole units.
  let rows: Int

  /// The fold of a block with so many items and output rows; nil where it saves nothing.
  ///
  /// - Parameter unit: Rows that stay together: pairs, or those of the tiles of minimal filtering.
  init?(items: Int, rows total: Int, unit: Int = 2) {
    guard 1...8 ~= items else { return nil }
    self.items = items
    slots = items == 1 ? 1 : items == 2 ? 2 : items <= 4 ? 4 : 8
    let most = 16 / slots
    rows = ((total + most - 1) / most + unit - 1) / unit * unit
    strips = (total + rows - 1) / rows
    if strips == 1 { return nil }
  }

  /// The fold of the last block of a batch of so many items.
  init?(lastOf batch: Int, rows total: Int, unit: Int = 2) {
    self.init(items: batch == 0 ? 0 : (batch - 1) % 16 + 1, rows: total, unit: unit)
  }

  /// Strips of the images of a tensor's last block, as a block of their own.
  ///
  /// - Parameters:
  ///   - tensor: Images in the lanes.
  ///   - range: Its channels that are wanted.
  ///   - first: The image's row at which the first strip begins; negative for a margin.
  ///   - step: Rows from the beginning of one strip to that of the next.
  ///   - height: Rows of a strip.
  func folded(
    _ tensor: Tensor, channels range: Range<Int>, first: Int, step: Int, height: Int
  ) -> Tensor {
    let (rows, width) = (tensor.shape[2], tensor.shape[3])
    let result = Tensor(uninitialized: [16, range.count, height, width], layout: .lanes)
    unsafe ZeroRow.withZeros(width) { zeros in
      ThreadPool.shared.run(parts: range.count, costPerPart: 2 * height * width) { channel in
        let place = (range.lowerBound + channel) * rows * width
        var job = unsafe FoldJob(
          image: tensor.lanes(ofBlock: tensor.blocks - 1) + place,
          folded: result.storage.lanes + channel * height * width)
        unsafe (job.height, job.width, job.rowStride) = (rows, width, width)
        unsafe (job.firstRow, job.step, job.rows) = (first, step, height)
        unsafe (job.strips, job.items, job.slots) = (strips, items, slots)
        unsafe job.zeros = zeros
        unsafe Compute.kernels.foldRows(job)
      }
    }
    return result
  }
}

extension CorrelationPlan {
  /// The plan of a strip's rows, prepared: those of its input stand one after the other from row 0.
  func strip(_ fold: LaneFold) -> CorrelationPlan {
    let least = rowOffsets.min() ?? 0
    var plan = CorrelationPlan(
      inputChannels: inputChannels, inputHeight: inputRowsPerStrip(fold), inputWidth: inputWidth,
      outputChannels: outputChannels, groups: groups, rows: fold.rows, columns: columns,
      rowStep: rowStep, columnStep: columnStep, rowOffsets: rowOffsets.map { $0 - least },
      columnOffsets: columnOffsets, kernelRows: kernelRows, kernelColumns: kernelColumns,
      outputStart: 0, outputRowStride: columns, outputColumnStride: 1,
      outputArea: fold.rows * columns, isTransposed: isTransposed,
      filtersMinimally: filtersMinimally)
    if split != nil { plan.split = ParitySplit(plan) }
    return plan.prepared(items: 16)
  }

  func inputRowsPerStrip(_ fold: LaneFold) -> Int {
    (fold.rows - 1) * rowStep + (rowOffsets.max() ?? 0) - (rowOffsets.min() ?? 0) + 1
  }

  /// The last block of an input, folded; nil where it is computed as it is. The plan is a prepared one.
  func folded(_ input: Tensor) -> Tensor? { prepared?.strips.map { folded(input, $0.fold) } }

  private func folded(_ input: Tensor, _ fold: LaneFold) -> Tensor {
    fold.folded(
      input, channels: 0..<inputChannels, first: rowOffsets.min() ?? 0, step: fold.rows * rowStep,
      height: inputRowsPerStrip(fold))
  }

  /// Computes the last block of `output` folded; that of the input may be so already.
  func run(
    _ strips: Strips, _ input: Tensor, _ foldedInput: Tensor?, _ kernel: PackedKernel,
    into output: Tensor, _ finish: Finish
  ) {
    let fold = strips.fold
    let folded = foldedInput ?? folded(input, fold)
    let sums = Tensor(uninitialized: [16, outputChannels, fold.rows, columns], layout: .lanes)
    var before = finish
    before.mask = nil
    strips.plan.compute(folded, kernel, into: sums, before)
    ThreadPool.shared.run(parts: outputChannels, costPerPart: fold.rows * columns) { channel in
      let start = channel * outputArea + outputStart
      let block = output.blocks - 1
      var job = unsafe FoldJob(
        image: output.lanes(ofBlock: block) + start,
        folded: sums.storage.lanes + channel * fold.rows * columns)
      unsafe (job.height, job.width) = (rows, columns)
      unsafe (job.rowStride, job.columnStride) = (outputRowStride, outputColumnStride)
      unsafe (job.firstRow, job.step, job.rows) = (0, fold.rows, fold.rows)
      unsafe (job.strips, job.items, job.slots) = (fold.strips, fold.items, fold.slots)
      unsafe job.mask = finish.mask.map { unsafe UnsafePointer($0.lanes(ofBlock: block) + start) }
      unsafe Compute.kernels.unfoldRows(job)
    }
  }
}
