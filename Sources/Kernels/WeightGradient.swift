internal import CKernels
public import KernelInterface

// The loops of a convolution's weight gradient. A tile of output channels × taps stays in registers
// while a few rows of all columns are added to it.

#if KERNELS_V4
  private typealias Accumulators = InlineArray<24, Lanes>
#else
  private typealias Accumulators = InlineArray<6, Lanes>
#endif

/// Adds the rows of one job to its partial sums.
public func accumulateWeightGradient(_ job: WeightGradientJob) {
  // The rows of a few output channels stay in the first-level cache while all taps pass over them.
  var first = 0
  while unsafe first < job.outputs {
    #if KERNELS_V4
      let outputs = unsafe min(4, job.outputs &- first)
    #else
      let outputs = unsafe min(2, job.outputs &- first)
    #endif
    for u in unsafe 0..<job.kernelRows {
      switch outputs {
      #if KERNELS_V4
        case 4: unsafe accumulate4(job, first, u)
        case 3: unsafe accumulate3(job, first, u)
      #endif
      case 2: unsafe accumulate2(job, first, u)
      default: unsafe accumulate1(job, first, u)
      }
    }
    first &+= outputs
  }
}

/// Splits the taps evenly into tiles of at most `most` and calls `body` for each.
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

// One function per size: the inliner gives up on a function that holds many unrolled tiles.

