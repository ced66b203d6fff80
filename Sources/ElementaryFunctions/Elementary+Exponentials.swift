extension Elementary {
  /// Replaces every number by `eˣ`: the same bits as ``exp(_:)-(Double)``, and several times as fast.
  ///
  /// A series is a chain of operations each of which waits for the last; eight of them side by side
  /// wait together.
  ///
  /// - Parameter numbers: Any number of them.
  public static func replaceByExponentials(_ numbers: inout [Double]) {
    let whole = numbers.count / 8 * 8
    unsafe numbers.withUnsafeMutableBytes { bytes in
      for offset in stride(from: 0, to: 8 * whole, by: 64) {
        let x = unsafe bytes.loadUnaligned(fromByteOffset: offset, as: SIMD8<Double>.self)
        unsafe bytes.storeBytes(of: exponentials(x), toByteOffset: offset, as: SIMD8<Double>.self)
      }
    }
    for index in whole..<numbers.count { numbers[index] = exp(numbers[index]) }
  }

  /// `eˣ` of eight numbers, by the operations of the scalar function in their order.
  private static func exponentials(_ x: SIMD8<Double>) -> SIMD8<Double> {
    // What overflows, underflows or is no number goes another way there.
    guard x.min() > -708, x.max() < 709, !any(x .!= x) else {
      var results = x
      for lane in 0..<8 { results[lane] = exp(x[lane]) }
      return results
    }
    // x = n ln 2 + r + rest, as there; n stands in the last bits of the shifted number.
    let shifted = x * 0x1.71547652b82fep+0 + 0x1.8p52
    let n = shifted - 0x1.8p52
    let high = x - n * 0x1.62e42fefp-1
    let low = n * 0x1.473de6af278edp-34
    let r = high - low
    let rest = (high - r) - low
    var series = SIMD8<Double>(repeating: 1.0 / 6_227_020_800)
    series = series * r + 1.0 / 479_001_600
    series = series * r + 1.0 / 39_916_800
    series = series * r + 1.0 / 3_628_800
    series = series * r + 1.0 / 362_880
    series = series * r + 1.0 / 40320
    series = series * r + 1.0 / 5040
    series = series * r + 1.0 / 720
    series = series * r + 1.0 / 120
    series = series * r + 1.0 / 24
    series = series * r + 1.0 / 6
    series = series * r + 1.0 / 2
    let tail = r * r * series + (rest + rest * r)
    let powers = unsafe (unsafeBitCast(shifted, to: SIMD8<UInt64>.self) &+ 1023) &<< 52
    return unsafe (1 + (r + tail)) * unsafeBitCast(powers, to: SIMD8<Double>.self)
  }
}
