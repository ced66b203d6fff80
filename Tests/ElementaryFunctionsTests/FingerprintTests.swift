import ElementaryFunctions
import Testing

/// Pins the bits: a different compiler, processor or C library must give the same ones.
struct FingerprintTests {
  @Test func `The bits are the same everywhere`() {
    var hash: UInt64 = 0xcbf2_9ce4_8422_2325  // FNV-1a over the results' bits
    func mix(_ value: Double) {
      hash = (hash ^ value.bitPattern) &* 0x0000_0100_0000_01b3
    }
    for i in -2000...2000 {
      let x = Double(i) * 0.0137
      mix(Elementary.exp(x))
      mix(Elementary.expm1(x))
      mix(Elementary.sin(x))
      mix(Elementary.cos(x * 1e6))
      mix(Elementary.tan(x))
      mix(Elementary.tanh(x))
      mix(Elementary.sigmoid(x))
      mix(Elementary.atan2(x, 3))
      if i > 0 {
        mix(Elementary.log(x))
        mix(Elementary.log2(x))
        mix(Elementary.log10(x))
        mix(Elementary.log1p(x))
        mix(Elementary.pow(x, 1.7))
      }
    }
    #expect(hash == 15_244_764_995_836_956_383)
  }
}
