internal import KernelInterface

/// One axis of a correlation, split by parity: the sums over a kernel of n cells at every position
/// become three sums over half a kernel at every second position.
///
/// With w0, w1 the kernel's even and odd cells and x0, x1 the input's, the even outputs are
/// w0·x0 + w1·x1 and the odd ones w0·x1 + w1·x0′, x0′ being x0 moved by one: four sums. They are
/// also (w0 + w1)·x1 + w0·(x0 − x1) and (w0 + w1)·x1 + w1·(x0′ − x1), which share one of three.
/// Along both axes nine sums take the place of sixteen.
///
/// Source: Z.-J. Mou and P. Duhamel, "Short-length FIR filters and their use in fast nonrecursive
/// filtering", IEEE Transactions on Signal Processing 39 (1991); the trick is Karatsuba's.
struct ParityAxis {
  /// Outputs with even and with odd index.
  let outputs: InlineArray<3, Int>
  /// Kernel cells with even and with odd index, and of the sum of both.
  let cells: InlineArray<3, Int>
  /// Cells of a plane along this axis, and those of an odd variant's that are read: fewer where the kernel
  /// has fewer odd cells.
  let size: Int, oddSize: Int

  init(outputs count: Int, cells kernel: Int) {
    outputs = [(count + 1) / 2, count / 2, (count + 1) / 2]
    cells = [(kernel + 1) / 2, kernel / 2, (kernel + 1) / 2]
    size = outputs[0] + cells[0] - 1
    oddSize = outputs[1] + cells[1] - 1
  }

  /// Cells of all three.
  var cellCount: Int { cells[0] + cells[1] + cells[2] }

  /// The kernel cells whose sum is a variant's cell: one, or two; −1 stands for none.
  func sources(_ variant: Int, _ cell: Int) -> (Int, Int) {
    switch variant {
    case 0: (2 * cell, -1)
    case 1: (2 * cell + 1, -1)
    default: (2 * cell, cell < cells[1] ? 2 * cell + 1 : -1)
    }
  }
}

/// Both axes of a correlation that moves by one cell, split by parity.
///
/// An object, as the plans are: passing it on counts one reference and not one for each of its arrays.
final class ParitySplit: Sendable {
  let rows: ParityAxis
  let columns: ParityAxis
  /// The image's row and column that the kernel's first cell sees from output 0.
  let top: Int, left: Int
  /// The kernel's rows and columns in the order in which they lie on the image.
  let kernelRows: [Int], kernelColumns: [Int]
  /// The planes' rows and columns that may hold anything but zeros.
  let liveRows: LiveCells, liveColumns: LiveCells

  /// The variant of both parities together; 0 and 1 are the even and the odd cells.
  static let both = 2

  /// The split of a plan that ``CorrelationPlan/canSplitByParity`` is true of.
  init(_ plan: CorrelationPlan) {
    let vertical = Self.order(plan.rowOffsets)
    let across = Self.order(plan.columnOffsets)
    rows = ParityAxis(outputs: plan.rows, cells: plan.kernelRows.count)
    columns = ParityAxis(outputs: plan.columns, cells: plan.kernelColumns.count)
    (top, left) = (vertical.first, across.first)
    kernelRows = vertical.places.map { plan.kernelRows[$0] }
    kernelColumns = across.places.map { plan.kernelColumns[$0] }
    liveRows = LiveCells(of: rows.size, from: top, image: plan.inputHeight)
    liveColumns = LiveCells(of: columns.size, from: left, image: plan.inputWidth)
  }

  /// The first offset, and the places of all in rising order; they rise or fall steadily.
  private static func order(_ offsets: [Int]) -> (first: Int, places: [Int]) {
    let last = offsets.count - 1
    return offsets[0] <= offsets[last]
      ? (offsets[0], Array(0...last)) : (offsets[last], (0...last).map { last - $0 })
  }
}

/// The cells along one axis that may hold anything but zeros, of the planes of each variant.
struct LiveCells {
  /// Those of each variant.
  let variants: InlineArray<3, Range<Int>>
  /// Those of any.
  let all: Range<Int>

  /// From `start`, cell i of the even variant sees the image's cells 2i and 2i + 1, of the odd one
  /// 2i + 1 and 2i + 2, of the third 2i + 1.
  init(of size: Int, from start: Int, image: Int) {
    func live(_ least: Int, _ greatest: Int) -> Range<Int> {
      var (first, end) = (0, size)
      while first < end, 2 * first + greatest + start < 0 { first += 1 }
      while first < end, 2 * (end - 1) + least + start >= image { end -= 1 }
      return first..<end
    }
    variants = [live(0, 1), live(1, 2), live(1, 1)]
    all = live(0, 2)
  }
}

extension CorrelationPlan {
  /// Whether a split by parity computes the same: the kernel moves by one cell, and its own cells
  /// are side by side.
  var canSplitByParity: Bool {
    func areSideBySide(_ offsets: [Int]) -> Bool {
      let step = offsets.count > 1 ? offsets[1] - offsets[0] : 0
      return step.magnitude == 1
        && offsets.indices.allSatisfy { offsets[$0] == offsets[0] + $0 * step }
    }
    return rowStep == 1 && columnStep == 1 && areSideBySide(rowOffsets)
      && areSideBySide(columnOffsets) && rowOffsets.count >= 2 && columnOffsets.count >= 2
  }

