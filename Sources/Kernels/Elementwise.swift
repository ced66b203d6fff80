internal import CKernels
internal import KernelInterface

// Elementwise operations, one loop per operation, and the elementary functions on vectors. These
// use nothing but exactly rounded operations, so that the bits are the same everywhere.

/// Applies an operation to every vector of a job.
func apply(_ operation: UnaryOperation, _ job: ElementwiseJob) {
  let a = unsafe ck_splat(job.a)
  let b = unsafe ck_splat(job.b)
  switch operation {
  case .affine: unsafe forEach(job) { ck_fma(a, $0, b) }
  case .scale: unsafe forEach(job) { ck_multiply(a, $0) }
  case .offset: unsafe forEach(job) { ck_add($0, a) }
  case .divideInto: unsafe forEach(job) { ck_divide(a, $0) }
  case .divideBy: unsafe forEach(job) { ck_divide($0, a) }
  case .leakyRectify: unsafe forEach(job) { ck_select_positive($0, $0, ck_multiply(a, $0)) }
  case .rectify: unsafe forEach(job) { ck_rectify($0) }
  case .exponential: unsafe forEach(job) { exponential($0) }
  case .logarithm: unsafe forEach(job) { logarithm($0) }
  case .sigmoid: unsafe forEach(job) { sigmoid($0) }
  case .hyperbolicTangent: unsafe forEach(job) { hyperbolicTangent($0) }
  case .squareRoot: unsafe forEach(job) { ck_square_root($0) }
  case .square: unsafe forEach(job) { ck_multiply($0, $0) }
  case .magnitude: unsafe forEach(job) { ck_magnitude($0) }
  }
}

/// Combines the vectors of a job's two operands.
func combine(_ operation: BinaryOperation, _ job: ElementwiseJob) {
  let a = unsafe ck_splat(job.a)
  let one = ck_splat(1)
  switch operation {
  case .add: unsafe forEachPair(job) { ck_add($0, $1) }
  case .subtract: unsafe forEachPair(job) { ck_subtract($0, $1) }
  case .multiply: unsafe forEachPair(job) { ck_multiply($0, $1) }
  case .divide: unsafe forEachPair(job) { ck_divide($0, $1) }
  case .addScaled: unsafe forEachPair(job) { ck_fma(a, $1, $0) }
  case .scaleAdd: unsafe forEachPair(job) { ck_fma(a, $0, $1) }
  case .maximum: unsafe forEachPair(job) { keepingNaN($0, $1, ck_max($0, $1)) }
  case .minimum: unsafe forEachPair(job) { keepingNaN($0, $1, ck_min($0, $1)) }
  case .wherePositive: unsafe forEachPair(job) { ck_where_positive($1, $0) }
  case .wherePositiveElseScaled:
    unsafe forEachPair(job) { ck_select_positive($1, $0, ck_multiply(a, $0)) }
  case .sigmoidGradient:
    unsafe forEachPair(job) { ck_multiply($0, ck_multiply($1, ck_subtract(one, $1))) }
  case .tanhGradient:
    unsafe forEachPair(job) { ck_multiply($0, ck_subtract(one, ck_multiply($1, $1))) }
  }
}

/// A choice between two numbers; NaN where either is one.
@inline(__always)
private func keepingNaN(_ x: Lanes, _ y: Lanes, _ chosen: Lanes) -> Lanes {
  ck_select(ck_unordered(x, y), ck_splat(.nan), chosen)
}

@inline(__always)
private func forEach(_ job: ElementwiseJob, _ transform: (Lanes) -> Lanes) {
  let lanes = unsafe ck_first_lanes(Int32(truncatingIfNeeded: job.lanes))
  let x = unsafe job.x
  let result = unsafe job.result
  for i in unsafe 0..<job.count { unsafe result[i] = ck_keep(lanes, transform(x[i])) }
}

@inline(__always)
private func forEachPair(_ job: ElementwiseJob, _ combine: (Lanes, Lanes) -> Lanes) {
  guard let y = unsafe job.y else { return }
  let lanes = unsafe ck_first_lanes(Int32(truncatingIfNeeded: job.lanes))
  let x = unsafe job.x
  let result = unsafe job.result
  for i in unsafe 0..<job.count { unsafe result[i] = ck_keep(lanes, combine(x[i], y[i])) }
}

