internal import CKernels
internal import KernelInterface

extension WeightGradientPlan {
  /// Output channels whose planes are made at a time.
  private static let outputsAtATime = 8

  /// Vectors of partial sums for so many channels of one group: those of nine smaller kernels.
  static func sumCount(_ split: ParitySplit, channels: Int, outputs: Int) -> Int {
    outputs * channels * split.rows.cellCount * split.columns.cellCount
  }

  /// The partial sums of one block for some channels, [row variant][column variant][tile][kernel
  /// row][channel][kernel column][output of the tile].
  func addBlock(
    _ split: ParitySplit, _ gradient: UnsafePointer<Lanes>, _ input: UnsafePointer<Lanes>,
    channels: Int, lanes: Int, _ sums: UnsafeMutablePointer<Lanes>
  ) {
    let (height, width) = (geometry.input[2], geometry.input[3])
    let (rows, columns) = (geometry.output[2], geometry.output[3])
    // Cells that are the image's own are read in their place.
    let odd = unsafe split.oddCells(of: input, height: height, width: width)
    let planes = unsafe ParityPlanes(
      input: input, channels: channels, height: height, width: width, rows: split.liveRows.all,
      split, leavesBothOut: odd != nil)
    let rowOffsets = (0..<split.rows.cells[0]).map { $0 - split.liveRows.all.lowerBound }
    func taps(_ cells: Int, _ plane: ParityPlane) -> [Int] {
      (0..<channels * cells).map {
        unsafe $0 / cells * plane.channelStride + $0 % cells * plane.columnStep
      }
    }
    let even = unsafe taps(split.columns.cells[0], planes.plane(0, 0))
    let uneven = unsafe taps(split.columns.cells[1], planes.plane(0, 1))
    let own = unsafe odd.map { unsafe taps(split.columns.cells[0], $0) }
    for first in stride(from: 0, to: outputs, by: Self.outputsAtATime) {
      let count = min(Self.outputsAtATime, outputs - first)
      let image = unsafe gradient + first * rows * columns
      let gradients = unsafe ParityPlanes(
        gradient: image, channels: count, height: rows, width: columns, split)
      var start = unsafe sums
      for row in 0..<3 {
        for column in 0..<3 {
          let isBoth = row == ParitySplit.both && column == ParitySplit.both
          let plane = unsafe isBoth ? odd ?? planes.plane(row, column) : planes.plane(row, column)
          let output =
            unsafe row < 2 && column < 2
            ? ParityPlane.cells(of: image, row, column, height: rows, width: columns)
            : gradients.plane(row, column)
          let taps = isBoth ? own ?? even : column == 1 ? uneven : even
          unsafe rowOffsets.withUnsafeBufferPointer { rowOffsets in
            unsafe taps.withUnsafeBufferPointer { taps in
              guard let rowOffsets = rowOffsets.baseAddress, let tapOffsets = taps.baseAddress
              else { return }
              let kernelRows = split.rows.cells[row]
              var job = unsafe WeightGradientJob(
                input: plane.base, gradient: output.base,
                sums: start + first * kernelRows * taps.count, rowOffsets: rowOffsets,
                tapOffsets: tapOffsets)
              unsafe (job.rowStride, job.columnStep) = (plane.rowStride, plane.columnStep)
              unsafe job.inputRows = planes.rows.count
              unsafe job.kernelRows = kernelRows
              unsafe job.taps = taps.count
              unsafe job.gradientChannelStride = output.channelStride
              unsafe job.gradientRowStride = output.rowStride
              unsafe job.gradientColumnStep = output.columnStep
              unsafe job.outputs = count
              unsafe job.width = split.columns.outputs[column]
              unsafe job.lanes = lanes
              let step = Self.rowsAtATime(width: gradients.rowStride, outputs: count)
              let outputRows = split.rows.outputs[row]
              for top in stride(from: 0, to: max(1, outputRows), by: step) {
                unsafe job.rows = top..<min(outputRows, top + step)
                unsafe job.begins = top == 0
                unsafe Compute.kernels.accumulateWeightGradient(job)
              }
              unsafe start += outputs * kernelRows * taps.count
            }
          }
        }
      }
    }
  }

  /// Puts together the weights of some channels from the sums of the nine smaller kernels.
  func combine(
    _ split: ParitySplit, _ flat: UnsafePointer<Float>, _ group: Int, _ slice: Range<Int>,
    _ dw: Tensor
  ) {
    // Where the sums of each variant start.
    var starts = InlineArray<10, Int>(repeating: 0)
    for variant in 0..<9 {
      let cells = split.rows.cells[variant / 3] * split.columns.cells[variant % 3]
      starts[variant + 1] = starts[variant] + outputs * slice.count * cells
    }
    let both = ParitySplit.both
    let step = inputs * kernelRows * kernelColumns
    let tile = KernelSizes.outputTile
    for first in stride(from: 0, to: outputs, by: tile) {
      let many = min(tile, outputs - first)
      for c in slice {
        let channel = c - slice.lowerBound
        let target =
          unsafe dw.storage.base
          + (group * outputs + first) * step + c * kernelRows * kernelColumns
        for u in 0..<kernelRows {
          for v in 0..<kernelColumns {
            /// Where a variant's sum for the first output of the tile is.
            func place(_ row: Int, _ column: Int) -> Int {
              let columns = split.columns.cells[column]
              let taps = slice.count * columns
              return starts[3 * row + column] + first * split.rows.cells[row] * taps
                + (u / 2 * taps + channel * columns + v / 2) * many
            }
            let (row, column) = (u & 1, v & 1)
            let (a, b) = unsafe (flat + place(row, column), flat + place(row, both))
            let (c, d) = unsafe (flat + place(both, column), flat + place(both, both))
            let cell =
              unsafe target + (split.kernelRows[u] * kernelColumns + split.kernelColumns[v])
            for o in 0..<many { unsafe cell[o * step] = (a[o] + b[o]) + (c[o] + d[o]) }
          }
        }
      }
    }
  }
}
