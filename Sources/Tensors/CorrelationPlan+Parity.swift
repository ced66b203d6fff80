internal import CKernels
internal import KernelInterface

extension CorrelationPlan {
  /// Rows of a part of a split correlation at most: as many as keep the planes in the second-level
  /// cache.
  func mostRows(_ split: ParitySplit) -> Int {
    let overlap = split.rows.cells[0] - 1
    let budget = 8000 / (9 * max(1, inputsPerGroup) * split.columns.size)
    return 2 * max(overlap + 1, budget - overlap)
  }

  /// Computes some pairs of rows of one block and group by nine correlations of a quarter of the
  /// size; see ``ParityAxis``.
  func runPart(
    _ split: ParitySplit, _ input: Tensor, _ packed: PackedParities, _ output: Tensor,
    _ finish: Finish, _ block: Int, _ group: Int, _ rows: Range<Int>,
    _ greatest: UnsafeMutablePointer<Lanes>?
  ) {
    let halves = rows.lowerBound / 2..<(rows.upperBound + 1) / 2
    let lanes = output.laneCount(ofBlock: block)
    let seen = halves.lowerBound..<halves.upperBound + split.rows.cells[0] - 1
    let planes = unsafe ParityPlanes(
      input: input.lanes(ofBlock: block) + group * inputsPerGroup * inputHeight * inputWidth,
      channels: inputsPerGroup, height: inputHeight, width: inputWidth,
      rows: seen.clamped(to: split.liveRows.all),
      oddRowsEnd: min(halves.upperBound, split.rows.outputs[1]) + split.rows.cells[1] - 1, split,
      greatest: greatest)
    let area = halves.count * split.columns.outputs[0]
    let earlier = TensorStorage(uninitialized: 5 * outputsPerGroup * area * 16)
    // Sums that start from others: [both, both], [both, even], [both, odd], [even, both] and
    // [odd, both].
    func slot(_ index: Int) -> UnsafeMutablePointer<Lanes> {
      unsafe earlier.lanes + index * outputsPerGroup * area
    }
    // Rows and then columns: one array to hold on to. The rows' begin one earlier, for planes whose
    // first row holds only zeros and is left out.
    let least = halves.lowerBound - planes.rows.lowerBound
    var offsets = Array(least - 1..<least + split.rows.cells[0])
    offsets += 0..<split.columns.cells[0]
    unsafe offsets.withUnsafeBufferPointer { offsets in
      guard let rowOffsets = offsets.baseAddress else { return }
      let columnOffsets = unsafe rowOffsets + (split.rows.cells[0] + 1)
      func sum(
        _ row: Int, _ column: Int, into target: UnsafeMutablePointer<Lanes>,
        _ adjust: (inout CorrelationJob) -> Void
      ) {
        let live = split.liveRows.variants[row].clamped(to: planes.rows)
        let zeros = live.lowerBound - planes.rows.lowerBound
        var job = unsafe CorrelationJob(
          input: planes.plane(row, column).base + zeros * planes.rowStride,
          weights: packed.weights(row, column, group: group), output: target,
          rowOffsets: rowOffsets + (1 - zeros), columnOffsets: columnOffsets)
        unsafe job.channelStride = planes.channelStride
        unsafe job.rowStride = planes.rowStride
        unsafe job.inputRows = live.count
        unsafe job.liveColumns = split.liveColumns.variants[column]
        unsafe job.kernelRows = split.rows.cells[row]
        unsafe job.kernelColumns = split.columns.cells[column]
        unsafe job.channels = inputsPerGroup
        unsafe job.outputs = outputsPerGroup
        unsafe job.startChannelStride = area
        unsafe job.startRowStride = split.columns.outputs[0]
        unsafe job.outputChannelStride = area
        unsafe job.outputRowStride = split.columns.outputs[0]
        unsafe job.rows =
          0..<min(halves.upperBound, split.rows.outputs[row]) - halves.lowerBound
        unsafe job.width = split.columns.outputs[column]
        unsafe job.lanes = lanes
        unsafe adjust(&job)
        unsafe Compute.kernels.correlate(job)
      }
      let both = ParitySplit.both
      unsafe sum(both, both, into: slot(0)) { job in
        unsafe job.bias = finish.bias.map {
          unsafe UnsafePointer($0.storage.base + group * outputsPerGroup)
        }
      }
      for parity in 0...1 {
        unsafe sum(both, parity, into: slot(1 + parity)) { unsafe $0.start = .init(slot(0)) }
        unsafe sum(parity, both, into: slot(3 + parity)) { _ in }
      }
      for row in 0...1 {
        for column in 0...1 {
          let start =
            group * outputsPerGroup * outputArea + outputStart
            + (2 * halves.lowerBound + row) * outputRowStride + column * outputColumnStride
          unsafe sum(row, column, into: output.lanes(ofBlock: block) + start) { job in
            unsafe job.start = .init(slot(1 + column))
            unsafe job.secondStart = .init(slot(3 + row))
            unsafe job.mask = finish.mask.map {
              unsafe UnsafePointer($0.lanes(ofBlock: block) + start)
            }
            unsafe job.rectifies = finish.rectifies
            unsafe job.outputChannelStride = outputArea
            unsafe job.outputRowStride = 2 * outputRowStride
            unsafe job.outputColumnStride = 2 * outputColumnStride
          }
        }
      }
    }
    withExtendedLifetime(earlier) {}
  }

