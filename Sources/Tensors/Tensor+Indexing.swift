internal import Requirements

extension Tensor {
  /// The element at the given position, one index per axis; traps outside the shape.
  public subscript(_ position: Int...) -> Float {
    get { unsafe storage.base[offset(of: position)] }
    set {
      let offset = offset(of: position)
      makeUnique()
      unsafe storage.base[offset] = newValue
    }
  }

  /// The row-major index of a position, checked against the shape.
  func offset(of position: [Int]) -> Int {
    require(
      position.count == shape.rank,
      "A \(shape) tensor takes \(shape.rank) indices, but \(position.count) were given.")
    var offset = 0
    for (axis, index) in position.enumerated() {
      let extent = shape.dimensions[axis]
      require(
        index >= 0 && index < extent,
        "Axis \(axis) of a \(shape) tensor runs over 0..<\(extent), but the index is \(index).")
      offset = offset * extent + index
    }
    return offset
  }

  /// The same elements under another shape; traps when their numbers differ. O(1).
  public func reshaped(to newShape: Shape) -> Tensor {
    require(
      newShape.count == count,
      "A \(shape) tensor has \(count) elements and cannot become \(newShape) with \(newShape.count)."
    )
    return Tensor(shape: newShape, storage: storage)
  }

  /// Every item as one row: (N, …) becomes (N, product of the rest). O(1).
  public func flattenedItems() -> Tensor {
    reshaped(to: [shape[0], shape.itemCount])
  }

  /// A run of items along the leading axis, as a tensor of its own.
  public subscript(items range: Range<Int>) -> Tensor {
    gatheringItems(Array(range))
  }

  /// The items at `indices` along the leading axis, in that order; an index may occur repeatedly.
  public func gatheringItems(_ indices: [Int]) -> Tensor {
    let items = shape[0]
    let size = shape.itemCount
    let result = Tensor(uninitialized: shape.replacingLeading(with: indices.count))
    unsafe withElements { source in
      guard let source = source.baseAddress else { return }
      for (row, index) in indices.enumerated() {
        require(
          index >= 0 && index < items, "A tensor of \(items) items has no item \(index).")
        unsafe (result.storage.base + row * size).update(from: source + index * size, count: size)
      }
    }
    return result
  }

  /// The given tensors one after the other along the leading axis; their other axes must agree.
  public init(joining parts: [Tensor]) {
    require(!parts.isEmpty, "Joining needs at least one tensor.")
    let item = parts[0].shape.dimensions.dropFirst()
    var items = 0
    for part in parts {
      require(
        part.shape.rank > 0 && part.shape.dimensions.dropFirst() == item,
        "Tensors of \(parts[0].shape) and \(part.shape) differ in more than the leading axis.")
      items += part.shape[0]
    }
    self.init(uninitialized: parts[0].shape.replacingLeading(with: items))
    var offset = 0
    for part in parts {
      unsafe part.withElements { source in
        guard let start = source.baseAddress else { return }
        unsafe (storage.base + offset).update(from: start, count: source.count)
      }
      offset += part.count
    }
  }
}
