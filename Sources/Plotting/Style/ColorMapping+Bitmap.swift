import Raster

extension Matrix {
  /// The matrix as a picture of one pixel per value; what has no colour is transparent.
  ///
  /// Cost: a division and a look-up per value; the colours of a map are found once, in 256 steps,
  /// which is as fine as pixels are.
  func bitmap(_ mapping: ColorMapping, isDark: Bool, opacity: Double = 1) -> Bitmap {
    let table = mapping.colormap.pixels(isDark: isDark, opacity: opacity)
    let count = table.count / 4
    let isStepped = mapping.colormap.isStepped
    var pixels = [UInt8](repeating: 0, count: values.count * 4)
    for (index, value) in values.enumerated() {
      let fraction = mapping.fraction(value)
      guard !fraction.isNaN else { continue }
      let inside = min(max(fraction, 0), 1)
      let entry =
        isStepped
        ? min(Int(inside * Double(count)), count - 1) : Int(inside * Double(count - 1) + 0.5)
      for part in 0..<4 { pixels[4 * index + part] = table[4 * entry + part] }
    }
    return Bitmap(width: columns, height: rows, pixels: pixels)
  }

  /// The outline of all cells that have no colour, each a unit square; nothing when all have one.
  func missingCells(_ mapping: ColorMapping) -> [(row: Int, column: Int)] {
    values.indices.compactMap { index in
      mapping.fraction(values[index]).isNaN ? (index / columns, index % columns) : nil
    }
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
