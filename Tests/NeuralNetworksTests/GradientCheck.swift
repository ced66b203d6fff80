import NeuralNetworks
import Tensors
import Testing

/// The inner product of two tensors of the same shape, in `Double`.
func inner(_ a: Tensor, _ b: Tensor) -> Double {
  zip(a.elements, b.elements).reduce(0) { $0 + Double($1.0) * Double($1.1) }
}

/// The largest absolute difference, divided by the reference's largest magnitude; infinite where
/// the shapes differ or a value is not a number.
func relativeError(_ actual: Tensor, _ expected: Tensor) -> Double {
  guard actual.shape == expected.shape else { return .infinity }
  let scale = expected.elements.reduce(0.0) { max($0, Double($1.magnitude)) }
  var worst = 0.0
  for (a, e) in zip(actual.elements, expected.elements) {
    let difference = (Double(a) - Double(e)).magnitude
    if !difference.isFinite { return .infinity }
    worst = max(worst, difference)
  }
  return scale == 0 ? worst : worst / scale
}

/// The derivative of a function along a direction by finite differences.
///
/// Central differences with steps h and h/2, combined so that the h² term cancels (Richardson): the
/// error is of order h⁴ and the step can be large enough for `Float`.
func derivative(
  at x: Tensor, along direction: Tensor, step: Float = 0.0625, of function: (Tensor) -> Double
) -> Double {
  func central(_ step: Float) -> Double {
    let difference = function(x + direction * step) - function(x - direction * step)
    return difference / (2 * Double(step))
  }
  return (4 * central(step / 2) - central(step)) / 3
}

/// The gradient of a function by finite differences, one element at a time.
func numericGradient(
  at x: Tensor, step: Float = 0.0625, of function: (Tensor) -> Double
) -> Tensor {
  let gradient = (0..<x.shape.count).map { index in
    var direction = [Float](repeating: 0, count: x.shape.count)
    direction[index] = 1
    return Float(
      derivative(at: x, along: Tensor(x.shape, direction), step: step, of: function))
  }
  return Tensor(x.shape, gradient)
}

/// Holds a layer's pullback against finite differences in the input and in every parameter, by the
/// library's own checker, and the parameters' gradients against those that come without dL/dx.
func expectGradients(
  of layer: some Layer, at x: Tensor, tolerance: Double = 5e-4, step: Float = 0.0625,
  seed: UInt64 = 1, sourceLocation: SourceLocation = #_sourceLocation
) {
  let check = GradientCheck(of: layer, at: x, step: step, seed: seed)
  #expect(check.worst < tolerance, "\(layer.name): \(check)", sourceLocation: sourceLocation)
  #expect(
    check.entries.map(\.name) == ["input"] + layer.parameterNames, sourceLocation: sourceLocation)
  var random = SplitMix64(seed: seed)
  let forward = layer.forward(x, using: &random)
  let r = Tensor.uniform(forward.output.shape, in: -1...1, using: &random)
  #expect(
    forward.pullback.parameters(r) == forward.pullback(r).parameters,
    "the parameters' gradients without dL/dx", sourceLocation: sourceLocation)
}
