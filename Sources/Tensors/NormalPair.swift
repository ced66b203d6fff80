internal import ElementaryFunctions

// Normal numbers by the hundred thousand: drawn in order on one thread, transformed on all.
//
// What `Elementary` makes of two uniform numbers is rounded to a `Float` in the end, and takes a few
// hundred operations for bits that are then lost. Here a shorter way comes within a known distance of
// it. Where both ends of that distance round to the same `Float`, that is the result; else, about once
// in a million, `Elementary` is asked. So the bits are those of `Elementary`, always.

/// Normal numbers in pairs, each from two times 64 random bits (Box and Muller).
struct NormalPair {
  let mean: Double
  let standardDeviation: Double

  /// The distance between the short way and `Elementary`, relative to the result: both are within a
  /// few 2⁻⁵³, so that this is generous.
  private static let distance = 0x1p-47

  /// The elements of eight pairs, whose bits stand one pair after the other.
  @inline(__always)
  func elements(_ bits: UnsafePointer<UInt64>, into result: UnsafeMutablePointer<Float>) {
    var u = Eight()
    var angle = Eight()
    for i in 0..<8 {
      // 1 − u lies in (0, 1], so that the logarithm is finite.
      unsafe u[i] = 1 - Double(Int64(bits[2 * i] >> 11)) * 0x1p-53
      unsafe angle[i] = 2 * Double.pi * (Double(Int64(bits[2 * i + 1] >> 11)) * 0x1p-53)
    }
    let radius = (-2 * Self.logarithm(u)).squareRoot()
    let (cosine, sine) = Self.cosineAndSine(angle)
    let (firsts, areFirstsSure) = rounded(radius * cosine)
    let (seconds, areSecondsSure) = rounded(radius * sine)
    let isSure = areFirstsSure .& areSecondsSure
    for i in 0..<8 {
      if isSure[i] {
        unsafe (result[2 * i], result[2 * i + 1]) = (firsts[i], seconds[i])
      } else {
        unsafe (result[2 * i], result[2 * i + 1]) = exactElements(u[i], angle[i])
      }
    }
  }

  /// By the package's own functions.
  @inline(never)
  func exactElements(_ u: Double, _ angle: Double) -> (Float, Float) {
    let radius = (-2 * Elementary.log(u)).squareRoot()
    return (
      Float(mean + standardDeviation * (radius * Elementary.cos(angle))),
      Float(mean + standardDeviation * (radius * Elementary.sin(angle)))
    )
  }

  /// The elements for normal numbers that are known so well, and where that leaves only one.
  @inline(__always)
  private func rounded(_ z: Eight) -> (SIMD8<Float>, SIMDMask<SIMD8<Int32>>) {
    let scaled = standardDeviation * z
    let most =
      (scaled.replacing(with: -scaled, where: scaled .< 0) + mean.magnitude) * Self.distance
    let low = SIMD8<Float>(mean + scaled - most)
    let high = SIMD8<Float>(mean + scaled + most)
    return (low, (low .== high) .& (low .!= 0))
  }

  /// ln x for x in (0, 1]: x = m · 2ᵉ with m in [√½, √2), ln m = 2 artanh s with s = (m − 1)/(m + 1),
  /// by the series of artanh, whose terms fall by 34 each.
  @inline(__always)
  private static func logarithm(_ x: Eight) -> Eight {
    let rootHalf: UInt64 = 0x3FE6_A09E_667F_3BCD
    let bits = unsafe unsafeBitCast(x, to: SIMD8<UInt64>.self) &- rootHalf
    let m = unsafe unsafeBitCast(
      (bits & 0x000F_FFFF_FFFF_FFFF) &+ rootHalf, to: Eight.self)
    var e = Eight()
    for i in 0..<8 { e[i] = Double(Int64(bitPattern: bits[i]) >> 52) }
    let f = m - 1
    let s = f / (2 + f)
    let t = s * s
    var p = Eight(repeating: 1.0 / 23)
    p = p * t + 1.0 / 21
    p = p * t + 1.0 / 19
    p = p * t + 1.0 / 17
    p = p * t + 1.0 / 15
    p = p * t + 1.0 / 13
    p = p * t + 1.0 / 11
    p = p * t + 1.0 / 9
    p = p * t + 1.0 / 7
    p = p * t + 1.0 / 5
    p = p * t + 1.0 / 3
    // ln 2 in two parts; the first has few bits, so that its product with e is exact.
    let ends = 2 * s * t * p + e * 0x1.a39ef35793c76p-33
    return e * 0x1.62e42feep-1 + (2 * s + ends)
  }

  /// cos x and sin x for x in [0, 2π): a multiple of π/2 is taken off in three parts, the series of
  /// both for the rest, which is at most π/4.
  @inline(__always)
  private static func cosineAndSine(_ x: Eight) -> (Eight, Eight) {
    // Rounded to a whole number: at 1.5 · 2⁵² a double's steps are 1, and its last bits the number.
    let shifted = x * (2 / Double.pi) + 0x1.8p52
    let turns = shifted - 0x1.8p52
    let quarter = unsafe unsafeBitCast(shifted, to: SIMD8<Int64>.self)
    // π/2 = a + b + c; a and b have so few bits that their products with 0 … 4 are exact.
    let most = (x - turns * 0x1.921fb544p+0) - turns * 0x1.0b4611a6p-34
    let r = most - turns * 0x1.3198a2e037073p-69
    let t = r * r
    var p = Eight(repeating: 1.0 / 355_687_428_096_000)
    p = 1.0 / 1_307_674_368_000 - t * p
    p = 1.0 / 6_227_020_800 - t * p
    p = 1.0 / 39_916_800 - t * p
    p = 1.0 / 362_880 - t * p
    p = 1.0 / 5040 - t * p
    p = 1.0 / 120 - t * p
    p = 1.0 / 6 - t * p
    let sine = r - r * t * p
    var q = Eight(repeating: 1.0 / 20_922_789_888_000)
    q = 1.0 / 87_178_291_200 - t * q
    q = 1.0 / 479_001_600 - t * q
    q = 1.0 / 3_628_800 - t * q
    q = 1.0 / 40_320 - t * q
    q = 1.0 / 720 - t * q
    q = 1.0 / 24 - t * q
    q = 0.5 - t * q
    let cosine = 1 - t * q
    // A quarter turn makes (c, s) into (−s, c).
    let isOdd = (quarter & 1) .!= 0
    let x = cosine.replacing(with: sine, where: isOdd)
    let y = sine.replacing(with: cosine, where: isOdd)
    return (
      x.replacing(with: -x, where: ((quarter &+ 1) & 2) .!= 0),
      y.replacing(with: -y, where: (quarter & 2) .!= 0)
    )
  }
}

/// Eight numbers at a time.
private typealias Eight = SIMD8<Double>
