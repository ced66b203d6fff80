@testable import Raster

/// The slow, readable twin of the rasteriser: cuts the polygon down to each pixel's square and takes
/// the area of what is left.
enum DirectCoverage {
  /// The signed area of each pixel inside the polygon, row by row.
  static func signedAreas(of polygon: [Point], width: Int, height: Int) -> [Double] {
    var result: [Double] = []
    for y in 0..<height {
      for x in 0..<width {
        var part = polygon
        part = cut(part) { $0.x - Double(x) }
        part = cut(part) { Double(x + 1) - $0.x }
        part = cut(part) { $0.y - Double(y) }
        part = cut(part) { Double(y + 1) - $0.y }
        result.append(area(part))
      }
    }
    return result
  }

  /// The shoelace formula: half the sum of x₁y₂ − x₂y₁ over the edges.
  static func area(_ polygon: [Point]) -> Double {
    zip(polygon, polygon.dropFirst() + polygon.prefix(1)).reduce(0) {
      $0 + ($1.0.x * $1.1.y - $1.1.x * $1.0.y) / 2
    }
  }

  /// The part of a polygon on the side of a line where `distance` is not negative (Sutherland and
  /// Hodgman). Signed areas of polygons that cross themselves stay right.
  private static func cut(_ polygon: [Point], _ distance: (Point) -> Double) -> [Point] {
    var result: [Point] = []
    for (a, b) in zip(polygon, polygon.dropFirst() + polygon.prefix(1)) {
      let da = distance(a)
      let db = distance(b)
      if da >= 0 { result.append(a) }
      if (da > 0 && db < 0) || (da < 0 && db > 0) {
        let t = da / (da - db)
        result.append(Point(a.x + (b.x - a.x) * t, a.y + (b.y - a.y) * t))
      }
    }
    return result
  }
}

/// The coverage, 0…255, of each pixel of a canvas of the given pixels after `draw` has painted on
/// it in opaque white: white over nothing leaves the coverage as the opacity.
func coverage(
  width: Int, height: Int, scale: Double = 1, _ draw: (inout Canvas) -> Void
) -> [Int] {
  var canvas = Canvas(
    size: Size(width: Double(width) / scale, height: Double(height) / scale), scale: scale,
    background: .clear)
  draw(&canvas)
  let pixels = canvas.bitmap().pixels
  return stride(from: 3, to: pixels.count, by: 4).map { Int(pixels[$0]) }
}

/// The coverage of a filled path at one pixel per point.
func coverage(
  of path: Path, width: Int, height: Int, rule: FillRule = .nonZero
) -> [Int] {
  coverage(width: width, height: height) { $0.fill(path, .white, rule: rule) }
}
