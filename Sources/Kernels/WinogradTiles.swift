internal import CKernels
internal import KernelInterface

// The second and third step of Winograd's minimal filtering: at each of the 24 positions a product
// of matrices, whose tile of four outputs × six tiles stays in registers, and then the way back: for
// the four rows and the two columns of a tile, with a = √½ and b = √2,
//
//     ⎡1  1   1  1   1  0⎤        ⎡1  1  1  0⎤
//     ⎢0  a  −a  b  −b  0⎥        ⎣0  1 −1 −1⎦
//     ⎢0  ½   ½  2   2  0⎥
//     ⎣0  a³ −a³ b³ −b³ 1⎦

/// Tiles of a run at most.
private let room = 6

/// Computes the outputs of one job.
func computeTiles(_ job: TileJob) {
  let lanes = unsafe ck_first_lanes(Int32(truncatingIfNeeded: job.lanes))
  var weights = unsafe job.weights
  var first = 0
  let lines = unsafe listLines(job)
  while unsafe first < job.outputs {
    if first > 0 { unsafe moveLines(job, lines) }
    // Four outputs at a time, all positions: the products are still near when they are added.
    for position in 0..<24 {
      let product = unsafe Product(
        patches: job.patches + position &* job.positionStride, weights: weights,
        result: job.products + position &* 4 &* room,
        lines: job.lines + position &* job.channels, channels: job.channels)
      unsafe multiply(RegisterTiles.WinogradProduct.self, job.tiles.count, product)
      unsafe weights += 4 &* job.channels
    }
    for o in unsafe 0..<min(4, job.outputs &- first) {
      if let winners = unsafe job.winners {
        unsafe finishAndPool(job, first &+ o, job.products + o, winners, lanes)
      } else {
        unsafe finish(job, first &+ o, job.products + o, lanes)
      }
    }
    first &+= 4
  }
}

/// What is multiplied at one position.
@unsafe
private struct Product {
  /// [channel][six tiles].
  var patches: UnsafePointer<Lanes>
  /// [channel][output of the four].
  var weights: UnsafePointer<Float>
  /// [six tiles][output of the four].
  var result: UnsafeMutablePointer<Lanes>
  /// A line to fetch per channel.
  let lines: UnsafePointer<UnsafeRawPointer>
  let channels: Int
}

/// Splits the run into tiles of at most `most`, and the four outputs where the registers hold two.
@inline(__always)
private func multiply<let outputs: Int, let most: Int>(
  _: Tile<outputs, most>.Type, _ tiles: Int, _ product: Product
) {
  var tile = 0
  while tile < tiles {
    // Threes, and a four as two twos.
    let size = most == 3 && tiles &- tile == 4 ? 2 : min(most, tiles &- tile)
    var p = unsafe product
    unsafe p.patches += tile
    unsafe p.result += 4 &* tile
    for _ in 0..<4 / outputs {
      switch size {
      case 6 where most >= 6: unsafe multiplyTile(Tile<outputs, 6>.self, p)
      case 5 where most >= 5: unsafe multiplyTile(Tile<outputs, 5>.self, p)
      case 4 where most >= 4: unsafe multiplyTile(Tile<outputs, 4>.self, p)
      case 3: unsafe multiplyTile(Tile<outputs, 3>.self, p)
      case 2: unsafe multiplyTile(Tile<outputs, 2>.self, p)
      default: unsafe multiplyTile(Tile<outputs, 1>.self, p)
      }
      unsafe p.weights += outputs
      unsafe p.result += outputs
    }
    tile &+= size
  }
}

