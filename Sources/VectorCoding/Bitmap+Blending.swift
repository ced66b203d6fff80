import Raster

extension Bitmap {
  /// The picture with as many pixels as a page shows, as the canvas draws it.
  ///
  /// Left to the programs that show a file, smooth ones come out half a pixel off, and dark around transparent
  /// pixels, whose colour is blended apart from their opacity; and poppler blurs the edges of sharp ones.
  /// Turned pictures, and those that are no larger on the page than their pixels, stay as they are.
  func drawn(in place: AffineTransform, _ interpolation: Interpolation) -> Bitmap? {
    guard place.b == 0, place.c == 0, place.a > 0, place.d > 0, width > 0, height > 0 else {
      return nil
    }
    // Four pixels a point are 288 an inch: smooth in print too.
    let scale = min(4, (4_000_000 / max(1, place.a * place.d)).squareRoot())
    guard place.a * scale > Double(width), place.d * scale > Double(height) else { return nil }
    let size = Size(width: place.a, height: place.d)
    var canvas = Canvas(size: size, scale: scale, background: .clear)
    canvas.draw(self, in: Rect(origin: .zero, size: size), interpolation: interpolation)
    return canvas.bitmap()
  }
}
