import LabKit

extension Tensor {
  /// The images (N, C, H, W) with their outer `width` rows and columns set to zero.
  ///
  /// Trimming dL/dy before the full convolution, the old backward pass's first fault, equals this.
  func zeroingRing(_ width: Int) -> Tensor {
    let inner = Padding2D(top: -width, bottom: -width, left: -width, right: -width)
    return Padding2D(width)(inner(self))
  }

  /// The images (N, C, H, W) with channel 0 copied over the others: the old backward pass's second
  /// fault.
  func repeatingChannelZero() -> Tensor {
    let (channels, pixels) = (shape[1], shape[2] * shape[3])
    let values = elements
    return Tensor(shape) { index in
      values[index / (channels * pixels) * channels * pixels + index % pixels]
    }
  }
}
