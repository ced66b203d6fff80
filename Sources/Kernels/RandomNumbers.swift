internal import CKernels
internal import KernelInterface

// Random numbers by the hundred thousand. What `Elementary` makes of two uniform numbers is rounded to
// a float in the end, and takes a few hundred operations for bits that are then lost. Here a shorter
// way comes within a known distance of it. Where both ends of that distance round to the same float,
// that is the result, whatever the rounding on the way: the bits are those of `Elementary`, always.

/// The distance between the short way and `Elementary`, relative to the result. The series below end
/// where less than 2⁻⁴⁴ is missing; the rounding of the steps is a few 2⁻⁵³.
private let distance = 0x1p-42

/// Makes normal numbers up to the first vector with one that is not certain; about one in ten
/// thousand is not.
///
/// - Returns: That vector, whose numbers are to be computed otherwise, or the end.
func fillNormal(_ job: NormalJob) -> Int {
  if let bits = unsafe job.bits {
    return unsafe fill(job) { i in
      unsafe (ck_w8_load_even(bits + 16 &* i), ck_w8_load_odd(bits + 16 &* i))
    }
  }
  let start = unsafe job.state
  return unsafe fill(job) { i in
    (draw(start, 16 &* i &+ 1), draw(start, 16 &* i &+ 2))
  }
}

/// Makes uniform numbers.
func fillUniform(_ job: UniformJob) {
  let (width, start) = unsafe (ck_splat(job.width), ck_splat(job.start))
  for i in unsafe job.vectors {
    let even = unsafe draw(job.state, 16 &* i &+ 1)
    let odd = unsafe draw(job.state, 16 &* i &+ 2)
    let numbers = ck_w8_interleave(ck_w8_shift_right(even, 40), ck_w8_shift_right(odd, 40))
    let shares = ck_multiply(numbers, ck_splat(0x1p-24))
    unsafe job.result[i] = ck_add(start, ck_multiply(width, shares))
  }
}

/// Eight draws of `SplitMix64`, every other one from the `first` on, counted from 1.
@inline(__always)
private func draw(_ state: UInt64, _ first: Int) -> ck_w8 {
  let step: UInt64 = 0x9E37_79B9_7F4A_7C15
  let start = state &+ UInt64(truncatingIfNeeded: first) &* step
  var z = ck_w8_add(ck_w8_splat(start), ck_w8_even_multiples(step))
  z = ck_w8_multiply(
    ck_w8_xor(z, ck_w8_shift_right(z, 30)), ck_w8_splat(0xBF58_476D_1CE4_E5B9))
  z = ck_w8_multiply(
    ck_w8_xor(z, ck_w8_shift_right(z, 27)), ck_w8_splat(0x94D0_49BB_1331_11EB))
  return ck_w8_xor(z, ck_w8_shift_right(z, 31))
}

@inline(__always)
private func fill(_ job: NormalJob, _ bits: (_ vector: Int) -> (ck_w8, ck_w8)) -> Int {
  let deviation = unsafe ck_d8_splat(job.standardDeviation)
  let mean = unsafe ck_d8_splat(job.mean)
  let close = ck_d8_splat(distance)
  let meanClose = ck_d8_multiply(ck_d8_magnitude(mean), close)
  for i in unsafe job.vectors {
    let (first, second) = bits(i)
    // 1 − u lies in (0, 1], so that the logarithm is finite.
    let unit = ck_d8_splat(0x1p-53)
    let u = ck_d8_subtract(
      ck_d8_splat(1), ck_d8_multiply(ck_w8_convert(ck_w8_shift_right(first, 11)), unit))
    let angle = ck_d8_multiply(
      ck_d8_splat(2 * Double.pi),
      ck_d8_multiply(ck_w8_convert(ck_w8_shift_right(second, 11)), unit))
    let radius = ck_d8_multiply(deviation, ck_d8_square_root(minusTwoLogarithms(u)))
    let (cosine, sine) = cosineAndSine(angle)
    let (x, y) = (ck_d8_multiply(radius, cosine), ck_d8_multiply(radius, sine))
    let xClose = ck_d8_fma(ck_d8_magnitude(x), close, meanClose)
    let yClose = ck_d8_fma(ck_d8_magnitude(y), close, meanClose)
    let (xMoved, yMoved) = (ck_d8_add(mean, x), ck_d8_add(mean, y))
    let low = ck_d8_interleave(
      ck_d8_subtract(xMoved, xClose), ck_d8_subtract(yMoved, yClose))
    let high = ck_d8_interleave(ck_d8_add(xMoved, xClose), ck_d8_add(yMoved, yClose))
    // A zero may be one of either sign.
    let isSure = ck_without(ck_equal(low, high), ck_equal(low, ck_splat(0)))
    if !ck_all(isSure) { return i }
    unsafe job.result[i] = low
  }
  return unsafe job.vectors.upperBound
}

