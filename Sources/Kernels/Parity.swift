internal import CKernels
internal import KernelInterface

// Images split by the parity of rows and columns, for the fast correlation.

/// Makes the nine planes of differences of an input.
func splitInput(_ job: ParityJob) {
  let (columns, width, left) = unsafe (job.columns, job.width, job.left)
  // The columns that need no look at the edges: all of 2j ... 2j + 2 are inside.
  let first = min(columns, max(0, (1 &- left) / 2))
  let end = max(first, min(columns, (width &- left &- 1) / 2))
  guard let zeros = unsafe job.zeros else { return }
  var greatest = ck_splat(0)
  for c in unsafe 0..<job.channels {
    for i in unsafe job.rows {
      let y = unsafe 2 &* i &+ job.top
      let output = unsafe job.place(c, i)
      let (line0, line1, line2) = unsafe (
        job.line(c, y) ?? zeros, job.line(c, y &+ 1) ?? zeros, job.line(c, y &+ 2) ?? zeros
      )
      unsafe splitEdge(job, line0, line1, line2, 0..<first, output, &greatest)
      unsafe splitInside(job, line0, line1, line2, first..<end, output, &greatest)
      unsafe splitEdge(job, line0, line1, line2, end..<columns, output, &greatest)
    }
  }
  if let place = unsafe job.greatest { unsafe ck_store(place, greatest) }
}

/// Columns that are all inside the image.
@inline(__always)
private func splitInside(
  _ job: ParityJob, _ line0: UnsafePointer<Lanes>, _ line1: UnsafePointer<Lanes>,
  _ line2: UnsafePointer<Lanes>, _ columns: Range<Int>, _ output: UnsafeMutablePointer<Lanes>,
  _ greatest: inout Lanes
) {
  if columns.isEmpty { return }
  let plane = unsafe job.planeStride
  let makesBoth = unsafe !job.leavesBothOut
  let start = unsafe 2 &* columns.lowerBound &+ job.left
  var first = unsafe line0 + start
  var second = unsafe line1 + start
  var third = unsafe line2 + start
  var target = unsafe output + columns.lowerBound
  var a0 = unsafe ck_load(first)
  var b0 = unsafe ck_load(second)
  var c0 = unsafe ck_load(third)
  // The stores take longer than to look for the greatest meanwhile.
  var (a, b, c) = (
    ck_larger_magnitude(greatest, a0), ck_larger_magnitude(greatest, b0),
    ck_larger_magnitude(greatest, c0)
  )
  for _ in columns {
    // The odd column and the next even one.
    let a1 = unsafe ck_load(first + 1)
    let b1 = unsafe ck_load(second + 1)
    let c1 = unsafe ck_load(third + 1)
    let a2 = unsafe ck_load(first + 2)
    let b2 = unsafe ck_load(second + 2)
    let c2 = unsafe ck_load(third + 2)
    unsafe storeDifferences(a0, a1, a2, b0, b1, b2, c0, c1, c2, target, plane)
    if makesBoth { unsafe ck_store(target + 8 &* plane, b1) }
    a = ck_larger_magnitude(ck_larger_magnitude(a, a1), a2)
    b = ck_larger_magnitude(ck_larger_magnitude(b, b1), b2)
    c = ck_larger_magnitude(ck_larger_magnitude(c, c1), c2)
    (a0, b0, c0) = (a2, b2, c2)
    unsafe first += 2
    unsafe second += 2
    unsafe third += 2
    unsafe target += 1
  }
  greatest = ck_larger_magnitude(ck_larger_magnitude(a, b), c)
}

/// Columns any of which may be outside the image.
@inline(never)
private func splitEdge(
  _ job: ParityJob, _ first: UnsafePointer<Lanes>, _ second: UnsafePointer<Lanes>,
  _ third: UnsafePointer<Lanes>, _ columns: Range<Int>, _ output: UnsafeMutablePointer<Lanes>,
  _ greatest: inout Lanes
) {
  let (plane, width) = unsafe (job.planeStride, job.width)
  for j in columns {
    let x = unsafe 2 &* j &+ job.left
    if x &+ 2 < 0 || x >= width {
      let zero = ck_splat(0)
      for n in 0..<9 { unsafe ck_store(output + (j &+ n &* plane), zero) }
      continue
    }
    let a0 = unsafe value(first, x, width)
    let a1 = unsafe value(first, x &+ 1, width)
    let a2 = unsafe value(first, x &+ 2, width)
    let b0 = unsafe value(second, x, width)
    let b1 = unsafe value(second, x &+ 1, width)
    let b2 = unsafe value(second, x &+ 2, width)
    let c0 = unsafe value(third, x, width)
    let c1 = unsafe value(third, x &+ 1, width)
    let c2 = unsafe value(third, x &+ 2, width)
    unsafe storeDifferences(a0, a1, a2, b0, b1, b2, c0, c1, c2, output + j, plane)
    unsafe ck_store(output + (j &+ 8 &* plane), b1)
    greatest = greatest3(greatest3(greatest, a0, a1, a2), b0, b1, b2)
    greatest = greatest3(greatest, c0, c1, c2)
  }
}

