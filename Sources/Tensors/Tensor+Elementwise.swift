internal import KernelInterface
internal import Requirements

extension Tensor {
  /// Applies a function to every element, in row-major order. For the common functions use the
  /// named operations (``relu(_:)``, ``exp(_:)`` …), which run on whole vectors and threads.
  public func map(_ transform: (Float) throws -> Float) rethrows -> Tensor {
    let source = inRowMajorOrder()
    let result = Tensor(uninitialized: shape)
    for i in 0..<count { unsafe result.storage.base[i] = try transform(source.storage.base[i]) }
    return result
  }

  /// Combines the elements of two tensors of the same shape, position by position, in row-major
  /// order.
  public func zip(
    with other: Tensor, _ combine: (Float, Float) throws -> Float
  ) rethrows -> Tensor {
    requireSameShape(self, other)
    let (a, b) = (inRowMajorOrder(), other.inRowMajorOrder())
    let result = Tensor(uninitialized: shape)
    for i in 0..<count {
      unsafe result.storage.base[i] = try combine(a.storage.base[i], b.storage.base[i])
    }
    return result
  }

  /// The elementwise sum; shapes that differ broadcast by NumPy's rule.
  public static func + (a: Tensor, b: Tensor) -> Tensor {
    let (a, b) = broadcasting(a, b)
    return a.combined(.add, with: b)
  }

  /// The elementwise difference; shapes that differ broadcast by NumPy's rule.
  public static func - (a: Tensor, b: Tensor) -> Tensor {
    let (a, b) = broadcasting(a, b)
    return a.combined(.subtract, with: b)
  }

  /// The elementwise product; shapes that differ broadcast by NumPy's rule.
  public static func * (a: Tensor, b: Tensor) -> Tensor {
    let (a, b) = broadcasting(a, b)
    return a.combined(.multiply, with: b)
  }

  /// The elementwise quotient; shapes that differ broadcast by NumPy's rule.
  public static func / (a: Tensor, b: Tensor) -> Tensor {
    let (a, b) = broadcasting(a, b)
    return a.combined(.divide, with: b)
  }

  /// Every element times a number.
  public static func * (a: Tensor, factor: Float) -> Tensor { a.applying(.scale, factor) }

  /// Every element times a number.
  public static func * (factor: Float, a: Tensor) -> Tensor { a.applying(.scale, factor) }

  /// Every element divided by a number.
  public static func / (a: Tensor, divisor: Float) -> Tensor { a.applying(.divideBy, divisor) }

  /// A number divided by every element.
  public static func / (dividend: Float, a: Tensor) -> Tensor { a.applying(.divideInto, dividend) }

  /// Every element plus a number.
  public static func + (a: Tensor, term: Float) -> Tensor { a.applying(.offset, term) }

  /// Every element minus a number.
  public static func - (a: Tensor, term: Float) -> Tensor { a.applying(.offset, -term) }

  /// Every element with the other sign.
  public static prefix func - (a: Tensor) -> Tensor { a.applying(.scale, -1) }

  /// Adds another tensor of the same shape in place.
  public static func += (a: inout Tensor, b: Tensor) { a.combine(.add, with: b) }

  /// Subtracts another tensor of the same shape in place.
  public static func -= (a: inout Tensor, b: Tensor) { a.combine(.subtract, with: b) }

  /// Multiplies every element in place.
  public static func *= (a: inout Tensor, factor: Float) { a.apply(.scale, factor) }

  /// Adds `scale · other` in place, each element rounded once (fused multiply-add).
  public mutating func add(_ other: Tensor, scaledBy scale: Float) {
    combine(.addScaled, with: other, scale)
  }

  /// Replaces every element x by `factor · x + other`, rounded once: how a running mean or a
  /// velocity is carried on.
  public mutating func scale(by factor: Float, adding other: Tensor) {
    combine(.scaleAdd, with: other, factor)
  }
}

