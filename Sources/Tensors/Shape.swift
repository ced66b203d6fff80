internal import Requirements

/// The extents of a tensor's axes, outermost first: `[2, 3, 4, 5]` is 2×3×4×5.
///
/// Throughout the package the letters of an image batch mean: N items, C channels, H rows, W
/// columns, always in that order.
public struct Shape: Sendable, Hashable, ExpressibleByArrayLiteral, CustomStringConvertible {
  /// The extent of every axis, outermost first. None is negative.
  public let dimensions: [Int]

  /// The number of elements: the product of the dimensions, 1 for a scalar's empty shape.
  public let count: Int

  /// The most elements that a shape can have, 2⁴⁶: more than any memory holds, and few enough that
  /// no size in bytes overflows.
  public static let mostElements = 1 << 46

  /// Makes a shape from its extents; traps when one is negative, or when their product passes
  /// ``mostElements`` (an extent of 0 counted as 1, so that the size of an item can be told too).
  public init(_ dimensions: [Int]) {
    var count = 1
    var isEmpty = false
    for extent in dimensions {
      require(extent >= 0, "a shape needs extents of at least 0, but one is \(extent)")
      if extent == 0 {
        isEmpty = true
      } else {
        let (product, overflow) = count.multipliedReportingOverflow(by: extent)
        require(
          !overflow && product <= Self.mostElements,
          "a shape has at most 2⁴⁶ elements, but \(dimensions.map(String.init).joined(separator: "×"))"
            + " has more")
        count = product
      }
    }
    self.dimensions = dimensions
    self.count = isEmpty ? 0 : count
  }

  /// Makes a shape from its extents; `nil` where their product passes ``mostElements``.
  public init?(fitting dimensions: [Int]) {
    var count = 1
    for extent in dimensions where extent != 0 {
      let (product, overflow) = count.multipliedReportingOverflow(by: extent)
      guard !overflow && product <= Self.mostElements else { return nil }
      count = product
    }
    self.init(dimensions)
  }

  /// Makes a shape from its extents, as in `let shape: Shape = [2, 3, 4, 5]`.
  public init(arrayLiteral dimensions: Int...) { self.init(dimensions) }

  /// The number of axes.
  public var rank: Int { dimensions.count }

  /// The extent of one axis; traps when the axis does not exist.
  public subscript(axis: Int) -> Int {
    require(
      dimensions.indices.contains(axis),
      "the shape \(self) has \(rank) axes, but axis \(axis) was asked for")
    return dimensions[axis]
  }

  /// The extents joined by `×`, or `scalar` for the empty shape.
  public var description: String {
    dimensions.isEmpty ? "scalar" : dimensions.map(String.init).joined(separator: "×")
  }

  /// The same shape with another leading extent: what a batch of `items` such items has.
  public func replacingLeading(with items: Int) -> Shape {
    require(rank > 0, "a scalar's shape has no leading axis to replace")
    return Shape([items] + dimensions.dropFirst())
  }

  /// The number of elements of one item: the product of all but the leading axis.
  public var itemElementCount: Int { dimensions.dropFirst().reduce(1, *) }
}
