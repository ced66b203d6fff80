import Requirements
public import Tensors

/// What a layer is to the rectifiers around it: how ``Sequential`` knows which neighbours may do a
/// rectifier's work.
public enum RectifierRole: Sendable, Hashable {
  /// Neither of the others.
  case none

  /// Its output is `relu(x)`, and dL/dx is dL/dy where the output is positive or NaN, else 0:
  /// ``ReLU``, and any layer of your own that does just that. ``Sequential`` does not call it.
  case rectifier

  /// Its output holds the elements of its input under another shape, and its pullback takes the
  /// gradient back the same way: ``Flatten``.
  case reshaping
}

/// A layer that can do the work of a rectifier beside it in its own pass over the data.
///
/// On its own a rectifier reads and writes whole batches of images for one comparison per element.
/// ``Sequential`` lets such a layer rectify its output as it writes it, and carry its gradient
/// through the rectifier before it. The results are the same to the last bit.
///
/// A layer of your own takes part by conforming; one that only can carry its gradient through the
/// rectifier before it says so in ``canRectifyOutput``.
public protocol RectifierFusing: Layer {
  /// Whether the layer can rectify its own output.
  var canRectifyOutput: Bool { get }

  /// Inference, with the rectifier behind the layer if there is one.
  ///
  /// - Parameters:
  ///   - x: The batch.
  ///   - rectifyingOutput: Whether the output goes through `relu(_:)` at once; never where
  ///     ``canRectifyOutput`` is false.
  func callAsFunction(_ x: Tensor, rectifyingOutput: Bool) -> Tensor

  /// Training with neighbouring rectifiers.
  ///
  /// - Parameters:
  ///   - x: The batch.
  ///   - inputIsRectified: Whether `x` is a rectifier's output: the pullback then gives dL/dx for
  ///     the rectifier's input, which is zero where `x` is.
  ///   - rectifyingOutput: Whether the output is to be rectified. The pullback takes the gradient
  ///     before that rectifier: whoever takes the output carries its gradient back through it.
  func forward(_ x: Tensor, inputIsRectified: Bool, rectifyingOutput: Bool) -> Forward
}

extension RectifierFusing {
  /// Inference without a rectifier.
  public func callAsFunction(_ x: Tensor) -> Tensor { callAsFunction(x, rectifyingOutput: false) }

  /// Training without rectifiers.
  public func forward(_ x: Tensor, using random: inout some RandomNumberGenerator) -> Forward {
    forward(x, inputIsRectified: false, rectifyingOutput: false)
  }
}

extension Conv2D: RectifierFusing {
  /// True.
  public var canRectifyOutput: Bool { true }
}

extension Linear: RectifierFusing {
  /// True.
  public var canRectifyOutput: Bool { true }

  /// The linear map, rectified at once if asked for.
  public func callAsFunction(_ x: Tensor, rectifyingOutput: Bool) -> Tensor {
    _ = requireOutputShape(for: x.shape)
    return linear(x, weight, bias: bias, rectified: rectifyingOutput)
  }

  /// The linear map between rectifiers, and the way back.
  public func forward(_ x: Tensor, inputIsRectified: Bool, rectifyingOutput: Bool) -> Forward {
    let pullback = Pullback(skippingInput: { [weight, hasBias = bias != nil] dy, wantsInput in
      let input =
        wantsInput ? linearInputGradient(dy, weight, through: inputIsRectified ? x : nil) : nil
      let weightGradient = linearWeightGradient(dy, x)
      return (input, hasBias ? [weightGradient, dy.channelSums()] : [weightGradient])
    })
    return Forward(
      output: callAsFunction(x, rectifyingOutput: rectifyingOutput), pullback: pullback)
  }
}

extension MaxPool2D: RectifierFusing {
  /// False.
  public var canRectifyOutput: Bool { false }

  /// The maxima.
  public func callAsFunction(_ x: Tensor, rectifyingOutput: Bool) -> Tensor {
    maxPool(x, geometry(for: x.shape))
  }

  /// The maxima behind a rectifier, and the way back through it.
  public func forward(_ x: Tensor, inputIsRectified: Bool, rectifyingOutput: Bool) -> Forward {
    let geometry = geometry(for: x.shape)
    let pullback = Pullback { dy in
      Gradients(input: maxPoolGradient(dy, x, geometry, throughRectifier: inputIsRectified))
    }
    return Forward(output: maxPool(x, geometry), pullback: pullback)
  }
}

extension Sequential {
  /// What stands at a position, seen by a pass that fuses rectifiers.
  private enum Step {
    /// The layer rectifies its output itself; the next one has been dealt with.
    case fused(any RectifierFusing, at: Int, rectifyingOutput: Bool)
    case rectifier(at: Int)
    case plain(any Layer, at: Int)