#if KERNELS_V4
  @inline(never)
  private func accumulate4(_ job: WeightGradientJob, _ first: Int, _ u: Int) {
    unsafe forEachTile(job.taps, 6) { tap, taps in
      switch taps {
      case 6: unsafe tile4x6(job, first, u, tap)
      case 5: unsafe tile4x5(job, first, u, tap)
      case 4: unsafe tile4x4(job, first, u, tap)
      case 3: unsafe tile4x3(job, first, u, tap)
      case 2: unsafe tile4x2(job, first, u, tap)
      default: unsafe tile4x1(job, first, u, tap)
      }
    }
  }

  @inline(never)
  private func accumulate3(_ job: WeightGradientJob, _ first: Int, _ u: Int) {
    unsafe forEachTile(job.taps, 8) { tap, taps in
      switch taps {
      case 8: unsafe tile3x8(job, first, u, tap)
      case 7: unsafe tile3x7(job, first, u, tap)
      case 6: unsafe tile3x6(job, first, u, tap)
      case 5: unsafe tile3x5(job, first, u, tap)
      case 4: unsafe tile3x4(job, first, u, tap)
      case 3: unsafe tile3x3(job, first, u, tap)
      case 2: unsafe tile3x2(job, first, u, tap)
      default: unsafe tile3x1(job, first, u, tap)
      }
    }
  }

  @inline(never)
  private func accumulate2(_ job: WeightGradientJob, _ first: Int, _ u: Int) {
    unsafe forEachTile(job.taps, 8) { tap, taps in
      switch taps {
      case 8: unsafe tile2x8(job, first, u, tap)
      case 7: unsafe tile2x7(job, first, u, tap)
      case 6: unsafe tile2x6(job, first, u, tap)
      case 5: unsafe tile2x5(job, first, u, tap)
      case 4: unsafe tile2x4(job, first, u, tap)
      case 3: unsafe tile2x3(job, first, u, tap)
      case 2: unsafe tile2x2(job, first, u, tap)
      default: unsafe tile2x1(job, first, u, tap)
      }
    }
  }

  @inline(never)
  private func accumulate1(_ job: WeightGradientJob, _ first: Int, _ u: Int) {
    unsafe forEachTile(job.taps, 8) { tap, taps in
      switch taps {
      case 8: unsafe tile1x8(job, first, u, tap)
      case 7: unsafe tile1x7(job, first, u, tap)
      case 6: unsafe tile1x6(job, first, u, tap)
      case 5: unsafe tile1x5(job, first, u, tap)
      case 4: unsafe tile1x4(job, first, u, tap)
      case 3: unsafe tile1x3(job, first, u, tap)
      case 2: unsafe tile1x2(job, first, u, tap)
      default: unsafe tile1x1(job, first, u, tap)
      }
    }
  }

  @inline(never) private func tile4x6(_ j: WeightGradientJob, _ o: Int, _ u: Int, _ t: Int) {
    unsafe accumulateTile(4, 6, j, o, u, t)
  }
  @inline(never) private func tile4x5(_ j: WeightGradientJob, _ o: Int, _ u: Int, _ t: Int) {
    unsafe accumulateTile(4, 5, j, o, u, t)
  }
  @inline(never) private func tile4x4(_ j: WeightGradientJob, _ o: Int, _ u: Int, _ t: Int) {
    unsafe accumulateTile(4, 4, j, o, u, t)
  }
  @inline(never) private func tile4x3(_ j: WeightGradientJob, _ o: Int, _ u: Int, _ t: Int) {
    unsafe accumulateTile(4, 3, j, o, u, t)
  }
  @inline(never) private func tile4x2(_ j: WeightGradientJob, _ o: Int, _ u: Int, _ t: Int) {
    unsafe accumulateTile(4, 2, j, o, u, t)
  }
  @inline(never) private func tile4x1(_ j: WeightGradientJob, _ o: Int, _ u: Int, _ t: Int) {
    unsafe accumulateTile(4, 1, j, o, u, t)
  }
  @inline(never) private func tile3x8(_ j: WeightGradientJob, _ o: Int, _ u: Int, _ t: Int) {
    unsafe accumulateTile(3, 8, j, o, u, t)
  }
  @inline(never) private func tile3x7(_ j: WeightGradientJob, _ o: Int, _ u: Int, _ t: Int) {
    unsafe accumulateTile(3, 7, j, o, u, t)
  }
  @inline(never) private func tile3x6(_ j: WeightGradientJob, _ o: Int, _ u: Int, _ t: Int) {
    unsafe accumulateTile(3, 6, j, o, u, t)
  }
  @inline(never) private func tile3x5(_ j: WeightGradientJob, _ o: Int, _ u: Int, _ t: Int) {
    unsafe accumulateTile(3, 5, j, o, u, t)
  }
  @inline(never) private func tile3x4(_ j: WeightGradientJob, _ o: Int, _ u: Int, _ t: Int) {
    unsafe accumulateTile(3, 4, j, o, u, t)
  }
  @inline(never) private func tile3x3(_ j: WeightGradientJob, _ o: Int, _ u: Int, _ t: Int) {
    unsafe accumulateTile(3, 3, j, o, u, t)
  }
  @inline(never) private func tile3x2(_ j: WeightGradientJob, _ o: Int, _ u: Int, _ t: Int) {
    unsafe accumulateTile(3, 2, j, o, u, t)
  }
  @inline(never) private func tile3x1(_ j: WeightGradientJob, _ o: Int, _ u: Int, _ t: Int) {
    unsafe accumulateTile(3, 1, j, o, u, t)
  }
  @inline(never) private func tile2x8(_ j: WeightGradientJob, _ o: Int, _ u: Int, _ t: Int) {
    unsafe accumulateTile(2, 8, j, o, u, t)
  }
  @inline(never) private func tile2x7(_ j: WeightGradientJob, _ o: Int, _ u: Int, _ t: Int) {
    unsafe accumulateTile(2, 7, j, o, u, t)
  }
  @inline(never) private func tile2x6(_ j: WeightGradientJob, _ o: Int, _ u: Int, _ t: Int) {
    unsafe accumulateTile(2, 6, j, o, u, t)
  }
  @inline(never) private func tile2x5(_ j: WeightGradientJob, _ o: Int, _ u: Int, _ t: Int) {
    unsafe accumulateTile(2, 5, j, o, u, t)
  }
  @inline(never) private func tile2x4(_ j: WeightGradientJob, _ o: Int, _ u: Int, _ t: Int) {
    unsafe accumulateTile(2, 4, j, o, u, t)
  }
  @inline(never) private func tile2x3(_ j: WeightGradientJob, _ o: Int, _ u: Int, _ t: Int) {
    unsafe accumulateTile(2, 3, j, o, u, t)
  }
  @inline(never) private func tile2x2(_ j: WeightGradientJob, _ o: Int, _ u: Int, _ t: Int) {
    unsafe accumulateTile(2, 2, j, o, u, t)
  }
  @inline(never) private func tile2x1(_ j: WeightGradientJob, _ o: Int, _ u: Int, _ t: Int) {
    unsafe accumulateTile(2, 1, j, o, u, t)
  }
  @inline(never) private func tile1x8(_ j: WeightGradientJob, _ o: Int, _ u: Int, _ t: Int) {
    unsafe accumulateTile(1, 8, j, o, u, t)
  }
  @inline(never) private func tile1x7(_ j: WeightGradientJob, _ o: Int, _ u: Int, _ t: Int) {
    unsafe accumulateTile(1, 7, j, o, u, t)
  }
  @inline(never) private func tile1x6(_ j: WeightGradientJob, _ o: Int, _ u: Int, _ t: Int) {
    unsafe accumulateTile(1, 6, j, o, u, t)
  }
  @inline(never) private func tile1x5(_ j: WeightGradientJob, _ o: Int, _ u: Int, _ t: Int) {
    unsafe accumulateTile(1, 5, j, o, u, t)
  }
  @inline(never) private func tile1x4(_ j: WeightGradientJob, _ o: Int, _ u: Int, _ t: Int) {
    unsafe accumulateTile(1, 4, j, o, u, t)
  }
  @inline(never) private func tile1x3(_ j: WeightGradientJob, _ o: Int, _ u: Int, _ t: Int) {
    unsafe accumulateTile(1, 3, j, o, u, t)
  }
  @inline(never) private func tile1x2(_ j: WeightGradientJob, _ o: Int, _ u: Int, _ t: Int) {
    unsafe accumulateTile(1, 2, j, o, u, t)
  }
  @inline(never) private func tile1x1(_ j: WeightGradientJob, _ o: Int, _ u: Int, _ t: Int) {
    unsafe accumulateTile(1, 1, j, o, u, t)
  }
