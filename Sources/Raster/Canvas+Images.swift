/// How a picture is read between its pixels.
public enum Interpolation: Sendable, Hashable {
  /// Each pixel is a block of its one colour: for data.
  case nearest
  /// Pixels blend into each other when enlarged and are averaged, as amounts of light, when reduced:
  /// for photographs.
  case smooth
}

extension Canvas {
  /// Draws a picture so that it fills a rectangle.
  ///
  /// Nothing is drawn of an empty picture or into an empty rectangle. Cost: proportional to the
  /// painted pixels, and for `smooth` to the picture's pixels where it is reduced by up to 16.
  public mutating func draw(
    _ picture: Bitmap, in rect: Rect, interpolation: Interpolation = .nearest
  ) {
    guard picture.width > 0, picture.height > 0, !rect.isEmpty else { return }
    let toPixels = AffineTransform(
      a: rect.width / Double(picture.width), b: 0, c: 0,
      d: rect.height / Double(picture.height), tx: rect.x, ty: rect.y
    ).concatenating(transform)
    guard let back = toPixels.inverse else { return }
    record {
      .picture(
        picture,
        AffineTransform(a: rect.width, b: 0, c: 0, d: rect.height, tx: rect.x, ty: rect.y)
          .concatenating($0), interpolation)
    }
    var sampler = PictureSampler(picture, back, interpolation, width: image.width)
    unsafe cover(.rect(rect), through: transform, .nonZero) { image, rows, x, coverage in
      for y in rows {
        unsafe image.withRow(y, from: x, count: coverage.count) { pixels in
          sampler.read(y, from: x, count: coverage.count)
          unsafe Self.paint(sampler.colors, coverage, into: pixels)
        }
      }
    }
  }

  /// Paints the colours of a row, as far as each pixel is covered.
  private static func paint(
    _ colors: [SIMD4<UInt8>], _ coverage: UnsafeMutableBufferPointer<UInt8>,
    into pixels: UnsafeMutableBufferPointer<UInt8>
  ) {
    unsafe colors.withUnsafeBufferPointer { colors in
      var start = 0
      while start < coverage.count {
        // Most pixels take the picture's colour as it is.
        if unsafe coverage[start] == 255 && colors[start].w == 255 {
          unsafe UnsafeMutableRawBufferPointer(pixels).storeBytes(
            of: colors[start], toByteOffset: 4 * start, as: SIMD4<UInt8>.self)
          start += 1
          continue
        }
        // A pixel of an enlarged picture is a run of one colour.
        let color = unsafe colors[start]
        var end = start + 1
        while end < coverage.count, unsafe colors[end] == color { end += 1 }
        let blender = Blender(
          red: color.x, green: color.y, blue: color.z, alpha: color.w, .light)
        unsafe blender.blend(
          UnsafeMutableBufferPointer(rebasing: coverage[start..<end]),
          into: UnsafeMutableBufferPointer(rebasing: pixels[4 * start..<4 * end]))
        start = end
      }
    }
  }
}

/// Reads the colours of a picture at the pixels of a canvas.
private struct PictureSampler {
  private let picture: Bitmap
  /// From pixels of the canvas to pixels of the picture.
  private let back: AffineTransform
  private let interpolation: Interpolation
  /// How many samples are averaged in each direction, so that no pixel of a reduced picture is
  /// skipped.
  private let across: Int
  private let down: Int
  private let table = TransferFunction.srgb
  /// For each column of the canvas that of the picture, where pixels are blocks and stand upright.
  private var columns: [Int] = []
  /// The colours of the row that was read last.
  private(set) var colors: [SIMD4<UInt8>]

