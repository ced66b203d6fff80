internal import CKernels
internal import KernelInterface

// Matrix products for linear layers: a tile of rows × blocks stays in registers while the terms are
// added; the matrix is broadcast, the batch is in the lanes.

/// Terms between two visits of the outputs: so many input vectors of four blocks fit the
/// first-level cache.
private let termsPerVisit = 96

/// Computes the rows of one job.
func multiply(_ job: LinearJob) {
  unsafe multiply(RegisterTiles.LinearProduct.self, job)
}

@inline(__always)
private func multiply<let one: Int, let two: Int, let three: Int, let four: Int>(
  _ most: TileColumns<one, two, three, four>.Type, _ job: LinearJob
) {
  if four > 0 { return unsafe multiplyBlocks(most, job) }
  // Registers for two blocks at a time.
  var first = 0
  while unsafe first < job.blocks {
    var part = unsafe job
    unsafe part.input += first &* job.inputStride
    unsafe part.output += first &* job.outputStride
    if let mask = unsafe job.mask { unsafe part.mask = mask + first &* job.outputStride }
    unsafe part.blocks = min(2, job.blocks &- first)
    unsafe part.lanes = first &+ part.blocks == job.blocks ? job.lanes : 16
    unsafe multiplyBlocks(most, part)
    first &+= 2
  }
}

@inline(__always)
private func multiplyBlocks<let one: Int, let two: Int, let three: Int, let four: Int>(
  _: TileColumns<one, two, three, four>.Type, _ job: LinearJob
) {
  let terms = unsafe job.terms
  var start = 0
  repeat {
    let end = min(terms, start &+ termsPerVisit)
    switch unsafe job.blocks {
    case 4 where four > 0: unsafe multiplyRows(Tile<4, four>.self, job, start..<end)
    case 3 where three > 0: unsafe multiplyRows(Tile<3, three>.self, job, start..<end)
    case 2: unsafe multiplyRows(Tile<2, two>.self, job, start..<end)
    default: unsafe multiplyRows(Tile<1, one>.self, job, start..<end)
    }
    start = end
  } while start < terms
}

/// Splits the rows evenly into tiles of at most `most`.
@inline(never)
private func multiplyRows<let blocks: Int, let most: Int>(
  _: Tile<blocks, most>.Type, _ job: LinearJob, _ terms: Range<Int>
) {
  unsafe forEachTile(job.rows, most) { row, rows in
    switch rows {
    case 6 where most >= 6: unsafe tile(Tile<6, blocks>.self, job, row, terms)
    case 5 where most >= 5: unsafe tile(Tile<5, blocks>.self, job, row, terms)
    case 4 where most >= 4: unsafe tile(Tile<4, blocks>.self, job, row, terms)
    case 3: unsafe tile(Tile<3, blocks>.self, job, row, terms)
    case 2: unsafe tile(Tile<2, blocks>.self, job, row, terms)
    default: unsafe tile(Tile<1, blocks>.self, job, row, terms)
    }
  }
}

/// Calls `body` for each of the fewest tiles of at most `most` rows, as even as can be.
@inline(__always)
private func forEachTile(_ rows: Range<Int>, _ most: Int, _ body: (_ row: Int, _ rows: Int) -> Void)
{
  let tiles = (rows.count &+ most &- 1) / most
  if tiles == 0 { return }
  let size = rows.count / tiles
  var larger = rows.count &- tiles &* size
  var row = rows.lowerBound
  while row < rows.upperBound {
    let count = larger > 0 ? size &+ 1 : size
    larger &-= 1
    body(row, count)
    row &+= count
  }
}

