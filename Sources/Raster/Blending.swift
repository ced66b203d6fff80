/// How a covered pixel mixes the colour drawn with the colour there.
///
/// Two different things make a pixel a mixture, and they are treated differently:
///
/// - *Opacity* is a choice of design. `color.opacity(0.2)` means the same as in CSS, SVG and
///   matplotlib: a mixture of the encoded components.
/// - *Coverage* is geometry: half of the pixel shines in one colour, half in the other. For shapes
///   the mixture is one of light (linear): a slanted line then keeps the same weight wherever its
///   edges fall within the pixels, where encoded mixing makes it swell and shrink like a rope.
///
/// Text mixes its coverage in the encoded space, as browsers do: letters are drawn for screens that
/// do so, and in linear light dark text on white turns out thin and pale, light text on black fat.
enum CoverageSpace {
  /// Mixtures of light, for shapes.
  case light
  /// Mixtures of encoded components, for text.
  case encoded
}

/// One colour, prepared for mixing into rows of pixels.
struct Blender {
  let red: UInt8
  let green: UInt8
  let blue: UInt8
  /// The opacity in 255ths.
  let alpha: Int
  let space: CoverageSpace
  private let light: (red: Int, green: Int, blue: Int)

  init(_ color: Color, _ space: CoverageSpace) {
    let (red, green, blue, alpha) = color.bytes
    self.init(red: red, green: green, blue: blue, alpha: alpha, space)
  }

  init(red: UInt8, green: UInt8, blue: UInt8, alpha: UInt8, _ space: CoverageSpace) {
    self.red = red
    self.green = green
    self.blue = blue
    self.alpha = Int(alpha)
    self.space = space
    let table = TransferFunction.srgb
    light = (
      Int(table.light[Int(red)]), Int(table.light[Int(green)]), Int(table.light[Int(blue)])
    )
  }

  /// Mixes the colour into pixels of some rows of a picture from column `x`, as far as each is covered,
  /// in all rows alike.
  func blend(
    _ coverage: UnsafeMutableBufferPointer<UInt8>, into image: inout Bitmap, rows: Range<Int>,
    from x: Int
  ) {
    let width = image.width
    var last = Mixture()
    unsafe image.pixels.withUnsafeMutableBufferPointer { pixels in
      unsafe TransferFunction.srgb.withTables { lights, codes in
        for y in rows {
          let first = 4 * (y * width + x)
          unsafe blend(
            coverage,
            into: UnsafeMutableBufferPointer(rebasing: pixels[first..<first + 4 * coverage.count]),
            &last, lights, codes)
        }
      }
    }
  }

  /// Mixes the colour into the pixels, as far as each is covered.
  func blend(
    _ coverage: UnsafeMutableBufferPointer<UInt8>, into pixels: UnsafeMutableBufferPointer<UInt8>
  ) {
    var last = Mixture()
    unsafe TransferFunction.srgb.withTables { lights, codes in
      unsafe blend(coverage, into: pixels, &last, lights, codes)
    }
  }

  /// What came of the pixel that was mixed last: along a grid line or over a shaded stretch it is the
  /// same for pixel after pixel.
  private struct Mixture {
    var coverage: UInt8 = 0
    var ground: UInt32 = 0
    var result: UInt32 = 0
  }

  @inline(__always)
  private func blend(
    _ coverage: UnsafeMutableBufferPointer<UInt8>, into pixels: UnsafeMutableBufferPointer<UInt8>,
    _ last: inout Mixture, _ lights: UnsafeBufferPointer<UInt16>,
    _ codes: UnsafeBufferPointer<UInt8>
  ) {
    let eights = unsafe UnsafeRawPointer(coverage.baseAddress.unsafelyUnwrapped)
    let raw = UnsafeMutableRawBufferPointer(pixels)
    let count = coverage.count
    var i = 0
    while i < count {
      // Most pixels of a row are wholly covered or not at all: eight at a time.
      if i + 8 <= count {
        let eight = unsafe eights.loadUnaligned(fromByteOffset: i, as: UInt64.self)
        if eight == 0 {
          i += 8
          continue
        }
        if eight == UInt64.max && alpha == 255 {
          for k in i..<i + 8 { unsafe replace(pixels, 4 * k) }
          i += 8
          continue
        }
      }
      let stop = min(i + 8, count)
      while i < stop {
        let covered = unsafe coverage[i]
        if covered != 0 {
          let ground = unsafe raw.loadUnaligned(fromByteOffset: 4 * i, as: UInt32.self)
          if ground == last.ground && covered == last.coverage {
            unsafe raw.storeBytes(of: last.result, toByteOffset: 4 * i, as: UInt32.self)
          } else {
            unsafe mix(Int(covered), pixels, 4 * i, lights, codes)
            let result = unsafe raw.loadUnaligned(fromByteOffset: 4 * i, as: UInt32.self)
            last = Mixture(coverage: covered, ground: ground, result: result)
          }
        }
        i += 1
      }
    }
  }