#else
  @inline(never)
  private func accumulate2(_ job: WeightGradientJob, _ first: Int, _ u: Int) {
    unsafe forEachTile(job.taps, 3) { tap, taps in
      switch taps {
      case 3: unsafe tile2x3(job, first, u, tap)
      case 2: unsafe tile2x2(job, first, u, tap)
      default: unsafe tile2x1(job, first, u, tap)
      }
    }
  }

  @inline(never)
  private func accumulate1(_ job: WeightGradientJob, _ first: Int, _ u: Int) {
    unsafe forEachTile(job.taps, 5) { tap, taps in
      switch taps {
      case 5: unsafe tile1x5(job, first, u, tap)
      case 4: unsafe tile1x4(job, first, u, tap)
      case 3: unsafe tile1x3(job, first, u, tap)
      case 2: unsafe tile1x2(job, first, u, tap)
      default: unsafe tile1x1(job, first, u, tap)
      }
    }
  }

  @inline(never) private func tile2x3(_ j: WeightGradientJob, _ o: Int, _ u: Int, _ t: Int) {
    unsafe accumulateTile(2, 3, j, o, u, t)
  }
  @inline(never) private func tile2x2(_ j: WeightGradientJob, _ o: Int, _ u: Int, _ t: Int) {
    unsafe accumulateTile(2, 2, j, o, u, t)
  }
  @inline(never) private func tile2x1(_ j: WeightGradientJob, _ o: Int, _ u: Int, _ t: Int) {
    unsafe accumulateTile(2, 1, j, o, u, t)
  }
  @inline(never) private func tile1x5(_ j: WeightGradientJob, _ o: Int, _ u: Int, _ t: Int) {
    unsafe accumulateTile(1, 5, j, o, u, t)
  }
  @inline(never) private func tile1x4(_ j: WeightGradientJob, _ o: Int, _ u: Int, _ t: Int) {
    unsafe accumulateTile(1, 4, j, o, u, t)
  }
  @inline(never) private func tile1x3(_ j: WeightGradientJob, _ o: Int, _ u: Int, _ t: Int) {
    unsafe accumulateTile(1, 3, j, o, u, t)
  }
  @inline(never) private func tile1x2(_ j: WeightGradientJob, _ o: Int, _ u: Int, _ t: Int) {
    unsafe accumulateTile(1, 2, j, o, u, t)
  }
  @inline(never) private func tile1x1(_ j: WeightGradientJob, _ o: Int, _ u: Int, _ t: Int) {
    unsafe accumulateTile(1, 1, j, o, u, t)
  }
#endif

/// One tile. `outputs` and `taps` are literals at every call, so that the loops over them unroll
/// and the sums stay in registers.
@inline(__always)
private func accumulateTile(
  _ outputs: Int, _ taps: Int, _ job: WeightGradientJob, _ first: Int, _ u: Int, _ tap: Int
) {
  // The sums lie in tiles of four output channels for every instruction set; where registers are
  // few, a tile is computed in parts.
  #if KERNELS_V4
    let (within, width) = (0, outputs)
  #else
    let within = first & 3
    let width = unsafe min(4, job.outputs &- (first &- within))
  #endif
  let kept =
    unsafe job.sums
    + ((first &- within) &* job.kernelRows &* job.taps &+ (u &* job.taps &+ tap) &* width &+ within)
  var sums = Accumulators(repeating: ck_splat(0))
  // Not a loop over all sums: that is taken for a copy of memory, which keeps them there.
  for t in 0..<taps { unsafe load(t, outputs, kept + t &* width, &sums) }
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
      unsafe input += 1
      unsafe gradient += 1
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
