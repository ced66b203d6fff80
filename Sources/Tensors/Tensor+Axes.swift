internal import Requirements

extension Tensor {
  /// The axes in another order: axis i of the result is axis `axes[i]` of this tensor.
  ///
  /// NumPy's and PyTorch's `permute`, but a copy: O(count).
  public func permuted(_ axes: [Int]) -> Tensor {
    require(
      axes.sorted() == Array(0..<shape.rank),
      "a \(shape) tensor is permuted by each of its \(shape.rank) axes once, not by \(axes)")
    return strided(Shape(axes.map { shape[$0] }), axes.map { strides[$0] })
  }

  /// The last two axes exchanged: every matrix of a batch transposed.
  public func transposed() -> Tensor {
    require(shape.rank >= 2, "a \(shape) tensor has no two axes to exchange")
    var axes = Array(0..<shape.rank)
    axes.swapAt(shape.rank - 2, shape.rank - 1)
    return permuted(axes)
  }

  /// The tensor repeated to a larger shape, by NumPy's rule: axes are matched from the last one on,
  /// and one of extent 1, or a missing one, is repeated.
  public func broadcast(to target: Shape) -> Tensor {
    require(
      Tensor.common(shape, target) == target, "a \(shape) tensor cannot be repeated to \(target)")
    if shape == target { return self }
    let missing = target.rank - shape.rank
    let own = strides
    let steps = (0..<target.rank).map { axis in
      axis < missing || shape[axis - missing] == 1 ? 0 : own[axis - missing]
    }
    return strided(target, steps)
  }

  /// The sum over everything that ``broadcast(to:)`` from `target` would repeat: its adjoint, and so
  /// the gradient for what was repeated.
  public func summed(to target: Shape) -> Tensor {
    require(
      Tensor.common(target, shape) == shape, "a \(shape) tensor does not come from \(target)")
    let missing = shape.rank - target.rank
    let axes = (0..<shape.rank).filter {
      $0 < missing || (target[$0 - missing] == 1 && shape[$0] != 1)
    }
    return sum(axes: axes, keepingAxes: true).reshaped(to: target)
  }

  /// The sum over some axes, accumulated in double precision and rounded once.
  ///
  /// - Parameters:
  ///   - axes: The axes that go; none leaves the tensor as it is.
  ///   - keepingAxes: Whether they stay, with extent 1.
  public func sum(axes: [Int], keepingAxes: Bool = false) -> Tensor {
    sum(axes: axes, keepingAxes: keepingAxes, isMean: false)
  }

  /// The sum over some axes, or their mean: that is divided before it is rounded, so that the mean of equal
  /// numbers is that number.
  private func sum(axes: [Int], keepingAxes: Bool, isMean: Bool) -> Tensor {
    require(
      Set(axes).count == axes.count && axes.allSatisfy { 0..<shape.rank ~= $0 },
      "a \(shape) tensor is summed over some of its axes 0 to \(shape.rank - 1), not over \(axes)")
    let kept = (0..<shape.rank).filter { !axes.contains($0) }
    let terms = axes.reduce(1) { $0 * shape[$1] }
    let divisor = isMean ? Double(terms) : 1
    let rows = permuted(kept + axes)
    let result = Tensor(Shape(kept.map { shape[$0] }))
    for row in 0..<result.count {
      var total = 0.0
      for term in 0..<terms { total += Double(unsafe rows.storage.base[row * terms + term]) }
      unsafe result.storage.base[row] = Float(total / divisor)
    }
    withExtendedLifetime(rows) {}
    guard keepingAxes else { return result }
    return result.reshaped(
      to: Shape((0..<shape.rank).map { axes.contains($0) ? 1 : shape[$0] }))
  }

  /// The mean over some axes, accumulated in double precision and rounded once; NaN where they have no
  /// elements.
  ///
  /// - Parameters:
  ///   - axes: The axes that go.
  ///   - keepingAxes: Whether they stay, with extent 1.
  public func mean(axes: [Int], keepingAxes: Bool = false) -> Tensor {
    sum(axes: axes, keepingAxes: keepingAxes, isMean: true)
  }

