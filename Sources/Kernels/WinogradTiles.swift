internal import CKernels
internal import KernelInterface

// The second and third step of Winograd's minimal filtering: at each of the 16 positions a product
// of matrices, whose tile of four outputs × six tiles stays in registers, and then the way back,
// Y = Aᵀ M A with
//
//     Aᵀ = ⎡1  1  1  0⎤
//          ⎣0  1 −1 −1⎦

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
    for position in 0..<16 {
      let product = unsafe Product(
        patches: job.patches + position &* job.positionStride, weights: weights,
        result: job.products + position &* 4 &* room,
        lines: job.lines + position &* job.channels, channels: job.channels)
      unsafe multiply(RegisterTiles.WinogradProduct.self, job.tiles.count, product)
      unsafe weights += 4 &* job.channels
    }
    for o in unsafe 0..<min(4, job.outputs &- first) {
      unsafe finish(job, first &+ o, job.products + o, lanes)
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
    // Down the columns first: two rows of four.
    let m = unsafe products + 4 &* tile
    let step = 4 &* room
    let (m1, m2, m3) = unsafe (m + 4 &* step, m + 8 &* step, m + 12 &* step)
    let a0 = unsafe upper(m, m1, m2)
    let a1 = unsafe upper(m + step, m1 + step, m2 + step)
    let a2 = unsafe upper(m + 2 &* step, m1 + 2 &* step, m2 + 2 &* step)
    let a3 = unsafe upper(m + 3 &* step, m1 + 3 &* step, m2 + 3 &* step)
    let b0 = unsafe lower(m1, m2, m3)
    let b1 = unsafe lower(m1 + step, m2 + step, m3 + step)
    let b2 = unsafe lower(m1 + 2 &* step, m2 + 2 &* step, m3 + 2 &* step)
    let b3 = unsafe lower(m1 + 3 &* step, m2 + 3 &* step, m3 + 3 &* step)
    let y00 = ck_add(ck_add(ck_add(a0, a1), a2), bias)
    let y01 = ck_add(ck_subtract(ck_subtract(a1, a2), a3), bias)
    let y10 = ck_add(ck_add(ck_add(b0, b1), b2), bias)
    let y11 = ck_add(ck_subtract(ck_subtract(b1, b2), b3), bias)
    let place = 2 &* (tileRow &* width &+ tileColumn)
    let hasRight = 2 &* tileColumn &+ 1 < width
    let hasBelow = 2 &* tileRow &+ 1 < height
    unsafe store(y00, plane, mask, place, rectifies, lanes)
    if hasRight { unsafe store(y01, plane, mask, place &+ 1, rectifies, lanes) }
    if hasBelow { unsafe store(y10, plane, mask, place &+ width, rectifies, lanes) }
    if hasRight && hasBelow {
      unsafe store(y11, plane, mask, place &+ width &+ 1, rectifies, lanes)
    }
    tileColumn &+= 1
    if unsafe tileColumn == job.tileColumns {
      tileColumn = 0
      tileRow &+= 1
    }
  }
}

/// The first row of Aᵀ times a column.
@inline(__always)
private func upper(
  _ m0: UnsafePointer<Lanes>, _ m1: UnsafePointer<Lanes>, _ m2: UnsafePointer<Lanes>
) -> Lanes {
  unsafe ck_add(
    ck_add(ck_load(m0), ck_load(m1)), ck_load(m2))
}

/// The second row of Aᵀ times a column.
@inline(__always)
private func lower(
  _ m1: UnsafePointer<Lanes>, _ m2: UnsafePointer<Lanes>, _ m3: UnsafePointer<Lanes>
) -> Lanes {
  unsafe ck_subtract(
    ck_subtract(ck_load(m1), ck_load(m2)), ck_load(m3))
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