  /// Whether a split by parity pays: splitting the input costs about 30 operations for 2×2 cells of
  /// a channel, and saves 7/16 of the kernel's.
  ///
  /// A matter of sizes only, never of the batch, the threads or the instruction set: the sums are
  /// rounded in another way than the direct ones, and an item's must not depend on those.
  var splitPays: Bool {
    let cells = rowOffsets.count * columnOffsets.count
    return rowOffsets.count >= 4 && columnOffsets.count >= 4 && outputsPerGroup >= 2
      && outputsPerGroup * cells >= 50 && rows >= 6 && columns >= 6
  }
}

/// Where one of nine planes is.
@unsafe struct ParityPlane {
  /// Channel 0, the first row, column 0.
  let base: UnsafePointer<Lanes>
  /// From one row, from one channel and from one column to the next.
  let rowStride: Int, channelStride: Int, columnStep: Int

  /// An image's cells of one parity of rows and one of columns, where they are.
  static func cells(
    of image: UnsafePointer<Lanes>, _ row: Int, _ column: Int, height: Int, width: Int
  ) -> ParityPlane {
    unsafe ParityPlane(
      base: image + row * width + column, rowStride: 2 * width, channelStride: height * width,
      columnStep: 2)
  }
}

/// The nine planes of some rows of a few channels.
struct ParityPlanes {
  private let storage: TensorStorage
  /// The planes' rows.
  let rows: Range<Int>
  /// From one row, and from one channel to the next.
  let rowStride: Int, channelStride: Int
  /// From one plane to the next.
  private let planeStride: Int

  /// Room for planes.
  private init(channels: Int, rows: Range<Int>, columns: Int) {
    self.rows = rows
    rowStride = columns
    channelStride = rows.count * columns
    planeStride = channels * channelStride
    storage = TensorStorage(uninitialized: 9 * planeStride * 16)
  }

  /// The differences of an input.
  ///
  /// - Parameter leavesBothOut: Whether the plane of the cells that are odd both ways, which are the
  ///   image's own, is left for ``ParitySplit/oddCells(of:height:width:)``.
  init(
    input image: UnsafePointer<Lanes>, channels: Int, height: Int, width: Int, rows: Range<Int>,
    oddRowsEnd: Int? = nil, _ split: ParitySplit, leavesBothOut: Bool = false,
    greatest: UnsafeMutablePointer<Lanes>? = nil
  ) {
    self.init(channels: channels, rows: rows, columns: split.columns.size)
    var job = unsafe self.job(image, channels: channels, height: height, width: width)
    unsafe (job.top, job.left) = (split.top, split.left)
    unsafe job.leavesBothOut = leavesBothOut
    unsafe job.oddColumns = split.columns.oddSize
    unsafe job.oddRowsEnd = oddRowsEnd ?? split.rows.oddSize
    unsafe job.greatest = greatest
    // Rows above and below the image.
    unsafe ZeroRow.withZeros(width) { zeros in
      unsafe job.zeros = zeros
      unsafe Compute.kernels.splitInput(job)
    }
  }

  /// The sums of an output's gradient; its own cells, of even and odd variants alone, are left for
  /// ``ParityPlane/cells(of:_:_:height:width:)``.
  init(
    gradient image: UnsafePointer<Lanes>, channels: Int, height: Int, width: Int,
    _ split: ParitySplit
  ) {
    self.init(
      channels: channels, rows: 0..<split.rows.outputs[0], columns: split.columns.outputs[0])
    let job = unsafe self.job(image, channels: channels, height: height, width: width)
    unsafe Compute.kernels.splitGradient(job)
  }

  private func job(
    _ image: UnsafePointer<Lanes>, channels: Int, height: Int, width: Int
  ) -> ParityJob {
    var job = unsafe ParityJob(input: image, output: storage.lanes)
    unsafe (job.channels, job.height, job.width) = (channels, height, width)
    unsafe job.inputChannelStride = height * width
    unsafe (job.rows, job.columns) = (rows, rowStride)
    unsafe job.planeStride = planeStride
    unsafe job.outputChannelStride = channelStride
    unsafe job.outputRowStride = rowStride
    return unsafe job
  }

  /// The plane of a row variant and a column variant, from the first of `rows` on.
  func plane(_ row: Int, _ column: Int) -> ParityPlane {
    unsafe ParityPlane(
      base: UnsafePointer(storage.lanes + (3 * row + column) * planeStride),
      rowStride: rowStride, channelStride: channelStride, columnStep: 1)
  }
}

extension ParitySplit {
  /// The plane of the cells that are odd both ways, where they are in an image: none where some of
  /// them are padding.
  func oddCells(
    of image: UnsafePointer<Lanes>, height: Int, width: Int
  ) -> ParityPlane? {
    guard
      liveRows.variants[Self.both] == liveRows.all, liveRows.all == 0..<rows.size,
      liveColumns.variants[Self.both] == 0..<columns.size
    else { return nil }
    return unsafe ParityPlane.cells(of: image, top + 1, left + 1, height: height, width: width)
  }
}
