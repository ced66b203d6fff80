/// The part of a canvas that drawing is let through to: a rectangle of pixels, and within it, when
/// its edges are not those of pixels, how much of each pixel.
struct Clip: Sendable {
  /// A rectangle of whole pixels.
  struct Area: Sendable, Equatable {
    var x: Int
    var y: Int
    var width: Int
    var height: Int
  }

  private(set) var area: Area
  /// How much of each pixel of the area is let through, in 255ths, row by row; nil for all.
  private(set) var coverage: [UInt8]?

  /// The given area, or the given share of each of its pixels.
  init(area: Area, coverage: [UInt8]?) {
    self.area = area
    self.coverage = coverage
  }

  /// Everything on a canvas of the given pixels.
  init(width: Int, height: Int) {
    area = Area(x: 0, y: 0, width: width, height: height)
  }

  /// The pixels of the area that a shape within `bounds`, in pixels, can touch.
  func pixels(around bounds: Rect) -> Area? {
    let left = max(bounds.minX.rounded(.down), Double(area.x))
    let right = min(bounds.maxX.rounded(.up), Double(area.x + area.width))
    let top = max(bounds.minY.rounded(.down), Double(area.y))
    let bottom = min(bounds.maxY.rounded(.up), Double(area.y + area.height))
    guard left < right, top < bottom else { return nil }
    return Area(
      x: Int(left), y: Int(top), width: Int(right - left), height: Int(bottom - top))
  }

  /// The clip cut down to an area that lies inside its own.
  func cropped(to area: Area) -> Clip {
    guard let coverage else { return Clip(area: area, coverage: nil) }
    var part: [UInt8] = []
    part.reserveCapacity(area.width * area.height)
    for row in 0..<area.height {
      let start = (area.y - self.area.y + row) * self.area.width + area.x - self.area.x
      part += coverage[start..<start + area.width]
    }
    return Clip(area: area, coverage: part)
  }

  /// A clip that lets nothing through.
  var empty: Clip { Clip(area: Area(x: area.x, y: area.y, width: 0, height: 0), coverage: nil) }

  /// Cuts the coverage of pixels of row `y` from column `x` down to what is let through.
  @inline(__always)
  func mask(_ row: UnsafeMutableBufferPointer<UInt8>, y: Int, x: Int) {
    guard let coverage else { return }
    let first = (y - area.y) * area.width + x - area.x
    // Every pixel of every shape passes here while such a clip is set.
    unsafe coverage.withUnsafeBufferPointer { passed in
      for i in 0..<row.count {
        unsafe row[i] = UInt8(
          truncatingIfNeeded: divide255(Int(row[i]) * Int(passed[first + i])))
      }
    }
  }
}