  /// Gives pixels the colour itself.
  @inline(__always)
  func replace(_ pixels: UnsafeMutableBufferPointer<UInt8>, from start: Int, count: Int) {
    for i in 0..<count { unsafe replace(pixels, start + 4 * i) }
  }

  /// Mixes the colour into the pixel whose bytes begin at `p`, as far as it is covered, with the tables of
  /// `TransferFunction`: loops fetch them once.
  @inline(__always)
  func mix(
    _ covered: Int, _ pixels: UnsafeMutableBufferPointer<UInt8>, _ p: Int,
    _ lights: UnsafeBufferPointer<UInt16>, _ codes: UnsafeBufferPointer<UInt8>
  ) {
    if covered == 255 && alpha == 255 {
      unsafe replace(pixels, p)
      return
    }
    guard unsafe pixels[p + 3] == 255 else {
      unsafe mixOverTransparent(covered, pixels, p)
      return
    }
    if covered == 255 || space == .encoded {
      let share = divide255(covered * alpha)
      unsafe pixels[p] = encoded(pixels[p], red, share)
      unsafe pixels[p + 1] = encoded(pixels[p + 1], green, share)
      unsafe pixels[p + 2] = encoded(pixels[p + 2], blue, share)
    } else if alpha == 255 {
      unsafe pixels[p] = codes[between(Int(lights[Int(pixels[p])]), light.red, covered)]
      unsafe pixels[p + 1] = codes[between(Int(lights[Int(pixels[p + 1])]), light.green, covered)]
      unsafe pixels[p + 2] = codes[between(Int(lights[Int(pixels[p + 2])]), light.blue, covered)]
    } else {
      // What the covered part looks like, by opacity; then as much light of it as is covered.
      unsafe throughGlass(&pixels[p], red, covered, lights, codes)
      unsafe throughGlass(&pixels[p + 1], green, covered, lights, codes)
      unsafe throughGlass(&pixels[p + 2], blue, covered, lights, codes)
    }
  }

  @inline(__always)
  private func replace(_ pixels: UnsafeMutableBufferPointer<UInt8>, _ p: Int) {
    unsafe UnsafeMutableRawBufferPointer(pixels).storeBytes(
      of: SIMD4(red, green, blue, 255), toByteOffset: p, as: SIMD4<UInt8>.self)
  }

  @inline(__always)
  private func throughGlass(
    _ pixel: inout UInt8, _ color: UInt8, _ covered: Int,
    _ lights: UnsafeBufferPointer<UInt16>, _ codes: UnsafeBufferPointer<UInt8>
  ) {
    let tinted = encoded(pixel, color, alpha)
    unsafe pixel = codes[between(Int(lights[Int(pixel)]), Int(lights[Int(tinted)]), covered)]
  }

  /// The encoded component `share` 255ths of the way to `color`.
  @inline(__always)
  private func encoded(_ pixel: UInt8, _ color: UInt8, _ share: Int) -> UInt8 {
    UInt8(truncatingIfNeeded: divide255(Int(pixel) * (255 - share) + Int(color) * share))
  }

  /// The light `covered` 255ths of the way from `ground` to `color`.
  @inline(__always)
  private func between(_ ground: Int, _ color: Int, _ covered: Int) -> Int {
    divide255(ground * (255 - covered) + color * covered)
  }

  /// Porter and Duff's “over” on a pixel that lets something through; encoded components, since it
  /// is not known yet what the pixel will lie on.
  @inline(never)
  private func mixOverTransparent(
    _ covered: Int, _ pixels: UnsafeMutableBufferPointer<UInt8>, _ p: Int
  ) {
    let source = covered * alpha
    let ground = unsafe Int(pixels[p + 3]) * (65025 - source) / 255
    let total = source + ground
    guard total > 0 else { return }
    func component(_ pixel: UInt8, _ color: UInt8) -> UInt8 {
      UInt8(truncatingIfNeeded: (Int(color) * source + Int(pixel) * ground + total / 2) / total)
    }
    unsafe pixels[p] = component(pixels[p], red)
    unsafe pixels[p + 1] = component(pixels[p + 1], green)
    unsafe pixels[p + 2] = component(pixels[p + 2], blue)
    unsafe pixels[p + 3] = UInt8(truncatingIfNeeded: divide255(total))
  }
}

/// The nearest whole number to x/255, for x from 0 to some millions.
@inline(__always)
func divide255(_ x: Int) -> Int {
  (x * 2 + 255) / 510
}
