extension Comparison {
  /// Numbers with what a comparison needs to know of them.
  struct Numbers {
    private let elements: [Double]
    private let shape: [Int]
    /// Where a number stands among all representable ones of its type.
    private let rank: (Double) -> Int64

    /// The elements of a tensor: distances count in `Float`s.
    init(_ tensor: Tensor) {
      elements = tensor.elements.map(Double.init)
      shape = tensor.shape.dimensions
      rank = { number in
        let bits = Int64(Int32(bitPattern: Float(number).bitPattern))
        return bits < 0 ? Int64(Int32.min) - bits : bits
      }
    }

    /// Plain numbers: distances count in `Double`s.
    init(_ numbers: [Double]) {
      elements = numbers
      shape = [numbers.count]
      rank = { number in
        let bits = Int64(bitPattern: number.bitPattern)
        return bits < 0 ? Int64.min - bits : bits
      }
    }

    /// The largest distances from `expected`, and whether every element is within `tolerance`.
    ///
    /// What is not a number is infinitely far from everything, itself included: a result that ran
    /// off must not pass because its reference did too.
    func measure(
      against expected: Numbers, _ tolerance: Tolerance
    ) -> (distance: ComparisonResult.Distance, isWithin: Bool) {
      guard shape == expected.shape else { return (.infinite, false) }
      var worst = ComparisonResult.Distance(absolute: 0, relative: 0, unitsInLastPlace: 0)
      var isWithin = true
      for (actual, wanted) in zip(elements, expected.elements) {
        if actual == wanted { continue }
        let difference = (actual - wanted).magnitude
        guard difference.isFinite else {
          worst = .infinite
          isWithin = false
          continue
        }
        worst.absolute = max(worst.absolute, difference)
        if wanted != 0 { worst.relative = max(worst.relative, difference / wanted.magnitude) }
        // From a large negative to a large positive number it may be more than an Int64 holds.
        let (steps, overflow) = rank(actual).subtractingReportingOverflow(rank(wanted))
        worst.unitsInLastPlace = max(
          worst.unitsInLastPlace, overflow ? 0x1p63 : Double(steps.magnitude))
        isWithin = isWithin && tolerance.accepts(actual, for: wanted)
      }
      return (worst, isWithin)
    }
  }
}

extension ComparisonResult.Distance {
  /// Nothing in common.
  static var infinite: Self {
    Self(absolute: .infinity, relative: .infinity, unitsInLastPlace: .infinity)
  }
}
