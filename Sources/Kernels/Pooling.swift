internal import CKernels
internal import KernelInterface

// Pooling, window by window; every lane is another item.

/// The largest value under each window, or a NaN that stands there.
func maxPool(_ job: PoolingJob) {
  unsafe forEachWindow(job) { input, output, _, _, rows, columns in
    unsafe output[0] = largest(job, input, rows, columns)
  }
}

/// The gradient of ``maxPool(_:)``: to the first of the largest values, row by row; where there is a
/// NaN, to the last one, as PyTorch does.
func maxPoolGradient(_ job: PoolingJob) {
  let width = unsafe job.width
  let rectified = unsafe job.rectified
  let zero = ck_splat(0)
  unsafe forEachWindow(job, writesGradient: true) {
    input, output, gradient, isFirst, rows, columns in
    let best = unsafe largest(job, input, rows, columns)
    var rest = unsafe output[0]
    if rectified { rest = ck_where_positive(best, rest) }
    for row in rows {
      for column in columns {
        let index = row &* width &+ column
        let here = unsafe ck_equal(input[index], best)
        unsafe gradient[index] = ck_add(isFirst ? zero : gradient[index], ck_keep(here, rest))
        rest = ck_drop(here, rest)
      }
    }
    let isNaN = ck_unordered(best, best)
    if ck_any(isNaN) {
      unsafe giveToLastNaN(job, input, gradient, ck_keep(isNaN, rest), rows, columns)
    }
  }
}

/// Adds a gradient to the last NaN of a window, in the lanes that have one.
@inline(never)
private func giveToLastNaN(
  _ job: PoolingJob, _ input: UnsafePointer<Lanes>, _ gradient: UnsafeMutablePointer<Lanes>,
  _ value: Lanes, _ rows: Range<Int>, _ columns: Range<Int>
) {
  var rest = value
  var row = rows.upperBound
  while row > rows.lowerBound {
    row &-= 1
    var column = columns.upperBound
    while column > columns.lowerBound {
      column &-= 1
      let index = unsafe row &* job.width &+ column
      let here = unsafe ck_unordered(input[index], input[index])
      unsafe gradient[index] = ck_add(gradient[index], ck_keep(here, rest))
      rest = ck_drop(here, rest)
    }
  }
}

/// The mean under each window.
func averagePool(_ job: PoolingJob) {
  let width = unsafe job.width
  unsafe forEachWindow(job) { input, output, _, _, rows, columns in
    var sum = ck_splat(0)
    for row in rows {
      for column in columns { unsafe sum = ck_add(sum, input[row &* width &+ column]) }
    }
    unsafe output[0] = ck_divide(sum, cells(job, rows, columns))
  }
}

/// The gradient of ``averagePool(_:)``: an equal share for every cell.
func averagePoolGradient(_ job: PoolingJob) {
  let width = unsafe job.width
  let zero = ck_splat(0)
  unsafe forEachWindow(job, writesGradient: true) { _, output, gradient, isFirst, rows, columns in
    let share = unsafe ck_divide(output[0], cells(job, rows, columns))
    for row in rows {
      for column in columns {
        let index = row &* width &+ column
        unsafe gradient[index] = ck_add(isFirst ? zero : gradient[index], share)
      }
    }
  }
}

/// The largest value of a window; NaN where a cell is one. The maxima pass over NaNs, which are
/// looked for beside them: the compiler compares two cells at once for that.
@inline(__always)
private func largest(
  _ job: PoolingJob, _ input: UnsafePointer<Lanes>, _ rows: Range<Int>, _ columns: Range<Int>
) -> Lanes {
  let width = unsafe job.width
  var best = unsafe input[rows.lowerBound &* width &+ columns.lowerBound]
  var isNaN = ck_unordered(best, best)
  for row in rows {
    for column in columns {
      let value = unsafe input[row &* width &+ column]
      best = ck_max(value, best)
      isNaN = ck_either(isNaN, ck_unordered(value, value))
    }
  }
  return ck_select(isNaN, ck_splat(.nan), best)
}

/// The divisor of a mean.
@inline(__always)
private func cells(_ job: PoolingJob, _ rows: Range<Int>, _ columns: Range<Int>) -> Lanes {
  let count =
    unsafe job.countsPadding
    ? job.windowHeight &* job.windowWidth : rows.count &* columns.count
  return ck_splat(Float(count))
}

/// Calls `body` for every window with its input plane, its output, its gradient plane, whether no
/// other window writes to its cells of that, and the rows and columns of the image that it covers.
/// Where windows overlap or leave cells out, gradient planes are cleared one by one, so that they are
/// still in the cache when they are filled.
@inline(__always)
private func forEachWindow(
  _ job: PoolingJob, writesGradient: Bool = false,
  _ body: (
    UnsafePointer<Lanes>, UnsafeMutablePointer<Lanes>, UnsafeMutablePointer<Lanes>, Bool,
    Range<Int>, Range<Int>
  ) -> Void
) {
  let (height, width) = unsafe (job.height, job.width)
  // The usual window, 2×2 cells that are all inside, has sizes that the compiler knows; and mostly
  // every cell is in one of them.
  let isPair =
    unsafe job.windowHeight == 2 && job.windowWidth == 2 && job.top == 0 && job.left == 0
    && (job.outputHeight &- 1) &* job.strideHeight &+ 2 <= height
    && (job.outputWidth &- 1) &* job.strideWidth &+ 2 <= width
  let isTiled =
    unsafe isPair && job.strideHeight == 2 && job.strideWidth == 2
    && 2 &* job.outputHeight == height && 2 &* job.outputWidth == width
  var input = unsafe job.input
  var gradient = unsafe job.inputGradient
  var output = unsafe job.output
  for _ in unsafe 0..<job.planes {
    if writesGradient && !isTiled {
      for i in 0..<(height &* width) { unsafe gradient[i] = ck_splat(0) }
    }
    for i in unsafe 0..<job.outputHeight {
      let top = unsafe i &* job.strideHeight &- job.top
      if isTiled {
        let rows = top..<(top &+ 2)
        for j in unsafe 0..<job.outputWidth {
          unsafe body(input, output + j, gradient, true, rows, 2 &* j..<2 &* j &+ 2)
        }
        unsafe output += job.outputWidth
        continue
      }
      if isPair {
        let rows = top..<(top &+ 2)
        var left = 0
        for _ in unsafe 0..<job.outputWidth {
          let columns = left..<(left &+ 2)
          unsafe body(input, output, gradient, false, rows, columns)
          unsafe output += 1
          unsafe left &+= job.strideWidth
        }
        continue
      }
      let rows = unsafe max(top, 0)..<min(top &+ job.windowHeight, height)
      for j in unsafe 0..<job.outputWidth {
        let left = unsafe j &* job.strideWidth &- job.left
        let columns = unsafe max(left, 0)..<min(left &+ job.windowWidth, width)
        unsafe body(input, output, gradient, false, rows, columns)
        unsafe output += 1
      }
    }
    unsafe input += height &* width
    unsafe gradient += height &* width
  }
}
