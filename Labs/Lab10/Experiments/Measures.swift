package import LabKit

/// |a - b| / |b| over all elements, the relative error in the Euclidean norm.
package func relativeError(_ actual: Tensor, _ expected: Tensor) -> Double {
  let difference = actual - expected
  return (dot(difference, difference) / dot(expected, expected)).squareRoot()
}

/// The cosine of the angle between two tensors taken as vectors.
package func cosine(_ a: Tensor, _ b: Tensor) -> Double {
  dot(a, b) / (dot(a, a) * dot(b, b)).squareRoot()
}

/// Σ aᵢ bᵢ in double precision.
package func dot(_ a: Tensor, _ b: Tensor) -> Double {
  zip(a.elements, b.elements).reduce(0) { $0 + Double($1.0) * Double($1.1) }
}

/// The largest |aᵢ - bᵢ|.
package func largestError(_ a: Tensor, _ b: Tensor) -> Double {
  zip(a.elements, b.elements).reduce(0) { max($0, abs(Double($1.0) - Double($1.1))) }
}

/// How many elements differ by more than a limit.
package func countOff(_ a: Tensor, _ b: Tensor, byMoreThan limit: Float) -> Int {
  zip(a.elements, b.elements).count { abs($0 - $1) > limit }
}

extension Matrix {
  /// One channel of one image of a batch (N, C, H, W).
  package init(_ images: Tensor, item: Int = 0, channel: Int = 0) {
    let (rows, columns) = (images.shape[2], images.shape[3])
    self.init(rows: rows, columns: columns) { row, column in
      Double(images[item, channel, row, column])
    }
  }
}
