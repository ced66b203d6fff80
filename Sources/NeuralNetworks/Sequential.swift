import Requirements
public import Tensors

/// Layers in a row, each taking the output of the one before it.
///
/// The shapes are checked once, when the network is built: the error names the layer that does not
/// fit.
///
/// ```swift
/// var random = SplitMix64(seed: 10)
/// var network = try Sequential(input: [1, 1, 28, 28]) {
///   Conv2D(inputChannels: 1, outputChannels: 4, kernelSize: 3, padding: 1, using: &random)
///   ReLU()
///   Flatten()
///   Linear(inputs: 3136, outputs: 10, using: &random)
/// }
/// ```
///
/// A network is itself a ``Layer``; its parameters are those of its layers in order.
public struct Sequential: Layer {
  /// The layers, first to last.
  public private(set) var layers: [any Layer]

  /// The shape of the input that the network was checked for, batch axis included.
  public let input: Shape

  /// A network of the given layers.
  ///
  /// Traps where a layer has more or fewer names than parameters or tensors of state.
  ///
  /// - Parameters:
  ///   - input: A shape of input that the network must take, batch axis included; other sizes are
  ///     fine later on as long as every layer takes them.
  ///   - layers: The layers, first to last.
  /// - Throws: A ``ShapeError`` that names the first layer that does not fit.
  public init(input: Shape, layers: [any Layer]) throws(ShapeError) {
    for (position, layer) in layers.enumerated() {
      Place.enter(position)
      _ = layer.namedTensors
      Place.leave()
    }
    self.layers = layers
    self.input = input
    _ = try outputShapes(for: input)
  }

  /// A network of the layers that the builder lists.
  ///
  /// - Throws: A ``ShapeError`` that names the first layer that does not fit, or what the builder
  ///   throws, for instance while it reads weights.
  public init(input: Shape, @LayerBuilder layers: () throws -> [any Layer]) throws {
    try self.init(input: input, layers: layers())
  }

  /// The layer at a position; traps where there is none.
  public subscript(position: Int) -> any Layer {
    require(
      layers.indices.contains(position),
      "a network of \(layers.count) layers has no layer \(position)")
    return layers[position]
  }

  // Closures and not key paths here: a key path through an existential is looked up anew each time,
  // three times in every step of a training.

  /// The parameters of all layers, in order.
  public var parameters: [Tensor] {
    get { layers.flatMap { $0.parameters } }
    set {
      deal(newValue, "parameters", counts: layers.map { $0.parameterNames.count }) {
        $0.parameters = $1
      }
    }
  }

  /// Position and name, as PyTorch's `nn.Sequential` has them: `0.weight`, `0.bias`, `2.weight`.
  public var parameterNames: [String] {
    layers.enumerated().flatMap { position, layer in
      layer.parameterNames.map { "\(position).\($0)" }
    }
  }

  /// The state of all layers, in order.
  public var state: [Tensor] {
    get { layers.flatMap { $0.state } }
    set {
      deal(newValue, "tensors of state", counts: layers.map { $0.stateNames.count }) {
        $0.state = $1
      }
    }
  }

  /// Position and name: `1.running_mean`.
  public var stateNames: [String] {
    layers.enumerated().flatMap { position, layer in
      layer.stateNames.map { "\(position).\($0)" }
    }
  }

  /// Gives each layer as many of the tensors as it has, in order; a layer without any is left alone.
  private mutating func deal(
    _ tensors: [Tensor], _ what: String, counts: [Int],
    to assign: (inout any Layer, [Tensor]) -> Void
  ) {
    let total = counts.reduce(0, +)
    require(
      tensors.count == total,
      "\(name) has \(total) \(what), and was given \(tensors.count) for them")
    var rest = tensors[...]
    for (index, count) in counts.enumerated() where count > 0 {
      Place.enter(index)
      assign(&layers[index], Array(rest.prefix(count)))
      Place.leave()
      rest = rest.dropFirst(count)
    }
  }

  /// The shape of the last layer's output; the error names the layer that does not fit.
  public func outputShape(for input: Shape) throws(ShapeError) -> Shape {
    try outputShapes(for: input).last ?? input
  }

  /// The output shape of every layer in turn.
  public func outputShapes(for input: Shape) throws(ShapeError) -> [Shape] {
    var shapes: [Shape] = []
    for (position, layer) in layers.enumerated() {
      do throws(ShapeError) {
        shapes.append(try layer.outputShape(for: shapes.last ?? input))
      } catch {
        var placed = error
        placed.layer = "layer \(position), \(error.layer)"
        throw placed
      }
    }
    return shapes
  }

  /// The sum over the layers.
  public func multiplyAdds(for input: Shape) -> Int {
    summary(for: input).multiplyAdds
  }

  /// Inference through all layers.
  public func callAsFunction(_ x: Tensor) -> Tensor {
    fusedOutput(x.heldInLanes())
  }

  /// Training through all layers; the pullback runs theirs in reverse.
  ///
  /// When dL/dx is not asked for (``Pullback/parameters(_:)``), the layers before the first one with
  /// parameters are not run at all, and that one computes no dL/dx. Rectifiers are joined to their
  /// neighbours, with the same results to the last bit.
  public func forward(_ x: Tensor, using random: inout some RandomNumberGenerator) -> Forward {
    // The batch is brought into the order of the kernels once, not once forward and once back.
    let (output, state, pullbacks) = fusedForward(x.heldInLanes(), using: &random)
    let firstTrainable = pullbacks.firstIndex { $0.isTrainable } ?? pullbacks.count
    let pullback = Pullback(skippingInput: { [pullbacks] outputGradient, wantsInput in
      var gradient = outputGradient
      var parameters: [[Tensor]] = []
      for position in pullbacks.indices.reversed() {
        if !wantsInput && position < firstTrainable { break }
        let gradients = pullbacks[position].gradients(
          gradient, wantsInput: wantsInput || position > firstTrainable)
        parameters.append(gradients.parameters)
        if let input = gradients.input { gradient = input }
      }
      return (wantsInput ? gradient : nil, parameters.reversed().flatMap { $0 })
    })
    return Forward(output: output, state: state, pullback: pullback)
  }
}