/// −2 ln x for x in (0, 1]: x = m · 2ᵉ with m in [√½, √2), ln m = 2 artanh s with s = (m − 1)/(m + 1),
/// by the series of artanh, whose terms fall by 34 each.
@inline(__always)
private func minusTwoLogarithms(_ x: ck_d8) -> ck_d8 {
  let rootHalf = ck_w8_splat(0x3FE6_A09E_667F_3BCD)
  let bits = ck_w8_subtract(ck_d8_bits(x), rootHalf)
  let m = ck_w8_double(
    ck_w8_add(ck_w8_and(bits, ck_w8_splat(0x000F_FFFF_FFFF_FFFF)), rootHalf))
  // With 1023 more the exponent is positive. At 2⁵² a double's steps are 1, and its last bits the
  // number: not every instruction set converts words of 64 bits.
  let places = ck_w8_shift_right(ck_w8_add(bits, ck_w8_splat(1023 << 52)), 52)
  let e = ck_d8_subtract(
    ck_w8_double(ck_w8_or(places, ck_w8_splat(0x4330_0000_0000_0000))),
    ck_d8_splat(0x1p52 + 1023))
  let s = ck_d8_divide(
    ck_d8_subtract(m, ck_d8_splat(1)), ck_d8_add(m, ck_d8_splat(1)))
  let t = ck_d8_multiply(s, s)
  var p = ck_d8_splat(4.0 / 15)
  p = ck_d8_fma(p, t, ck_d8_splat(4.0 / 13))
  p = ck_d8_fma(p, t, ck_d8_splat(4.0 / 11))
  p = ck_d8_fma(p, t, ck_d8_splat(4.0 / 9))
  p = ck_d8_fma(p, t, ck_d8_splat(4.0 / 7))
  p = ck_d8_fma(p, t, ck_d8_splat(4.0 / 5))
  p = ck_d8_fma(p, t, ck_d8_splat(4.0 / 3))
  p = ck_d8_fma(p, t, ck_d8_splat(4))
  // 2 ln 2 once is enough: e is 0 or the sum at least half of its first term.
  return ck_d8_subtract(
    ck_d8_multiply(e, ck_d8_splat(-0x1.62e42fefa39efp+0)), ck_d8_multiply(s, p))
}

/// cos x and sin x for x in [0, 2π): a multiple of π/2 is taken off in three parts, the series of
/// both for the rest, which is at most π/4.
@inline(__always)
private func cosineAndSine(_ x: ck_d8) -> (ck_d8, ck_d8) {
  // Rounded to a whole number: at 1.5 · 2⁵² a double's steps are 1, and its last bits the number.
  let shift = ck_d8_splat(0x1.8p52)
  let shifted = ck_d8_fma(x, ck_d8_splat(2 / Double.pi), shift)
  let turns = ck_d8_subtract(shifted, shift)
  let quarter = ck_d8_bits(shifted)
  // π/2 = a + b + c; a and b have so few bits that their products with 0 … 4 are exact.
  var r = ck_d8_fma(turns, ck_d8_splat(-0x1.921fb544p+0), x)
  r = ck_d8_fma(turns, ck_d8_splat(-0x1.0b4611a6p-34), r)
  r = ck_d8_fma(turns, ck_d8_splat(-0x1.3198a2e037073p-69), r)
  let t = ck_d8_multiply(r, r)
  var p = ck_d8_splat(1.0 / 6_227_020_800)
  p = ck_d8_fma(p, t, ck_d8_splat(-1.0 / 39_916_800))
  p = ck_d8_fma(p, t, ck_d8_splat(1.0 / 362_880))
  p = ck_d8_fma(p, t, ck_d8_splat(-1.0 / 5040))
  p = ck_d8_fma(p, t, ck_d8_splat(1.0 / 120))
  p = ck_d8_fma(p, t, ck_d8_splat(-1.0 / 6))
  let sine = ck_d8_fma(ck_d8_multiply(r, t), p, r)
  var q = ck_d8_splat(-1.0 / 87_178_291_200)
  q = ck_d8_fma(q, t, ck_d8_splat(1.0 / 479_001_600))
  q = ck_d8_fma(q, t, ck_d8_splat(-1.0 / 3_628_800))
  q = ck_d8_fma(q, t, ck_d8_splat(1.0 / 40_320))
  q = ck_d8_fma(q, t, ck_d8_splat(-1.0 / 720))
  q = ck_d8_fma(q, t, ck_d8_splat(1.0 / 24))
  q = ck_d8_fma(q, t, ck_d8_splat(-0.5))
  let cosine = ck_d8_fma(q, t, ck_d8_splat(1))
  // A quarter turn makes (c, s) into (−s, c): they change places where the turns are odd, and the
  // second bit, of the turns or of one more, is the sign's.
  let one = ck_w8_splat(1)
  let negative = ck_w8_splat(1 << 63)
  let cosineSign = ck_w8_and(ck_w8_shift_left(ck_w8_add(quarter, one), 62), negative)
  let sineSign = ck_w8_and(ck_w8_shift_left(quarter, 62), negative)
  return (
    ck_w8_double(
      ck_w8_xor(ck_d8_bits(ck_d8_select_odd(quarter, sine, cosine)), cosineSign)),
    ck_w8_double(
      ck_w8_xor(ck_d8_bits(ck_d8_select_odd(quarter, cosine, sine)), sineSign))
  )
}
