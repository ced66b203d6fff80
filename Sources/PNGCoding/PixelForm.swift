internal import CPNG
import Raster

/// The pixels of a bitmap in the smallest layout that PNG has for them.
struct PixelForm {
  let layout: cpng_layout
  let pixels: [UInt8]
  /// R, G, B, A of each colour of a palette.
  let palette: [UInt8]

  /// - Parameter tolerance: By how many 255ths a component of a rare colour may change to make a
  ///   palette suffice.
  init(_ bitmap: Bitmap, tolerance: Int) {
    let survey = ColorSurvey(bitmap)
    if survey.colors.count > 0, survey.isGray, survey.colors.count > 16 {
      palette = []
      layout = CPNG_GRAY
      pixels = Self.components(bitmap, 1)
    } else if let reduction = PaletteReduction(survey, tolerance: tolerance) {
      // Up to 16 colours take 4 bits a pixel or less.
      layout = CPNG_PALETTE
      var colors = reduction.palette
      // For a shorter palette libpng checks every pixel's index.
      if colors.count > 16, survey.indices.count > 1 << 18 {
        colors += repeatElement(0xFF00_0000, count: 256 - colors.count)
      }
      palette = colors.flatMap { color in
        (0..<4).map { UInt8(truncatingIfNeeded: color >> (8 * $0)) }
      }
      let places = reduction.places
      // A million pixels pass here; every index is that of a colour, and every colour has a place.
      pixels = unsafe [UInt8](unsafeUninitializedCapacity: survey.indices.count) { pixels, filled in
        unsafe survey.indices.withUnsafeBufferPointer { indices in
          unsafe places.withUnsafeBufferPointer { places in
            for i in 0..<indices.count { unsafe pixels[i] = places[Int(indices[i])] }
          }
        }
        filled = survey.indices.count
      }
    } else {
      palette = []
      layout = survey.isOpaque ? CPNG_RGB : CPNG_RGBA
      pixels = survey.isOpaque ? Self.components(bitmap, 3) : bitmap.pixels
    }
  }

  /// The first `kept` components of every pixel.
  private static func components(_ bitmap: Bitmap, _ kept: Int) -> [UInt8] {
    let source = bitmap.pixels
    let count = bitmap.width * bitmap.height
    // A million pixels pass here; the indices are those of the bitmap's own bytes.
    return unsafe [UInt8](unsafeUninitializedCapacity: count * kept) { target, filled in
      unsafe source.withUnsafeBufferPointer { source in
        for i in 0..<count {
          for k in 0..<kept { unsafe target[kept * i + k] = source[4 * i + k] }
        }
      }
      filled = count * kept
    }
  }
}
