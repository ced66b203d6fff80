import ElementaryFunctions

extension AffineTransform {
  /// Turns everything about the origin by the given angle, counter-clockwise on the screen.
  ///
  /// Multiples of 90° are exact.
  public static func rotation(degrees: Double) -> AffineTransform {
    let turn = degrees.truncatingRemainder(dividingBy: 360)
    let (sine, cosine): (Double, Double) =
      switch turn < 0 ? turn + 360 : turn {
      case 0: (0, 1)
      case 90: (1, 0)
      case 180: (0, -1)
      case 270: (-1, 0)
      case let angle:
        (Elementary.sin(angle * (.pi / 180)), Elementary.cos(angle * (.pi / 180)))
      }
    // With y down, counter-clockwise takes (1, 0) to (cos, −sin).
    return AffineTransform(a: cosine, b: -sine, c: sine, d: cosine, tx: 0, ty: 0)
  }
}
