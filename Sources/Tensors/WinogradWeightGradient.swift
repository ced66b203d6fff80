internal import CKernels
internal import KernelInterface

/// The gradient of a 3×3 kernel by Winograd's minimal filtering: a tile of 4×2 output gradients takes
/// 24 products per pair of channels instead of 72, summed over all tiles and items before the way back. The order of that sum is a matter of sizes
/// only: runs of six tiles, all items of each; the runs of a unit in order; the units in order.
struct WinogradWeightGradient {
  private let geometry: ConvolutionGeometry
  /// Channels of one group.
  private let inputs: Int, outputs: Int

  /// What the sums of one block are made from.
  private struct Source {
    let dy: Tensor, x: Tensor
    /// Where `dy` is the gradient of a pool's output: which cells won.
    var winners: PoolWinners?
    let block: Int
    /// The image's row that the first row of tiles sees first.
    let top: Int
    var lanes: Int { dy.laneCount(ofBlock: block) }
    /// Rows and columns of the gradient before the pool.
    var height: Int { dy.shape[2] * (winners == nil ? 1 : 2) }
    var width: Int { dy.shape[3] * (winners == nil ? 1 : 2) }
    var tileColumns: Int { (width + 1) / 2 }
    var tiles: Int { (height + 3) / 4 * tileColumns }
  }

  /// Tiles of one block that are summed up one after the other.
  private struct Segment {
    let source: Source
    let tiles: Range<Int>
  }

  init(_ g: ConvolutionGeometry) {
    geometry = g
    inputs = g.kernel[1]
    outputs = g.kernel[0] / g.groups
  }

  /// Input channels in fours, as the sums are kept.
  private var paddedInputs: Int { (inputs + 3) / 4 * 4 }
  /// Output channels in sixteens.
  private var sixteens: Int { (outputs + 15) / 16 }
  /// Vectors of one unit's sums of one group.
  private var sumCount: Int { 24 * paddedInputs * sixteens }

  /// The gradient, from tensors held in the lanes.
  ///
  /// - Parameter winners: Where `dy` is the gradient of a pool's output, which cells won; the last block
  ///   is then none that is folded.
  func run(_ dy: Tensor, _ x: Tensor, _ winners: PoolWinners? = nil) -> Tensor {
    let dw = Tensor(uninitialized: geometry.kernel)
    if dw.count == 0 { return dw }
    let segments = segments(dy, x, winners)
    if segments.isEmpty {
      dw.clear()
      return dw
    }
    // As many units as there are segments, unless their sums would take more than 64 MB.
    let units = min(segments.count, max(8, (1 << 20) / (sumCount * geometry.groups)))
    let sums = TensorStorage(uninitialized: units * geometry.groups * sumCount * 16)
    let tiles = segments.reduce(0) { $0 + $1.tiles.count } / units
    ThreadPool.shared.run(
      parts: units * geometry.groups, costPerPart: 24 * tiles * inputs * outputs
    ) { part in
      let (unit, group) = part.quotientAndRemainder(dividingBy: geometry.groups)
      let range = unit * segments.count / units..<(unit + 1) * segments.count / units
      unsafe addSegments(segments[range], group, sums.lanes + part * sumCount)
    }
    ThreadPool.shared.run(
      parts: geometry.groups * inputs, costPerPart: (units + 4) * 24 * outputs
    ) { part in
      let (group, channel) = part.quotientAndRemainder(dividingBy: inputs)
      var job = unsafe WeightTileJob(
        sums: sums.lanes + group * sumCount,
        result: dw.storage.base + group * outputs * inputs * 9)
      unsafe job.unitStride = geometry.groups * sumCount
      unsafe job.units = units
      unsafe job.positionStride = paddedInputs * sixteens
      unsafe job.outputs = outputs
      unsafe job.channels = channel..<channel + 1
      unsafe job.outputStride = inputs * 9
      unsafe Compute.kernels.finishWeights(job)
    }
    withExtendedLifetime(sums) {}
    return dw
  }

