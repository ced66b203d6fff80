import Raster
import Sweeps

extension Matrix {
  /// The matrix as a picture of one pixel per value; what has no colour is transparent.
  ///
  /// Cost: a division and a look-up per value.
  func bitmap(_ shades: Shades) -> Bitmap {
    Bitmap(width: columns, height: rows, pixels: shades.pixels(of: values))
  }

  /// The same with no more pixels than a place has: each in the colour of the mean of what falls on it.
  func bitmap(_ shades: Shades, pixelsOf place: Rect, _ scale: Double) -> Bitmap {
    let toColumns = max(1, min(columns, (place.width * scale).rounded().integer))
    let toRows = max(1, min(rows, (place.height * scale).rounded().integer))
    guard toColumns < columns || toRows < rows else { return bitmap(shades) }
    return Bitmap(
      width: toColumns, height: toRows,
      pixels: shades.pixels(
        ofMeansOf: values, rows: rows, columns: columns, toRows: toRows, toColumns: toColumns))
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