  /// The shape that two shapes broadcast to, or `nil`.
  static func common(_ a: Shape, _ b: Shape) -> Shape? {
    var extents: [Int] = []
    for place in 1...max(a.rank, b.rank, 1) {
      let (x, y) = (
        place <= a.rank ? a[a.rank - place] : 1, place <= b.rank ? b[b.rank - place] : 1
      )
      guard x == y || x == 1 || y == 1 else { return nil }
      if place <= max(a.rank, b.rank) { extents.insert(x == 1 ? y : x, at: 0) }
    }
    return Shape(extents)
  }

  /// Both tensors repeated to the shape that they have in common.
  static func broadcasting(_ a: Tensor, _ b: Tensor) -> (Tensor, Tensor) {
    if a.shape == b.shape { return (a, b) }
    guard let shape = common(a.shape, b.shape) else {
      requirementFailed(
        "elementwise operations need equal shapes, or such that broadcast, not \(a.shape) and "
          + "\(b.shape)")
    }
    return (a.broadcast(to: shape), b.broadcast(to: shape))
  }

  /// How far apart neighbours along each axis are, in row-major order.
  private var strides: [Int] {
    var steps = [Int](repeating: 1, count: shape.rank)
    for axis in stride(from: shape.rank - 2, through: 0, by: -1) {
      steps[axis] = steps[axis + 1] * shape[axis + 1]
    }
    return steps
  }

  /// The elements read with a step for each axis of a new shape.
  private func strided(_ target: Shape, _ steps: [Int]) -> Tensor {
    let source = inRowMajorOrder()
    let result = Tensor(uninitialized: target)
    if target.count == 0 { return result }
    let rank = target.rank
    let inner = rank == 0 ? 1 : target[rank - 1]
    let step = rank == 0 ? 0 : steps[rank - 1]
    var (place, start) = ([Int](repeating: 0, count: rank), 0)
    for row in 0..<target.count / inner {
      // Every place lies within the source: steps are its strides, or 0.
      for index in 0..<inner {
        unsafe result.storage.base[row * inner + index] = source.storage.base[start + index * step]
      }
      var axis = rank - 2
      while axis >= 0 {
        place[axis] += 1
        start += steps[axis]
        if place[axis] < target[axis] { break }
        start -= steps[axis] * target[axis]
        place[axis] = 0
        axis -= 1
      }
    }
    withExtendedLifetime(source) {}
    return result
  }
}

/// The products of two matrices, or of two batches of matrices: (…, M, K) by (…, K, N) gives
/// (…, M, N). The axes before the last two broadcast, so that one matrix may serve a whole batch.
public func matmul(_ a: Tensor, _ b: Tensor) -> Tensor {
  require(
    a.shape.rank >= 2 && b.shape.rank >= 2
      && a.shape[a.shape.rank - 1] == b.shape[b.shape.rank - 2],
    "a matrix product takes …×M×K and …×K×N, but the shapes are \(a.shape) and \(b.shape)")
  if a.shape.rank == 2 && b.shape.rank == 2 { return linearInputGradient(a, b) }
  let (m, k) = (a.shape[a.shape.rank - 2], a.shape[a.shape.rank - 1])
  let n = b.shape[b.shape.rank - 1]
  guard
    let batch = Tensor.common(
      Shape(a.shape.dimensions.dropLast(2)), Shape(b.shape.dimensions.dropLast(2)))
  else {
    requirementFailed("batches of matrices, \(a.shape) and \(b.shape), do not broadcast")
  }
  let left = a.broadcast(to: Shape(batch.dimensions + [m, k])).reshaped(to: [batch.count, m, k])
  let right = b.broadcast(to: Shape(batch.dimensions + [k, n])).reshaped(to: [batch.count, k, n])
  let result = Shape(batch.dimensions + [m, n])
  if batch.count == 0 { return Tensor(result) }
  let products = (0..<batch.count).map { item in
    linearInputGradient(
      left[items: item..<item + 1].reshaped(to: [m, k]),
      right[items: item..<item + 1].reshaped(to: [k, n]))
  }
  return Tensor(joining: products).reshaped(to: result)
}

extension Shape {
  /// A shape of a slice of extents.
  init(_ dimensions: ArraySlice<Int>) { self.init(Array(dimensions)) }
}
