import Tensors

/// A layer that multiplies by a weight and may add a bias: its parameters, in this order.
protocol AffineLayer: Layer {
  var weight: Tensor { get set }
  var bias: Tensor? { get set }
}

extension AffineLayer {
  /// The weight, and the bias if there is one.
  var affineParameters: [Tensor] {
    get { bias.map { [weight, $0] } ?? [weight] }
    set {
      requireReplaceable(affineParameters, by: newValue, in: name, what: "parameters")
      weight = newValue[0]
      if bias != nil { bias = newValue[1] }
    }
  }

  /// `weight`, `bias`.
  var affineParameterNames: [String] { bias == nil ? ["weight"] : ["weight", "bias"] }
}
