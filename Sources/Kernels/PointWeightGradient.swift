internal import CKernels
internal import KernelInterface

// The weight gradient of a convolution whose kernel is one cell: for each pair of channels a sum over
// the pixels, which lie one after the other in both. What the next run of pixels needs is fetched
// meanwhile, a line for each pixel, as in `PointCorrelation.swift`.

/// Adds the pixels of one job to its partial sums: its rows, of one pixel each.
func accumulatePoints(_ job: WeightGradientJob) {
  unsafe accumulate(RegisterTiles.WeightGradient.self, job)
}

@inline(__always)
private func accumulate<let one: Int, let two: Int, let three: Int, let four: Int>(
  _: TileColumns<one, two, three, four>.Type, _ job: WeightGradientJob
) {
  // The pixels of a few output channels stay in the first-level cache while all channels pass over
  // them.
  var first = 0
  var fetched = 0
  while unsafe first < job.outputs {
    let outputs = unsafe min(four > 0 ? 4 : 2, job.outputs &- first)
    switch outputs {
    case 4 where four > 0: unsafe accumulate(Tile<4, four>.self, job, first, &fetched)
    case 3 where three > 0: unsafe accumulate(Tile<3, three>.self, job, first, &fetched)
    case 2: unsafe accumulate(Tile<2, two>.self, job, first, &fetched)
    default: unsafe accumulate(Tile<1, one>.self, job, first, &fetched)
    }
    first &+= outputs
  }
}

/// Splits the channels evenly into tiles of at most `most`. The first ones fetch the pixels of the
/// output channels that follow, which are read once; the others the next pixels of the channels.
@inline(never)
private func accumulate<let outputs: Int, let most: Int>(
  _: Tile<outputs, most>.Type, _ job: WeightGradientJob, _ first: Int, _ fetched: inout Int
) {
  let tiles = unsafe (job.taps &+ most &- 1) / most
  if tiles == 0 { return }
  let size = unsafe job.taps / tiles
  var larger = unsafe job.taps &- tiles &* size
  let next = unsafe job.rows.upperBound
  let isLast = unsafe next >= job.inputRows
  var tap = 0
  for index in 0..<tiles {
    let taps = larger > 0 ? size &+ 1 : size
    larger &-= 1
    var ahead = unsafe (job.gradient, 0)
    let output = first &+ outputs &+ index
    if index < outputs {
      if unsafe output < job.outputs {
        unsafe ahead = (
          job.gradient + (output &* job.gradientChannelStride &+ job.rows.lowerBound), 1
        )
      } else if !isLast {
        unsafe ahead = (
          job.gradient + ((output &- job.outputs) &* job.gradientChannelStride &+ next), 1
        )
      }
    } else if unsafe !isLast && fetched < job.taps {
      unsafe ahead = (job.input + (job.tapOffsets[fetched] &+ next), 1)
      fetched &+= 1
    }
    switch taps {
    case 8 where most >= 8: unsafe tile(Tile<outputs, 8>.self, job, first, tap, ahead)
    case 7 where most >= 7: unsafe tile(Tile<outputs, 7>.self, job, first, tap, ahead)
    case 6 where most >= 6: unsafe tile(Tile<outputs, 6>.self, job, first, tap, ahead)
    case 5 where most >= 5: unsafe tile(Tile<outputs, 5>.self, job, first, tap, ahead)
    case 4 where most >= 4: unsafe tile(Tile<outputs, 4>.self, job, first, tap, ahead)
    case 3: unsafe tile(Tile<outputs, 3>.self, job, first, tap, ahead)
    case 2: unsafe tile(Tile<outputs, 2>.self, job, first, tap, ahead)
    default: unsafe tile(Tile<outputs, 1>.self, job, first, tap, ahead)
    }
    tap &+= taps
  }
}

/// One tile: its sizes are known to the compiler, so that the loops over them unroll and the sums
/// stay in registers.
@inline(never)
private func tile<let outputs: Int, let taps: Int>(
  _: Tile<outputs, taps>.Type, _ job: WeightGradientJob, _ first: Int, _ tap: Int,
  _ lines: (first: UnsafePointer<Lanes>, step: Int)
) {
  // The sums lie as in `WeightGradient.swift`.
  let isWhole = RegisterTiles.WeightGradient.four > 0
  let within = isWhole ? 0 : first & 3
  let width = unsafe isWhole ? outputs : min(4, job.outputs &- (first &- within))
  let kept = unsafe job.sums + ((first &- within) &* job.taps &+ tap &* width &+ within)
  var sums = Accumulators(repeating: ck_splat(0))
  // Not a loop over all sums: that is taken for a copy of memory, which keeps them there.
  if unsafe !job.begins {
    for t in 0..<taps { unsafe load(t, outputs, kept + t &* width, &sums) }
  }
  let start = unsafe job.rows.lowerBound
  let step = unsafe job.taps > 1 ? job.tapOffsets[1] &- job.tapOffsets[0] : 0
  let channel = unsafe job.gradientChannelStride
  var input = unsafe job.input + (job.tapOffsets[tap] &+ start)
  var gradient = unsafe job.gradient + (first &* channel &+ start)
  var (ahead, aheadStep) = unsafe lines
  for _ in unsafe job.rows {
    unsafe ck_prefetch_second(ahead)
    unsafe ahead += aheadStep
    let d0 = unsafe ck_load(gradient)
    let d1 = unsafe outputs > 1 ? ck_load(gradient + channel) : d0
    let d2 = unsafe outputs > 2 ? ck_load(gradient + 2 &* channel) : d0
    let d3 = unsafe outputs > 3 ? ck_load(gradient + 3 &* channel) : d0
    for t in 0..<taps {
      let value = unsafe ck_load(input + t &* step)
      let s = t &* outputs
      sums[s] = ck_fma(value, d0, sums[s])
      if outputs > 1 { sums[s &+ 1] = ck_fma(value, d1, sums[s &+ 1]) }
      if outputs > 2 { sums[s &+ 2] = ck_fma(value, d2, sums[s &+ 2]) }
      if outputs > 3 { sums[s &+ 3] = ck_fma(value, d3, sums[s &+ 3]) }
    }
    unsafe input += 1
    unsafe gradient += 1
  }
  for t in 0..<taps { unsafe store(t, outputs, kept + t &* width, &sums) }
}

/// Reads one channel's sums.
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

/// Writes one channel's sums.
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
