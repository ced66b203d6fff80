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

  /// The sum over everything but the channels: (N, C, …) becomes (C).
  ///
  /// This is the gradient of a bias that is added per channel.
  public func channelSums() -> Tensor {
    let (items, channels) = (shape[0], shape[1])
    let area = channels == 0 ? 0 : shape.itemCount / channels
    var sums = [Double](repeating: 0, count: channels)
    unsafe withElements { elements in
      var i = 0
      for _ in 0..<items {
        for channel in 0..<channels {
          var sum = 0.0
          for _ in 0..<area {
            sum += Double(unsafe elements[i])
            i += 1
          }
          sums[channel] += sum
        }
      }
    }
    return Tensor([channels], sums.map { Float($0) })
  }

  /// A bias per channel added: `y[n, c, …] = x[n, c, …] + bias[c]`.
  public func addingPerChannel(_ bias: Tensor) -> Tensor {
    combiningPerChannel(bias) { $0 + $1 }
  }

  /// A factor per channel applied: `y[n, c, …] = x[n, c, …] · factors[c]`.
  public func scalingPerChannel(_ factors: Tensor) -> Tensor {
    combiningPerChannel(factors) { $0 * $1 }
  }

  private func combiningPerChannel(
    _ values: Tensor, _ combine: (Float, Float) -> Float
  ) -> Tensor {
    require(
      shape.rank >= 2 && values.shape == [shape[1]],
      "One value per channel of a \(shape) tensor cannot have the shape \(values.shape).")
    let (items, channels) = (shape[0], shape[1])
    let area = channels == 0 ? 0 : shape.itemCount / channels
    let result = Tensor(uninitialized: shape)
    var i = 0
    for _ in 0..<items {
      for channel in 0..<channels {
        let value = unsafe values.storage.base[channel]
        for _ in 0..<area {
          unsafe result.storage.base[i] = combine(storage.base[i], value)
          i += 1
        }
      }
    }
    return result
  }
}
