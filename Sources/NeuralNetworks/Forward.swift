import Requirements
public import Tensors

/// What a training evaluation returns: the output and the way back.
public struct Forward: Sendable, CustomStringConvertible {
  /// What the layer makes of its input.
  public let output: Tensor

  /// Carries the loss's gradient for ``output`` back to the input and the parameters.
  public let pullback: Pullback

  /// The layer's state after this batch, in the order of ``Layer/state``; empty for most layers.
  public let state: [Tensor]

  /// An output with its pullback.
  ///
  /// The pullback traps on a gradient of another shape than the output's, also where it would itself
  /// take one that merely has as many elements; and where the passes inside of this one made new state
  /// that this one does not hand on: a layer that holds layers gives `state: first.state + second.state`.
  public init(output: Tensor, state: [Tensor] = [], pullback: Pullback) {
    self.init(output: output, state: state, ofLayerWith: [], pullback: pullback)
  }

  /// The same of a stateful layer that is known again by its own tensors.
  init(output: Tensor, state: [Tensor], ofLayerWith marks: [Tensor], pullback: Pullback) {
    self.output = output
    self.state = state
    if !state.isEmpty { StateMade.note(state.count) }
    self.pullback = pullback.taking(output.shape, StatefulPass(made: state, marks: marks))
  }

  /// The shapes of output and state.
  public var description: String {
    let tensors = state.map { "\($0.shape)" }.joined(separator: ", ")
    return "Forward(output \(output.shape)\(state.isEmpty ? "" : ", state \(tensors)"))"
  }
}

/// The gradients of a scalar loss for one evaluation of a layer.
public struct Gradients: Sendable, CustomStringConvertible {
  /// dL/dx, with the input's shape.
  public let input: Tensor

  /// dL/dw for each of the layer's parameters, in the order of ``Layer/parameters``.
  public let parameters: [Tensor]

  /// The gradients for the input and the parameters.
  public init(input: Tensor, parameters: [Tensor] = []) {
    self.input = input
    self.parameters = parameters
  }

  /// The shapes of all gradients.
  public var description: String {
    let tensors = parameters.map { "\($0.shape)" }.joined(separator: ", ")
    return "Gradients(input \(input.shape)\(tensors.isEmpty ? "" : ", parameters \(tensors)"))"
  }
}

/// The derivative of one evaluation of a layer, as a linear map from dL/dy to dL/dx and dL/dw.
///
/// A value that may be called more than once: it closes over what the forward pass kept.
public struct Pullback: Sendable, CustomStringConvertible {
  private let apply: @Sendable (Tensor, Bool) -> (input: Tensor?, parameters: [Tensor])

  /// A pullback for a layer that computes both gradients with one rule.
  public init(_ apply: @escaping @Sendable (_ outputGradient: Tensor) -> Gradients) {
    self.apply = { outputGradient, _ in
      let gradients = apply(outputGradient)
      return (gradients.input, gradients.parameters)
    }
  }

  /// A pullback for a layer that can save the work for dL/dx where nobody asks for it.
  ///
  /// - Parameter apply: Takes dL/dy and whether dL/dx is wanted; must return it in that case.
  public init(
    skippingInput apply:
      @escaping @Sendable (_ outputGradient: Tensor, _ wantsInput: Bool) ->
      (input: Tensor?, parameters: [Tensor])
  ) {
    self.apply = apply
  }

  /// What it is; a function has nothing else to show.
  public var description: String { "Pullback(dL/dy to dL/dx and dL/dw)" }

  /// dL/dx and dL/dw for a given dL/dy, which has the shape of the output.
  public func callAsFunction(_ outputGradient: Tensor) -> Gradients {
    let gradients = apply(outputGradient, true)
    guard let input = gradients.input else {
      requirementFailed("the pullback was asked for dL/dx and returned none")
    }
    return Gradients(input: input, parameters: gradients.parameters)
  }

  /// dL/dw alone: what a training step needs, without the work for the gradient of the images.
  ///
  /// The same bits as `pullback(outputGradient).parameters`.
  public func parameters(_ outputGradient: Tensor) -> [Tensor] {
    apply(outputGradient, false).parameters
  }

  /// What lies within the pass around this one, while the pullback of that runs.
  ///
  /// Whether a pass lies within another is known on the way back only: there the one calls the other.
  @TaskLocal private static var around: PassesWithin?

  /// The same for gradients of one shape only, of a pass whose new state must reach the outermost one.
  func taking(_ shape: Shape, _ pass: StatefulPass) -> Pullback {
    Pullback(skippingInput: { [apply] outputGradient, wantsInput in
      require(
        outputGradient.shape == shape,
        "a pullback takes the gradient of its output, of shape \(shape), "
          + "not one of shape \(outputGradient.shape)")
      let around = Self.around
      if let around { pass.requireRoom(handingOn: around.handedOn) }
      let within = PassesWithin(handingOn: pass.made.count)
      let gradients = Self.$around.withValue(within) { apply(outputGradient, wantsInput) }
      let passes = within.all
      pass.requireAll(of: passes)
      if let around, !pass.made.isEmpty { around.add(pass.holding(passes)) }
      return gradients
    })
  }

  /// Both gradients, dL/dx only if wanted; how layers that hold layers pass the wish on.
  public func gradients(_ outputGradient: Tensor, wantsInput: Bool) -> (
    input: Tensor?, parameters: [Tensor]
  ) {
    apply(outputGradient, wantsInput)
  }
}
