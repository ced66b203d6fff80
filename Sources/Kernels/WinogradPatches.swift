internal import CKernels
internal import KernelInterface

// The first step of Winograd's minimal filtering: patches of 6×4 inputs are transformed, down the
// six rows and along the four columns, with a = √½ and b = √2, by
//
//     ⎡1   0  −5/2   0   1  0⎤        ⎡1  0 −1  0⎤
//     ⎢0 −2a   −2    a   1  0⎥        ⎢0  1  1  0⎥
//     ⎢0  2a   −2   −a   1  0⎥        ⎢0 −1  1  0⎥
//     ⎢0 −b/2  −½    b   1  0⎥        ⎣0  1  0 −1⎦
//     ⎢0  b/2  −½   −b   1  0⎥
//     ⎣0   1    0  −5/2  0  1⎦

/// Tiles of a run at most.
private let room = 6

/// Transforms the patches of one job.
func transformPatches(_ job: PatchJob) {
  if let winners = unsafe job.winners { return unsafe transformPooled(job, winners) }
  let (width, step) = unsafe (job.width, job.positionStride)
  let area = unsafe job.height &* width
  let count = unsafe job.tiles.count
  var places = InlineArray<6, Place>(repeating: Place())
  for t in 0..<count { unsafe places[t] = Place(job, job.tiles.lowerBound &+ t) }
  // Channel by channel, so that what is read lies together: neighbouring tiles share columns.
  for channel in unsafe 0..<job.channels {
    let image = unsafe job.input + channel &* area
    let output = unsafe job.output + channel &* room
    for t in 0..<count {
      if places[t].isInside {
        let patch = unsafe image + (places[t].row0 &+ places[t].column0)
        // The next channel's; the tile before has fetched the first two columns.
        for row in 0..<6 {
          let next = unsafe patch + (area &+ row &* width &+ 2)
          unsafe ck_prefetch(next)
          unsafe ck_prefetch(next + 1)
        }
        unsafe transform(
          inside(patch), inside(patch + width), inside(patch + 2 &* width),
          inside(patch + 3 &* width), inside(patch + 4 &* width), inside(patch + 5 &* width),
          output + t, step)
      } else {
        unsafe transformBorder(image, places[t], output + t, step)
      }
    }
  }
}

/// Transforms the patches of an image that is the gradient of a pool: three by four windows each, of
/// which the patch sees only the right, the left, the lower or the upper half at its edges.
@inline(never)
private func transformPooled(_ job: PatchJob, _ winners: UnsafePointer<UInt8>) {
  let (width, step) = unsafe (job.width / 2, job.positionStride)
  let area = unsafe job.height / 2 &* width
  let count = unsafe job.tiles.count
  var places = InlineArray<6, PooledPlace>(repeating: PooledPlace())
  for t in 0..<count { unsafe places[t] = PooledPlace(job, job.tiles.lowerBound &+ t) }
  for channel in unsafe 0..<job.channels {
    let image = unsafe job.input + channel &* area
    let winners = unsafe winners + 16 &* channel &* area
    let output = unsafe job.output + channel &* room
    for t in 0..<count {
      if places[t].isInside {
        let place = places[t].row0 &+ places[t].column0
        let (d, w) = unsafe (image + place, winners + 16 &* place)
        for row in 0..<4 {
          unsafe ck_prefetch(d + (area &+ row &* width &+ 2))
          unsafe ck_prefetch(w + 16 &* (area &+ row &* width &+ 2))
        }
        let (second, third) = unsafe (
          windows(d + width, w + 16 &* width), windows(d + 2 &* width, w + 32 &* width)
        )
        unsafe transform(
          windows(d, w).lower, second.upper, second.lower, third.upper, third.lower,
          windows(d + 3 &* width, w + 48 &* width).upper, output + t, step)
      } else {
        unsafe transformPooledBorder(image, winners, places[t], output + t, step)
      }
    }
  }
}

/// Where the rows and columns of windows under a patch lie; −1 stands for outside.
private struct PooledPlace {
  var row0 = -1, row1 = -1, row2 = -1, row3 = -1
  var column0 = -1, column1 = -1, column2 = -1
  var isInside = false

  init() {}

