internal import CKernels
internal import KernelInterface

// The loops of a convolution. A tile of output channels × output columns stays in registers while
// all channels and kernel cells are added to it; weights are broadcast, inputs are whole vectors.
//
// Helpers stand in this file: without whole-module optimisation nothing is inlined across files.

// Weights are packed in tiles of four output channels for every instruction set; where registers
// are few, a tile is computed in parts.

/// Computes the rows of one job.
func correlate(_ job: CorrelationJob) {
  unsafe correlate(RegisterTiles.Correlation.self, job)
}

@inline(__always)
private func correlate<let one: Int, let two: Int, let three: Int, let four: Int>(
  _: TileColumns<one, two, three, four>.Type, _ job: CorrelationJob
) {
  // Rows outermost: the few input rows that one output row needs stay in the cache while all
  // tiles of output channels pass over them. Where there is but one tile of them, and the kernel has few
  // rows and channels, the part of the input that a tile of columns sees stays there as well, and its
  // rows share what goes before them.
  let isSmall = unsafe job.outputs <= 4 && job.channels &* job.kernelRows <= 16
  let step = unsafe isSmall ? max(1, job.rows.count) : 1
  var row = unsafe job.rows.lowerBound
  while unsafe row < job.rows.upperBound {
    var first = 0
    while unsafe first < job.outputs {
      let outputs = unsafe min(four > 0 ? 4 : 2, job.outputs &- first)
      switch outputs {
      case 4 where four > 0: unsafe correlateRow(Tile<4, four>.self, job, row, first, isSmall)
      case 3 where three > 0: unsafe correlateRow(Tile<3, three>.self, job, row, first, isSmall)
      case 2: unsafe correlateRow(Tile<2, two>.self, job, row, first, isSmall)
      default: unsafe correlateRow(Tile<1, one>.self, job, row, first, isSmall)
      }
      first &+= outputs
    }
    row &+= step
  }
}

/// Splits a row of columns into tiles of at most `most`: the columns at whose kernel's edge there is
/// padding into tiles of their own where that spares some of it, the others evenly. Or all rows.
@inline(never)
private func correlateRow<let outputs: Int, let most: Int>(
  _: Tile<outputs, most>.Type, _ job: CorrelationJob, _ row: Int, _ first: Int, _ all: Bool
) {
  let (left, right) = unsafe job.edges(most)
  unsafe forEachTile(job.width, most, left, right) { column, columns in
    switch columns {
    case 12 where most >= 12: unsafe tile(Tile<outputs, 12>.self, job, row, first, column, all)
    case 11 where most >= 11: unsafe tile(Tile<outputs, 11>.self, job, row, first, column, all)
    case 10 where most >= 10: unsafe tile(Tile<outputs, 10>.self, job, row, first, column, all)
    case 9 where most >= 9: unsafe tile(Tile<outputs, 9>.self, job, row, first, column, all)
    case 8 where most >= 8: unsafe tile(Tile<outputs, 8>.self, job, row, first, column, all)
    case 7 where most >= 7: unsafe tile(Tile<outputs, 7>.self, job, row, first, column, all)
    case 6 where most >= 6: unsafe tile(Tile<outputs, 6>.self, job, row, first, column, all)
    case 5 where most >= 5: unsafe tile(Tile<outputs, 5>.self, job, row, first, column, all)
    case 4 where most >= 4: unsafe tile(Tile<outputs, 4>.self, job, row, first, column, all)
    case 3: unsafe tile(Tile<outputs, 3>.self, job, row, first, column, all)
    case 2: unsafe tile(Tile<outputs, 2>.self, job, row, first, column, all)
    default: unsafe tile(Tile<outputs, 1>.self, job, row, first, column, all)
    }
  }
}

/// Calls `body` for a tile of `left` columns, for the fewest tiles of at most `most`, as even as can
/// be, and for one of `right` columns.
@inline(__always)
private func forEachTile(
  _ width: Int, _ most: Int, _ left: Int, _ right: Int,
  _ body: (_ column: Int, _ columns: Int) -> Void
) {
  let inner = width &- left &- right
  let tiles = (inner &+ most &- 1) / most
  let columns = tiles == 0 ? 0 : inner / tiles
  var wider = inner &- tiles &* columns
  var column = 0
  while column < width {
    var size = column < left ? left : right
    if column >= left && column < left &+ inner {
      size = wider > 0 ? columns &+ 1 : columns
      wider &-= 1
    }
    body(column, size)
    column &+= size
  }
}

/// One tile, of one row or of all.
@inline(__always)
private func tile<let outputs: Int, let columns: Int>(
  _ size: Tile<outputs, columns>.Type, _ job: CorrelationJob, _ row: Int, _ first: Int,
  _ column: Int, _ all: Bool
) {
  if all {
    unsafe rowsOfTile(size, job, first, column)
  } else {
    unsafe tileOfRow(size, job, row, first, column)
  }
}