/// eˣ to within 2 units in the last place: x = n ln 2 + r, a polynomial for eʳ, a shift by n.
///
/// Coefficients: S. Moshier, Cephes `expf`.
@inline(__always)
func exponential(_ x: Lanes) -> Lanes {
  let bounded = ck_min(ck_max(x, ck_splat(-104)), ck_splat(89))
  let n = ck_round(ck_multiply(bounded, ck_splat(1.442_695_04)))
  // ln 2 in two parts; the first has few bits, so that its product with n is exact.
  var r = ck_fma(n, ck_splat(-0.693_359_375), bounded)
  r = ck_fma(n, ck_splat(2.121_944_4e-4), r)
  var p = ck_splat(1.987_569_15e-4)
  p = ck_fma(p, r, ck_splat(1.398_199_95e-3))
  p = ck_fma(p, r, ck_splat(8.333_451_9e-3))
  p = ck_fma(p, r, ck_splat(4.166_579_6e-2))
  p = ck_fma(p, r, ck_splat(1.666_666_55e-1))
  p = ck_fma(p, r, ck_splat(5.000_000_1e-1))
  p = ck_fma(ck_multiply(r, r), p, ck_add(r, ck_splat(1)))
  return ck_select(ck_is_number(x), ck_scale(p, n), x)
}

/// ln x to within 2 units in the last place: x = m · 2ᵉ with m near 1, a polynomial for ln m.
///
/// Coefficients: S. Moshier, Cephes `logf`.
@inline(__always)
func logarithm(_ x: Lanes) -> Lanes {
  // Numbers below the normal range are scaled into it first.
  let small = ck_less(x, ck_splat(1.175_494_4e-38))
  let normal = ck_select(small, ck_multiply(x, ck_splat(8_388_608)), x)
  let e = ck_subtract(ck_exponent(normal), ck_keep(small, ck_splat(23)))
  let f = ck_subtract(ck_mantissa(normal), ck_splat(1))
  let square = ck_multiply(f, f)
  var p = ck_splat(7.037_683_6e-2)
  p = ck_fma(p, f, ck_splat(-1.151_461_03e-1))
  p = ck_fma(p, f, ck_splat(1.167_699_87e-1))
  p = ck_fma(p, f, ck_splat(-1.242_014_08e-1))
  p = ck_fma(p, f, ck_splat(1.424_932_3e-1))
  p = ck_fma(p, f, ck_splat(-1.666_805_77e-1))
  p = ck_fma(p, f, ck_splat(2.000_071_48e-1))
  p = ck_fma(p, f, ck_splat(-2.499_999_4e-1))
  p = ck_fma(p, f, ck_splat(3.333_333_12e-1))
  var y = ck_multiply(ck_multiply(p, f), square)
  y = ck_fma(e, ck_splat(-2.121_944_4e-4), y)
  y = ck_fma(ck_splat(-0.5), square, y)
  var result = ck_fma(e, ck_splat(0.693_359_375), ck_add(f, y))
  // ln 0 = −∞, ln ∞ = ∞, and what is negative or not a number has none.
  result = ck_select(ck_equal(x, ck_splat(0)), ck_splat(-.infinity), result)
  result = ck_select(ck_equal(x, ck_splat(.infinity)), x, result)
  let valid = ck_without(ck_is_number(x), ck_less(x, ck_splat(0)))
  return ck_select(valid, result, ck_splat(.nan))
}

/// The logistic function, from e^−|x| so that nothing overflows or cancels.
@inline(__always)
func sigmoid(_ x: Lanes) -> Lanes {
  let e = exponential(ck_copy_sign(x, ck_splat(-1)))
  let s = ck_divide(ck_splat(1), ck_add(ck_splat(1), e))
  return ck_select(ck_less(x, ck_splat(0)), ck_multiply(e, s), s)
}

/// tanh x: an odd polynomial for small x, else 1 − 2 / (e^2|x| + 1) with the sign of x.
///
/// Coefficients: S. Moshier, Cephes `tanhf`.
@inline(__always)
func hyperbolicTangent(_ x: Lanes) -> Lanes {
  let m = ck_magnitude(x)
  let square = ck_multiply(x, x)
  var p = ck_splat(-5.704_988_7e-3)
  p = ck_fma(p, square, ck_splat(2.063_908_88e-2))
  p = ck_fma(p, square, ck_splat(-5.373_971_55e-2))
  p = ck_fma(p, square, ck_splat(1.333_147_44e-1))
  p = ck_fma(p, square, ck_splat(-3.333_328_2e-1))
  let near = ck_fma(ck_multiply(p, square), x, x)
  let e = exponential(ck_add(m, m))
  let far = ck_subtract(ck_splat(1), ck_divide(ck_splat(2), ck_add(e, ck_splat(1))))
  return ck_select(ck_less(m, ck_splat(0.625)), near, ck_copy_sign(far, x))
}

