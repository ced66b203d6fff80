import Foundation

/// Whether code is the code that it was: 64 bits of it, in which any change of one file shows.
///
/// Not a digest that withstands somebody who wants two texts to look alike, which nobody does here; it is
/// computed whenever a lab is built, by a tool that is not optimised.
struct CodeDigest {
  private var state: UInt64 = 0xCBF2_9CE4_8422_2325

  /// The digits of the digest.
  var text: String { String(state, radix: 16) }

  /// Adds a file: how long it is, then what is in it.
  mutating func add(_ data: Data) {
    mix(UInt64(data.count))
    unsafe data.withUnsafeBytes { bytes in
      var index = 0
      while index + 8 <= bytes.count {
        mix(unsafe bytes.loadUnaligned(fromByteOffset: index, as: UInt64.self))
        index += 8
      }
      while index < bytes.count {
        mix(UInt64(unsafe bytes[index]))
        index += 1
      }
    }
  }

  /// An odd factor and a rotation lose nothing: two states that differ still do after the same word.
  private mutating func mix(_ word: UInt64) {
    state = (state ^ word) &* 0x0000_0100_0000_01B3
    state = state << 29 | state >> 35
  }
}
