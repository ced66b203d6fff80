internal import CKernels
internal import KernelInterface

// The loops of a convolution's weight gradient. A tile of output channels × taps stays in registers
// while a few rows of all columns are added to it.

/// Adds the rows of one job to its partial sums.
func accumulateWeightGradient(_ job: WeightGradientJob) {
  unsafe accumulate(RegisterTiles.WeightGradient.self, job)
}

@inline(__always)
private func accumulate<let one: Int, let two: Int, let three: Int, let four: Int>(
  _: TileColumns<one, two, three, four>.Type, _ job: WeightGradientJob
) {
  // The rows of a few output channels stay in the first-level cache while all taps pass over them.
  var first = 0
  while unsafe first < job.outputs {
    let outputs = unsafe min(four > 0 ? 4 : 2, job.outputs &- first)
    for u in unsafe 0..<job.kernelRows {
      switch outputs {
      case 4 where four > 0: unsafe accumulateRow(Tile<4, four>.self, job, first, u)
      case 3 where three > 0: unsafe accumulateRow(Tile<3, three>.self, job, first, u)
      case 2: unsafe accumulateRow(Tile<2, two>.self, job, first, u)
      default: unsafe accumulateRow(Tile<1, one>.self, job, first, u)
      }
    }
    first &+= outputs
  }
}

/// Splits the taps of a kernel row evenly into tiles of at most `most`.
@inline(never)
private func accumulateRow<let outputs: Int, let most: Int>(
  _: Tile<outputs, most>.Type, _ job: WeightGradientJob, _ first: Int, _ u: Int
) {
  unsafe forEachTile(job.taps, most) { tap, taps in
    switch taps {
    case 8 where most >= 8: unsafe tile(Tile<outputs, 8>.self, job, first, u, tap)
    case 7 where most >= 7: unsafe tile(Tile<outputs, 7>.self, job, first, u, tap)
    case 6 where most >= 6: unsafe tile(Tile<outputs, 6>.self, job, first, u, tap)
    case 5 where most >= 5: unsafe tile(Tile<outputs, 5>.self, job, first, u, tap)
    case 4 where most >= 4: unsafe tile(Tile<outputs, 4>.self, job, first, u, tap)
    case 3: unsafe tile(Tile<outputs, 3>.self, job, first, u, tap)
    case 2: unsafe tile(Tile<outputs, 2>.self, job, first, u, tap)
    default: unsafe tile(Tile<outputs, 1>.self, job, first, u, tap)
    }
  }
}

/// Calls `body` for each of the fewest tiles of at most `most` taps, as even as can be.
@inline(__always)
private func forEachTile(_ taps: Int, _ most: Int, _ body: (_ tap: Int, _ taps: Int) -> Void) {
  let tiles = (taps &+ most &- 1) / most
  if tiles == 0 { return }
  let size = taps / tiles
  var larger = taps &- tiles &* size
  var tap = 0
  while tap < taps {
    let count = larger > 0 ? size &+ 1 : size
    larger &-= 1
    body(tap, count)
    tap &+= count
  }
}

