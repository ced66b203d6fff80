internal import CKernels
internal import KernelInterface

/// One pass of the correlation kernel: how output positions, kernel cells and input positions
/// belong together, whatever the pass computes.
///
/// Output row i sees, for kernel row u, the input row `i · rowStep + rowOffsets[u]`; columns
/// likewise. Positions outside the input are zeros.
struct CorrelationPlan {
  /// Channels, rows and columns of the input.
  let inputChannels: Int, inputHeight: Int, inputWidth: Int
  /// Output channels.
  let outputChannels: Int
  /// Groups of channels.
  let groups: Int
  /// Output rows and columns of this pass.
  let rows: Int, columns: Int
  /// From one output row or column to the next, in the input.
  let rowStep: Int, columnStep: Int
  /// For each kernel row and column of this pass, where it lies in the input.
  let rowOffsets: [Int], columnOffsets: [Int]
  /// The rows and columns of the kernel that take part, in the order of the offsets.
  let kernelRows: [Int], kernelColumns: [Int]
  /// The pass's first element in the whole output's plane, and its steps there.
  let outputStart: Int, outputRowStride: Int, outputColumnStride: Int
  /// Elements of a plane of the whole output.
  let outputArea: Int
  /// Whether the kernel's first two axes are swapped: for the gradient of the input.
  let isTransposed: Bool
  /// How rows and columns are split by parity, where that is done; see ``ParityAxis``.
  var split: ParitySplit?
  /// Whether tiles are computed by Winograd's minimal filtering; see ``ConvolutionAlgorithm``.
  var filtersMinimally = false
  /// What follows from all these, made once.
  private(set) var prepared: Prepared?

  /// What does not change from one run of a plan to the next.
  final class Prepared: Sendable {
    let layout: ColumnLayout
    /// How the last block of items is folded.
    let strips: Strips?

    init(_ plan: CorrelationPlan, items: Int) {
      layout = plan.columnLayout
      strips =
        plan.rowOffsets.isEmpty
        ? nil
        : LaneFold(lastOf: items, rows: plan.rows, unit: max(2, plan.rowsTogether)).map {
          Strips(fold: $0, plan: plan.strip($0))
        }
    }
  }

  /// A fold, and the plan of its strips.
  struct Strips {
    let fold: LaneFold
    let plan: CorrelationPlan
  }

  /// The same plan, for batches of so many items.
  func prepared(items: Int) -> CorrelationPlan {
    var plan = self
    plan.prepared = Prepared(self, items: items)
    return plan
  }
}

extension CorrelationPlan {
  /// The pass of a forward convolution.
  init(forward g: ConvolutionGeometry) {
    let window = g.window
    inputChannels = g.input[1]
    inputHeight = g.input[2]
    inputWidth = g.input[3]
    outputChannels = g.kernel[0]
    groups = g.groups
    rows = window.output.height
    columns = window.output.width
    rowStep = window.stride.height
    columnStep = window.stride.width
    kernelRows = Array(0..<window.window.height)
    kernelColumns = Array(0..<window.window.width)
    rowOffsets = kernelRows.map { $0 * window.dilation.height - window.margins.top }
    columnOffsets = kernelColumns.map { $0 * window.dilation.width - window.margins.left }
    outputStart = 0
    outputRowStride = columns
    outputColumnStride = 1
    outputArea = rows * columns
    isTransposed = false
    split = canSplitByParity && splitPays ? ParitySplit(self) : nil
  }

  /// The passes of the gradient of a convolution's input: one for every remainder of a row and a
  /// column modulo the stride. Each is a correlation of the output's gradient with some of the
  /// kernel's cells, at stride 1.
  static func inputGradient(_ g: ConvolutionGeometry) -> [CorrelationPlan] {
    let window = g.window
    let rowPasses = remainders(
      size: window.image.height, margin: window.margins.top, kernel: window.window.height,
      stride: window.stride.height, dilation: window.dilation.height)
    let columnPasses = remainders(
      size: window.image.width, margin: window.margins.left, kernel: window.window.width,
      stride: window.stride.width, dilation: window.dilation.width)
    return rowPasses.flatMap { row in
      columnPasses.map { column in
        var plan = CorrelationPlan(
          inputChannels: g.kernel[0], inputHeight: window.output.height,
          inputWidth: window.output.width, outputChannels: g.input[1], groups: g.groups,
          rows: row.count, columns: column.count, rowStep: 1, columnStep: 1,
          rowOffsets: row.offsets, columnOffsets: column.offsets, kernelRows: row.cells,
          kernelColumns: column.cells,
          outputStart: row.first * window.image.width + column.first,
          outputRowStride: window.stride.height * window.image.width,
          outputColumnStride: window.stride.width,
          outputArea: window.image.height * window.image.width, isTransposed: true)
        if plan.canSplitByParity && plan.splitPays { plan.split = ParitySplit(plan) }
        return plan
      }
    }
  }