/// Multiplies and offsets whole channels.
func transformChannels(_ job: ChannelJob) {
  let lanes = unsafe ck_first_lanes(Int32(truncatingIfNeeded: job.lanes))
  for c in unsafe 0..<job.channels {
    let x = unsafe job.x + c &* job.area
    let result = unsafe job.result + c &* job.area
    let term = unsafe job.terms.map { unsafe ck_splat($0[c]) } ?? ck_splat(0)
    if let factors = unsafe job.factors {
      let factor = unsafe ck_splat(factors[c])
      for i in unsafe 0..<job.area {
        unsafe result[i] = ck_keep(lanes, ck_fma(x[i], factor, term))
      }
    } else {
      for i in unsafe 0..<job.area { unsafe result[i] = ck_keep(lanes, ck_add(x[i], term)) }
    }
  }
}

/// Finds the greatest magnitude in each lane.
func greatestMagnitudes(_ job: MagnitudeJob) {
  let (x, count) = unsafe (job.x, job.count)
  // Four at a time, so that none waits for the one before it.
  var (a, b, c, d) = (ck_splat(0), ck_splat(0), ck_splat(0), ck_splat(0))
  var i = 0
  while i &+ 4 <= count {
    a = unsafe ck_larger_magnitude(a, ck_load(x + i))
    b = unsafe ck_larger_magnitude(b, ck_load(x + (i &+ 1)))
    c = unsafe ck_larger_magnitude(c, ck_load(x + (i &+ 2)))
    d = unsafe ck_larger_magnitude(d, ck_load(x + (i &+ 3)))
    i &+= 4
  }
  while i < count {
    a = unsafe ck_larger_magnitude(a, ck_load(x + i))
    i &+= 1
  }
  unsafe ck_store(
    job.result, ck_larger_magnitude(ck_larger_magnitude(a, b), ck_larger_magnitude(c, d)))
}

/// Adds up whole channels in double precision: 16 numbers per channel, one for each lane.
func sumChannels(_ job: ChannelSumJob) {
  if let winners = unsafe job.winners { return unsafe sumPooledChannels(job, winners) }
  for c in unsafe 0..<job.channels {
    let x = unsafe job.x + c &* job.area
    // Two partial sums, so that an addition need not wait for the one before it.
    var even = ck_widen(ck_splat(0))
    var odd = even
    var i = 0
    while unsafe i &+ 2 <= job.area {
      unsafe even = ck_add_wide(even, ck_widen(x[i]))
      unsafe odd = ck_add_wide(odd, ck_widen(x[i &+ 1]))
      i &+= 2
    }
    if unsafe i < job.area { unsafe even = ck_add_wide(even, ck_widen(x[i])) }
    unsafe job.result[c] = ck_add_wide(even, odd)
  }
}

/// The same for the gradient of a pool, in the order of its pixels: even columns are the windows' left
/// halves, and a row of windows is two of pixels. Zeros need not be added.
@inline(never)
private func sumPooledChannels(_ job: ChannelSumJob, _ winners: UnsafePointer<UInt8>) {
  for c in unsafe 0..<job.channels {
    let x = unsafe job.x + c &* job.area
    let winners = unsafe winners + 16 &* c &* job.area
    var even = ck_widen(ck_splat(0))
    var odd = even
    var row = 0
    while unsafe row < job.area {
      for half: Int32 in 0..<2 {
        for i in unsafe row..<row &+ job.width {
          let (value, winner) = unsafe (x[i], ck_load_bytes(winners + 16 &* i))
          even = ck_add_wide(even, ck_widen(ck_keep_where(winner, 2 &* half, value)))
          odd = ck_add_wide(odd, ck_widen(ck_keep_where(winner, 2 &* half &+ 1, value)))
        }
      }
      unsafe row &+= job.width
    }
    unsafe job.result[c] = ck_add_wide(even, odd)
  }
}
