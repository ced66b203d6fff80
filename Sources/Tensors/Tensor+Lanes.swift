internal import CKernels
internal import KernelInterface

extension Tensor {
  /// The same tensor, held in the order that the layers' kernels work on: 16 items side by side.
  ///
  /// Never needed for a result, and equal to the tensor itself. It saves a conversion where the same
  /// batch goes into several operations. Tensors without an axis of items stay as they are.
  public func heldInLanes() -> Tensor {
    if layout == .lanes || shape.rank == 0 { return self }
    let size = shape.itemElementCount
    let result = Tensor(uninitialized: shape, layout: .lanes)
    unsafe result.packItems { item in unsafe storage.base + item * size }
    return result
  }

  /// The same tensor with its elements one after the other.
  func inRowMajorOrder() -> Tensor {
    if layout == .rowMajor { return self }
    let size = shape.itemElementCount
    let items = shape[0]
    let result = Tensor(uninitialized: shape)
    ThreadPool.shared.run(parts: blocks, costPerPart: 16 * size) { block in
      unsafe withLanePointers(count: items - block * 16) { lane in
        unsafe result.storage.base + (block * 16 + lane) * size
      } body: { pointers in
        unsafe Compute.kernels.unpackLanes(
          LayoutJob(items: pointers, block: storage.lanes + block * size, count: size))
      }
    }
    return result
  }

  /// Fills this new tensor's lanes from the first elements of its items.
  func packItems(_ start: (Int) -> UnsafeMutablePointer<Float>) {
    let size = shape.itemElementCount
    let items = shape[0]
    ThreadPool.shared.run(parts: blocks, costPerPart: 16 * size) { block in
      unsafe withLanePointers(count: items - block * 16) { lane in
        unsafe start(block * 16 + lane)
      } body: { pointers in
        unsafe Compute.kernels.packLanes(
          LayoutJob(items: pointers, block: storage.lanes + block * size, count: size))
      }
    }
  }

  /// How many blocks of 16 items there are; the last may have fewer.
  var blocks: Int { (shape[0] + 15) / 16 }

  /// How many lanes of a block hold items.
  func laneCount(ofBlock block: Int) -> Int { min(16, shape[0] - block * 16) }

  /// The lanes of a block that hold no item, and zeros.
  func lanesWithoutItem(ofBlock block: Int) -> SIMDMask<Lanes.MaskStorage> {
    var isFree = SIMDMask<Lanes.MaskStorage>(repeating: false)
    for lane in laneCount(ofBlock: block)..<16 { isFree[lane] = true }
    return isFree
  }

  /// The first vector of a block.
  func lanes(ofBlock block: Int) -> UnsafeMutablePointer<Lanes> {
    unsafe storage.lanes + block * shape.itemElementCount
  }

  /// Sets every element to zero.
  func clear() {
    unsafe storage.base.update(repeating: 0, count: storage.vectors * 16)
  }
}

/// Calls `body` with 16 pointers: those of the first `count` lanes, then none.
private func withLanePointers(
  count: Int, _ pointer: (Int) -> UnsafeMutablePointer<Float>,
  body: (UnsafePointer<UnsafeMutablePointer<Float>?>) -> Void
) {
  unsafe withUnsafeTemporaryAllocation(of: UnsafeMutablePointer<Float>?.self, capacity: 16) {
    pointers in
    for lane in 0..<16 {
      unsafe pointers[lane] = lane < count ? pointer(lane) : nil
    }
    guard let start = pointers.baseAddress else { return }
    unsafe body(start)
  }
}

extension ThreadPool {
  /// Like ``run(parts:_:)``, but on this thread alone where all parts together are so little work
  /// that sharing it out would cost more than it saves.
  func run(parts: Int, costPerPart: Int, _ body: (Int) -> Void) {
    if parts * costPerPart < 30_000 {
      for part in 0..<max(parts, 0) { body(part) }
    } else {
      run(parts: parts, body)
    }
  }

  /// The same with a total cost and runs of different lengths.
  func run(parts: Int, starts: [Int], cost: Int, _ body: (Int) -> Void) {
    if cost < 30_000 {
      for part in 0..<max(parts, 0) { body(part) }
    } else {
      run(parts: parts, starts: starts, body)
    }
  }
}
