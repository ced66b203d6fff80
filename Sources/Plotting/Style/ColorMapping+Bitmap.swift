import Raster
import Sweeps

extension Matrix {
  /// The matrix as a picture of one pixel per value; what has no colour is transparent.
  ///
  /// Cost: a division and a look-up per value.
  func bitmap(_ shades: Shades) -> Bitmap {
    Bitmap(width: columns, height: rows, pixels: shades.pixels(of: values))
  }
}

extension ColorMapping {
  /// The colours for loops over many values: those of the map are found once, in 256 steps, which is as
  /// fine as pixels are.
  func shades(isDark: Bool, opacity: Double = 1) -> Shades {
    Shades(
      placing, table: colormap.pixels(isDark: isDark, opacity: opacity),
      isStepped: colormap.isStepped)
  }
}

extension Colormap {
  /// The colours of the map as bytes: 256 of them, or one for each step.
  fileprivate func pixels(isDark: Bool, opacity: Double) -> [UInt8] {
    let count = isStepped ? stepCount : 256
    return (0..<count).flatMap { step -> [UInt8] in
      let fraction =
        isStepped ? (Double(step) + 0.5) / Double(count) : Double(step) / Double(count - 1)
      let color = self(fraction, isDark: isDark).opacity(opacity)
      return [color.red, color.green, color.blue, color.alpha].map { UInt8(($0 * 255).rounded()) }
    }
  }
}
