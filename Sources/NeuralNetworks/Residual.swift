import Requirements
public import Tensors

/// A layer around which the input is carried: y = x + f(x).
///
/// dL/dx = dL/dy + the pullback of f at dL/dy. f keeps the shape of its input (He et al. 2016). In
/// PyTorch a module whose `forward` returns `x + self.body(x)`; the names are those of such a module,
/// `body.0.weight` and so on.
public struct Residual: Layer {
  /// f.
  public private(set) var body: any Layer

  /// x + the layer's output.
  public init(_ body: some Layer) { self.body = body }

  /// The parameters of f.
  public var parameters: [Tensor] {
    get { body.parameters }
    set { body.parameters = newValue }
  }

  /// `body.` and the name there.
  public var parameterNames: [String] { body.parameterNames.map { "body.\($0)" } }

  /// The state of f.
  public var state: [Tensor] {
    get { body.state }
    set { body.state = newValue }
  }

  /// `body.` and the name there.
  public var stateNames: [String] { body.stateNames.map { "body.\($0)" } }

  /// The input's shape; throws where f makes another of it.
  public func outputShape(for input: Shape) throws(ShapeError) -> Shape {
    let output: Shape
    do throws(ShapeError) {
      output = try body.outputShape(for: input)
    } catch {
      var placed = error
      placed.layer = "\(name), \(error.layer)"
      throw placed
    }
    guard output.rank == input.rank else {
      throw ShapeError(
        layer: name, quantity: "rank", axis: nil, size: input.rank, limit: .exactly(output.rank),
        input: input, reason: "what is carried around is added to an output of \(output)")
    }
    for axis in 0..<input.rank where output[axis] != input[axis] {
      throw ShapeError(
        layer: name, quantity: "size", axis: axis, size: input[axis], limit: .exactly(output[axis]),
        input: input, reason: "what is carried around is added to an output of \(output)")
    }
    return input
  }

  /// Those of f; the addition is none.
  public func multiplyAdds(for input: Shape) -> Int { body.multiplyAdds(for: input) }

  /// x + f(x).
  public func callAsFunction(_ x: Tensor) -> Tensor {
    _ = requireOutputShape(for: x.shape)
    return x + body(x)
  }

  /// x + f(x), and the way back.
  public func forward(_ x: Tensor, using random: inout some RandomNumberGenerator) -> Forward {
    _ = requireOutputShape(for: x.shape)
    let inner = body.forward(x, using: &random)
    let pullback = Pullback(skippingInput: { dy, wantsInput in
      let (input, parameters) = inner.pullback.gradients(dy, wantsInput: wantsInput)
      return (input.map { $0 + dy }, parameters)
    })
    return Forward(output: x + inner.output, state: inner.state, pullback: pullback)
  }
}

extension Residual {
  /// The layer in one line, with that of f.
  public var description: String {
    "\(name)(\(body.name)), \(parameterCount) parameters"
  }
}
