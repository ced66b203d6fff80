/// The three kinds of blocks (RFC 1951, 3.2.3 to 3.2.7): of each stretch the shortest is taken.
extension BitWriter {
  /// Writes tokens that stand for the bytes from `start` on. Where the next ones begin.
  mutating func write(
    _ tokens: ArraySlice<Token>, of bytes: [UInt8], from start: Int, isLast: Bool
  ) -> Int {
    let end = tokens.reduce(start) { $0 + Int($1.length) }
    var counts = TokenCounts(tokens)
    counts.literals[256] = 1
    let own = BlockCodes(counts)
    let ownBits = own.headerBits + own.bits(counts)
    let fixedBits = BlockCodes.fixed.bits(counts)
    // Each piece of bytes as they are begins with four bytes that say its length.
    let pieces = max(1, (end - start + Self.longestPiece - 1) / Self.longestPiece)
    let plainBits = 8 * (end - start) + pieces * 35 + (missing + 5) % 8
    if plainBits < min(ownBits, fixedBits) {
      write(plain: bytes[start..<end], isLast: isLast)
    } else if fixedBits <= ownBits {
      put(isLast ? 1 : 0, 1)
      put(1, 2)
      write(tokens, BlockCodes.fixed)
    } else {
      put(isLast ? 1 : 0, 1)
      put(2, 2)
      for field in own.header { put(field.value, field.bits) }
      write(tokens, own)
    }
    return end
  }

  private static var longestPiece: Int { 65535 }

  /// Bytes as they are.
  private mutating func write(plain: ArraySlice<UInt8>, isLast: Bool) {
    var rest = plain
    repeat {
      let piece = rest.prefix(Self.longestPiece)
      rest = rest.dropFirst(piece.count)
      put(isLast && rest.isEmpty ? 1 : 0, 1)
      put(0, 2)
      align()
      put(piece.count, 16)
      put(~piece.count & 0xFFFF, 16)
      bytes += piece
    } while !rest.isEmpty
  }

  private mutating func write(_ tokens: ArraySlice<Token>, _ codes: BlockCodes) {
    let lengths = DeflateCode.lengths
    let (literals, distances) = (codes.literals, codes.distances)
    for token in tokens {
      let value = Int(token.value)
      if token.length == 1 {
        put(Int(literals.words[value]), Int(literals.lengths[value]))
        continue
      }
      let length = Int(token.length)
      let code = Int(lengths.code[length])
      let distance = DeflateCode.distance(value)
      let extra = DeflateCode.distanceBits(distance)
      // Together at most 48 bits.
      var bits = Int(literals.words[code])
      var count = Int(literals.lengths[code])
      bits |= (length - Int(lengths.base[code])) << count
      count += Int(lengths.bits[code])
      bits |= Int(distances.words[distance]) << count
      count += Int(distances.lengths[distance])
      bits |= (value & (1 << extra - 1)) << count
      put(bits, count + extra)
    }
    put(Int(literals.words[256]), Int(literals.lengths[256]))
  }
}
