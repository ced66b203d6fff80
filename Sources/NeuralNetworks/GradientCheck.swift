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
/// cancels (Richardson): the error is of order h⁴ and the step can be large enough for `Float`. Where a
/// difference shows that the function bends within the step, or that the step is lost in rounding, others
/// are tried. Cost: four forward passes an element and more where it must look for a step, so take small
/// shapes. A layer with kinks, such as ``ReLU``, needs an input that is further from them than the step.
///
/// Parameters are checked both ways that a pullback gives their gradients: beside dL/dx, and alone
/// (``Pullback/parameters(_:)``), as training asks for them. What the check does not look at is
/// inference: ``Layer/callAsFunction(_:)`` may differ from training on purpose.
public struct GradientCheck: Sendable, CustomStringConvertible {
  /// The gradient for the input or a parameter.
  public struct Entry: Sendable, Hashable {
    /// "input" or the parameter's name; "parameter 2" for one that the layer gives no name.
    public let name: String
    /// The largest relative difference between the pullback and the finite differences, element by
    /// element: each divided by the derivative's own magnitude, or by a sixteenth of the tensor's largest
    /// where that is more. Infinite where shapes differ or a number is none.
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
  ///   - step: h, for elements of a size up to 1; in proportion for larger ones.
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
    let alone = forward.pullback.parameters(r)
    let (parameters, names) = (layer.parameters, layer.parameterNames)
    for (way, count) in [("", gradients.parameters.count), (" without dL/dx", alone.count)] {
      require(
        count == parameters.count,
        "\(layer.name) has \(parameters.count) parameters, and its pullback gives \(count) "
          + "gradients\(way)")
    }
    let differences = FiniteDifferences(weights: r.elements) { evaluate(layer, $0).output }
    var entries = [
      Entry(
        name: "input",
        error: Self.error(gradients.input, differences.gradient(at: x, step: step), of: x))
    ]
    for (index, parameter) in parameters.enumerated() {
      let differences = FiniteDifferences(weights: r.elements) {
        var changed = layer
        changed.parameters[index] = $0
        return evaluate(changed, x).output
      }
      let measured = differences.gradient(at: parameter, step: step)
      entries.append(
        Entry(
          name: index < names.count ? names[index] : "parameter \(index)",
          error: max(
            Self.error(gradients.parameters[index], measured, of: parameter),
            Self.error(alone[index], measured, of: parameter))))
    }
    self.entries = entries
  }

  /// Each gradient with its error.
  public var description: String {
    entries.map { "dL/d\($0.name): \($0.error)" }.joined(separator: "\n")
  }

  private static func error(_ actual: Tensor, _ measured: [Double], of x: Tensor) -> Double {
    guard actual.shape == x.shape else { return .infinity }
    let largest = measured.reduce(0) { max($0, $1.magnitude) }
    var worst = 0.0
    for (actual, measured) in zip(actual.elements, measured) {
      let difference = (Double(actual) - measured).magnitude
      if !difference.isFinite { return .infinity }
      let scale = FiniteDifferences.scale(of: measured, largest: largest)
      worst = max(worst, scale == 0 ? difference : difference / scale)
    }
    return worst
  }
}