  init(_ job: PatchJob, _ tile: Int) {
    let tileRow = unsafe tile / job.tileColumns
    let (height, width) = unsafe (job.height / 2, job.width / 2)
    let y = unsafe (job.top &+ 4 &* tileRow) >> 1
    let x = unsafe (job.left &+ 2 &* (tile &- tileRow &* job.tileColumns)) >> 1
    row0 = inside(y, height) ? y &* width : -1
    row1 = inside(y &+ 1, height) ? (y &+ 1) &* width : -1
    row2 = inside(y &+ 2, height) ? (y &+ 2) &* width : -1
    row3 = inside(y &+ 3, height) ? (y &+ 3) &* width : -1
    column0 = inside(x, width) ? x : -1
    column1 = inside(x &+ 1, width) ? x &+ 1 : -1
    column2 = inside(x &+ 2, width) ? x &+ 2 : -1
    isInside = y >= 0 && x >= 0 && y &+ 4 <= height && x &+ 3 <= width
  }
}

/// Two rows of a patch: those of a row of windows.
private struct TwoRows {
  var upper: Four, lower: Four
}

/// Two rows of a patch from three windows: the right half of the first, the second, and the left half
/// of the third.
@inline(__always)
private func windows(_ d: UnsafePointer<Lanes>, _ winners: UnsafePointer<UInt8>) -> TwoRows {
  unsafe windows(
    ck_load(d), ck_load(d + 1), ck_load(d + 2), ck_load_bytes(winners),
    ck_load_bytes(winners + 16), ck_load_bytes(winners + 32))
}

@inline(__always)
private func windows(
  _ a: Lanes, _ b: Lanes, _ c: Lanes, _ first: ck_i16, _ second: ck_i16, _ third: ck_i16
) -> TwoRows {
  TwoRows(
    upper: Four(
      x0: ck_keep_where(first, 1, a), x1: ck_keep_where(second, 0, b),
      x2: ck_keep_where(second, 1, b), x3: ck_keep_where(third, 0, c)),
    lower: Four(
      x0: ck_keep_where(first, 3, a), x1: ck_keep_where(second, 2, b),
      x2: ck_keep_where(second, 3, b), x3: ck_keep_where(third, 2, c)))
}

/// The same with zeros outside the image.
@inline(__always)
private func border(
  _ d: UnsafePointer<Lanes>, _ winners: UnsafePointer<UInt8>, _ row: Int, _ place: PooledPlace
) -> TwoRows {
  let zero = ck_splat(0)
  let none = Four(x0: zero, x1: zero, x2: zero, x3: zero)
  if row < 0 { return TwoRows(upper: none, lower: none) }
  let (line, winners) = unsafe (d + row, winners + 16 &* row)
  let first = max(0, place.column0)
  let third = max(0, place.column2)
  return unsafe windows(
    place.column0 >= 0 ? ck_load(line + first) : zero, ck_load(line + place.column1),
    place.column2 >= 0 ? ck_load(line + third) : zero, ck_load_bytes(winners + 16 &* first),
    ck_load_bytes(winners + 16 &* place.column1), ck_load_bytes(winners + 16 &* third))
}

/// Transforms a patch of a pooled image that reaches beyond it; its second column of windows does not.
@inline(never)
private func transformPooledBorder(
  _ image: UnsafePointer<Lanes>, _ winners: UnsafePointer<UInt8>, _ place: PooledPlace,
  _ output: UnsafeMutablePointer<Lanes>, _ step: Int
) {
  let second = unsafe border(image, winners, place.row1, place)
  let third = unsafe border(image, winners, place.row2, place)
  unsafe transform(
    border(image, winners, place.row0, place).lower, second.upper, second.lower, third.upper,
    third.lower, border(image, winners, place.row3, place).upper, output, step)
}

/// Where the rows and columns of a patch lie in every channel's plane; −1 stands for outside.
private struct Place {
  var row0 = -1, row1 = -1, row2 = -1, row3 = -1, row4 = -1, row5 = -1
  var column0 = -1, column1 = -1, column2 = -1, column3 = -1
  var isInside = false

  init() {}

  init(_ job: PatchJob, _ tile: Int) {
    let tileRow = unsafe tile / job.tileColumns
    let (height, width) = unsafe (job.height, job.width)
    let y = unsafe job.top &+ 4 &* tileRow
    let x = unsafe job.left &+ 2 &* (tile &- tileRow &* job.tileColumns)
    row0 = inside(y, height) ? y &* width : -1
    row1 = inside(y &+ 1, height) ? (y &+ 1) &* width : -1
    row2 = inside(y &+ 2, height) ? (y &+ 2) &* width : -1
    row3 = inside(y &+ 3, height) ? (y &+ 3) &* width : -1
    row4 = inside(y &+ 4, height) ? (y &+ 4) &* width : -1
    row5 = inside(y &+ 5, height) ? (y &+ 5) &* width : -1
    column0 = inside(x, width) ? x : -1
    column1 = inside(x &+ 1, width) ? x &+ 1 : -1
    column2 = inside(x &+ 2, width) ? x &+ 2 : -1
    column3 = inside(x &+ 3, width) ? x &+ 3 : -1
    isInside = y >= 0 && x >= 0 && y &+ 6 <= height && x &+ 4 <= width
  }
}

