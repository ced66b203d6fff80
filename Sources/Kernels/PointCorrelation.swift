internal import CKernels
internal import KernelInterface

// A convolution whose kernel is one cell. Its sums are as short as there are channels, and their rows
// are too many and too short for the processor to foresee: what is needed next is fetched meanwhile,
// a line before each channel. Asked for in one go, many of the lines did not come.

/// Columns that are computed one after the other: so few that their channels stay in the first-level cache
/// while all outputs pass over them.
private let mostColumns = 12

/// Computes the rows of one job, whose kernel columns are the channels.
func correlatePoints(_ job: CorrelationJob) {
  unsafe correlate(RegisterTiles.Correlation.self, job)
}

@inline(__always)
private func correlate<let one: Int, let two: Int, let three: Int, let four: Int>(
  _: TileColumns<one, two, three, four>.Type, _ job: CorrelationJob
) {
  if unsafe job.width <= 0 { return }
  let groups = unsafe (job.width &+ mostColumns &- 1) / mostColumns
  for row in unsafe job.rows {
    for group in 0..<groups {
      let columns =
        unsafe group &* job.width / groups..<(group &+ 1) &* job.width / groups
      let isLast = group &+ 1 == groups
      let next = isLast ? 0 : group &+ 1
      var ahead = unsafe Ahead(
        job, row: isLast ? row &+ 1 : row,
        columns: next &* job.width / groups..<(next &+ 1) &* job.width / groups)
      var first = 0
      while unsafe first < job.outputs {
        let outputs = unsafe min(four > 0 ? 4 : 2, job.outputs &- first)
        switch outputs {
        case 4 where four > 0:
          unsafe correlateRow(Tile<4, four>.self, job, row, columns, first, &ahead)
        case 3 where three > 0:
          unsafe correlateRow(Tile<3, three>.self, job, row, columns, first, &ahead)
        case 2: unsafe correlateRow(Tile<2, two>.self, job, row, columns, first, &ahead)
        default: unsafe correlateRow(Tile<1, one>.self, job, row, columns, first, &ahead)
        }
        first &+= outputs
      }
    }
  }
}

/// The lines of the next columns: a column of the input, of the output or of its mask at a time, as
/// many of its channels as the input has.
@unsafe
private struct Ahead {
  private let input: UnsafePointer<Lanes>
  private let inputStep: Int
  private let output: UnsafePointer<Lanes>, mask: UnsafePointer<Lanes>?
  private let outputStep: Int, columnStep: Int
  /// Columns, and runs of channels of each in the output.
  private let columns: Int, runs: Int
  private let channels: Int
  private var index = 0
  private let isOver: Bool

  init(_ job: CorrelationJob, row: Int, columns range: Range<Int>) {
    let inputRow = unsafe row &+ job.rowOffsets[0]
    unsafe isOver = row >= job.rows.upperBound || inputRow >= job.inputRows
    unsafe channels = job.kernelColumns
    unsafe inputStep = channels > 1 ? job.columnOffsets[1] &- job.columnOffsets[0] : 0
    unsafe input =
      job.input
      + ((inputRow &- job.firstRow) &* job.rowStride &+ range.lowerBound &+ job.columnOffsets[0])
    let place = unsafe row &* job.outputRowStride &+ range.lowerBound &* job.outputColumnStride
    unsafe output = UnsafePointer(job.output + place)
    unsafe mask = job.mask.map { unsafe $0 + place }
    unsafe (outputStep, columnStep) = (job.outputChannelStride, job.outputColumnStride)
    unsafe columns = range.count
    unsafe runs = (job.outputs &+ channels &- 1) / channels
  }

  /// The first of the next lines, and where the one after it is; `place` again and again where there
  /// are none left.
  mutating func next(_ place: UnsafePointer<Lanes>) -> (UnsafePointer<Lanes>, Int) {
    if unsafe isOver { return unsafe (place, 0) }
    let i = unsafe index
    unsafe index &+= 1
    if unsafe i < columns { return unsafe (input + i, inputStep) }
    let j = unsafe i &- columns
    let (column, run) = unsafe (j / runs, j % runs)
    let start = unsafe run &* channels &* outputStep
    if unsafe column < columns {
      return unsafe (output + (column &* columnStep &+ start), outputStep)
    }
    if let mask = unsafe mask, unsafe column < 2 &* columns {
      return unsafe (mask + ((column &- columns) &* columnStep &+ start), outputStep)
    }
    return unsafe (place, 0)
  }
}

