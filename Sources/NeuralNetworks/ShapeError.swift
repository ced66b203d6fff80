import Requirements
public import Tensors

/// An input that a layer cannot take: which axis, how long it is, and what the limit was.
public struct ShapeError: Error, Hashable, Sendable, CustomStringConvertible {
  /// What the offending size should have been.
  public enum Limit: Hashable, Sendable, CustomStringConvertible {
    /// This size and no other.
    case exactly(Int)
    /// This size or more.
    case atLeast(Int)
    /// This size or less.
    case atMost(Int)
    /// A multiple of this number.
    case multiple(of: Int)

    /// The limit in words: "at least 7".
    public var description: String {
      switch self {
      case .exactly(let n): "\(n)"
      case .atLeast(let n): "at least \(n)"
      case .atMost(let n): "at most \(n)"
      case .multiple(of: let n): "a multiple of \(n)"
      }
    }
  }

  /// The layer that does not fit; `Sequential` puts the position before the name.
  public var layer: String

  /// What was measured: "channels", "padding top", "rank".
  public let quantity: String

  /// The axis of the input that is at fault; `nil` where its rank is.
  public let axis: Int?

  /// What the quantity is.
  public let size: Int

  /// What the quantity should be.
  public let limit: Limit

  /// The input's shape.
  public let input: Shape

  /// Why the limit is what it is, in a few words.
  public let reason: String

  /// An error with all that its sentence says.
  public init(
    layer: String, quantity: String, axis: Int?, size: Int, limit: Limit, input: Shape,
    reason: String
  ) {
    self.layer = layer
    self.quantity = quantity
    self.axis = axis
    self.size = size
    self.limit = limit
    self.input = input
    self.reason = reason
  }

  /// One sentence: layer, quantity, axis, size, limit, reason.
  public var description: String {
    let place = axis.map { " (axis \($0))" } ?? ""
    return
      "\(layer): the \(quantity)\(place) of the input \(input) should be \(limit), not \(size): "
      + reason
  }
}

extension ShapeError {
  /// The error of a layer whose output would have more elements than any tensor.
  init(layer: String, output: [Int], input: Shape) {
    let count = output.reduce(1) { count, extent in
      let (product, overflow) = count.multipliedReportingOverflow(by: extent)
      return overflow ? .max : product
    }
    self.init(
      layer: layer, quantity: "number of outputs", axis: nil, size: count,
      limit: .atMost(Shape.mostElements), input: input,
      reason: "the output would be \(output.map(String.init).joined(separator: "×"))")
  }
}

extension Layer {
  /// The shape of an output, or the error where no tensor is as large.
  func output(_ dimensions: [Int], of input: Shape) throws(ShapeError) -> Shape {
    if let shape = Shape(fitting: dimensions) { return shape }
    throw ShapeError(layer: name, output: dimensions, input: input)
  }

  /// Throws unless the input has the wanted number of axes.
  func check(rank: Int, of input: Shape, axes: String) throws(ShapeError) {
    guard input.rank == rank else {
      throw ShapeError(
        layer: name, quantity: "rank", axis: nil, size: input.rank, limit: .exactly(rank),
        input: input, reason: "the layer takes \(axes)")
    }
  }

  /// Throws unless the input is a batch of images (N, C, H, W) with the wanted channels.
  func check(images input: Shape, channels: Int? = nil) throws(ShapeError) {
    try check(rank: 4, of: input, axes: "images (N, C, H, W)")
    for axis in 2...3 where input[axis] > largestExtent {
      throw ShapeError(
        layer: name, quantity: axis == 2 ? "height" : "width", axis: axis, size: input[axis],
        limit: .atMost(largestExtent), input: input, reason: "no larger image is computed with")
    }
    guard let channels, input[1] != channels else { return }
    throw ShapeError(
      layer: name, quantity: "channels", axis: 1, size: input[1], limit: .exactly(channels),
      input: input, reason: "that is what the layer was made for")
  }

  /// The output's shape, or a trap with the sentence of the error.
  func requireOutputShape(for input: Shape) -> Shape {
    trapping { () throws(ShapeError) in try outputShape(for: input) }
  }

  /// What `body` derives from an input's shape, or a trap with the sentence of its error.
  func trapping<Derived>(_ body: () throws(ShapeError) -> Derived) -> Derived {
    do throws(ShapeError) {
      return try body()
    } catch {
      requirementFailed(error.description)
    }
  }
}
