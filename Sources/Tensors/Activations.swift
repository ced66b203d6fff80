internal import KernelInterface

/// The rectifier, `max(x, 0)`, on every element; a NaN stays one.
public func relu(_ x: Tensor) -> Tensor { x.applying(.rectify) }

/// The gradient of ``relu(_:)``: `dy` where the output (or input) is positive or NaN, 0 elsewhere.
///
/// - Parameters:
///   - dy: The gradient with respect to the output.
///   - y: The output of the rectifier, or its input: both are positive at the same places.
public func reluGradient(_ dy: Tensor, _ y: Tensor) -> Tensor {
  dy.combined(.wherePositive, with: y)
}

/// The leaky rectifier: x where it is positive, else `slope · x`.
public func leakyReLU(_ x: Tensor, slope: Float) -> Tensor { x.applying(.leakyRectify, slope) }

/// The gradient of ``leakyReLU(_:slope:)``: `dy` where the input is positive, else `slope · dy`.
public func leakyReLUGradient(_ dy: Tensor, _ x: Tensor, slope: Float) -> Tensor {
  dy.combined(.wherePositiveElseScaled, with: x, slope)
}

/// The logistic function 1 / (1 + e⁻ˣ) of every element, within 4 units in the last place.
public func sigmoid(_ x: Tensor) -> Tensor { x.applying(.sigmoid) }

/// The gradient of ``sigmoid(_:)`` from its output: `dy · y · (1 − y)`.
public func sigmoidGradient(_ dy: Tensor, _ y: Tensor) -> Tensor {
  dy.combined(.sigmoidGradient, with: y)
}

/// The hyperbolic tangent of every element, within 4 units in the last place.
public func tanh(_ x: Tensor) -> Tensor { x.applying(.hyperbolicTangent) }

/// The gradient of ``tanh(_:)`` from its output: `dy · (1 − y²)`.
public func tanhGradient(_ dy: Tensor, _ y: Tensor) -> Tensor {
  dy.combined(.tanhGradient, with: y)
}

/// The exponential of every element, within 2 units in the last place; the package's own, the same
/// bits on every machine.
public func exp(_ x: Tensor) -> Tensor { x.applying(.exponential) }

/// The natural logarithm of every element, within 2 units in the last place; −∞ for 0, NaN for
/// negative numbers.
public func log(_ x: Tensor) -> Tensor { x.applying(.logarithm) }

/// The square root of every element, exactly rounded.
public func squareRoot(_ x: Tensor) -> Tensor { x.applying(.squareRoot) }
