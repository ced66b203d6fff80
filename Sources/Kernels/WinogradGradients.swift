internal import CKernels
internal import KernelInterface

// The ends of the weight gradient by Winograd's minimal filtering: a tile of 4×2 gradients is
// transformed on the way in and the sums of the products on the way out, with a = √½ and b = √2 by
//
//     rows in:  ⎡1   0  0   0⎤   out:  ⎡1   ⅔   ⅔   ⅙   ⅙  0⎤   columns in:  ⎡1  0⎤   out:  ⎡1  ½  ½  0⎤
//               ⎢1   a  ½  a³⎥         ⎢0  ⅔a −⅔a  ⅙b −⅙b  0⎥                ⎢1  1⎥         ⎢0  ½ −½  0⎥
//               ⎢1  −a  ½ −a³⎥         ⎣0   ⅓   ⅓   ⅓   ⅓  1⎦                ⎢1 −1⎥         ⎣0  ½  ½ −1⎦
//               ⎢1   b  2  b³⎥           with the ⅔ and first ⅓ negative       ⎣0  1⎦
//               ⎢1  −b  2 −b³⎥
//               ⎣0   0  0   1⎦
//
// The fractions belong to the transform of a kernel; at this end they are few. Here is the way in down
// the columns; along the rows it is left to the products. The patches are those of `transformPatches`.

/// Tiles of a run at most.
private let room = 6

/// Transforms and transposes the gradients of one job.
func transformGradients(_ job: GradientTileJob) {
  if let winners = unsafe job.winners { return unsafe transformPooled(job, winners) }
  // The eight gradients of a tile, each for 16 items with 16 output channels in the lanes. Not an
  // array here: Swift aligns those to 16 bytes, and each access would touch two lines.
  let eight = unsafe job.room
  let (height, width) = unsafe (job.height, job.width)
  let area = height &* width
  var first = 0
  var output = unsafe job.output
  while unsafe first < job.channels {
    let count = unsafe min(16, job.channels &- first)
    for tile in unsafe job.tiles {
      let tileRow = unsafe tile / job.tileColumns
      let (y, x) = unsafe (4 &* tileRow, 2 &* (tile &- tileRow &* job.tileColumns))
      let hasRight = x &+ 1 < width
      let pixel = unsafe job.gradient + (first &* area &+ y &* width &+ x)
      for row in 0..<4 {
        let (place, below) = unsafe (pixel + row &* width, eight + 32 &* row)
        let isInside = y &+ row < height
        unsafe transpose(place, area, count: isInside ? count : 0, below, 1)
        unsafe transpose(place + 1, area, count: isInside && hasRight ? count : 0, below + 16, 1)
      }
      for item in unsafe 0..<job.lanes {
        unsafe transform(eight + item, output + item, job.columnStride)
        unsafe transform(
          eight + (item &+ 16), output + (item &+ job.columnStride), job.columnStride)
      }
      unsafe output += 16
    }
    unsafe output += (room &- job.tiles.count) &* 16
    first &+= 16
  }
}

/// Transforms and transposes gradients that are those of a pool's output, two windows of each tile:
/// they and their winners are transposed, and only then put where those are.
@inline(never)
private func transformPooled(_ job: GradientTileJob, _ winners: UnsafePointer<UInt8>) {
  // The gradients and winners of the upper window, those of the lower, and winners as they come.
  let fields = unsafe job.room
  let bytes = unsafe fields + 64
  let width = unsafe job.width / 2
  let height = unsafe job.height / 2
  let area = height &* width
  var first = 0
  var output = unsafe job.output
  while unsafe first < job.channels {
    let count = unsafe min(16, job.channels &- first)
    for tile in unsafe job.tiles {
      let tileRow = unsafe tile / job.tileColumns
      for row in 0..<2 {
        let isInside = 2 &* tileRow &+ row < height
        let place =
          unsafe first &* area &+ (2 &* tileRow &+ row) &* width
          &+ (tile &- tileRow &* job.tileColumns)
        let target = unsafe fields + 32 &* row
        unsafe transpose(job.gradient + place, area, count: isInside ? count : 0, target, 1)
        for channel in 0..<(isInside ? count : 0) {
          unsafe ck_store(
            bytes + channel, ck_as_float(ck_load_bytes(winners + 16 &* (place &+ channel &* area))))
        }
        unsafe transpose(bytes, 1, target + 16, 1)
      }
      for item in unsafe 0..<job.lanes {
        let (upper, lower) = unsafe (ck_load(fields + item), ck_load(fields + 32 + item))
        let above = unsafe ck_as_whole(ck_load(fields + 16 + item))
        let below = unsafe ck_as_whole(ck_load(fields + 48 + item))
        let target = unsafe output + item
        unsafe transform(
          ck_keep_where(above, 0, upper), ck_keep_where(above, 2, upper),
          ck_keep_where(below, 0, lower), ck_keep_where(below, 2, lower), target, job.columnStride)
        unsafe transform(
          ck_keep_where(above, 1, upper), ck_keep_where(above, 3, upper),
          ck_keep_where(below, 1, lower), ck_keep_where(below, 3, lower),
          target + job.columnStride, job.columnStride)
      }
      unsafe output += 16
    }
    unsafe output += (room &- job.tiles.count) &* 16
    first &+= 16
  }
}