/// One tile of a row: its sizes are known to the compiler, so that the loops over them unroll and the
/// sums stay in registers.
@inline(never)
private func tileOfRow<let outputs: Int, let columns: Int>(
  _: Tile<outputs, columns>.Type, _ job: CorrelationJob, _ row: Int, _ first: Int, _ column: Int
) {
  let taps = unsafe job.taps(column, columns)
  unsafe sumTile(outputs, columns, job, row, first, column, taps.first, taps.end)
}

/// The same for all rows of a job: what goes before them is done once. A function of its own, as a loop
/// around the sums costs kernels with many channels 5%.
@inline(never)
private func rowsOfTile<let outputs: Int, let columns: Int>(
  _: Tile<outputs, columns>.Type, _ job: CorrelationJob, _ first: Int, _ column: Int
) {
  let taps = unsafe job.taps(column, columns)
  for row in unsafe job.rows {
    unsafe sumTile(outputs, columns, job, row, first, column, taps.first, taps.end)
  }
}

@inline(__always)
private func sumTile(
  _ outputs: Int, _ columns: Int, _ job: CorrelationJob, _ row: Int, _ first: Int, _ column: Int,
  _ firstTap: Int, _ endTap: Int
) {
  let kernelColumns = unsafe job.kernelColumns
  let offsets = unsafe job.columnOffsets
  let kernelSize = unsafe job.kernelRows &* kernelColumns
  let isWhole = RegisterTiles.Correlation.four > 0
  let within = isWhole ? 0 : first & 3
  let packed = unsafe isWhole ? outputs : min(4, job.outputs &- (first &- within))
  let start = unsafe (first &- within) &* job.channels &* kernelSize
  let weights = unsafe job.weights + (start &+ firstTap &* packed &+ within)
  let lanes = unsafe ck_first_lanes(Int32(truncatingIfNeeded: job.lanes))
  var sums = Accumulators(repeating: ck_splat(0))
  if let bias = unsafe job.bias {
    let b0 = unsafe ck_splat(bias[first])
    let b1 = unsafe outputs > 1 ? ck_splat(bias[first &+ 1]) : b0
    let b2 = unsafe outputs > 2 ? ck_splat(bias[first &+ 2]) : b0
    let b3 = unsafe outputs > 3 ? ck_splat(bias[first &+ 3]) : b0
    for t in 0..<columns {
      sums[t &* outputs] = b0
      if outputs > 1 { sums[t &* outputs &+ 1] = b1 }
      if outputs > 2 { sums[t &* outputs &+ 2] = b2 }
      if outputs > 3 { sums[t &* outputs &+ 3] = b3 }
    }
  } else if let start = unsafe job.start {
    let place = unsafe first &* job.startChannelStride &+ row &* job.startRowStride &+ column
    let step = unsafe job.startChannelStride
    unsafe loadSums(0, outputs, columns, &sums, start + place)
    if outputs > 1 { unsafe loadSums(1, outputs, columns, &sums, start + (place &+ step)) }
    if outputs > 2 { unsafe loadSums(2, outputs, columns, &sums, start + (place &+ 2 &* step)) }
    if outputs > 3 { unsafe loadSums(3, outputs, columns, &sums, start + (place &+ 3 &* step)) }
    if let second = unsafe job.secondStart {
      unsafe addSums(0, outputs, columns, &sums, second + place)
      if outputs > 1 { unsafe addSums(1, outputs, columns, &sums, second + (place &+ step)) }
      if outputs > 2 { unsafe addSums(2, outputs, columns, &sums, second + (place &+ 2 &* step)) }
      if outputs > 3 { unsafe addSums(3, outputs, columns, &sums, second + (place &+ 3 &* step)) }
    }
  }
  var channelWeights = unsafe weights
  var channel = unsafe job.input + column
  for _ in unsafe 0..<job.channels {
    for u in unsafe 0..<job.kernelRows {
      let inputRow = unsafe row &* job.rowStep &+ job.rowOffsets[u]
      if unsafe inputRow < 0 || inputRow >= job.inputRows { continue }
      let line = unsafe channel + (inputRow &- job.firstRow) &* job.rowStride
      var weight = unsafe channelWeights + u &* kernelColumns &* packed
      var tap = firstTap
      while tap < endTap {
        let values = unsafe line + offsets[tap]
        let w0 = unsafe ck_splat(weight[0])
        let w1 = unsafe outputs > 1 ? ck_splat(weight[1]) : w0
        let w2 = unsafe outputs > 2 ? ck_splat(weight[2]) : w0
        let w3 = unsafe outputs > 3 ? ck_splat(weight[3]) : w0
        for t in 0..<columns {
          let value = unsafe ck_load(values + t)
          let s = t &* outputs
          sums[s] = ck_fma(value, w0, sums[s])
          if outputs > 1 { sums[s &+ 1] = ck_fma(value, w1, sums[s &+ 1]) }
          if outputs > 2 { sums[s &+ 2] = ck_fma(value, w2, sums[s &+ 2]) }
          if outputs > 3 { sums[s &+ 3] = ck_fma(value, w3, sums[s &+ 3]) }
        }
        unsafe weight += packed
        tap &+= 1
      }
    }
    unsafe channel += job.channelStride
    unsafe channelWeights += kernelSize &* packed
  }

  let place =
    unsafe first &* job.outputChannelStride &+ row &* job.outputRowStride
    &+ column &* job.outputColumnStride
  let step = unsafe job.outputColumnStride
  unsafe storeSums(0, outputs, columns, &sums, job, place, step, lanes)
  if outputs > 1 { unsafe storeSums(1, outputs, columns, &sums, job, place, step, lanes) }
  if outputs > 2 { unsafe storeSums(2, outputs, columns, &sums, job, place, step, lanes) }
  if outputs > 3 { unsafe storeSums(3, outputs, columns, &sums, job, place, step, lanes) }
}