  /// Along one axis, the positions with each remainder modulo the stride and the kernel cells that
  /// reach them: input position p is reached by cell u from output (p + margin − u · dilation) /
  /// stride, where that is whole.
  private static func remainders(
    size: Int, margin: Int, kernel: Int, stride: Int, dilation: Int
  ) -> [(first: Int, count: Int, cells: [Int], offsets: [Int])] {
    (0..<min(stride, size)).map { first in
      let cells = (0..<kernel).filter { (first + margin - $0 * dilation) % stride == 0 }
      return (
        first, (size - first + stride - 1) / stride, cells,
        cells.map { (first + margin - $0 * dilation) / stride }
      )
    }
  }

  /// The same pass, computed as is asked for.
  func computed(by algorithm: ConvolutionAlgorithm, _ g: ConvolutionGeometry) -> CorrelationPlan {
    var plan = self
    plan.filtersMinimally = algorithm.usesWinograd(for: g)
    if algorithm == .direct { plan.split = nil }
    return plan
  }

  /// Whether the kernel is one cell that moves by one over the image itself: each output sees the pixel in
  /// its own place, and nothing is added at the edges or cut off.
  var seesOwnPixels: Bool {
    rowOffsets == [0] && columnOffsets == [0] && rowStep == 1 && columnStep == 1
      && rows == inputHeight && columns == inputWidth && outputRowStride == columns
      && outputColumnStride == 1
  }

  /// Channels per group.
  var inputsPerGroup: Int { inputChannels / groups }

  /// Output channels per group.
  var outputsPerGroup: Int { outputChannels / groups }

  /// The kernel cells of this pass as the kernel wants them:
  /// [group][tile of output channels][channel][row][column][output channel of the tile].
  func packWeights(_ w: Tensor) -> TensorStorage {
    let tile = KernelSizes.outputTile
    let (inputs, outputs) = (inputsPerGroup, outputsPerGroup)
    let cells = kernelRows.count * kernelColumns.count
    let packed = TensorStorage(uninitialized: outputChannels * inputs * cells)
    let (height, width) = (w.shape[2], w.shape[3])
    let plane = height * width
    // The kernel is (O, C / groups, …); from one channel of this pass to the next:
    let outputStep = isTransposed ? plane : w.shape[1] * plane
    let inputStep = isTransposed ? w.shape[1] * plane : plane
    let source = unsafe w.storage.base
    var target = unsafe packed.base
    for group in 0..<groups {
      let start = group * (isTransposed ? inputs * inputStep : outputs * outputStep)
      for first in stride(from: 0, to: outputs, by: tile) {
        let count = min(tile, outputs - first)
        for c in 0..<inputs {
          let channel = start + first * outputStep + c * inputStep
          for u in kernelRows {
            for v in kernelColumns {
              let cell = unsafe source + (channel + u * width + v)
              for o in 0..<count { unsafe target[o] = cell[o * outputStep] }
              unsafe target += count
            }
          }
        }
      }
    }
    return packed
  }

  /// How the columns of the input are laid out for the kernel.
  var columnLayout: ColumnLayout {
    ColumnLayout(
      width: inputWidth, outputs: columns, step: columnStep, offsets: columnOffsets)
  }
}

/// The columns of an input as a kernel that moves by one vector wants them: with margins of zeros
/// where it reaches beyond the image, and dealt out by remainder where it moves by a stride.
struct ColumnLayout {
  /// Whether the image itself will do.
  let isImage: Bool
  /// The left margin; negative where the image's first columns are not used.
  let left: Int
  /// Columns of the copy.
  let width: Int
  /// Vectors of a row of the copy.
  let rowStride: Int
  /// Parts into which the columns are dealt out.
  let parts: Int
  /// For each kernel column, where it lies relative to the output column.
  let offsets: [Int]
  /// The columns that are not padding.
  let live: Range<Int>

  init(width imageWidth: Int, outputs: Int, step: Int, offsets raw: [Int]) {
    let least = raw.min() ?? 0
    let most = raw.max() ?? 0
    parts = step
    if step == 1 && least >= 0 && outputs - 1 + most < imageWidth {
      isImage = true
      left = 0
      width = imageWidth
      rowStride = imageWidth
      offsets = raw
      live = 0..<imageWidth
      return
    }
    isImage = false
    left = -least
    width = (outputs - 1) * step + most - least + 1
    let place = (width + step - 1) / step
    rowStride = place * step
    offsets = raw.map { ($0 - least) % step * place + ($0 - least) / step }
    let first = min(max(left, 0), width)
    live = step == 1 ? first..<max(first, min(width, left + imageWidth)) : 0..<Int.max / 2
  }
}
