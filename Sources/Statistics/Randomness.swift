extension RandomNumberGenerator {
  /// A whole number in 0 ..< `bound`, each equally likely, by D. Lemire's multiplication: the same
  /// draw as `nextIndex(below:)` of `Tensors`, which this module does not know.
  mutating func index(below bound: Int) -> Int {
    let range = UInt64(bound)
    let unfair = (0 &- range) % range
    while true {
      let product = next().multipliedFullWidth(by: range)
      if product.low >= unfair { return Int(product.high) }
    }
  }
}