  /// All tiles in order. A block with few items is folded: strips of its rows take the empty lanes.
  private func segments(_ dy: Tensor, _ x: Tensor, _ winners: PoolWinners?) -> [Segment] {
    let top = -geometry.window.margins.top
    var sources = (0..<x.blocks).map {
      Source(dy: dy, x: x, winners: winners, block: $0, top: top)
    }
    if let last = sources.last,
      let fold = LaneFold(items: last.lanes, rows: geometry.output[2], unit: 4)
    {
      let strips = fold.folded(
        x, channels: 0..<x.shape[1], first: top, step: fold.rows, height: fold.rows + 2)
      let gradients = fold.folded(
        dy, channels: 0..<dy.shape[1], first: 0, step: fold.rows, height: fold.rows)
      sources[sources.count - 1] = Source(dy: gradients, x: strips, block: 0, top: 0)
    }
    // Segments of about fifty tiles: enough that adding up their sums takes no time beside.
    return sources.flatMap { source in
      let count = max(1, source.tiles / 48)
      return (0..<count).map {
        Segment(
          source: source, tiles: $0 * source.tiles / count..<($0 + 1) * source.tiles / count)
      }
    }
  }

  /// The sums of some segments and one group.
  private func addSegments(
    _ segments: ArraySlice<Segment>, _ group: Int, _ sums: UnsafeMutablePointer<Lanes>
  ) {
    let room = KernelSizes.tilesPerRun
    // Not a multiple of 4 kB from one position to the next; see `CorrelationPlan.computeTiles`.
    let patchStride = (paddedInputs + 1) * room
    let gradientStride = sixteens * room * 16 + room
    let patches = TensorStorage(uninitialized: 24 * patchStride * 16)
    let gradients = TensorStorage(uninitialized: 12 * gradientStride * 16)
    let transposed = TensorStorage(uninitialized: 128 * 16)
    let lineRoom = room * (18 * inputs + 8 * outputs)
    let lines = TensorStorage(uninitialized: 2 * lineRoom)
    // The channels that fill up a four are added up, too.
    if paddedInputs > inputs {
      unsafe patches.lanes.update(repeating: Lanes(repeating: 0), count: 24 * patchStride)
    }
    var isFirst = true
    for segment in segments {
      let source = segment.source
      let (height, width) = (source.x.shape[2], source.x.shape[3])
      let area = source.dy.shape[2] * source.dy.shape[3]
      var patchJob = unsafe PatchJob(
        input: source.x.lanes(ofBlock: source.block) + group * inputs * height * width,
        output: patches.lanes)
      unsafe (patchJob.height, patchJob.width) = (height, width)
      unsafe patchJob.channels = inputs
      unsafe (patchJob.top, patchJob.left) = (source.top, -geometry.window.margins.left)
      unsafe patchJob.tileColumns = source.tileColumns
      unsafe patchJob.positionStride = patchStride
      var gradientJob = unsafe GradientTileJob(
        gradient: source.dy.lanes(ofBlock: source.block) + group * outputs * area,
        room: transposed.lanes, output: gradients.lanes)
      unsafe gradientJob.winners = source.winners.map {
        unsafe UnsafePointer($0.bytes(ofBlock: source.block) + 16 * group * outputs * area)
      }
      unsafe (gradientJob.height, gradientJob.width) = (source.height, source.width)
      unsafe gradientJob.channels = outputs
      unsafe gradientJob.tileColumns = source.tileColumns
      unsafe gradientJob.columnStride = gradientStride
      unsafe gradientJob.lanes = source.lanes
      var sumJob = unsafe WeightSumJob(
        gradients: gradients.lanes, patches: patches.lanes, sums: sums,
        lines: UnsafeMutableRawPointer(lines.base).assumingMemoryBound(to: UnsafeRawPointer.self))
      unsafe sumJob.lineRoom = lineRoom
      unsafe (sumJob.gradientStride, sumJob.patchStride) = (gradientStride, patchStride)
      unsafe (sumJob.channels, sumJob.sixteens) = (paddedInputs, sixteens)
      unsafe sumJob.lanes = source.lanes
      let count = segment.tiles.count
      let runs = (count + room - 1) / room
      func range(_ run: Int) -> Range<Int> {
        let start = segment.tiles.lowerBound
        return start + run * count / runs..<start + (run + 1) * count / runs
      }
      for run in 0..<runs {
        unsafe (patchJob.tiles, gradientJob.tiles) = (range(run), range(run))
        unsafe (sumJob.tiles, sumJob.isFirst) = (range(run).count, isFirst)
        unsafe Compute.kernels.transformPatches(patchJob)
        unsafe Compute.kernels.transformGradients(gradientJob)
        unsafe (patchJob.tiles, gradientJob.tiles) = (range(run + 1), range(run + 1))
        unsafe sumJob.nextPatches = run + 1 < runs ? patchJob : nil
        unsafe sumJob.nextGradients = run + 1 < runs ? gradientJob : nil
        unsafe Compute.kernels.addWeights(sumJob)
        isFirst = false
      }
    }
    withExtendedLifetime((patches, gradients, transposed, lines)) {}
  }
}
