internal import KernelInterface

/// A 3×3 convolution and the 2×2 max-pool behind it as one operation, forward and back.
///
/// The pool takes the largest outputs of each tile of Winograd's minimal filtering before they are
/// stored, and on the way back the transforms put its gradients where they belong as they read them:
/// neither the convolution's output nor the gradient of it, which are four times the size of the pool's,
/// ever goes through memory. All results are those of the two operations to the last bit.
package struct PooledConvolution: Sendable {
  /// The convolution's sizes.
  private let geometry: ConvolutionGeometry

  /// - Returns: nil where the two operations are to be made one after the other: for any but 3×3 kernels
  ///   and a margin of one cell, where filtering does not pay, for windows other than 2×2 side by side,
  ///   odd images, and batches whose last block is folded.
  package init?(_ convolution: ConvolutionGeometry, _ pool: PoolingGeometry) {
    let (window, output) = (convolution.window, convolution.output)
    let none = Margins(top: 0, bottom: 0, left: 0, right: 0)
    let one = Margins(top: 1, bottom: 1, left: 1, right: 1)
    guard ConvolutionAlgorithm.automatic.usesWinograd(for: convolution), window.margins == one,
      pool.input == output, pool.window.window == 2, pool.window.stride == 2,
      pool.window.margins == none, output[2] % 2 == 0, output[3] % 2 == 0, output[0] > 0,
      LaneFold(lastOf: output[0], rows: output[2], unit: 4) == nil
    else { return nil }
    geometry = convolution
  }

  /// The shape of the pool's output.
  private var output: Shape {
    let shape = geometry.output
    return [shape[0], shape[1], shape[2] / 2, shape[3] / 2]
  }

  /// The pool's output and what the way back takes; nil where there are numbers that minimal filtering
  /// does not compute with.
  package func callAsFunction(
    _ x: Tensor, _ w: Tensor, bias: Tensor?, rectified: Bool
  ) -> (output: Tensor, winners: PoolWinners)? {
    requireShape(x, geometry.input, "convolution's input")
    let (x, w) = (x.heldInLanes(), w.inRowMajorOrder())
    guard w.isTame, x.isTameInLanes else { return nil }
    let y = Tensor(uninitialized: output, layout: .lanes)
    let winners = PoolWinners(shape: output)
    ConvolutionPlans.plans(for: geometry, .automatic).forward.run(
      x, w, into: y,
      CorrelationPlan.Finish(
        bias: bias?.inRowMajorOrder(), rectifies: rectified, winners: winners))
    return (y, winners)
  }

  /// The gradient of the input from that of the pool's output; see
  /// ``convolveInputGradient(_:_:_:through:algorithm:)``.
  package func inputGradient(
    _ dy: Tensor, _ winners: PoolWinners, _ w: Tensor, through rectifier: Tensor?
  ) -> Tensor {
    requireShape(dy, output, "pooling's output gradient")
    let (dy, w) = (dy.heldInLanes(), w.inRowMajorOrder())
    guard w.isTame, dy.isTameInLanes else {
      return convolveInputGradient(winners.spread(dy), w, geometry, through: rectifier)
    }
    let dx = Tensor(uninitialized: geometry.input, layout: .lanes)
    for pass in ConvolutionPlans.plans(for: geometry, .automatic).inputGradient {
      pass.run(
        dy, w, into: dx,
        CorrelationPlan.Finish(mask: rectifier?.heldInLanes(), inputWinners: winners))
    }
    return dx
  }

  /// The gradient of the kernel from that of the pool's output.
  package func weightGradient(_ dy: Tensor, _ winners: PoolWinners, _ x: Tensor) -> Tensor {
    requireShape(dy, output, "pooling's output gradient")
    let (dy, x) = (dy.heldInLanes(), x.heldInLanes())
    let dw = WinogradWeightGradient(geometry).run(dy, x, winners)
    return ConvolutionAlgorithm.automatic.isTooFast(for: geometry, dw)
      ? convolveWeightGradient(winners.spread(dy), x, geometry) : dw
  }

  /// The gradient of the bias from that of the pool's output.
  package func biasGradient(_ dy: Tensor, _ winners: PoolWinners) -> Tensor {
    requireShape(dy, output, "pooling's output gradient")
    return dy.channelSums(winners)
  }
}

/// Which cell of each window of a 2×2 max-pool has the largest value, 0 to 3 row by row.
package struct PoolWinners: Sendable {
  /// The shape of the pool's output.
  private let shape: Shape
  /// A byte per lane of that.
  private let storage: TensorStorage

  init(shape: Shape) {
    self.shape = shape
    storage = TensorStorage(uninitialized: (shape[0] + 15) / 16 * shape.itemElementCount * 4)
  }

  /// The first winners of a block, in the order of the output's vectors.
  func bytes(ofBlock block: Int) -> UnsafeMutablePointer<UInt8> {
    unsafe UnsafeMutableRawPointer(storage.base).assumingMemoryBound(to: UInt8.self)
      + 16 * block * shape.itemElementCount
  }

  /// The gradient of the pool's input from that of its output, which is held in the lanes.
  func spread(_ dy: Tensor) -> Tensor {
    let (height, width) = (shape[2], shape[3])
    let result = Tensor(
      uninitialized: [shape[0], shape[1], 2 * height, 2 * width], layout: .lanes)
    result.clear()
    for block in 0..<dy.blocks {
      let winners = unsafe bytes(ofBlock: block)
      let (source, target) = unsafe (dy.lanes(ofBlock: block), result.lanes(ofBlock: block))
      for window in 0..<shape.itemElementCount {
        let (row, column) = window.quotientAndRemainder(dividingBy: width)
        for lane in 0..<dy.laneCount(ofBlock: block) {
          let winner = unsafe Int(winners[16 * window + lane])
          let place = (2 * row + winner / 2) * 2 * width + 2 * column + winner % 2
          unsafe target[place][lane] = source[window][lane]
        }
      }
    }
    return result
  }
}

extension Tensor {
  /// Whether no item holds a number that is too large for fast convolutions, or none; the tensor must
  /// be held in the lanes.
  fileprivate var isTameInLanes: Bool {
    let magnitudes = Magnitudes(blocks: blocks)
    look(for: magnitudes)
    return magnitudes.wildItems(of: self).isEmpty
  }
}
