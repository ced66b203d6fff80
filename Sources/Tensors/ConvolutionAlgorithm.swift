internal import Requirements

/// How a convolution and its gradients are computed.
///
/// The results of different ways differ by rounding, and each has the same bits on every machine and
/// any number of threads.
public enum ConvolutionAlgorithm: Sendable, Hashable, CaseIterable {
  /// ``winograd`` where it fits and pays, else ``direct``. It pays where each group has at least 16
  /// channels on one side and 32 on the other, and images and outputs are 6×6 and larger. Kernels of
  /// 4×4 and more that move by one cell are split by the parity of rows and columns where that pays
  /// (a fast FIR algorithm: nine sums of a quarter of the size instead of sixteen).
  ///
  /// Both fast ways take differences of neighbours: a number 10⁷ times its neighbours takes these' digits. An
  /// output is exact to about 10⁻⁷ of the largest number near it, and a weight gradient to 10⁻⁷ of the
  /// largest number of all times the largest output gradient, also where the two never meet: with pixels up
  /// to 10³ between others of 1 that is 10⁻⁵ of the gradient. Such data want ``direct``.
  /// An item with NaN, an infinity or a number from 10¹⁴ on is computed by ``direct``, all items are
  /// where a weight is NaN or beyond 10¹⁸, and so is a weight gradient that comes out NaN or as large.
  ///
  /// The choice depends on neither the rest of the batch nor the machine: an item's result depends on
  /// nothing but the item.
  case automatic

  /// Straight from the definition: one multiplication for each term of each sum. Close to the
  /// processor's peak rate.
  case direct

  /// Winograd's minimal filtering, for 3×3 kernels at stride 1 without dilation: tiles of 4×2
  /// outputs, or 4×2 output gradients, take 24 multiplications per pair of channels instead of 72,
  /// and some additions. Up to two and a half times as fast as ``direct``.
  ///
  /// It rounds about as ``direct`` where there are many channels, as its sums have fewer terms: for
  /// 64 items, 32 → 64 channels on 28×28 the root mean square error is 3.5e-7 of the output's, 4.6e-7
  /// of the input gradient's and 5.8e-7 of the weight gradient's root mean square, directly 3.0e-7,
  /// 4.2e-7 and 4.9e-7. With few channels, and in weight gradients of a few items, it is up to three
  /// times that of ``direct``.
  ///
  /// An infinity or a NaN turns all outputs of the tiles that see it into NaNs: it reaches up to two
  /// rows further than by the definition, and where by the definition a sum has no terms but zeros it
  /// may differ from zero by the rounding of what lies there. In a weight gradient it takes all nine
  /// cells of its channels.
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
          + " \(window.window) at stride \(window.stride) and dilation \(window.dilation)")
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
