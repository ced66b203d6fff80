/// The cheapest way to write bytes as literals and matches, for given codes.
///
/// From the last place to the first, each place knows what the way from there to the end costs: the
/// least of a token's cost and that of the way from where it leads.
struct CheapestWay {
  /// What the way from each byte costs; more than any way where no place is.
  private var costs: [Int32]
  /// What the way from each place begins with.
  private var steps: [Token]
  private let found: MatchFinder.Found
  private let enough: Int
  private static let none: Int32 = 1 << 30

  /// The ways through a stretch of `count` bytes.
  init(_ finder: MatchFinder, count: Int) {
    found = finder.found
    enough = finder.enough
    costs = [Int32](repeating: Self.none, count: count + 1)
    costs[count] = 0
    steps = [Token](repeating: Token(length: 1, value: 0), count: found.places.count)
  }

  /// The tokens of the cheapest way, as `codes` say it for the bytes from their first on, in order.
  mutating func tokens(
    _ bytes: ArraySlice<UInt8>, _ codes: [(first: Int, costs: CodeCosts)]
  ) -> [Token] {
    var from = found.places.count
    for (first, costs) in codes.reversed() {
      var to = from
      while to > 0, found.places[to - 1] >= first { to -= 1 }
      search(bytes, to..<from, costs)
      from = to
    }
    var tokens: [Token] = []
    tokens.reserveCapacity(found.places.count / 2)
    var next: Int32 = 0
    for (place, step) in zip(found.places, steps) where place == next {
      tokens.append(step)
      next += Int32(step.length)
    }
    return tokens
  }

  /// The innermost loop: every place looks at the lengths of its matches. Both end within the stretch.
  private mutating func search(
    _ bytes: ArraySlice<UInt8>, _ range: Range<Int>, _ codes: CodeCosts
  ) {
    unsafe costs.withUnsafeMutableBufferPointer { costs in
      unsafe steps.withUnsafeMutableBufferPointer { steps in
        unsafe bytes.withUnsafeBufferPointer { bytes in
          unsafe found.places.withUnsafeBufferPointer { places in
            unsafe found.firsts.withUnsafeBufferPointer { firsts in
              unsafe found.matches.withUnsafeBufferPointer { matches in
                unsafe codes.length.withUnsafeBufferPointer { lengths in
                  unsafe codes.distance.withUnsafeBufferPointer { distances in
                    unsafe codes.literal.withUnsafeBufferPointer { literals in
                      for k in range.reversed() {
                        let i = unsafe Int(places[k])
                        let byte = unsafe bytes[i]
                        var least = unsafe literals[Int(byte)] + costs[i + 1]
                        var (bestLength, bestValue) = (1, UInt16(byte))
                        var m = unsafe Int(firsts[k])
                        let end = unsafe Int(firsts[k + 1])
                        while m < end {
                          let match = unsafe matches[m]
                          m += 1
                          let distance = unsafe distances[Int(match.code)]
                          let longest = Int(match.longest)
                          // Within a long match there are no places but near its end.
                          let first = longest < enough ? 3 : longest - Repetition.tail
                          var length = max(Int(match.shortest), first)
                          while length <= longest {
                            let cost = unsafe distance + lengths[length] + costs[i + length]
                            if cost < least {
                              least = cost
                              bestLength = length
                              bestValue = match.value
                            }
                            length += 1
                          }
                        }
                        unsafe costs[i] = least
                        unsafe steps[k].length = UInt16(truncatingIfNeeded: bestLength)
                        unsafe steps[k].value = bestValue
                      }
                    }
                  }
                }
              }
            }
          }
        }
      }
    }
  }
}
