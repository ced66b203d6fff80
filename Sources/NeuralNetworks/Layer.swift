public import Tensors

/// One differentiable map from a batch of tensors to a batch of tensors.
///
/// A layer is a value: its parameters are the tensors inside it, and nothing else changes when it
/// runs. There are two entry points and no global phase. ``callAsFunction(_:)`` is inference.
/// ``forward(_:using:)`` is training: it returns the output together with the pullback that carries
/// a gradient back through this very evaluation, so a backward pass without its forward pass cannot
/// be written.
///
/// Shapes are written with the letters of the field: N is the number of items in the batch, C the
/// channels, H the height and W the width of an image. The batch axis N comes first, always.
///
/// To add a layer of your own, conform to this protocol with ``outputShape(for:)``,
/// ``callAsFunction(_:)`` and ``forward(_:using:)``; everything else has a default for layers
/// without parameters.
public protocol Layer: Sendable, CustomStringConvertible {
  /// What the layer is called in summaries and error messages; the type's name by default.
  var name: String { get }

  /// The trainable tensors, in the order of the pullback's gradients.
  ///
  /// Setting traps unless count and shapes stay as they are.
  var parameters: [Tensor] { get set }

  /// The names of ``parameters``, as PyTorch's module of the same kind calls them (`weight`,
  /// `bias`).
  var parameterNames: [String] { get }

  /// Tensors that training updates without a gradient, such as running statistics.
  ///
  /// ``forward(_:using:)`` never writes them: it returns their new values in ``Forward/state``, and
  /// the layer adopts them when the step is made, `optimizer.update(&network, forward, loss.gradient)`.
  /// The update that takes gradients alone refuses a layer with state.
  var state: [Tensor] { get set }

  /// The names of ``state``, as PyTorch's module of the same kind calls them.
  var stateNames: [String] { get }

  /// The shape that the layer makes of an input's shape (both with the batch axis N), or the axis
  /// at which the input does not fit.
  func outputShape(for input: Shape) throws(ShapeError) -> Shape

  /// What the layer is to the rectifiers around it; nothing special by default.
  var rectifierRole: RectifierRole { get }

  /// How many multiplications with an addition one evaluation takes, biases not counted.
  func multiplyAdds(for input: Shape) -> Int

  /// Inference: the output and nothing else.
  ///
  /// Traps with the sentence of ``outputShape(for:)``'s error where the input does not fit.
  func callAsFunction(_ x: Tensor) -> Tensor

  /// Training: the output, the pullback, and the new state.
  ///
  /// - Parameters:
  ///   - x: The batch.
  ///   - random: Where layers that draw, such as ``Dropout``, take their randomness from.
  func forward(_ x: Tensor, using random: inout some RandomNumberGenerator) -> Forward
}

extension Layer {
  /// The layer in one line: name, the shapes of its parameters and how many numbers that is.
  public var description: String { describe() }

  /// The name, settings in words, and the parameters with their shapes.
  func describe(_ settings: String...) -> String {
    let shapes = Swift.zip(parameterNames, parameters).map { "\($0) \($1.shape)" }
    let counts = shapes.isEmpty ? "" : ", \(parameterCount) parameters"
    let details = (shapes + settings.filter { !$0.isEmpty }).joined(separator: ", ")
    return "\(name)(\(details))\(counts)"
  }

  /// The name of the type.
  public var name: String { "\(Self.self)" }

  /// No trainable tensors.
  public var parameters: [Tensor] {
    get { [] }
    set { requireReplaceable([], by: newValue, in: name, what: "parameters") }
  }

  /// No names.
  public var parameterNames: [String] { [] }

  /// No state.
  public var state: [Tensor] {
    get { [] }
    set { requireReplaceable([], by: newValue, in: name, what: "state") }
  }

  /// No names.
  public var stateNames: [String] { [] }

  /// Nothing special.
  public var rectifierRole: RectifierRole { .none }

  /// None.
  public func multiplyAdds(for input: Shape) -> Int { 0 }

  /// Training for a network in which no layer draws: the output, the pullback, and the new state.
  ///
  /// Traps where a layer asks for randomness after all: such a network takes
  /// ``forward(_:using:)``.
  public func forward(_ x: Tensor) -> Forward {
    var none = NoRandomness()
    return forward(x, using: &none)
  }

  /// How many numbers training adjusts.
  public var parameterCount: Int { parameters.reduce(0) { $0 + $1.shape.count } }
}
