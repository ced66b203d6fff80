/// What to do with each element of one tensor; `a` and `b` are the job's numbers.
public enum UnaryOperation: Sendable {
  /// a · x + b, rounded once.
  case affine
  /// a · x
  case scale
  /// x + a
  case offset
  /// a / x
  case divideInto
  /// x / a
  case divideBy
  /// x where it is positive, else a · x.
  case leakyRectify
  /// x where it is positive or NaN, else 0.
  case rectify
  /// eˣ
  case exponential
  /// ln x
  case logarithm
  /// 1 / (1 + e⁻ˣ)
  case sigmoid
  /// tanh x
  case hyperbolicTangent
  /// √x
  case squareRoot
  /// x²
  case square
  /// |x|
  case magnitude
}

/// How to combine the elements x and y of two tensors; `a` is the job's number.
public enum BinaryOperation: Sendable {
  /// x + y
  case add
  /// x − y
  case subtract
  /// x · y
  case multiply
  /// x / y
  case divide
  /// x + a · y, rounded once.
  case addScaled
  /// a · x + y, rounded once.
  case scaleAdd
  /// The larger; NaN where either is.
  case maximum
  /// The smaller; NaN where either is.
  case minimum
  /// x where y is positive or NaN, else 0.
  case wherePositive
  /// x where y is positive, else a · x.
  case wherePositiveElseScaled
  /// x · y · (1 − y): the gradient of the logistic function from its output y.
  case sigmoidGradient
  /// x · (1 − y²): the gradient of the hyperbolic tangent from its output y.
  case tanhGradient
}

/// An elementwise operation on whole vectors.
@unsafe
public struct ElementwiseJob {
  /// The first operand.
  public var x: UnsafePointer<Lanes>
  /// The second operand of a binary operation, else none.
  public var y: UnsafePointer<Lanes>?
  /// The result; may be one of the operands.
  public var result: UnsafeMutablePointer<Lanes>
  /// Vectors.
  public var count = 0
  /// A number of the operation.
  public var a: Float = 0
  /// A number of the operation.
  public var b: Float = 0
  /// How many lanes keep their result; the others become zero.
  public var lanes = 16

  /// A job with its pointers; sizes follow one by one.
  public init(
    x: UnsafePointer<Lanes>, y: UnsafePointer<Lanes>?, result: UnsafeMutablePointer<Lanes>
  ) {
    unsafe self.x = x
    unsafe self.y = y
    unsafe self.result = result
  }
}

/// A run of channels of one block, each a plane of `area` vectors.
@unsafe
public struct ChannelJob {
  /// The first channel of the input.
  public var x: UnsafePointer<Lanes>
  /// The first channel of the output.
  public var result: UnsafeMutablePointer<Lanes>
  /// A number per channel to multiply by, or none.
  public var factors: UnsafePointer<Float>?
  /// A number per channel to add, or none.
  public var terms: UnsafePointer<Float>?
  /// Vectors per channel.
  public var area = 0
  /// Channels.
  public var channels = 0
  /// How many lanes keep their result; the others become zero.
  public var lanes = 16

  /// A job with its pointers; sizes follow one by one.
  public init(x: UnsafePointer<Lanes>, result: UnsafeMutablePointer<Lanes>) {
    unsafe self.x = x
    unsafe self.result = result
  }
}

/// A run of channels of one block, each a plane of `area` vectors, to be added up.
@unsafe
public struct ChannelSumJob {
  /// The first channel.
  public var x: UnsafePointer<Lanes>
  /// For each channel the sums of its lanes.
  public var result: UnsafeMutablePointer<SIMD16<Double>>
  /// Vectors per channel.
  public var area = 0
  /// Channels.
  public var channels = 0
  /// For the gradient of a 2×2 max-pool that is given by that of the pool's output: which cell of each
  /// window, 0 to 3 row by row, has it, a byte per lane; `area` is that of the output. Or none.
  public var winners: UnsafePointer<UInt8>?
  /// Windows in a row.
  public var width = 1

  /// A job with its pointers; sizes follow one by one.
  public init(x: UnsafePointer<Lanes>, result: UnsafeMutablePointer<SIMD16<Double>>) {
    unsafe self.x = x
    unsafe self.result = result
  }
}

/// The greatest magnitude in each lane of some vectors.
@unsafe
public struct MagnitudeJob {
  /// The first vector.
  public var x: UnsafePointer<Lanes>
  /// How many there are.
  public var count: Int
  /// The greatest magnitudes, of which a NaN is the greatest.
  public var result: UnsafeMutablePointer<Lanes>

  /// A job.
  public init(x: UnsafePointer<Lanes>, count: Int, result: UnsafeMutablePointer<Lanes>) {
    unsafe self.x = x
    unsafe self.count = count
    unsafe self.result = result
  }
}

/// One step of Adam on whole vectors.
@unsafe
public struct AdamJob {
  /// The weights, changed in place.
  public var weights: UnsafeMutablePointer<Lanes>
  /// Their gradient.
  public var gradient: UnsafePointer<Lanes>
  /// The running mean of gradients, changed in place.
  public var mean: UnsafeMutablePointer<Lanes>
  /// The running mean of squared gradients, changed in place.
  public var square: UnsafeMutablePointer<Lanes>
  /// Vectors.
  public var count = 0
  /// The shares of the old means that are kept.
  public var keepingMean: Float = 0, keepingSquare: Float = 0
  /// The shares of the new gradient and its square that are taken.
  public var takingMean: Float = 0, takingSquare: Float = 0
  /// The step length with the mean's correction, the root's correction, and what is added to it.
  public var rate: Float = 0, rootScale: Float = 0, epsilon: Float = 0

  /// A job with its pointers; numbers follow one by one.
  public init(
    weights: UnsafeMutablePointer<Lanes>, gradient: UnsafePointer<Lanes>,
    mean: UnsafeMutablePointer<Lanes>, square: UnsafeMutablePointer<Lanes>
  ) {
    unsafe self.weights = weights
    unsafe self.gradient = gradient
    unsafe self.mean = mean
    unsafe self.square = square
  }
}
