internal import Tensors

// A variance is kept as a Float: beyond deviations of 1.8e19 it is infinite, and what is divided by its
// root would be 0 for all. Where that happens, and only there, the numbers are made smaller by a power of
// two first, which changes no digit of them.

/// Powers of two for the groups whose deviations are too large to be squared.
struct HugeSpread {
  /// For each group 1, or what makes sums and differences of its numbers finite.
  let first: Tensor
  /// For each group, the variance as it came out.
  private let variances: [Float]

  /// `nil` where all variances are numbers; of groups that hold no numbers, too, nothing else can be said.
  ///
  /// - Parameters:
  ///   - variances: One for each group, or their multiples.
  ///   - count: How many numbers a group has.
  init?(_ variances: Tensor, count: Int) {
    self.variances = variances.elements
    if self.variances.allSatisfy(\.isFinite) { return nil }
    let bits = Int.bitWidth - count.leadingZeroBitCount
    let small = Float(sign: .plus, exponent: -2 - bits, significand: 1)
    first = variances.map { $0.isFinite ? 1 : small }
  }

  /// For each group 1, or what makes its largest deviation a number of 1 to 2.
  ///
  /// - Parameters:
  ///   - centred: The deviations.
  ///   - group: The group of an element by its place.
  func second(of centred: Tensor, group: (Int) -> Int) -> Tensor {
    var largest = [Float](repeating: 0, count: variances.count)
    for (place, value) in centred.elements.enumerated() {
      let group = group(place)
      // A NaN stays, whatever comes after it.
      if !(value.magnitude <= largest[group]) && !largest[group].isNaN {
        largest[group] = value.magnitude
      }
    }
    return Tensor(first.shape) { group in
      let value = largest[group]
      if variances[group].isFinite || !value.isFinite || value == 0 { return 1 }
      return Float(sign: .plus, exponent: -value.exponent, significand: 1)
    }
  }
}