extension Tensor {
  /// An operation's result as a new tensor.
  func applying(_ operation: UnaryOperation, _ a: Float = 0, _ b: Float = 0) -> Tensor {
    let result = Tensor(uninitialized: shape, layout: layout)
    forEachRun { x, count, lanes in
      var job = unsafe ElementwiseJob(
        x: storage.lanes + x, y: nil, result: result.storage.lanes + x)
      unsafe (job.count, job.lanes, job.a, job.b) = (count, lanes, a, b)
      unsafe Compute.kernels.apply(operation, job)
    }
    return result
  }

  /// An operation's result in place.
  mutating func apply(_ operation: UnaryOperation, _ a: Float = 0, _ b: Float = 0) {
    guard isKnownUniquelyReferenced(&storage) else {
      self = applying(operation, a, b)
      return
    }
    forEachRun { x, count, lanes in
      let place = unsafe storage.lanes + x
      var job = unsafe ElementwiseJob(x: place, y: nil, result: place)
      unsafe (job.count, job.lanes, job.a, job.b) = (count, lanes, a, b)
      unsafe Compute.kernels.apply(operation, job)
    }
  }

  /// The combination with another tensor of the same shape as a new tensor.
  func combined(_ operation: BinaryOperation, with other: Tensor, _ a: Float = 0) -> Tensor {
    requireSameShape(self, other)
    let (x, y) = Tensor.inSameLayout(self, other)
    let result = Tensor(uninitialized: shape, layout: x.layout)
    x.forEachRun { start, count, lanes in
      var job = unsafe ElementwiseJob(
        x: x.storage.lanes + start, y: y.storage.lanes + start,
        result: result.storage.lanes + start)
      unsafe (job.count, job.lanes, job.a) = (count, lanes, a)
      unsafe Compute.kernels.combine(operation, job)
    }
    return result
  }

  /// The combination with another tensor of the same shape in place.
  mutating func combine(_ operation: BinaryOperation, with other: Tensor, _ a: Float = 0) {
    guard layout == other.layout, isKnownUniquelyReferenced(&storage) else {
      self = combined(operation, with: other, a)
      return
    }
    requireSameShape(self, other)
    forEachRun { start, count, lanes in
      let place = unsafe storage.lanes + start
      var job = unsafe ElementwiseJob(x: place, y: other.storage.lanes + start, result: place)
      unsafe (job.count, job.lanes, job.a) = (count, lanes, a)
      unsafe Compute.kernels.combine(operation, job)
    }
  }

  /// Both tensors in the lanes if one of them is, else as they are.
  static func inSameLayout(_ a: Tensor, _ b: Tensor) -> (Tensor, Tensor) {
    a.layout == b.layout ? (a, b) : (a.heldInLanes(), b.heldInLanes())
  }

  /// Cuts the storage into runs of vectors for elementwise work, on several threads where there is
  /// enough: calls `body` with the first vector, how many there are, and how many lanes count.
  private func forEachRun(_ body: (_ start: Int, _ count: Int, _ lanes: Int) -> Void) {
    let grain = 4096
    let vectors = storage.vectors
    let full: Int
    let rest: Int
    if layout == .lanes && shape[0] % 16 != 0 {
      full = vectors - shape.itemElementCount
      rest = shape[0] % 16
    } else {
      full = vectors
      rest = 16
    }
    let fullRuns = (full + grain - 1) / grain
    let runs = fullRuns + (vectors - full + grain - 1) / grain
    if runs == 1 {
      body(0, vectors, full == 0 ? rest : 16)
      return
    }
    ThreadPool.shared.run(parts: runs, costPerPart: vectors * 4 / max(runs, 1)) { run in
      if run < fullRuns {
        body(run * grain, min(grain, full - run * grain), 16)
      } else {
        let start = full + (run - fullRuns) * grain
        body(start, min(grain, vectors - start), rest)
      }
    }
  }
}

/// Traps unless both tensors have the same shape.
func requireSameShape(_ a: Tensor, _ b: Tensor) {
  require(
    a.shape == b.shape, "elementwise operations need equal shapes, not \(a.shape) and \(b.shape)")
}
