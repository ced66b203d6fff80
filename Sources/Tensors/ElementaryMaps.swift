internal import ElementaryFunctions

/// The exponential of every element.
public func exp(_ x: Tensor) -> Tensor { x.map { Elementary.exp($0) } }

/// The natural logarithm of every element.
public func log(_ x: Tensor) -> Tensor { x.map { Elementary.log($0) } }

/// The logistic function 1 / (1 + e⁻ˣ) of every element.
public func sigmoid(_ x: Tensor) -> Tensor { x.map { Elementary.sigmoid($0) } }

/// The hyperbolic tangent of every element.
public func tanh(_ x: Tensor) -> Tensor { x.map { Elementary.tanh($0) } }

/// The square root of every element.
public func squareRoot(_ x: Tensor) -> Tensor { x.map { $0.squareRoot() } }
