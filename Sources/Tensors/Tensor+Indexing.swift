internal import Requirements

extension Tensor {
  /// The element at the given position, one index per axis; traps outside the shape.
  public subscript(_ position: Int...) -> Float {
    get { unsafe storage.base[place(of: offset(of: position))] }
    set {
      let place = place(of: offset(of: position))
      makeUnique()
      unsafe storage.base[place] = newValue
    }
  }

  /// Where the storage holds the element with a row-major index.
  private func place(of index: Int) -> Int {
    if layout == .rowMajor { return index }
    let size = shape.itemElementCount
    let (item, element) = index.quotientAndRemainder(dividingBy: size)
    return (item / 16 * size + element) * 16 + item % 16
  }

  /// The row-major index of a position, checked against the shape.
  func offset(of position: [Int]) -> Int {
    require(
      position.count == shape.rank,
      "a \(shape) tensor takes \(shape.rank) indices, but \(position.count) were given")
    var offset = 0
    for (axis, index) in position.enumerated() {
      let extent = shape.dimensions[axis]
      require(
        index >= 0 && index < extent,
        "axis \(axis) of a \(shape) tensor runs over 0..<\(extent), but the index is \(index)")
      offset = offset * extent + index
    }
    return offset
  }

  /// The same elements under another shape; traps when their numbers differ. O(1), or O(count) for
  /// a batch that lies in the lanes and whose items are cut otherwise.
  public func reshaped(to newShape: Shape) -> Tensor {
    require(
      newShape.count == count,
      "a \(shape) tensor has \(count) elements and cannot become \(newShape) with \(newShape.count)"
    )
    if layout == .lanes, newShape.rank == 0 || newShape[0] != shape[0] {
      return inRowMajorOrder().reshaped(to: newShape)
    }
    return Tensor(shape: newShape, layout: layout, storage: storage)
  }

  /// A run of items along the leading axis, as a tensor of its own.
  public subscript(items range: Range<Int>) -> Tensor {
    // Before the range becomes an array, which takes as much memory as it is long.
    let items = shape[0]
    require(
      range.isEmpty || range.lowerBound >= 0 && range.upperBound <= items,
      "a tensor of \(items) items has no item "
        + "\(range.lowerBound < 0 ? range.lowerBound : range.upperBound - 1)")
    return gatheringItems(Array(range))
  }

  /// The items at `indices` along the leading axis, in that order; an index may occur repeatedly.
  ///
  /// - Parameters:
  ///   - indices: Which items.
  ///   - forLayers: Whether the result is a batch that goes through layers next: it is then laid out
  ///     as the first one wants it, which saves a pass. The elements are the same either way; a set
  ///     from which batches will be taken is better off without.
  public func gatheringItems(_ indices: [Int], forLayers: Bool = false) -> Tensor {
    let items = shape[0]
    for index in indices {
      require(index >= 0 && index < items, "a tensor of \(items) items has no item \(index)")
    }
    let size = shape.itemElementCount
    let resultShape = shape.replacingLeading(with: indices.count)
    if forLayers && layout == .rowMajor && shape.rank >= 2 {
      let result = Tensor(uninitialized: resultShape, layout: .lanes)
      unsafe result.packItems { item in unsafe storage.base + indices[item] * size }
      return result
    }
    let result = Tensor(uninitialized: resultShape)
    ThreadPool.shared.run(parts: indices.count, costPerPart: size) { row in
      let target = unsafe result.storage.base + row * size
      switch layout {
      case .rowMajor:
        unsafe target.update(from: storage.base + indices[row] * size, count: size)
      case .lanes:
        let (block, lane) = indices[row].quotientAndRemainder(dividingBy: 16)
        let source = unsafe storage.base + (block * size * 16 + lane)
        for element in 0..<size { unsafe target[element] = source[element * 16] }
      }
    }
    return result
  }

  /// The given tensors one after the other along the leading axis; their other axes must agree.
  public init(joining parts: [Tensor]) {
    require(!parts.isEmpty, "joining needs at least one tensor")
    let item = parts[0].shape.dimensions.dropFirst()
    var items = 0
    for part in parts {
      require(
        part.shape.rank > 0 && part.shape.dimensions.dropFirst() == item,
        "tensors of \(parts[0].shape) and \(part.shape) differ in more than the leading axis")
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
