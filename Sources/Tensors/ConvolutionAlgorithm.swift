internal import Requirements

/// How a convolution and its gradients are computed.
///
/// The results of both ways differ by rounding, and each has the same bits on every machine and any
/// number of threads.
public enum ConvolutionAlgorithm: Sendable, Hashable, CaseIterable {
  /// ``winograd`` where it fits and pays, else ``direct``. It pays where each group has at least 16
  /// channels on one side and 32 on the other, and images and outputs are 6×6 and larger. Kernels of
  /// 4×4 and more that move by one cell are split by parity where that pays.
  ///
  /// The choice depends on neither the batch nor the machine, so that an item's result depends on
  /// nothing but the item.
  case automatic

  /// Straight from the definition: one multiplication for each term of each sum. Close to the
  /// processor's peak rate.
  case direct

  /// Winograd's minimal filtering, for 3×3 kernels at stride 1 without dilation: a tile of 2×2
  /// outputs takes 16 multiplications per channel instead of 36, and some additions. Up to twice as
  /// fast as ``direct``.
  ///
  /// Its largest error, relative to the largest result, is about half of ``direct``'s from 16
  /// channels on, as each of its sums has a ninth of the terms; with very few channels it is up to
  /// three times that. An infinity or a NaN turns all outputs of the tiles that see it into NaNs:
  /// it reaches up to one row and column further than by the definition.
  case winograd

  /// Whether a geometry is computed by minimal filtering.
  ///
  /// Traps where that was asked for and does not fit.
  func usesWinograd(for g: ConvolutionGeometry) -> Bool {
    let window = g.window
    let fits = window.window == 3 && window.stride == 1 && window.dilation == 1
    switch self {
    case .direct: return false
    case .winograd:
      require(
        fits,
        "Winograd's algorithm is for 3×3 kernels at stride 1 and dilation 1, but this kernel is"
          + " \(window.window) at stride \(window.stride) and dilation \(window.dilation).")
      return true
    case .automatic:
      // Measured with AVX-512 on batches of 1 to 64: with fewer channels the transforms take what
      // the products save, and in smaller images the tiles at the border do.
      let (inputs, outputs) = (g.kernel[1], g.kernel[0] / g.groups)
      let sides = [
        window.image.height, window.image.width, window.output.height, window.output.width,
      ]
      return fits && min(inputs, outputs) >= 16 && max(inputs, outputs) >= 32
        && sides.allSatisfy { $0 >= 6 }
    }
  }
}