/// Transforms a column of four gradients of one tile and item into six. Of the two columns the products
/// make four numbers as they read them, which costs nothing there, and half as many go through the cache.
@inline(__always)
private func transform(
  _ g: UnsafePointer<Lanes>, _ output: UnsafeMutablePointer<Lanes>, _ step: Int
) {
  unsafe transform(
    ck_load(g), ck_load(g + 32), ck_load(g + 64), ck_load(g + 96), output, step)
}

@inline(__always)
private func transform(
  _ g0: Lanes, _ g1: Lanes, _ g2: Lanes, _ g3: Lanes, _ output: UnsafeMutablePointer<Lanes>,
  _ step: Int
) {
  let (near, far) = (CK_NEAR_POINT, CK_FAR_POINT)
  let (even, odd) = (ck_fma(ck_splat(0.5), g2, g0), ck_fma(ck_splat(0.5), g3, g1))
  let (farEven, farOdd) = (ck_fma(ck_splat(2), g2, g0), ck_fma(ck_splat(2), g3, g1))
  unsafe ck_store(output, g0)
  unsafe ck_store(output + 2 &* step, ck_fma(ck_splat(near), odd, even))
  unsafe ck_store(output + 4 &* step, ck_fma(ck_splat(-near), odd, even))
  unsafe ck_store(output + 6 &* step, ck_fma(ck_splat(far), farOdd, farEven))
  unsafe ck_store(output + 8 &* step, ck_fma(ck_splat(-far), farOdd, farEven))
  unsafe ck_store(output + 10 &* step, g3)
}

/// Adds up the units' sums in order and transforms them back.
func finishWeights(_ job: WeightTileJob) {
  let sixteens = unsafe (job.outputs &+ 15) / 16
  let step = unsafe job.positionStride
  var cells = InlineArray<9, Lanes>(repeating: ck_splat(0))
  var span = cells.mutableSpan
  unsafe span.withUnsafeMutableBufferPointer { cells in
    guard let cells = cells.baseAddress else { return }
    for channel in unsafe job.channels {
      for sixteen in 0..<sixteens {
        let sums = unsafe job.sums + (channel &* sixteens &+ sixteen)
        let r0 = unsafe total(job, sums)
        let r1 = unsafe total(job, sums + 4 &* step)
        let r2 = unsafe total(job, sums + 8 &* step)
        let r3 = unsafe total(job, sums + 12 &* step)
        let r4 = unsafe total(job, sums + 16 &* step)
        let r5 = unsafe total(job, sums + 20 &* step)
        let (near, nearOdd) = (combine(r1, r2, ck_add), combine(r1, r2, ck_subtract))
        let (far, farOdd) = (combine(r3, r4, ck_add), combine(r3, r4, ck_subtract))
        let sixth: Float = 1 / 6
        let top = multiplyAdd(sixth, far, multiplyAdd(-4 * sixth, near, r0))
        let middle = multiplyAdd(
          CK_FAR_POINT * sixth, farOdd, multiply(-4 * CK_NEAR_POINT * sixth, nearOdd))
        let bottom = multiplyAdd(2 * sixth, combine(far, near, ck_subtract), r5)
        unsafe storeRow(top, cells)
        unsafe storeRow(middle, cells + 3)
        unsafe storeRow(bottom, cells + 6)
        for o in unsafe 0..<min(16, job.outputs &- 16 &* sixteen) {
          let weight =
            unsafe job.result + ((16 &* sixteen &+ o) &* job.outputStride &+ channel &* 9)
          for cell in 0..<9 { unsafe weight[cell] = cells[cell][o] }
        }
      }
    }
  }
}

/// Four neighbours in a row.
private struct Four {
  var x0: Lanes, x1: Lanes, x2: Lanes, x3: Lanes
}

/// The sums of all units at a row of positions.
@inline(__always)
private func total(_ job: WeightTileJob, _ sums: UnsafePointer<Lanes>) -> Four {
  let step = unsafe job.positionStride
  func total(_ sums: UnsafePointer<Lanes>) -> Lanes {
    var sum = unsafe ck_load(sums)
    for unit in unsafe 1..<max(1, job.units) {
      sum = unsafe ck_add(sum, ck_load(sums + unit &* job.unitStride))
    }
    return sum
  }
  return unsafe Four(
    x0: total(sums), x1: total(sums + step), x2: total(sums + 2 &* step),
    x3: total(sums + 3 &* step))
}

@inline(__always)
private func combine(_ a: Four, _ b: Four, _ combine: (Lanes, Lanes) -> Lanes) -> Four {
  Four(
    x0: combine(a.x0, b.x0), x1: combine(a.x1, b.x1), x2: combine(a.x2, b.x2),
    x3: combine(a.x3, b.x3))
}

/// factor · a + b.
@inline(__always)
private func multiplyAdd(_ factor: Float, _ a: Four, _ b: Four) -> Four {
  let factor = ck_splat(factor)
  return combine(a, b) { ck_fma(factor, $0, $1) }
}

@inline(__always)
private func multiply(_ factor: Float, _ a: Four) -> Four {
  let factor = ck_splat(factor)
  return combine(a, a) { first, _ in ck_multiply(factor, first) }
}

/// Three cells from a row of four.
@inline(__always)
private func storeRow(_ m: Four, _ cells: UnsafeMutablePointer<Lanes>) {
  let half = ck_splat(0.5)
  let plus = ck_multiply(half, ck_add(m.x1, m.x2))
  unsafe cells[0] = ck_add(m.x0, plus)
  unsafe cells[1] = ck_multiply(half, ck_subtract(m.x1, m.x2))
  unsafe cells[2] = ck_subtract(plus, m.x3)
}