/// The greatest of a magnitude and those of three numbers.
@inline(__always)
private func greatest3(_ known: Lanes, _ a: Lanes, _ b: Lanes, _ c: Lanes) -> Lanes {
  ck_larger_magnitude(ck_larger_magnitude(ck_larger_magnitude(known, a), b), c)
}

/// The eight differences of 3×3 cells: columns first, then rows.
@inline(__always)
private func storeDifferences(
  _ a0: Lanes, _ a1: Lanes, _ a2: Lanes, _ b0: Lanes, _ b1: Lanes,
  _ b2: Lanes, _ c0: Lanes, _ c1: Lanes, _ c2: Lanes,
  _ target: UnsafeMutablePointer<Lanes>, _ plane: Int
) {
  let even = ck_subtract(b0, b1)
  let odd = ck_subtract(b2, b1)
  unsafe ck_store(target, ck_subtract(ck_subtract(a0, a1), even))
  unsafe ck_store(target + plane, ck_subtract(ck_subtract(a2, a1), odd))
  unsafe ck_store(target + 2 &* plane, ck_subtract(a1, b1))
  unsafe ck_store(target + 3 &* plane, ck_subtract(ck_subtract(c0, c1), even))
  unsafe ck_store(target + 4 &* plane, ck_subtract(ck_subtract(c2, c1), odd))
  unsafe ck_store(target + 5 &* plane, ck_subtract(c1, b1))
  unsafe ck_store(target + 6 &* plane, even)
  unsafe ck_store(target + 7 &* plane, odd)
}

/// Makes the planes of sums of an output's gradient.
func splitGradient(_ job: ParityJob) {
  let (columns, width) = unsafe (job.columns, job.width)
  for c in unsafe 0..<job.channels {
    for i in unsafe job.rows {
      let y = unsafe 2 &* i &+ job.top
      let first = unsafe job.line(c, y)
      let second = unsafe job.line(c, y &+ 1)
      let output = unsafe job.place(c, i)
      let plane = unsafe job.planeStride
      var x = unsafe job.left
      for j in 0..<columns {
        let a0 = unsafe value(first, x, width)
        let a1 = unsafe value(first, x &+ 1, width)
        let b0 = unsafe value(second, x, width)
        let b1 = unsafe value(second, x &+ 1, width)
        let a = ck_add(a0, a1)
        let b = ck_add(b0, b1)
        let target = unsafe output + j
        unsafe ck_store(target + 2 &* plane, a)
        unsafe ck_store(target + 5 &* plane, b)
        unsafe ck_store(target + 6 &* plane, ck_add(a0, b0))
        unsafe ck_store(target + 7 &* plane, ck_add(a1, b1))
        unsafe ck_store(target + 8 &* plane, ck_add(a, b))
        x &+= 2
      }
    }
  }
}

/// A cell of a row; zero outside of it, or where there is no row.
@inline(__always)
private func value(_ line: UnsafePointer<Lanes>?, _ x: Int, _ width: Int) -> Lanes {
  guard let line = unsafe line, x >= 0, x < width else { return ck_splat(0) }
  return unsafe ck_load(line + x)
}

extension ParityJob {
  /// A row of the image; none outside of it.
  @inline(__always)
  fileprivate func line(_ channel: Int, _ row: Int) -> UnsafePointer<Lanes>? {
    if unsafe row < 0 || row >= height { return nil }
    return unsafe input + (channel &* inputChannelStride &+ row &* width)
  }

  /// Where a row of the first plane goes.
  @inline(__always)
  fileprivate func place(_ channel: Int, _ row: Int) -> UnsafeMutablePointer<Lanes> {
    unsafe output
      + (channel &* outputChannelStride &+ (row &- rows.lowerBound) &* outputRowStride)
  }
}