/// One tile: its sizes are known to the compiler, so that the loops over them unroll and the sums
/// stay in registers.
@inline(never)
private func tile<let outputs: Int, let taps: Int>(
  _: Tile<outputs, taps>.Type, _ job: WeightGradientJob, _ first: Int, _ u: Int, _ tap: Int
) {
  // The sums lie in tiles of four output channels for every instruction set; where registers are
  // few, a tile is computed in parts.
  let isWhole = RegisterTiles.WeightGradient.four > 0
  let within = isWhole ? 0 : first & 3
  let width = unsafe isWhole ? outputs : min(4, job.outputs &- (first &- within))
  let kept =
    unsafe job.sums
    + ((first &- within) &* job.kernelRows &* job.taps &+ (u &* job.taps &+ tap) &* width &+ within)
  var sums = Accumulators(repeating: ck_splat(0))
  // Not a loop over all sums: that is taken for a copy of memory, which keeps them there.
  if unsafe !job.begins {
    for t in 0..<taps { unsafe load(t, outputs, kept + t &* width, &sums) }
  }
  // Eight offsets by name: an array of them would have to be read again in every column.
  let o0 = unsafe job.tapOffsets[tap]
  let o1 = unsafe taps > 1 ? job.tapOffsets[tap &+ 1] : 0
  let o2 = unsafe taps > 2 ? job.tapOffsets[tap &+ 2] : 0
  let o3 = unsafe taps > 3 ? job.tapOffsets[tap &+ 3] : 0
  let o4 = unsafe taps > 4 ? job.tapOffsets[tap &+ 4] : 0
  let o5 = unsafe taps > 5 ? job.tapOffsets[tap &+ 5] : 0
  let o6 = unsafe taps > 6 ? job.tapOffsets[tap &+ 6] : 0
  let o7 = unsafe taps > 7 ? job.tapOffsets[tap &+ 7] : 0
  let channel = unsafe job.gradientChannelStride
  let columns = unsafe job.width
  let (step, gradientStep) = unsafe (job.columnStep, job.gradientColumnStep)
  for row in unsafe job.rows {
    let inputRow = unsafe row &* job.rowStep &+ job.rowOffsets[u]
    if unsafe inputRow < 0 || inputRow >= job.inputRows { continue }
    var input = unsafe job.input + (inputRow &- job.firstRow) &* job.rowStride
    var gradient = unsafe job.gradient + (first &* channel &+ row &* job.gradientRowStride)
    for _ in 0..<columns {
      let d0 = unsafe ck_load(gradient)
      let d1 = unsafe outputs > 1 ? ck_load(gradient + channel) : d0
      let d2 = unsafe outputs > 2 ? ck_load(gradient + 2 &* channel) : d0
      let d3 = unsafe outputs > 3 ? ck_load(gradient + 3 &* channel) : d0
      unsafe addTap(0, outputs, ck_load(input + o0), d0, d1, d2, d3, &sums)
      if taps > 1 { unsafe addTap(1, outputs, ck_load(input + o1), d0, d1, d2, d3, &sums) }
      if taps > 2 { unsafe addTap(2, outputs, ck_load(input + o2), d0, d1, d2, d3, &sums) }
      if taps > 3 { unsafe addTap(3, outputs, ck_load(input + o3), d0, d1, d2, d3, &sums) }
      if taps > 4 { unsafe addTap(4, outputs, ck_load(input + o4), d0, d1, d2, d3, &sums) }
      if taps > 5 { unsafe addTap(5, outputs, ck_load(input + o5), d0, d1, d2, d3, &sums) }
      if taps > 6 { unsafe addTap(6, outputs, ck_load(input + o6), d0, d1, d2, d3, &sums) }
      if taps > 7 { unsafe addTap(7, outputs, ck_load(input + o7), d0, d1, d2, d3, &sums) }
      unsafe input += step
      unsafe gradient += gradientStep
    }
  }
  for t in 0..<taps { unsafe store(t, outputs, kept + t &* width, &sums) }
}

/// Adds one input value's products with up to four gradients.
@inline(__always)
private func addTap(
  _ tap: Int, _ outputs: Int, _ value: Lanes, _ d0: Lanes, _ d1: Lanes, _ d2: Lanes,
  _ d3: Lanes,
  _ sums: inout Accumulators
) {
  let s = tap &* outputs
  sums[s] = ck_fma(value, d0, sums[s])
  if outputs > 1 { sums[s &+ 1] = ck_fma(value, d1, sums[s &+ 1]) }
  if outputs > 2 { sums[s &+ 2] = ck_fma(value, d2, sums[s &+ 2]) }
  if outputs > 3 { sums[s &+ 3] = ck_fma(value, d3, sums[s &+ 3]) }
}

/// Reads one tap's sums.
@inline(__always)
private func load(
  _ tap: Int, _ outputs: Int, _ kept: UnsafeMutablePointer<Lanes>, _ sums: inout Accumulators
) {
  let s = tap &* outputs
  unsafe sums[s] = ck_load(kept)
  if outputs > 1 { unsafe sums[s &+ 1] = ck_load(kept + 1) }
  if outputs > 2 { unsafe sums[s &+ 2] = ck_load(kept + 2) }
  if outputs > 3 { unsafe sums[s &+ 3] = ck_load(kept + 3) }
}

/// Writes one tap's sums.
@inline(__always)
private func store(
  _ tap: Int, _ outputs: Int, _ kept: UnsafeMutablePointer<Lanes>, _ sums: inout Accumulators
) {
  let s = tap &* outputs
  unsafe ck_store(kept, sums[s])
  if outputs > 1 { unsafe ck_store(kept + 1, sums[s &+ 1]) }
  if outputs > 2 { unsafe ck_store(kept + 2, sums[s &+ 2]) }
  if outputs > 3 { unsafe ck_store(kept + 3, sums[s &+ 3]) }
}