/// Starts one output channel of a tile from earlier sums.
@inline(__always)
private func loadSums(
  _ o: Int, _ outputs: Int, _ columns: Int, _ sums: inout Accumulators,
  _ start: UnsafePointer<Lanes>
) {
  for t in 0..<columns { unsafe sums[t &* outputs &+ o] = ck_load(start + t) }
}

/// Adds earlier sums to one output channel of a tile.
@inline(__always)
private func addSums(
  _ o: Int, _ outputs: Int, _ columns: Int, _ sums: inout Accumulators,
  _ start: UnsafePointer<Lanes>
) {
  for t in 0..<columns {
    let s = t &* outputs &+ o
    unsafe sums[s] = ck_add(sums[s], ck_load(start + t))
  }
}

/// Stores one output channel of a tile. One plain loop per case: a branch inside would keep the
/// loop from being unrolled, and with it the sums from staying in registers.
@inline(__always)
private func storeSums(
  _ o: Int, _ outputs: Int, _ columns: Int, _ sums: inout Accumulators, _ job: CorrelationJob,
  _ start: Int, _ step: Int, _ lanes: ck_i16
) {
  let output = unsafe job.output + (start &+ o &* job.outputChannelStride)
  if let mask = unsafe job.mask {
    let mask = unsafe mask + (start &+ o &* job.outputChannelStride)
    for t in 0..<columns {
      let value = unsafe ck_where_positive(
        ck_load(mask + t &* step), sums[t &* outputs &+ o])
      unsafe ck_store(output + t &* step, ck_keep(lanes, value))
    }
  } else if unsafe job.rectifies {
    for t in 0..<columns {
      unsafe ck_store(
        output + t &* step, ck_keep(lanes, ck_rectify(sums[t &* outputs &+ o])))
    }
  } else {
    for t in 0..<columns {
      unsafe ck_store(output + t &* step, ck_keep(lanes, sums[t &* outputs &+ o]))
    }
  }
}

extension CorrelationJob {
  /// The kernel columns that a tile of columns sees something but padding through.
  @inline(__always)
  fileprivate func taps(_ column: Int, _ columns: Int) -> (first: Int, end: Int) {
    var first = 0
    var end = unsafe kernelColumns
    while first < end, unsafe !sees(column &+ columnOffsets[first], columns) { first &+= 1 }
    while first < end, unsafe !sees(column &+ columnOffsets[end &- 1], columns) { end &-= 1 }
    return (first, end)
  }

  /// The columns of a tile at the left and one at the right which leave out some of the padding; 0
  /// for none.
  ///
  /// Where n columns see padding, the last of them sees it through one kernel column only. A tile of
  /// the n − 1 others leaves out at least two kernel columns; with fewer than two columns it does not
  /// pay.
  @inline(__always)
  fileprivate func edges(_ most: Int) -> (left: Int, right: Int) {
    if unsafe kernelColumns < 3 || most < 4 { return (0, 0) }
    let (one, other) = unsafe (columnOffsets[0], columnOffsets[kernelColumns &- 1])
    let left = unsafe liveColumns.lowerBound &- min(one, other) &- 1
    let right = unsafe width &- 1 &+ max(one, other) &- liveColumns.upperBound
    let columns = (left: left < 2 ? 0 : min(left, most), right: right < 2 ? 0 : min(right, most))
    return unsafe columns.left &+ columns.right < width ? columns : (0, 0)
  }

  /// Whether any of `columns` input columns from `start` on is not padding.
  @inline(__always)
  fileprivate func sees(_ start: Int, _ columns: Int) -> Bool {
    unsafe start < liveColumns.upperBound && start &+ columns > liveColumns.lowerBound
  }
}