  init(
    _ picture: Bitmap, _ back: AffineTransform, _ interpolation: Interpolation, width: Int
  ) {
    self.picture = picture
    self.back = back
    self.interpolation = interpolation
    colors = [SIMD4<UInt8>](repeating: .zero, count: width)
    if interpolation == .nearest, back.b == 0, back.c == 0 {
      columns = (0..<width).map { x in
        let column = back(Point(Double(x) + 0.5, 0.5)).x.rounded(.down)
        return Int(min(max(column, 0), Double(picture.width - 1)))
      }
    }
    func samples(_ step: Point) -> Int { Int(min(max(step.length.rounded(.up), 1), 16)) }
    across = samples(Point(back.a, back.b))
    down = samples(Point(back.c, back.d))
  }

  /// Reads the colours at the middles of pixels of a row of the canvas.
  mutating func read(_ y: Int, from x: Int, count: Int) {
    guard !columns.isEmpty else {
      for i in 0..<count { colors[i] = color(atPixelX: x + i, y: y) }
      return
    }
    let place = back(Point(0.5, Double(y) + 0.5)).y.rounded(.down)
    let row = Int(min(max(place, 0), Double(picture.height - 1))) * picture.width
    unsafe picture.pixels.withUnsafeBytes { pixels in
      unsafe columns.withUnsafeBufferPointer { columns in
        unsafe colors.withUnsafeMutableBufferPointer { colors in
          for i in 0..<count {
            unsafe colors[i] = pixels.loadUnaligned(
              fromByteOffset: 4 * (row + columns[x + i]), as: SIMD4<UInt8>.self)
          }
        }
      }
    }
  }

  /// The colour at the middle of a pixel of the canvas.
  private func color(atPixelX x: Int, y: Int) -> SIMD4<UInt8> {
    if interpolation == .nearest {
      let p = back(Point(Double(x) + 0.5, Double(y) + 0.5))
      return bytes(Int(p.x.rounded(.down)), Int(p.y.rounded(.down)))
    }
    var sum = SIMD4<Float>.zero
    for j in 0..<down {
      for i in 0..<across {
        let p = back(
          Point(
            Double(x) + (Double(i) + 0.5) / Double(across),
            Double(y) + (Double(j) + 0.5) / Double(down)))
        sum += light(p)
      }
    }
    return encoded(sum / Float(across * down))
  }

  /// The pixel in the given column and row, or the nearest one of the border.
  private func bytes(_ x: Int, _ y: Int) -> SIMD4<UInt8> {
    let column = min(max(x, 0), picture.width - 1)
    let row = min(max(y, 0), picture.height - 1)
    let i = 4 * (row * picture.width + column)
    let pixels = picture.pixels
    return SIMD4(pixels[i], pixels[i + 1], pixels[i + 2], pixels[i + 3])
  }

  /// The light of a pixel, multiplied by its opacity, and the opacity.
  private func light(_ x: Int, _ y: Int) -> SIMD4<Float> {
    let color = bytes(x, y)
    let opacity = Float(color.w) / 255
    return SIMD4(
      Float(table.light[Int(color.x)]) * opacity, Float(table.light[Int(color.y)]) * opacity,
      Float(table.light[Int(color.z)]) * opacity, opacity)
  }

  /// The light between four pixels, in proportion to how near each is.
  private func light(_ p: Point) -> SIMD4<Float> {
    let left = (p.x - 0.5).rounded(.down)
    let top = (p.y - 0.5).rounded(.down)
    let u = Float(p.x - 0.5 - left)
    let v = Float(p.y - 0.5 - top)
    let x = Int(left)
    let y = Int(top)
    let upper = light(x, y) * (1 - u) + light(x + 1, y) * u
    let lower = light(x, y + 1) * (1 - u) + light(x + 1, y + 1) * u
    return upper * (1 - v) + lower * v
  }

  private func encoded(_ color: SIMD4<Float>) -> SIMD4<UInt8> {
    guard color.w > 0 else { return .zero }
    func byte(_ light: Float) -> UInt8 {
      table.byte[min(Int(light / color.w + 0.5), TransferFunction.white)]
    }
    return SIMD4(
      byte(color.x), byte(color.y), byte(color.z), UInt8(min(color.w, 1) * 255 + 0.5))
  }
}