/// Splits columns evenly into tiles of at most `most`.
@inline(never)
private func correlateRow<let outputs: Int, let most: Int>(
  _: Tile<outputs, most>.Type, _ job: CorrelationJob, _ row: Int, _ range: Range<Int>, _ first: Int,
  _ ahead: inout Ahead
) {
  let tiles = (range.count &+ most &- 1) / most
  let size = range.count / tiles
  var wider = range.count &- tiles &* size
  var column = range.lowerBound
  while column < range.upperBound {
    let columns = wider > 0 ? size &+ 1 : size
    wider &-= 1
    let lines = unsafe ahead.next(job.input)
    switch columns {
    case 12 where most >= 12: unsafe tile(Tile<outputs, 12>.self, job, row, first, column, lines)
    case 11 where most >= 11: unsafe tile(Tile<outputs, 11>.self, job, row, first, column, lines)
    case 10 where most >= 10: unsafe tile(Tile<outputs, 10>.self, job, row, first, column, lines)
    case 9 where most >= 9: unsafe tile(Tile<outputs, 9>.self, job, row, first, column, lines)
    case 8 where most >= 8: unsafe tile(Tile<outputs, 8>.self, job, row, first, column, lines)
    case 7 where most >= 7: unsafe tile(Tile<outputs, 7>.self, job, row, first, column, lines)
    case 6 where most >= 6: unsafe tile(Tile<outputs, 6>.self, job, row, first, column, lines)
    case 5 where most >= 5: unsafe tile(Tile<outputs, 5>.self, job, row, first, column, lines)
    case 4 where most >= 4: unsafe tile(Tile<outputs, 4>.self, job, row, first, column, lines)
    case 3: unsafe tile(Tile<outputs, 3>.self, job, row, first, column, lines)
    case 2: unsafe tile(Tile<outputs, 2>.self, job, row, first, column, lines)
    default: unsafe tile(Tile<outputs, 1>.self, job, row, first, column, lines)
    }
    column &+= columns
  }
}

/// One tile: its sizes are known to the compiler, so that the loops over them unroll and the sums
/// stay in registers.
@inline(never)
private func tile<let outputs: Int, let columns: Int>(
  _: Tile<outputs, columns>.Type, _ job: CorrelationJob, _ row: Int, _ first: Int, _ column: Int,
  _ lines: (first: UnsafePointer<Lanes>, step: Int)
) {
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
  }
  // Weights are packed in fours for every instruction set, as in `Correlation.swift`.
  let channels = unsafe job.kernelColumns
  let isWhole = RegisterTiles.Correlation.four > 0
  let within = isWhole ? 0 : first & 3
  let packed = unsafe isWhole ? outputs : min(4, job.outputs &- (first &- within))
  var weight = unsafe job.weights + ((first &- within) &* channels &+ within)
  let inputRow = unsafe row &+ job.rowOffsets[0]
  let offsets = unsafe job.columnOffsets
  let line = unsafe job.input + ((inputRow &- job.firstRow) &* job.rowStride &+ column)
  var values = unsafe line + offsets[0]
  let step = unsafe channels > 1 ? offsets[1] &- offsets[0] : 0
  var (ahead, aheadStep) = unsafe lines
  let isInside = unsafe inputRow >= 0 && inputRow < job.inputRows
  for _ in 0..<(isInside ? channels : 0) {
    unsafe ck_prefetch_second(ahead)
    unsafe ahead += aheadStep
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
    unsafe values += step
    unsafe weight += packed
  }
  let lanes = unsafe ck_first_lanes(Int32(truncatingIfNeeded: job.lanes))
  let place =
    unsafe first &* job.outputChannelStride &+ row &* job.outputRowStride
    &+ column &* job.outputColumnStride
  unsafe storeSums(0, outputs, columns, &sums, job, place, lanes)
  if outputs > 1 { unsafe storeSums(1, outputs, columns, &sums, job, place, lanes) }
  if outputs > 2 { unsafe storeSums(2, outputs, columns, &sums, job, place, lanes) }
  if outputs > 3 { unsafe storeSums(3, outputs, columns, &sums, job, place, lanes) }
}

/// Stores one output channel of a tile, by one plain loop per case, as in `Correlation.swift`.
@inline(__always)
private func storeSums(
  _ o: Int, _ outputs: Int, _ columns: Int, _ sums: inout Accumulators, _ job: CorrelationJob,
  _ start: Int, _ lanes: ck_i16
) {
  let step = unsafe job.outputColumnStride
  let place = unsafe start &+ o &* job.outputChannelStride
  let output = unsafe job.output + place
  if let mask = unsafe job.mask {
    let mask = unsafe mask + place
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
