import ElementaryFunctions

/// What each code costs, in parts of a bit.
struct CodeCosts {
  /// The parts of a bit.
  static let unit = 32.0

  var literal = [Int32](repeating: 0, count: 256)
  /// Of each length, with the bits that follow its code.
  var length = [Int32](repeating: 0, count: 259)
  /// Of each code of distances, with the bits that follow it.
  var distance = [Int32](repeating: 0, count: 30)

  /// A guess before anything is known of the matches.
  init(guessing bytes: ArraySlice<UInt8>) {
    var counts = [Int32](repeating: 0, count: 256)
    var last: UInt8 = 0
    for byte in bytes {
      // Bytes like the one before will mostly be in matches.
      if byte != last { counts[Int(byte)] += 1 }
      last = byte
    }
    let all = Logarithms.of(max(counts.reduce(0, +), 1))
    for i in 0..<256 { literal[i] = Self.cost(counts[i], all, extra: 0) }
    let codes = DeflateCode.lengths
    for i in 3...258 {
      length[i] = Int32(Self.unit * (4 + Double(codes.bits[Int(codes.code[i])])))
    }
    for i in 0..<30 {
      distance[i] = Int32(Self.unit * (4.5 + Double(DeflateCode.distanceBits(i))))
    }
  }

  /// What the codes cost when they are as frequent as here.
  init(_ counts: TokenCounts) {
    let all = Logarithms.of(counts.literals.reduce(1, +))
    for i in 0..<256 { literal[i] = Self.cost(counts.literals[i], all, extra: 0) }
    let codes = DeflateCode.lengths
    let ofCodes = (257..<286).map {
      Self.cost(counts.literals[$0], all, extra: Double(codes.bits[$0]))
    }
    for i in 3...258 { length[i] = ofCodes[Int(codes.code[i]) - 257] }
    let distances = Logarithms.of(counts.distances.reduce(0, +))
    for i in 0..<30 {
      distance[i] = Self.cost(
        counts.distances[i], distances, extra: Double(DeflateCode.distanceBits(i)))
    }
  }

  /// What the codes cost that each reader knows.
  static let fixed: CodeCosts = {
    var costs = CodeCosts(TokenCounts())
    let (codes, lengths) = (BlockCodes.fixed, DeflateCode.lengths)
    for i in 0..<256 { costs.literal[i] = Int32(unit) * Int32(codes.literals.lengths[i]) }
    for i in 3...258 {
      let code = Int(lengths.code[i])
      costs.length[i] = Int32(unit) * Int32(codes.literals.lengths[code] + lengths.bits[code])
    }
    for i in 0..<30 { costs.distance[i] = Int32(unit) * Int32(5 + DeflateCode.distanceBits(i)) }
    return costs
  }()

  /// The cost of something that happens so often; what never happened might.
  ///
  /// - Parameter all: The logarithm of how often anything happens.
  private static func cost(_ count: Int32, _ all: Double, extra: Double) -> Int32 {
    let bits = all - (count > 0 ? Logarithms.of(count) : -1)
    return Int32(unit * (min(max(bits, 1), 14) + extra))
  }
}

/// Logarithms to base 2 of whole numbers: the small ones, which most counts are, from a table.
enum Logarithms {
  private static let small = [0.0] + (1..<2048).map { Elementary.log2(Double($0)) }

  static func of(_ number: Int32) -> Double {
    number < 2048 ? small[Int(max(number, 0))] : Elementary.log2(Double(number))
  }
}