/// One tile: its sizes are known to the compiler, so that the loops over them unroll and the sums
/// stay in registers.
@inline(never)
private func tile<let rows: Int, let blocks: Int>(
  _: Tile<rows, blocks>.Type, _ job: LinearJob, _ row: Int, _ terms: Range<Int>
) {
  let stride = unsafe job.outputStride
  let output = unsafe job.output + row
  var sums = Accumulators(repeating: ck_splat(0))
  if terms.lowerBound > 0 {
    for r in 0..<rows {
      unsafe sums[r &* blocks] = output[r]
      if blocks > 1 { unsafe sums[r &* blocks &+ 1] = output[stride &+ r] }
      if blocks > 2 { unsafe sums[r &* blocks &+ 2] = output[2 &* stride &+ r] }
      if blocks > 3 { unsafe sums[r &* blocks &+ 3] = output[3 &* stride &+ r] }
    }
  } else if let bias = unsafe job.bias {
    for r in 0..<rows {
      let value = unsafe ck_splat(bias[row &+ r])
      sums[r &* blocks] = value
      if blocks > 1 { sums[r &* blocks &+ 1] = value }
      if blocks > 2 { sums[r &* blocks &+ 2] = value }
      if blocks > 3 { sums[r &* blocks &+ 3] = value }
    }
  }
  let inputStride = unsafe job.inputStride
  let rowStep = unsafe job.rowStep
  let termStep = unsafe job.termStep
  var input = unsafe job.input + terms.lowerBound
  var a = unsafe job.a + (row &* rowStep &+ terms.lowerBound &* termStep)
  for _ in terms {
    let v0 = unsafe input[0]
    let v1 = unsafe blocks > 1 ? input[inputStride] : v0
    let v2 = unsafe blocks > 2 ? input[2 &* inputStride] : v0
    let v3 = unsafe blocks > 3 ? input[3 &* inputStride] : v0
    for r in 0..<rows {
      let value = unsafe ck_splat(a[r &* rowStep])
      let s = r &* blocks
      sums[s] = ck_fma(v0, value, sums[s])
      if blocks > 1 { sums[s &+ 1] = ck_fma(v1, value, sums[s &+ 1]) }
      if blocks > 2 { sums[s &+ 2] = ck_fma(v2, value, sums[s &+ 2]) }
      if blocks > 3 { sums[s &+ 3] = ck_fma(v3, value, sums[s &+ 3]) }
    }
    unsafe input += 1
    unsafe a += termStep
  }
  let isLast = unsafe terms.upperBound == job.terms
  unsafe storeBlock(0, rows, blocks, &sums, job, row, isLast)
  if blocks > 1 { unsafe storeBlock(1, rows, blocks, &sums, job, row, isLast) }
  if blocks > 2 { unsafe storeBlock(2, rows, blocks, &sums, job, row, isLast) }
  if blocks > 3 { unsafe storeBlock(3, rows, blocks, &sums, job, row, isLast) }
}

/// Stores one block of a tile. One plain loop per case: a branch inside would keep the loop from
/// being unrolled, and with it the sums from staying in registers.
@inline(__always)
private func storeBlock(
  _ b: Int, _ rows: Int, _ blocks: Int, _ sums: inout Accumulators, _ job: LinearJob, _ row: Int,
  _ isLast: Bool
) {
  let start = unsafe b &* job.outputStride &+ row
  let output = unsafe job.output + start
  let count = unsafe b == job.blocks &- 1 ? job.lanes : 16
  let lanes = ck_first_lanes(Int32(truncatingIfNeeded: count))
  if !isLast {
    for r in 0..<rows { unsafe output[r] = sums[r &* blocks &+ b] }
  } else if let mask = unsafe job.mask {
    let mask = unsafe mask + start
    for r in 0..<rows {
      unsafe output[r] = ck_keep(lanes, ck_where_positive(mask[r], sums[r &* blocks &+ b]))
    }
  } else if unsafe job.rectifies {
    for r in 0..<rows { unsafe output[r] = ck_keep(lanes, ck_rectify(sums[r &* blocks &+ b])) }
  } else {
    for r in 0..<rows { unsafe output[r] = ck_keep(lanes, sums[r &* blocks &+ b]) }
  }
}
