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

  /// The largest element, or NaN if there is one; traps when there are no elements.
  public func maximum() -> Float {
    require(count > 0, "a \(shape) tensor has no elements and so no maximum")
    return unsafe withElements { elements in
      unsafe elements[indexOfExtreme(in: elements, 0..<elements.count, >)]
    }
  }

  /// The smallest element, or NaN if there is one; traps when there are no elements.
  public func minimum() -> Float {
    require(count > 0, "a \(shape) tensor has no elements and so no minimum")
    return unsafe withElements { elements in
      unsafe elements[indexOfExtreme(in: elements, 0..<elements.count, <)]
    }
  }

  /// For each item the index of its largest element, the first of equals: the predicted class of
  /// each row of logits (N, K). Of an item with a NaN it is that of the first NaN.
  public func argmaxPerItem() -> [Int] {
    let size = shape.itemElementCount
    require(size > 0, "the items of a \(shape) tensor have no elements and so no largest one")
    return unsafe withElements { elements in
      (0..<shape[0]).map { item in
        let items = item * size..<(item + 1) * size
        return unsafe indexOfExtreme(in: elements, items, >) - item * size
      }
    }
  }
}

/// The index of the first NaN in a range, else of the first element that no other one exceeds.
@inline(__always)
private func indexOfExtreme(
  in elements: UnsafeBufferPointer<Float>, _ range: Range<Int>, _ exceeds: (Float, Float) -> Bool
) -> Int {
  var best = range.lowerBound
  for i in range {
    let value = unsafe elements[i]
    if value.isNaN { return i }
    if unsafe exceeds(value, elements[best]) { best = i }
  }
  return best
}
