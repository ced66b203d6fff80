internal import CKernels
internal import KernelInterface

// The products of the weight gradient by Winograd's minimal filtering: at each position a product of
// matrices, [outputs] × [tiles and items] times [tiles and items] × [channels].
//
// Sixteen output channels lie in the lanes and the patches are broadcast, so that items and tiles
// are added within a lane: with items in the lanes there would be sixteen times as many sums, which
// would have to be read and written all the time.

/// Tiles of a run at most.
private let room = 6

/// Adds one job's products to its sums.
func addWeights(_ job: WeightSumJob) {
  unsafe addWeights(RegisterTiles.WinogradWeights.self, job)
}

@inline(__always)
private func addWeights<let sixteensPerTile: Int, let channelsPerTile: Int>(
  _ most: Tile<sixteensPerTile, channelsPerTile>.Type, _ job: WeightSumJob
) {
  let count = unsafe listLines(job)
  let steps =
    unsafe 24 &* tilesOfSums(job.sixteens, sixteensPerTile)
    &* tilesOfSums(job.channels, channelsPerTile) &* job.tiles
  let linesPerStep = (count &+ steps &- 1) / steps
  var fetched = 0
  for position in 0..<24 {
    var sixteen = 0
    while unsafe sixteen < job.sixteens {
      let columns = unsafe min(sixteensPerTile, job.sixteens &- sixteen)
      var channel = 0
      while unsafe channel < job.channels {
        let channels = unsafe min(channelsPerTile, job.channels &- channel)
        let place = unsafe (position &* job.channels &+ channel) &* job.sixteens &+ sixteen
        // The first column of the row, or the second for its last position.
        let column = position / 4 &* 2 &+ (position & 3) / 3
        let factors = unsafe Factors(
          gradients: job.gradients + (column &* job.gradientStride &+ sixteen &* room &* 16),
          second: job.gradientStride,
          patches: UnsafeRawPointer(job.patches + (position &* job.patchStride &+ channel &* room))
            .assumingMemoryBound(to: Float.self),
          sums: job.sums + place, sixteens: job.sixteens, tiles: job.tiles, lanes: job.lanes,
          isFirst: job.isFirst, lines: job.lines + fetched,
          linesPerStep: min(linesPerStep, (count &- fetched) / job.tiles))
        switch position & 3 {
        case 1: unsafe add(most, GradientPosition<1>.self, columns, channels, factors)
        case 2: unsafe add(most, GradientPosition<2>.self, columns, channels, factors)
        default: unsafe add(most, GradientPosition<0>.self, columns, channels, factors)
        }
        fetched &+= unsafe factors.linesPerStep &* job.tiles
        channel &+= channels
      }
      sixteen &+= columns
    }
  }
}

private func tilesOfSums(_ count: Int, _ most: Int) -> Int { (count &+ most &- 1) / most }

/// What is multiplied for one tile of sums.
@unsafe
private struct Factors {
  /// One column of the gradients, [16 output channels][six tiles][item].
  let gradients: UnsafePointer<Lanes>
  /// From there to the second column.
  let second: Int
  /// [channel][six tiles][item].
  let patches: UnsafePointer<Float>
  /// [channel][16 output channels].
  let sums: UnsafeMutablePointer<Lanes>
  let sixteens: Int
  let tiles: Int
  let lanes: Int
  let isFirst: Bool
  /// The lines to fetch, so many before each tile of the image.
  let lines: UnsafePointer<UnsafeRawPointer>
  let linesPerStep: Int
}

@inline(__always)
private func add<let most: Int, let mostChannels: Int, let kind: Int>(
  _: Tile<most, mostChannels>.Type, _ position: GradientPosition<kind>.Type, _ sixteens: Int,
  _ channels: Int, _ f: Factors
) {
  switch (sixteens, channels) {
  case (2, 12) where most >= 2 && mostChannels >= 12: unsafe addTile(Tile<2, 12>.self, position, f)
  case (2, 8) where most >= 2 && mostChannels >= 8: unsafe addTile(Tile<2, 8>.self, position, f)
  case (2, _) where most >= 2: unsafe addTile(Tile<2, 4>.self, position, f)
  case (_, 12) where mostChannels >= 12: unsafe addTile(Tile<1, 12>.self, position, f)
  case (_, 8) where mostChannels >= 8: unsafe addTile(Tile<1, 8>.self, position, f)
  default: unsafe addTile(Tile<1, 4>.self, position, f)
  }
}

/// One tile of sums: its sizes are known to the compiler, so that the sums stay in registers.
@inline(never)
private func addTile<let sixteens: Int, let channels: Int, let kind: Int>(
  _: Tile<sixteens, channels>.Type, _: GradientPosition<kind>.Type, _ f: Factors
) {
  var sums = Accumulators(repeating: ck_splat(0))
  var gradient = unsafe f.gradients
  var patch = unsafe f.patches
  var line = unsafe f.lines
  let rest = unsafe 16 &- f.lanes
  let second = unsafe f.second
  for _ in unsafe 0..<f.tiles {
    for _ in unsafe 0..<f.linesPerStep {
      unsafe ck_prefetch(line.pointee)
      unsafe line += 1
    }
    for _ in unsafe 0..<f.lanes {
      let g0 = unsafe transformed(kind, gradient, second)
      let g1 = unsafe sixteens > 1 ? transformed(kind, gradient + room &* 16, second) : g0
      unsafe multiply(0, sixteens, g0, g1, patch, &sums)
      if channels > 4 { unsafe multiply(4, sixteens, g0, g1, patch, &sums) }
      if channels > 8 { unsafe multiply(8, sixteens, g0, g1, patch, &sums) }
      unsafe gradient += 1
      unsafe patch += 1
    }
    unsafe gradient += rest
    unsafe patch += rest
  }
  unsafe keep(0, sixteens, f, &sums)
  if channels > 4 { unsafe keep(4, sixteens, f, &sums) }
  if channels > 8 { unsafe keep(8, sixteens, f, &sums) }
}

/// The gradient at a position: the second half of its transform.
@inline(__always)
private func transformed(
  _ kind: Int, _ gradient: UnsafePointer<Lanes>, _ second: Int
) -> Lanes {
  let a = unsafe ck_load(gradient)
  if kind == 0 { return a }
  let b = unsafe ck_load(gradient + second)
  return kind == 1 ? ck_add(a, b) : ck_subtract(a, b)
}

/// Adds the products of four channels with one tile and item.
@inline(__always)
private func multiply(
  _ channel: Int, _ sixteens: Int, _ g0: Lanes, _ g1: Lanes, _ patch: UnsafePointer<Float>,
  _ sums: inout Accumulators
) {
  for c in channel..<channel &+ 4 {
    let value = unsafe ck_splat(patch[c &* room &* 16])
    let s = c &* sixteens
    sums[s] = ck_fma(g0, value, sums[s])
    if sixteens > 1 { sums[s &+ 1] = ck_fma(g1, value, sums[s &+ 1]) }
  }
}

/// Adds the sums of four channels to those that are kept.
@inline(__always)
private func keep(_ channel: Int, _ sixteens: Int, _ f: Factors, _ sums: inout Accumulators) {
  for c in channel..<channel &+ 4 {
    let (s, kept) = unsafe (c &* sixteens, f.sums + c &* f.sixteens)
    unsafe ck_store(kept, ck_add(f.isFirst ? ck_splat(0) : ck_load(kept), sums[s]))
    if sixteens > 1 {
      unsafe ck_store(
        kept + 1, ck_add(f.isFirst ? ck_splat(0) : ck_load(kept + 1), sums[s &+ 1]))
    }
  }
}