/// The products of some outputs and tiles at one position: their numbers are known to the compiler,
/// so that the loops over them unroll and the sums stay in registers.
@inline(never)
private func multiplyTile<let outputs: Int, let tiles: Int>(
  _: Tile<outputs, tiles>.Type, _ p: Product
) {
  var sums = Accumulators(repeating: ck_splat(0))
  var patch = unsafe p.patches
  var weight = unsafe p.weights
  var line = unsafe p.lines
  for _ in unsafe 0..<p.channels {
    unsafe ck_prefetch(line.pointee)
    unsafe line += 1
    let w0 = unsafe ck_splat(weight[0])
    let w1 = unsafe ck_splat(weight[1])
    let w2 = unsafe outputs > 2 ? ck_splat(weight[2]) : w0
    let w3 = unsafe outputs > 2 ? ck_splat(weight[3]) : w0
    for t in 0..<tiles {
      let value = unsafe ck_load(patch + t)
      let s = t &* outputs
      sums[s] = ck_fma(value, w0, sums[s])
      sums[s &+ 1] = ck_fma(value, w1, sums[s &+ 1])
      if outputs > 2 {
        sums[s &+ 2] = ck_fma(value, w2, sums[s &+ 2])
        sums[s &+ 3] = ck_fma(value, w3, sums[s &+ 3])
      }
    }
    unsafe patch += room
    unsafe weight += 4
  }
  // Not a loop over all sums: that is taken for a copy of memory, which keeps them there.
  for t in 0..<tiles {
    let (s, product) = unsafe (t &* outputs, p.result + 4 &* t)
    unsafe ck_store(product, sums[s])
    unsafe ck_store(product + 1, sums[s &+ 1])
    if outputs > 2 {
      unsafe ck_store(product + 2, sums[s &+ 2])
      unsafe ck_store(product + 3, sums[s &+ 3])
    }
  }
}

/// Transforms the products of one output channel back and stores what lies inside the output.
@inline(never)
private func finish(
  _ job: TileJob, _ channel: Int, _ products: UnsafePointer<Lanes>, _ lanes: ck_i16
) {
  let (height, width) = unsafe (job.height, job.width)
  let bias = unsafe ck_splat(job.bias.map { unsafe $0[channel] } ?? 0)
  let plane = unsafe job.output + channel &* height &* width
  let mask = unsafe job.mask.map { unsafe $0 + channel &* height &* width }
  let rectifies = unsafe job.rectifies
  var tileRow = unsafe job.tiles.lowerBound / job.tileColumns
  var tileColumn = unsafe job.tiles.lowerBound &- tileRow &* job.tileColumns
  for tile in unsafe 0..<job.tiles.count {
    let (left, right) = unsafe columns(products + 4 &* tile, bias)
    let (row, first) = (4 &* tileRow, 2 &* tileColumn)
    let hasRight = first &+ 1 < width
    var place = row &* width &+ first
    unsafe store(left.y0, plane, mask, place, rectifies, lanes)
    if hasRight { unsafe store(right.y0, plane, mask, place &+ 1, rectifies, lanes) }
    if row &+ 1 < height {
      place &+= width
      unsafe store(left.y1, plane, mask, place, rectifies, lanes)
      if hasRight { unsafe store(right.y1, plane, mask, place &+ 1, rectifies, lanes) }
    }
    if row &+ 2 < height {
      place &+= width
      unsafe store(left.y2, plane, mask, place, rectifies, lanes)
      if hasRight { unsafe store(right.y2, plane, mask, place &+ 1, rectifies, lanes) }
    }
    if row &+ 3 < height {
      place &+= width
      unsafe store(left.y3, plane, mask, place, rectifies, lanes)
      if hasRight { unsafe store(right.y3, plane, mask, place &+ 1, rectifies, lanes) }
    }
    tileColumn &+= 1
    if unsafe tileColumn == job.tileColumns {
      tileColumn = 0
      tileRow &+= 1
    }
  }
}

/// The same, of which the largest of each 2×2 outputs is stored, and which one it was.
@inline(never)
private func finishAndPool(
  _ job: TileJob, _ channel: Int, _ products: UnsafePointer<Lanes>,
  _ winners: UnsafeMutablePointer<UInt8>, _ lanes: ck_i16
) {
  let bias = unsafe ck_splat(job.bias.map { unsafe $0[channel] } ?? 0)
  let width = unsafe job.width / 2
  let area = unsafe job.height / 2 &* width
  let plane = unsafe job.output + channel &* area
  let winners = unsafe winners + 16 &* channel &* area
  var tileRow = unsafe job.tiles.lowerBound / job.tileColumns
  var tileColumn = unsafe job.tiles.lowerBound &- tileRow &* job.tileColumns
  for tile in unsafe 0..<job.tiles.count {
    let (left, right) = unsafe columns(products + 4 &* tile, bias)
    let place = 2 &* tileRow &* width &+ tileColumn
    unsafe storeLargest(
      left.y0, right.y0, left.y1, right.y1, plane + place, winners + 16 &* place, job.rectifies,
      lanes)
    if unsafe 4 &* tileRow &+ 2 < job.height {
      let below = place &+ width
      unsafe storeLargest(
        left.y2, right.y2, left.y3, right.y3, plane + below, winners + 16 &* below, job.rectifies,
        lanes)
    }
    tileColumn &+= 1
    if unsafe tileColumn == job.tileColumns {
      tileColumn = 0
      tileRow &+= 1
    }
  }
}