@inline(__always)
private func inside(_ position: Int, _ size: Int) -> Bool { position >= 0 && position < size }

/// Transforms a patch that reaches beyond the image.
@inline(never)
private func transformBorder(
  _ image: UnsafePointer<Lanes>, _ place: Place, _ output: UnsafeMutablePointer<Lanes>,
  _ step: Int
) {
  unsafe transform(
    border(image, place.row0, place), border(image, place.row1, place),
    border(image, place.row2, place), border(image, place.row3, place),
    border(image, place.row4, place), border(image, place.row5, place), output, step)
}

/// Four neighbours in a row.
private struct Four {
  var x0: Lanes, x1: Lanes, x2: Lanes, x3: Lanes
}

/// A row of a patch inside the image.
@inline(__always)
private func inside(_ row: UnsafePointer<Lanes>) -> Four {
  unsafe Four(
    x0: ck_load(row), x1: ck_load(row + 1), x2: ck_load(row + 2),
    x3: ck_load(row + 3))
}

/// A row of a patch at the border.
@inline(__always)
private func border(_ image: UnsafePointer<Lanes>, _ row: Int, _ place: Place) -> Four {
  let zero = ck_splat(0)
  var four = Four(x0: zero, x1: zero, x2: zero, x3: zero)
  if row < 0 { return four }
  let line = unsafe image + row
  if place.column0 >= 0 { four.x0 = unsafe ck_load(line + place.column0) }
  if place.column1 >= 0 { four.x1 = unsafe ck_load(line + place.column1) }
  if place.column2 >= 0 { four.x2 = unsafe ck_load(line + place.column2) }
  if place.column3 >= 0 { four.x3 = unsafe ck_load(line + place.column3) }
  return four
}

/// Transforms a patch: down the columns first, then along the rows.
@inline(__always)
private func transform(
  _ d0: Four, _ d1: Four, _ d2: Four, _ d3: Four, _ d4: Four, _ d5: Four,
  _ output: UnsafeMutablePointer<Lanes>, _ step: Int
) {
  let (near, far) = (CK_NEAR_POINT, CK_FAR_POINT)
  unsafe storeRow(multiplyAdd(-2.5, d2, plus(d0, d4)), output, step)
  let (even, odd) = (multiplyAdd(-2, d2, d4), multiplyAdd(-2, d1, d3))
  unsafe storeRow(multiplyAdd(near, odd, even), output + 4 &* step, step)
  unsafe storeRow(multiplyAdd(-near, odd, even), output + 8 &* step, step)
  let (farEven, farOdd) = (multiplyAdd(-0.5, d2, d4), multiplyAdd(-0.5, d1, d3))
  unsafe storeRow(multiplyAdd(far, farOdd, farEven), output + 12 &* step, step)
  unsafe storeRow(multiplyAdd(-far, farOdd, farEven), output + 16 &* step, step)
  unsafe storeRow(multiplyAdd(-2.5, d3, plus(d1, d5)), output + 20 &* step, step)
}

@inline(__always)
private func plus(_ a: Four, _ b: Four) -> Four {
  Four(
    x0: ck_add(a.x0, b.x0), x1: ck_add(a.x1, b.x1), x2: ck_add(a.x2, b.x2),
    x3: ck_add(a.x3, b.x3))
}

/// factor · a + b.
@inline(__always)
private func multiplyAdd(_ factor: Float, _ a: Four, _ b: Four) -> Four {
  let factor = ck_splat(factor)
  return Four(
    x0: ck_fma(factor, a.x0, b.x0), x1: ck_fma(factor, a.x1, b.x1),
    x2: ck_fma(factor, a.x2, b.x2), x3: ck_fma(factor, a.x3, b.x3))
}

/// Transforms a row of four and stores it, each number at its position.
@inline(__always)
private func storeRow(_ e: Four, _ output: UnsafeMutablePointer<Lanes>, _ step: Int) {
  unsafe ck_store(output, ck_subtract(e.x0, e.x2))
  unsafe ck_store(output + step, ck_add(e.x1, e.x2))
  unsafe ck_store(output + 2 &* step, ck_subtract(e.x2, e.x1))
  unsafe ck_store(output + 3 &* step, ck_subtract(e.x1, e.x3))
}
