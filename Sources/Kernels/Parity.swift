internal import CKernels
internal import KernelInterface

// Images split by the parity of rows and columns, for the fast correlation.

/// Makes the nine planes of differences of an input.
func splitInput(_ job: ParityJob) {
  let (width, left) = unsafe (job.width, job.left)
  // The columns that need no look at the edges: all of 2j ... 2j + 2 are inside, and wanted.
  let columns = unsafe min(job.columns, job.oddColumns)
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
      if first > 0 {
        unsafe splitEdge(job, line0, line1, line2, 0..<first, output, &greatest)
      }
      if unsafe i < job.oddRowsEnd {
        unsafe splitInside(job, line0, line1, line2, first..<end, output, true, &greatest)
      } else {
        unsafe splitInside(job, line0, line1, line2, first..<end, output, false, &greatest)
      }
      unsafe splitEdge(job, line0, line1, line2, end..<job.columns, output, &greatest)
    }
  }
  if let place = unsafe job.greatest { unsafe ck_store(place, greatest) }
}

/// Columns that are all inside the image.
@inline(__always)
private func splitInside(
  _ job: ParityJob, _ line0: UnsafePointer<Lanes>, _ line1: UnsafePointer<Lanes>,
  _ line2: UnsafePointer<Lanes>, _ columns: Range<Int>, _ output: UnsafeMutablePointer<Lanes>,
  _ makesOddRow: Bool, _ greatest: inout Lanes
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
    let between = Differences(b0, b1, b2)
    unsafe Differences(a0, a1, a2).minus(between).store(to: target, plane, odd: true)
    if makesOddRow {
      unsafe Differences(c0, c1, c2).minus(between).store(to: target + 3 &* plane, plane, odd: true)
    }
    unsafe between.store(to: target + 6 &* plane, plane, odd: true, both: makesBoth)
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

/// Columns any of which may be outside the image, or without an odd variant.
@inline(never)
private func splitEdge(
  _ job: ParityJob, _ line0: UnsafePointer<Lanes>, _ line1: UnsafePointer<Lanes>,
  _ line2: UnsafePointer<Lanes>, _ columns: Range<Int>, _ output: UnsafeMutablePointer<Lanes>,
  _ greatest: inout Lanes
) {
  let (plane, width) = unsafe (job.planeStride, job.width)
  for j in columns {
    let x = unsafe 2 &* j &+ job.left
    let makesOdd = unsafe j < job.oddColumns
    let first = unsafe differences(line0, x, width, &greatest)
    let between = unsafe differences(line1, x, width, &greatest)
    let third = unsafe differences(line2, x, width, &greatest)
    let target = unsafe output + j
    unsafe first.minus(between).store(to: target, plane, odd: makesOdd)
    unsafe third.minus(between).store(to: target + 3 &* plane, plane, odd: makesOdd)
    unsafe between.store(to: target + 6 &* plane, plane, odd: makesOdd)
  }
}

/// The differences of three cells of a row from `x` on, zeros outside of it.
@inline(__always)
private func differences(
  _ line: UnsafePointer<Lanes>, _ x: Int, _ width: Int, _ greatest: inout Lanes
) -> Differences {
  if x &+ 2 < 0 || x >= width { return Differences(ck_splat(0), ck_splat(0), ck_splat(0)) }
  let x0 = unsafe value(line, x, width)
  let x1 = unsafe value(line, x &+ 1, width)
  let x2 = unsafe value(line, x &+ 2, width)
  greatest = ck_larger_magnitude(
    ck_larger_magnitude(ck_larger_magnitude(greatest, x0), x1), x2)
  return Differences(x0, x1, x2)
}

/// The three column variants of a place.
private struct Differences {
  let even: Lanes, odd: Lanes, both: Lanes

  /// Of three cells side by side.
  @inline(__always)
  init(_ x0: Lanes, _ x1: Lanes, _ x2: Lanes) {
    (even, odd, both) = (ck_subtract(x0, x1), ck_subtract(x2, x1), x1)
  }

  @inline(__always)
  private init(even: Lanes, odd: Lanes, both: Lanes) {
    (self.even, self.odd, self.both) = (even, odd, both)
  }

  @inline(__always)
  func minus(_ other: Differences) -> Differences {
    Differences(
      even: ck_subtract(even, other.even), odd: ck_subtract(odd, other.odd),
      both: ck_subtract(both, other.both))
  }

  /// Puts them into three planes that are `plane` apart.
  @inline(__always)
  func store(
    to target: UnsafeMutablePointer<Lanes>, _ plane: Int, odd makesOdd: Bool,
    both makesBoth: Bool = true
  ) {
    unsafe ck_store(target, even)
    if makesOdd { unsafe ck_store(target + plane, odd) }
    if makesBoth { unsafe ck_store(target + 2 &* plane, both) }
  }
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