/// Stores the largest of four outputs, or a NaN among them, by the rules of `Pooling.swift`.
@inline(__always)
private func storeLargest(
  _ a: Lanes, _ b: Lanes, _ c: Lanes, _ d: Lanes, _ output: UnsafeMutablePointer<Lanes>,
  _ winners: UnsafeMutablePointer<UInt8>, _ rectifies: Bool, _ lanes: ck_i16
) {
  let a = ck_keep(lanes, rectifies ? ck_rectify(a) : a)
  let b = ck_keep(lanes, rectifies ? ck_rectify(b) : b)
  let c = ck_keep(lanes, rectifies ? ck_rectify(c) : c)
  let d = ck_keep(lanes, rectifies ? ck_rectify(d) : d)
  var best = ck_max(d, ck_max(c, ck_max(b, a)))
  var winner = ck_first_equal(best, a, b, c)
  let isNaN = ck_either(ck_unordered(a, b), ck_unordered(c, d))
  if ck_any(isNaN) {
    best = ck_select(isNaN, ck_splat(.nan), best)
    winner = ck_last_nan(winner, a, b, c, d)
  }
  unsafe ck_store(output, best)
  unsafe ck_store_bytes(winners, winner)
}

/// The outputs of a tile from its products: along the rows first, six rows of two, then down the
/// columns, four.
@inline(__always)
private func columns(_ m: UnsafePointer<Lanes>, _ bias: Lanes) -> (left: Column, right: Column) {
  let step = 16 &* room
  let r0 = unsafe pair(m)
  let r1 = unsafe pair(m + step)
  let r2 = unsafe pair(m + 2 &* step)
  let r3 = unsafe pair(m + 3 &* step)
  let r4 = unsafe pair(m + 4 &* step)
  let r5 = unsafe pair(m + 5 &* step)
  return (
    column(r0.left, r1.left, r2.left, r3.left, r4.left, r5.left, bias),
    column(r0.right, r1.right, r2.right, r3.right, r4.right, r5.right, bias)
  )
}

/// Two neighbours in a row.
private struct Pair {
  var left: Lanes, right: Lanes
}

/// Four outputs below one another.
private struct Column {
  var y0: Lanes, y1: Lanes, y2: Lanes, y3: Lanes
}

/// A row of four products times the transform of the columns.
@inline(__always)
private func pair(_ m: UnsafePointer<Lanes>) -> Pair {
  let step = 4 &* room
  let (m1, m2) = unsafe (ck_load(m + step), ck_load(m + 2 &* step))
  return unsafe Pair(
    left: ck_add(ck_add(ck_load(m), m1), m2),
    right: ck_subtract(ck_subtract(m1, m2), ck_load(m + 3 &* step)))
}

/// The transform of the rows times a column, and the bias.
@inline(__always)
private func column(
  _ m0: Lanes, _ m1: Lanes, _ m2: Lanes, _ m3: Lanes, _ m4: Lanes, _ m5: Lanes, _ bias: Lanes
) -> Column {
  let (near, nearOdd) = (ck_add(m1, m2), ck_subtract(m1, m2))
  let (far, farOdd) = (ck_add(m3, m4), ck_subtract(m3, m4))
  return Column(
    y0: ck_add(ck_add(ck_add(m0, near), far), bias),
    y1: ck_add(
      ck_fma(ck_splat(CK_FAR_POINT), farOdd, ck_multiply(ck_splat(CK_NEAR_POINT), nearOdd)), bias),
    y2: ck_add(ck_fma(ck_splat(2), far, ck_multiply(ck_splat(0.5), near)), bias),
    y3: ck_add(
      ck_fma(
        ck_splat(2 * CK_FAR_POINT), farOdd, ck_fma(ck_splat(0.5 * CK_NEAR_POINT), nearOdd, m5)),
      bias))
}

@inline(__always)
private func store(
  _ y: Lanes, _ output: UnsafeMutablePointer<Lanes>, _ mask: UnsafePointer<Lanes>?,
  _ place: Int, _ rectifies: Bool, _ lanes: ck_i16
) {
  var y = y
  if let mask = unsafe mask {
    y = unsafe ck_where_positive(ck_load(mask + place), y)
  }
  if rectifies { y = ck_rectify(y) }
  unsafe ck_store(output + place, ck_keep(lanes, y))
}