  /// The nine kernels, each packed as ``packWeights(_:)`` packs one.
  func packWeights(_ w: Tensor, _ split: ParitySplit) -> PackedParities {
    let packed = PackedParities(split, outputs: outputsPerGroup, inputs: inputsPerGroup, groups)
    let width = w.shape[3]
    let plane = w.shape[2] * width
    // The kernel is (O, C / groups, …); from one channel of this pass to the next:
    let outputStep = isTransposed ? plane : w.shape[1] * plane
    let inputStep = isTransposed ? w.shape[1] * plane : plane
    let groupStep = isTransposed ? inputsPerGroup * inputStep : outputsPerGroup * outputStep
    // Where the kernel's rows and columns lie, in the order of the image.
    let rowPlaces = split.kernelRows.map { $0 * width }
    let columnPlaces = split.kernelColumns
    for row in 0..<3 {
      let rowCount = split.rows.cells[row]
      for column in 0..<3 {
        let columnCount = split.columns.cells[column]
        var target = unsafe packed.place(row, column, group: 0)
        for group in 0..<groups {
          for first in stride(from: 0, to: outputsPerGroup, by: KernelSizes.outputTile) {
            let count = min(KernelSizes.outputTile, outputsPerGroup - first)
            for c in 0..<inputsPerGroup {
              let kernel =
                unsafe w.storage.base + (group * groupStep + first * outputStep + c * inputStep)
              for u in 0..<rowCount {
                let (r0, r1) = split.rows.sources(row, u)
                let (upper, lower) = (rowPlaces[r0], r1 < 0 ? -1 : rowPlaces[r1])
                for v in 0..<columnCount {
                  let (c0, c1) = split.columns.sources(column, v)
                  let (left, right) = (columnPlaces[c0], c1 < 0 ? -1 : columnPlaces[c1])
                  var source = unsafe kernel
                  for o in 0..<count {
                    var sum = unsafe source[upper + left]
                    if right >= 0 { unsafe sum += source[upper + right] }
                    if lower >= 0 { unsafe sum += source[lower + left] }
                    if lower >= 0 && right >= 0 { unsafe sum += source[lower + right] }
                    unsafe target[o] = sum
                    unsafe source += outputStep
                  }
                  unsafe target += count
                }
              }
            }
          }
        }
      }
    }
    return packed
  }
}

/// Nine packed kernels, one after the other.
struct PackedParities {
  private let storage: TensorStorage
  private let groups: Int
  private let starts: InlineArray<10, Int>

  init(_ split: ParitySplit, outputs: Int, inputs: Int, _ groups: Int) {
    var starts = InlineArray<10, Int>(repeating: 0)
    for variant in 0..<9 {
      let cells = split.rows.cells[variant / 3] * split.columns.cells[variant % 3]
      starts[variant + 1] = starts[variant] + groups * outputs * inputs * cells
    }
    self.starts = starts
    self.groups = groups
    storage = TensorStorage(uninitialized: starts[9])
  }

  /// Where the kernel of a row and a column variant is.
  func place(_ row: Int, _ column: Int, group: Int) -> UnsafeMutablePointer<Float> {
    let variant = 3 * row + column
    let size = (starts[variant + 1] - starts[variant]) / groups
    return unsafe storage.base + (starts[variant] + group * size)
  }

  func weights(_ row: Int, _ column: Int, group: Int) -> UnsafePointer<Float> {
    unsafe UnsafePointer(place(row, column, group: group))
  }
}
