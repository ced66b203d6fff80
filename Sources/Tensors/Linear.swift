internal import Requirements

/// A linear map with a bias, applied to every item: `y = x Wᵀ + b`.
///
/// - Parameters:
///   - x: The items, (N, I); a tensor of higher rank is read as (N, product of the rest).
///   - w: The weights, (O, I).
///   - bias: One number per output, (O), or none.
/// - Returns: (N, O).
public func linear(_ x: Tensor, _ w: Tensor, bias: Tensor? = nil) -> Tensor {
  let (items, inputs, outputs) = linearSizes(x, w)
  if let bias { requireShape(bias, [outputs], "linear map's bias") }
  let y = Tensor(uninitialized: [items, outputs])
  unsafe x.withElements { x in
    guard let x = x.baseAddress else { return }
    for n in 0..<items {
      for o in 0..<outputs {
        let b = bias.map { unsafe $0.storage.base[o] } ?? 0
        unsafe y.storage.base[n * outputs + o] =
          b + dot(x + n * inputs, w.storage.base + o * inputs, inputs)
      }
    }
  }
  return y
}

/// The gradient of ``linear(_:_:bias:)`` with respect to its input: `dx = dy W`.
///
/// - Parameters:
///   - dy: The gradient with respect to the output, (N, O).
///   - w: The weights, (O, I).
/// - Returns: (N, I).
public func linearInputGradient(_ dy: Tensor, _ w: Tensor) -> Tensor {
  requireShape(dy, [dy.shape[0], w.shape[0]], "linear map's output gradient")
  let (items, outputs, inputs) = (dy.shape[0], w.shape[0], w.shape[1])
  let dx = Tensor([items, inputs], repeating: 0)
  unsafe dy.withElements { dy in
    guard let dy = dy.baseAddress else { return }
    for n in 0..<items {
      for o in 0..<outputs {
        unsafe accumulate(
          dx.storage.base + n * inputs, w.storage.base + o * inputs, dy[n * outputs + o], inputs)
      }
    }
  }
  return dx
}

/// The gradient of ``linear(_:_:bias:)`` with respect to its weights: `dW = dyᵀ x`.
///
/// - Parameters:
///   - dy: The gradient with respect to the output, (N, O).
///   - x: The input of the forward map, (N, I) or any shape with N leading.
/// - Returns: (O, I).
public func linearWeightGradient(_ dy: Tensor, _ x: Tensor) -> Tensor {
  let (items, outputs, inputs) = (dy.shape[0], dy.shape[1], x.shape.itemCount)
  require(
    x.shape[0] == items,
    "The output gradient \(dy.shape) and the input \(x.shape) differ in the number of items.")
  let dw = Tensor([outputs, inputs], repeating: 0)
  unsafe dy.withElements { dy in
    unsafe x.withElements { x in
      guard let dy = dy.baseAddress, let x = x.baseAddress else { return }
      for n in 0..<items {
        for o in 0..<outputs {
          unsafe accumulate(
            dw.storage.base + o * inputs, x + n * inputs, dy[n * outputs + o], inputs)
        }
      }
    }
  }
  return dw
}

/// The product of two matrices, (M, K) by (K, N) gives (M, N).
public func matmul(_ a: Tensor, _ b: Tensor) -> Tensor {
  require(
    a.shape.rank == 2 && b.shape.rank == 2 && a.shape[1] == b.shape[0],
    "A matrix product takes M×K and K×N, but the shapes are \(a.shape) and \(b.shape).")
  return linearInputGradient(a, b)
}

/// Checks the shapes of a linear map and names its sizes.
func linearSizes(_ x: Tensor, _ w: Tensor) -> (items: Int, inputs: Int, outputs: Int) {
  require(
    x.shape.rank >= 2 && w.shape.rank == 2 && x.shape.itemCount == w.shape[1],
    "A linear map takes N×I and weights O×I, but the shapes are \(x.shape) and \(w.shape).")
  return (x.shape[0], w.shape[1], w.shape[0])
}

/// The dot product, in eight partial sums that are added at the end.
private func dot(_ a: UnsafePointer<Float>, _ b: UnsafePointer<Float>, _ count: Int) -> Float {
  var lanes = SIMD8<Float>()
  var i = 0
  while i + 8 <= count {
    let p = unsafe UnsafeRawPointer(a + i).loadUnaligned(as: SIMD8<Float>.self)
    let q = unsafe UnsafeRawPointer(b + i).loadUnaligned(as: SIMD8<Float>.self)
    lanes += p * q
    i += 8
  }
  var rest: Float = 0
  while i < count {
    unsafe rest += a[i] * b[i]
    i += 1
  }
  return lanes.sum() + rest
}

/// `to += from · factor`.
private func accumulate(
  _ to: UnsafeMutablePointer<Float>, _ from: UnsafePointer<Float>, _ factor: Float, _ count: Int
) {
  for i in 0..<count { unsafe to[i] += from[i] * factor }
}
