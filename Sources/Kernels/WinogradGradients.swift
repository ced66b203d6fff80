internal import CKernels
internal import KernelInterface

// The ends of the weight gradient by Winograd's minimal filtering F(3×3, 2×2): a tile's gradients
// become G g Gᵀ on the way in, the sums of the products M become Aᵀ M A on the way out; here is G g,
// the rest of the way in is left to the products.
//
//         ⎡1  0⎤
//     G = ⎢1  1⎥      Aᵀ = ⎡1  ½  ½  0⎤
//         ⎢1 −1⎥           ⎢0  ½ −½  0⎥
//         ⎣0  1⎦           ⎣0  ½  ½ −1⎦
//
// The halves belong to G; at this end they are exact and few. The patches are those of
// `transformPatches`.

/// Tiles of a run at most.
private let room = 6

/// Transforms and transposes the gradients of one job.
func transformGradients(_ job: GradientTileJob) {
  // The four gradients of a tile, each for 16 items with 16 output channels in the lanes. Not an
  // array here: Swift aligns those to 16 bytes, and each access would touch two lines.
  let four = unsafe job.room
  let (height, width) = unsafe (job.height, job.width)
  let area = height &* width
  var first = 0
  var output = unsafe job.output
  while unsafe first < job.channels {
    let count = unsafe min(16, job.channels &- first)
    for tile in unsafe job.tiles {
      let tileRow = unsafe tile / job.tileColumns
      let (y, x) = unsafe (2 &* tileRow, 2 &* (tile &- tileRow &* job.tileColumns))
      let hasRight = x &+ 1 < width
      let hasBelow = y &+ 1 < height
      let pixel = unsafe job.gradient + (first &* area &+ y &* width &+ x)
      unsafe transpose(pixel, area, count: count, four, 1)
      unsafe transpose(pixel + 1, area, count: hasRight ? count : 0, four + 16, 1)
      unsafe transpose(pixel + width, area, count: hasBelow ? count : 0, four + 32, 1)
      unsafe transpose(
        pixel + (width &+ 1), area, count: hasRight && hasBelow ? count : 0, four + 48, 1)
      for item in unsafe 0..<job.lanes {
        unsafe transform(four + item, output + item, job.columnStride)
      }
      unsafe output += 16
    }
    unsafe output += (room &- job.tiles.count) &* 16
    first &+= 16
  }
}

/// Transforms the columns of the gradients of one tile and item: four rows of two. The products make
/// four numbers of two as they read them, which costs nothing there, and half as many go through the
/// cache.
@inline(__always)
private func transform(
  _ g: UnsafePointer<Lanes>, _ output: UnsafeMutablePointer<Lanes>, _ step: Int
) {
  let (g00, g01) = unsafe (ck_load(g), ck_load(g + 16))
  let (g10, g11) = unsafe (ck_load(g + 32), ck_load(g + 48))
  unsafe ck_store(output, g00)
  unsafe ck_store(output + step, g01)
  unsafe ck_store(output + 2 &* step, ck_add(g00, g10))
  unsafe ck_store(output + 3 &* step, ck_add(g01, g11))
  unsafe ck_store(output + 4 &* step, ck_subtract(g00, g10))
  unsafe ck_store(output + 5 &* step, ck_subtract(g01, g11))
  unsafe ck_store(output + 6 &* step, g10)
  unsafe ck_store(output + 7 &* step, g11)
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
        let (plus, minus) = (half(r1, r2, ck_add), half(r1, r2, ck_subtract))
        unsafe storeRow(combine(r0, plus, ck_add), cells)
        unsafe storeRow(minus, cells + 3)
        unsafe storeRow(combine(plus, r3, ck_subtract), cells + 6)
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

/// Half of a sum or a difference.
@inline(__always)
private func half(_ a: Four, _ b: Four, _ combine: (Lanes, Lanes) -> Lanes) -> Four {
  let half = ck_splat(0.5)
  return Four(
    x0: ck_multiply(half, combine(a.x0, b.x0)), x1: ck_multiply(half, combine(a.x1, b.x1)),
    x2: ck_multiply(half, combine(a.x2, b.x2)), x3: ck_multiply(half, combine(a.x3, b.x3)))
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
