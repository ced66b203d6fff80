internal import KernelInterface

// The fast ways of a convolution add and subtract neighbours before they multiply. An infinity becomes NaN
// that way, a sum near the end of the range overflows, and of what stands beside a huge number the digits
// are gone. Items with such numbers are computed again, straight from the definition: item by item, so
// that an item's result depends on nothing but the item.

extension ConvolutionAlgorithm {
  /// Puts right the items of a fast convolution's result that come from numbers too large for it.
  ///
  /// - Parameters:
  ///   - result: What was computed, item axis first.
  ///   - plan: How.
  ///   - input: What it was computed from, held in the lanes.
  ///   - kernel: The weights.
  ///   - direct: Computes some items straight from the definition.
  func mend(
    _ result: Tensor, of plan: CorrelationPlan, from input: Tensor, _ kernel: Tensor,
    direct: ([Int]) -> Tensor
  ) {
    guard self == .automatic, plan.isFast, result.count > 0, input.count > 0 else { return }
    let items = kernel.isTame ? input.wildItems() : Array(0..<input.shape[0])
    if !items.isEmpty { result.replaceItems(items, by: direct(items)) }
  }

  /// Whether a weight gradient is to be computed from the definition instead: its sums go over all items,
  /// and what is not finite in one of them, or very large, is so in the result.
  func isTooFast(for g: ConvolutionGeometry, _ dw: Tensor) -> Bool {
    self == .automatic && !dw.isTame
      && CorrelationPlan(forward: g).computed(by: self, g).isFast
  }
}

extension CorrelationPlan {
  /// Whether sums are split by parity or tiles filtered minimally.
  var isFast: Bool { filtersMinimally || split != nil }
}

extension ConvolutionGeometry {
  /// The same for so many items.
  func with(items: Int) -> ConvolutionGeometry {
    let margins = window.margins
    return ConvolutionGeometry(
      input: input.replacingLeading(with: items), kernel: kernel, stride: window.stride,
      dilation: window.dilation,
      padding: .explicit(
        top: margins.top, bottom: margins.bottom, left: margins.left, right: margins.right),
      groups: groups)
  }
}

extension Tensor {
  /// Numbers from here on are wild.
  ///
  /// With tame items and kernels the sums of the fast ways stay some thousand times 10¹⁴ · 10¹⁸ at most:
  /// far from overflowing.
  private static let wildness: Float = 1e14

  /// The items that hold a number that is not finite, or a very large one; the tensor must be held in the
  /// lanes. A matter of the greatest magnitude and not of a sum, so that no order is to be kept.
  func wildItems() -> [Int] {
    let size = shape.itemElementCount
    let greatest = TensorStorage(uninitialized: 16 * blocks)
    func look(at block: Int) {
      unsafe Compute.kernels.greatestMagnitudes(
        MagnitudeJob(x: lanes(ofBlock: block), count: size, result: greatest.lanes + block))
    }
    // What lies in the cache is looked through in less time than it takes to share it out.
    if blocks * size < 1 << 16 {
      for block in 0..<blocks { look(at: block) }
    } else {
      ThreadPool.shared.run(parts: blocks, look)
    }
    var items: [Int] = []
    for block in 0..<blocks {
      let magnitudes = unsafe greatest.lanes[block]
      // The comparison fails for a NaN.
      for lane in 0..<laneCount(ofBlock: block) where !(magnitudes[lane] < Self.wildness) {
        items.append(16 * block + lane)
      }
    }
    return items
  }

  /// Whether all elements are less than 10¹⁸, about; the tensor must be in row-major order.
  var isTame: Bool {
    var sum = Lanes(repeating: 0)
    for vector in 0..<count / 16 {
      let values = unsafe storage.lanes[vector]
      sum += values * values
    }
    var total = sum.sum()
    for place in count / 16 * 16..<count {
      total += unsafe storage.base[place] * storage.base[place]
    }
    return total < 1e36
  }

  /// Puts other items in the place of some; this tensor is held in the lanes, and nobody else's.
  fileprivate func replaceItems(_ items: [Int], by others: Tensor) {
    let size = shape.itemElementCount
    let others = others.inRowMajorOrder()
    for (row, item) in items.enumerated() {
      let (block, lane) = item.quotientAndRemainder(dividingBy: 16)
      let target = unsafe storage.base + (block * size * 16 + lane)
      for element in 0..<size {
        unsafe target[16 * element] = others.storage.base[row * size + element]
      }
    }
    withExtendedLifetime(others) {}
  }
}