    /// The position of the layer.
    var position: Int {
      switch self {
      case .fused(_, let position, _), .rectifier(let position), .plain(_, let position): position
      }
    }
  }

  /// The layers in order, each rectifier joined to the layer before it where that can do its work.
  private var steps: [Step] {
    var steps: [Step] = []
    var position = 0
    while position < layers.count {
      let (layer, place) = (layers[position], position)
      position += 1
      if layer.rectifierRole == .rectifier {
        steps.append(.rectifier(at: place))
      } else if let layer = layer as? any RectifierFusing {
        let next =
          position < layers.count && layer.canRectifyOutput
          && layers[position].rectifierRole == .rectifier
        steps.append(.fused(layer, at: place, rectifyingOutput: next))
        if next { position += 1 }
      } else {
        steps.append(.plain(layer, at: place))
      }
    }
    return steps
  }

  /// Inference through all layers.
  func fusedOutput(_ x: Tensor) -> Tensor {
    var y = x
    var rest = steps[...]
    while let step = rest.popFirst() {
      Place.enter(step.position)
      defer { Place.leave() }
      switch step {
      case .fused(let layer, _, let rectifying):
        if let (convolution, pool) = poolable(layer, before: rest.first),
          let pooled = convolution.pooled(y, rectifyingOutput: rectifying, by: pool)
        {
          y = pooled
          rest.removeFirst()
        } else {
          y = layer.callAsFunction(y, rectifyingOutput: rectifying)
        }
      case .rectifier: y = relu(y)
      case .plain(let layer, _): y = layer(y)
      }
    }
    return y
  }

  /// Training through all layers: the output, the new state, and the way back through each step
  /// with whether it has parameters.
  func fusedForward(
    _ x: Tensor, using random: inout some RandomNumberGenerator
  ) -> (output: Tensor, state: [Tensor], pullbacks: [PlacedPullback]) {
    var y = x
    var state: [Tensor] = []
    var pullbacks: [PlacedPullback] = []
    func rectifierPullback(at layer: Int) -> PlacedPullback {
      let pullback = Pullback { [y] in Gradients(input: reluGradient($0, y)) }
      return PlacedPullback(
        pullback: pullback, layer: layer, parameterCount: 0, input: y.shape)
    }
    // Whether nobody goes back through a layer: those before all parameters.
    func mayForget(_ layer: any Layer) -> Bool {
      !pullbacks.contains(where: \.isTrainable) && layer.mayHideState
    }
    // Whether y is a rectifier's output through which no pullback carries the gradient yet.
    var isRectified = false
    var rest = steps[...]
    while let step = rest.popFirst() {
      Place.enter(step.position)
      defer { Place.leave() }
      let (forward, layer): (Forward, any Layer)
      let input = y.shape
      switch step {
      case .rectifier:
        y = relu(y)
        isRectified = true
        continue
      case .fused(let fused, _, let rectifying):
        layer = fused
        if let (convolution, pool) = poolable(fused, before: rest.first),
          let pooled = convolution.forward(
            y, inputIsRectified: isRectified, rectifyingOutput: rectifying, by: pool)
        {
          forward = pooled
          rest.removeFirst()
        } else {
          func pass() -> Forward {
            fused.forward(y, inputIsRectified: isRectified, rectifyingOutput: rectifying)
          }
          forward = mayForget(fused) ? StateMade.none(pass) : pass()
        }
        isRectified = rectifying
      case .plain(let plain, let position):
        layer = plain
        // A reshaped batch is as rectified as before; any other layer gets its rectifier back.
        if isRectified && plain.rectifierRole != .reshaping {
          pullbacks.append(rectifierPullback(at: position - 1))
          isRectified = false
        }
        forward =
          mayForget(plain)
          ? StateMade.none { plain.forward(y, using: &random) } : plain.forward(y, using: &random)
      }
      y = forward.output
      layer.requireState(of: forward)
      state += forward.state
      pullbacks.append(PlacedPullback(of: layer, at: step.position, forward, input: input))
    }
    if isRectified { pullbacks.append(rectifierPullback(at: layers.count - 1)) }
    return (y, state, pullbacks)
  }

  /// A convolution with the max-pool that follows: they may be one step.
  private func poolable(
    _ layer: any RectifierFusing, before next: Step?
  ) -> (Conv2D, MaxPool2D)? {
    guard let convolution = layer as? Conv2D, case .fused(let next as MaxPool2D, _, _)? = next
    else { return nil }
    return (convolution, next)
  }
}
