import Requirements
public import Tensors

/// A layer's gradients held against finite differences: does its pullback say what its forward pass
/// does?
///
/// ```swift
/// let check = GradientCheck(of: MyLayer(), at: x)
/// precondition(check.worst < 1e-3, "\(check)")
/// ```
///
/// Along a random r, the derivatives of ⟨forward(x), r⟩ for every element of the input and of every
/// parameter are measured by central differences with steps h and h/2, combined so that the h² term
/// cancels (Richardson): the error is of order h⁴ and the step can be large enough for `Float`. Cost:
/// four forward passes an element, so take small shapes. A layer with kinks, such as ``ReLU``, needs an
/// input that is further from them than the step.
public struct GradientCheck: Sendable, CustomStringConvertible {
  /// The gradient for the input or a parameter.
  public struct Entry: Sendable, Hashable {
    /// "input" or the parameter's name.
    public let name: String
    /// The largest difference between the pullback and the finite differences, divided by the largest
    /// of these; infinite where shapes differ or a number is none.
    public let error: Double
  }

  /// The input first, then the parameters.
  public let entries: [Entry]

  /// The largest error.
  public var worst: Double { entries.reduce(0) { max($0, $1.error) } }

  /// Checks a layer at an input.
  ///
  /// - Parameters:
  ///   - layer: The layer.
  ///   - x: The input.
  ///   - step: h.
  ///   - seed: Fixes r, and what the layer draws, which is the same in each pass.
  public init(of layer: some Layer, at x: Tensor, step: Float = 0.0625, seed: UInt64 = 1) {
    require(step > 0 && step.isFinite, "a step is above 0, not \(step)")
    func evaluate(_ layer: some Layer, _ x: Tensor) -> Forward {
      var random = SplitMix64(seed: seed)
      return layer.forward(x, using: &random)
    }
    let forward = evaluate(layer, x)
    var random = SplitMix64(seed: seed &+ 1)
    let r = Tensor.uniform(forward.output.shape, in: -1...1, using: &random)
    let gradients = forward.pullback(r)
    require(
      gradients.parameters.count == layer.parameters.count,
      "\(layer.name) has \(layer.parameters.count) parameters, and its pullback gives "
        + "\(gradients.parameters.count) gradients")
    var entries = [
      Entry(
        name: "input",
        error: Self.error(
          gradients.input,
          Self.numeric(at: x, step) { Self.inner(evaluate(layer, $0).output, r) }))
    ]
    for (index, name) in layer.parameterNames.enumerated() {
      let numeric = Self.numeric(at: layer.parameters[index], step) {
        var changed = layer
        changed.parameters[index] = $0
        return Self.inner(evaluate(changed, x).output, r)
      }
      entries.append(
        Entry(name: name, error: Self.error(gradients.parameters[index], numeric)))
    }
    self.entries = entries
  }

  /// Each gradient with its error.
  public var description: String {
    entries.map { "dL/d\($0.name): \($0.error)" }.joined(separator: "\n")
  }

  private static func inner(_ a: Tensor, _ b: Tensor) -> Double {
    zip(a.elements, b.elements).reduce(0) { $0 + Double($1.0) * Double($1.1) }
  }

  private static func error(_ actual: Tensor, _ expected: Tensor) -> Double {
    guard actual.shape == expected.shape else { return .infinity }
    var (worst, scale) = (0.0, 0.0)
    for (a, e) in zip(actual.elements, expected.elements) {
      let difference = (Double(a) - Double(e)).magnitude
      if !difference.isFinite { return .infinity }
      (worst, scale) = (max(worst, difference), max(scale, Double(e.magnitude)))
    }
    return scale == 0 ? worst : worst / scale
  }

  private static func numeric(
    at x: Tensor, _ step: Float, of function: (Tensor) -> Double
  ) -> Tensor {
    let elements = x.elements
    return Tensor(x.shape) { index in
      func central(_ step: Float) -> Double {
        var (above, below) = (elements, elements)
        above[index] += step
        below[index] -= step
        return (function(Tensor(x.shape, above)) - function(Tensor(x.shape, below)))
          / Double(above[index] - below[index])
      }
      return Float((4 * central(step / 2) - central(step)) / 3)
    }
  }
}
