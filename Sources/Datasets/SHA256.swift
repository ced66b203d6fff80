/// The SHA-256 digest of FIPS 180-4, to recognise data files by their content.
///
/// Not for secrets: nothing here takes constant time on purpose.
public struct SHA256: Sendable {
  private var state: (UInt32, UInt32, UInt32, UInt32, UInt32, UInt32, UInt32, UInt32) = (
    0x6a09_e667, 0xbb67_ae85, 0x3c6e_f372, 0xa54f_f53a,
    0x510e_527f, 0x9b05_688c, 0x1f83_d9ab, 0x5be0_cd19
  )
  private var pending: [UInt8] = []
  private var length: UInt64 = 0

  /// The digest of no bytes yet.
  public init() {}

  /// The digest of some bytes as 64 lowercase hexadecimal digits.
  public static func digest(of bytes: [UInt8]) -> String {
    var digest = SHA256()
    digest.update(bytes)
    return digest.finalized()
  }

  /// Takes in further bytes.
  public mutating func update(_ bytes: some Sequence<UInt8>) {
    update(Array(bytes))
  }

  /// Takes in further bytes.
  public mutating func update(_ bytes: [UInt8]) {
    length += UInt64(bytes.count)
    var start = 0
    if !pending.isEmpty {
      start = min(64 - pending.count, bytes.count)
      pending += bytes[..<start]
      guard pending.count == 64 else { return }
      compress(pending, from: 0, blocks: 1)
      pending.removeAll(keepingCapacity: true)
    }
    let blocks = (bytes.count - start) / 64
    compress(bytes, from: start, blocks: blocks)
    pending += bytes[(start + 64 * blocks)...]
  }

  /// The digest of everything taken in, as 64 lowercase hexadecimal digits.
  public func finalized() -> String {
    var last = self
    let bits = length * 8
    var padding: [UInt8] = [0x80]
    padding += Array(repeating: 0, count: (119 - pending.count) % 64)
    padding += (0..<8).map { UInt8(truncatingIfNeeded: bits >> (56 - 8 * UInt64($0))) }
    last.update(padding)
    let (a, b, c, d, e, f, g, h) = last.state
    return [a, b, c, d, e, f, g, h].map { word in
      let digits = String(word, radix: 16)
      return String(repeating: "0", count: 8 - digits.count) + digits
    }.joined()
  }

  private mutating func compress(_ bytes: [UInt8], from start: Int, blocks: Int) {
    guard blocks > 0 else { return }
    // Unchecked pointers because this runs over all bytes of a data set at load: the indices stay
    // below 64 in the schedule, 64 in the constants, and `start + 64 blocks ≤ bytes.count`.
    unsafe bytes.withUnsafeBytes { message in
      unsafe Self.roundConstants.withUnsafeBufferPointer { constants in
        unsafe withUnsafeTemporaryAllocation(of: UInt32.self, capacity: 64) { schedule in
          for block in 0..<blocks {
            let offset = start + 64 * block
            for t in 0..<16 {
              let word = unsafe message.loadUnaligned(
                fromByteOffset: offset + 4 * t, as: UInt32.self)
              unsafe schedule[t] = UInt32(bigEndian: word)
            }
            for t in 16..<64 {
              let early = unsafe schedule[t - 15]
              let late = unsafe schedule[t - 2]
              let s0 = rotated(early, 7) ^ rotated(early, 18) ^ early >> 3
              let s1 = rotated(late, 17) ^ rotated(late, 19) ^ late >> 10
              unsafe schedule[t] = schedule[t - 16] &+ s0 &+ schedule[t - 7] &+ s1
            }
            var (a, b, c, d, e, f, g, h) = state
            for t in 0..<64 {
              let sum1 = rotated(e, 6) ^ rotated(e, 11) ^ rotated(e, 25)
              let choice = (e & f) ^ (~e & g)
              let first = unsafe h &+ sum1 &+ choice &+ constants[t] &+ schedule[t]
              let sum0 = rotated(a, 2) ^ rotated(a, 13) ^ rotated(a, 22)
              let majority = (a & b) ^ (a & c) ^ (b & c)
              (h, g, f, e, d, c, b, a) = (g, f, e, d &+ first, c, b, a, first &+ sum0 &+ majority)
            }
            state = (
              state.0 &+ a, state.1 &+ b, state.2 &+ c, state.3 &+ d,
              state.4 &+ e, state.5 &+ f, state.6 &+ g, state.7 &+ h
            )
          }
        }
      }
    }
  }

  /// The first 32 bits of the fractional parts of the cube roots of the first 64 primes.
  private static let roundConstants: [UInt32] = [
    0x428a_2f98, 0x7137_4491, 0xb5c0_fbcf, 0xe9b5_dba5, 0x3956_c25b, 0x59f1_11f1, 0x923f_82a4,
    0xab1c_5ed5, 0xd807_aa98, 0x1283_5b01, 0x2431_85be, 0x550c_7dc3, 0x72be_5d74, 0x80de_b1fe,
    0x9bdc_06a7, 0xc19b_f174, 0xe49b_69c1, 0xefbe_4786, 0x0fc1_9dc6, 0x240c_a1cc, 0x2de9_2c6f,
    0x4a74_84aa, 0x5cb0_a9dc, 0x76f9_88da, 0x983e_5152, 0xa831_c66d, 0xb003_27c8, 0xbf59_7fc7,
    0xc6e0_0bf3, 0xd5a7_9147, 0x06ca_6351, 0x1429_2967, 0x27b7_0a85, 0x2e1b_2138, 0x4d2c_6dfc,
    0x5338_0d13, 0x650a_7354, 0x766a_0abb, 0x81c2_c92e, 0x9272_2c85, 0xa2bf_e8a1, 0xa81a_664b,
    0xc24b_8b70, 0xc76c_51a3, 0xd192_e819, 0xd699_0624, 0xf40e_3585, 0x106a_a070, 0x19a4_c116,
    0x1e37_6c08, 0x2748_774c, 0x34b0_bcb5, 0x391c_0cb3, 0x4ed8_aa4a, 0x5b9c_ca4f, 0x682e_6ff3,
    0x748f_82ee, 0x78a5_636f, 0x84c8_7814, 0x8cc7_0208, 0x90be_fffa, 0xa450_6ceb, 0xbef9_a3f7,
    0xc671_78f2,
  ]
}

@inline(__always)
private func rotated(_ word: UInt32, _ count: UInt32) -> UInt32 {
  word >> count | word << (32 - count)
}
