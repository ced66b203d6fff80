internal import Requirements

extension Tensor {
  /// The sum of all elements, accumulated in double precision in row-major order and rounded once.
  public func sum() -> Float { Float(doubleSum()) }

  /// The mean of all elements, accumulated in double precision; NaN when there are none.
  public func mean() -> Float { Float(doubleSum() / Double(count)) }

  /// The sum of all elements in double precision, in row-major order.
  func doubleSum() -> Double {
    unsafe withElements { elements in
      var total = 0.0
      for i in 0..<elements.count { total += Double(unsafe elements[i]) }
      return total
    }
  }

  /// The largest element; traps when there are none. A NaN is ignored unless it comes first.
  public func maximum() -> Float {
    require(count > 0, "A \(shape) tensor has no elements and so no maximum.")
    return unsafe withElements { elements in
      var best = unsafe elements[0]
      for i in 1..<elements.count where unsafe elements[i] > best { best = unsafe elements[i] }
      return best
    }
  }

  /// The smallest element; traps when there are none. A NaN is ignored unless it comes first.
  public func minimum() -> Float {
    require(count > 0, "A \(shape) tensor has no elements and so no minimum.")
    return unsafe withElements { elements in
      var best = unsafe elements[0]
      for i in 1..<elements.count where unsafe elements[i] < best { best = unsafe elements[i] }
      return best
    }
  }

  /// For each item the index of its largest element, the first of equals: the predicted class of
  /// each row of logits (N, K).
  public func argmaxPerItem() -> [Int] {
    let size = shape.itemCount
    require(size > 0, "The items of a \(shape) tensor have no elements and so no largest one.")
    return unsafe withElements { elements in
      (0..<shape[0]).map { item in
        var best = 0
        for i in 1..<size
        where unsafe elements[item * size + i] > elements[item * size + best] {
          best = i
        }
        return best
      }
    }
  }
}
