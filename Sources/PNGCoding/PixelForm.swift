internal import CPNG
import Raster

/// The pixels of a bitmap in the smallest layout that PNG has for them.
struct PixelForm {
  let layout: cpng_layout
  let pixels: [UInt8]
  /// R, G, B, A of each colour of a palette, in the order in which they first appear.
  let palette: [UInt8]

  init(_ bitmap: Bitmap) {
    let survey = Survey(bitmap.pixels)
    if let indexed = survey.indexed, survey.palette.count <= 16 || !survey.isGray {
      // Up to 16 colours take 4 bits a pixel or less, which no grey of ours does.
      layout = CPNG_PALETTE
      pixels = indexed
      palette = survey.palette.flatMap { color in
        (0..<4).map { UInt8(truncatingIfNeeded: color >> (8 * $0)) }
      }
      return
    }
    palette = []
    let kept: Int
    if survey.isGray {
      layout = CPNG_GRAY
      kept = 1
    } else if survey.isOpaque {
      layout = CPNG_RGB
      kept = 3
    } else {
      layout = CPNG_RGBA
      pixels = bitmap.pixels
      return
    }
    let source = bitmap.pixels
    let count = bitmap.width * bitmap.height
    // A million pixels pass here; the indices are those of the bitmap's own bytes.
    pixels = unsafe [UInt8](unsafeUninitializedCapacity: count * kept) { target, filled in
      unsafe source.withUnsafeBufferPointer { source in
        for i in 0..<count {
          for k in 0..<kept { unsafe target[kept * i + k] = source[4 * i + k] }
        }
      }
      filled = count * kept
    }
  }
}

/// What colours a bitmap has.
private struct Survey {
  /// Whether every pixel is opaque and without hue.
  private(set) var isGray = true
  /// Whether every pixel is opaque.
  private(set) var isOpaque = true
  /// The colours as numbers, red in the lowest byte, when there are at most 256.
  private(set) var palette: [UInt32] = []
  /// For each pixel its place in the palette, when there are at most 256 colours.
  private(set) var indexed: [UInt8]?

  init(_ pixels: [UInt8]) {
    let count = pixels.count / 4
    var slots = [UInt16](repeating: 0, count: 1024)
    var isIndexed = true
    var previous: UInt32 = 0
    var index: UInt8 = 0
    // Neighbours are mostly alike, so the hash table is asked once per change of colour only.
    let indices = unsafe [UInt8](unsafeUninitializedCapacity: count) { indices, filled in
      unsafe pixels.withUnsafeBytes { raw in
        for i in 0..<count {
          let color = unsafe UInt32(
            littleEndian: raw.loadUnaligned(fromByteOffset: 4 * i, as: UInt32.self))
          if color != previous || i == 0 {
            previous = color
            let gray = (color & 0xFF) &* 0x010101 == color & 0xFFFFFF
            let opaque = color >> 24 == 255
            isOpaque = isOpaque && opaque
            isGray = isGray && gray && opaque
            if isIndexed, let place = Self.place(color, &slots, &palette) {
              index = place
            } else {
              isIndexed = false
              if !isGray && !isOpaque { break }
            }
          }
          unsafe indices[i] = index
        }
      }
      filled = isIndexed ? count : 0
    }
    indexed = isIndexed ? indices : nil
  }

  /// The place of a colour in the palette, added when it is new; nil when there is no room.
  private static func place(
    _ color: UInt32, _ slots: inout [UInt16], _ palette: inout [UInt32]
  ) -> UInt8? {
    var slot = Int((color &* 0x9E37_79B1) >> 22)
    while slots[slot] != 0 {
      let place = Int(slots[slot]) - 1
      if palette[place] == color { return UInt8(place) }
      slot = (slot + 1) & 1023
    }
    guard palette.count < 256 else { return nil }
    palette.append(color)
    slots[slot] = UInt16(palette.count)
    return UInt8(palette.count - 1)
  }
}
