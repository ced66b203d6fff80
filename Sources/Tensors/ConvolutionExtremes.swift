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
  ///   - magnitudes: The greatest of the input, where a split by parity has found them.
  ///   - input: What it was computed from, held in the lanes.
  ///   - direct: Computes some items straight from the definition.
  func mend(
    _ result: Tensor, of plan: CorrelationPlan, _ magnitudes: Magnitudes, from input: Tensor,
    direct: ([Int]) -> Tensor
  ) {
    guard self == .automatic, plan.isFast, result.count > 0, input.count > 0 else { return }
    if plan.split == nil { input.look(for: magnitudes) }
    let items = magnitudes.wildItems(of: input)
    if !items.isEmpty { result.replaceItems(items, by: direct(items)) }
  }

  /// Whether a convolution with this kernel is to be computed from the definition instead: all items would
  /// have to be put right. The kernel is in row-major order.
  func isTooFast(_ plan: CorrelationPlan, for kernel: Tensor) -> Bool {
    self == .automatic && plan.isFast && !kernel.isTame
  }

  /// Whether a weight gradient is to be computed from the definition instead: its sums go over all items,
  /// and what is not finite in one of them, or very large, is so in the result.
  func isTooFast(for g: ConvolutionGeometry, _ dw: Tensor) -> Bool {
    self == .automatic && !dw.isTame
      && ConvolutionPlans.plans(for: g, self).forward.isFast
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

/// The greatest magnitude of each item of a tensor, of which a NaN is the greatest: a matter of no
/// order, so that parts may look for it one by one.
final class Magnitudes {
  private var greatest: [Lanes]

  init(blocks: Int) { greatest = Array(repeating: Lanes(repeating: 0), count: blocks) }

  /// Takes the magnitudes of a part of a block.
  func see(_ others: Lanes, block: Int) {
    // Magnitudes compare as their bits do, and a NaN's are the greatest.
    let seen = unsafe unsafeBitCast(others, to: SIMD16<UInt32>.self)
    var most = unsafe unsafeBitCast(greatest[block], to: SIMD16<UInt32>.self)
    for lane in 0..<16 where seen[lane] > most[lane] { most[lane] = seen[lane] }
    greatest[block] = unsafe unsafeBitCast(most, to: Lanes.self)
  }

  /// Takes those of a folded block, whose lanes are the items of one strip after the other.
  func see(_ folded: Magnitudes, folded fold: LaneFold, block: Int) {
    let strips = folded.greatest[0]
    for strip in 0..<fold.strips {
      var lanes = Lanes(repeating: 0)
      for item in 0..<fold.items { lanes[item] = strips[strip * fold.slots + item] }
      see(lanes, block: block)
    }
  }

  /// Numbers from here on are wild.
  ///
  /// With tame items and kernels the sums of the fast ways stay some thousand times 10¹⁴ · 10¹⁸ at most:
  /// far from overflowing.
  private static let wildness: Float = 1e14

  /// The items that hold a number that is not finite, or a very large one.
  func wildItems(of tensor: Tensor) -> [Int] {
    var items: [Int] = []
    for block in 0..<tensor.blocks {
      // The comparison fails for a NaN.
      for lane in 0..<tensor.laneCount(ofBlock: block)
      where !(greatest[block][lane] < Self.wildness) {
        items.append(16 * block + lane)
      }
    }
    return items
  }
}

extension Tensor {
  /// Finds the greatest magnitudes; the tensor must be held in the lanes.
  func look(for magnitudes: Magnitudes) {
    let size = shape.itemElementCount
    let found = TensorStorage(uninitialized: 16 * blocks)
    ThreadPool.shared.run(parts: blocks, costPerPart: size) { block in
      unsafe Compute.kernels.greatestMagnitudes(
        MagnitudeJob(x: lanes(ofBlock: block), count: size, result: found.lanes + block))
    }
    for block in 0..<blocks { unsafe magnitudes.see(found.lanes[block], block: block) }
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
