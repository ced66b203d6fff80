extension Elementary {
  /// x = n π/2 + angle with |angle| ≤ π/4 (a hair more at the seams); only n mod 4 is told.
  ///
  /// The angle comes with about 100 bits, since near a multiple of π/2 most of them cancel.
  static func reducedToQuarterTurn(_ x: Double) -> (quadrant: Int, angle: DoubleDouble) {
    if abs(x) <= 0x1.921fb54442d18p-1 { return (0, DoubleDouble(x)) }
    if !x.isFinite { return (0, DoubleDouble(.nan)) }
    if abs(x) <= 524_288 { return reducedBySubtraction(x) }
    let (quadrant, angle) = reducedByMultiplication(abs(x))
    if x > 0 { return (quadrant, angle) }
    return (-quadrant & 3, DoubleDouble(-angle.high, -angle.low))
  }

  /// Cody and Waite: π/2 in three pieces of 33 bits and a rest, so that n times a piece is exact.
  private static func reducedBySubtraction(_ x: Double) -> (Int, DoubleDouble) {
    let n = nearestInteger(x * 0x1.45f306dc9c883p-1)
    let first = x - n * 0x1.921fb544p+0
    let angle =
      DoubleDouble.sum(first, -n * 0x1.0b4611a6p-34)
      + (-n * 0x1.3198a2ep-69)
      + (-n * 0x1.b839a252049c1p-104)
    return (Int(n) & 3, angle)
  }

  /// Payne and Hanek: x 2/π modulo 4 in integers, from the 192 bits of 2/π that matter for x.
  ///
  /// With x = m 2ᵉ, the bits of 2/π of weight above 2²⁻ᵉ give multiples of 4 and are left out.
  private static func reducedByMultiplication(_ x: Double) -> (Int, DoubleDouble) {
    let m = x.significandBitPattern | 1 << 52
    let firstBit = Int(x.exponentBitPattern) - 1023 - 52 - 2
    let bits = (0..<3).map { twoOverPiBits(from: firstBit + 64 * $0) }

    // The low 192 bits of m × bits, most significant word first.
    let (carry2, low) = m.multipliedFullWidth(by: bits[2])
    let (carry1, middle) = m.multipliedFullWidth(by: bits[1])
    let (middleSum, overflow) = middle.addingReportingOverflow(carry2)
    let high = m &* bits[0] &+ carry1 &+ (overflow ? 1 : 0)

    // Two bits of quadrant, then the fraction, as a signed number of 2⁻⁶² quarter turns.
    var quadrant = Int(high >> 62)
    var head = Int64(bitPattern: high << 2) >> 2
    if head < 0 { quadrant += 1 }
    head = Int64(bitPattern: (high << 2) | (middleSum >> 62))
    let rest = (middleSum << 2) | (low >> 62)
    // head / 2⁶⁴ + rest / 2¹²⁸, where head's 64 bits are split to convert without rounding.
    let upper = Double(head >> 32) * 0x1p-32
    let lower = Double(UInt64(bitPattern: head) & 0xffff_ffff) * 0x1p-64
    let restUpper = Double(rest >> 32) * 0x1p-96
    let restLower = Double(rest & 0xffff_ffff) * 0x1p-128
    let fraction =
      DoubleDouble.sum(upper, lower) + DoubleDouble.sum(restUpper, restLower)
    return (
      quadrant & 3, fraction * DoubleDouble(0x1.921fb54442d18p+0, 0x1.1a62633145c07p-54)
    )
  }

  /// 64 bits of 2/π from the bit of weight 2^-(first + 1) on; bits before the point are zero.
  private static func twoOverPiBits(from first: Int) -> UInt64 {
    let position = first + 64  // the table starts with a word of zeros
    let word = position >> 6
    let shift = UInt64(position & 63)
    let upper = twoOverPi[word] << shift
    return shift == 0 ? upper : upper | twoOverPi[word + 1] >> (64 - shift)
  }

  /// A word of zeros, then the first 1280 bits of 2/π (computed by Machin's formula for π).
  private static let twoOverPi: [UInt64] = [
    0, 0xa2f9_836e_4e44_1529, 0xfc27_57d1_f534_ddc0, 0xdb62_9599_3c43_9041,
    0xfe51_63ab_debb_c561, 0xb724_6e3a_424d_d2e0, 0x0649_2eea_09d1_921c, 0xfe1d_eb1c_b129_a73e,
    0xe882_35f5_2ebb_4484, 0xe99c_7026_b45f_7e41, 0x3991_d639_8353_39f4, 0x9c84_5f8b_bdf9_283b,
    0x1ff8_97ff_de05_980f, 0xef2f_118b_5a0a_6d1f, 0x6d36_7ecf_27cb_09b7, 0x4f46_3f66_9e5f_ea2d,
    0x7527_bac7_ebe5_f17b, 0x3d07_39f7_8a52_92ea, 0x6bfb_5fb1_1f8d_5d08, 0x5603_3046_fc7b_6bab,
    0xf0cf_bc20_9af4_361d,
  ]
}
