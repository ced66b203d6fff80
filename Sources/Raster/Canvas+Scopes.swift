extension Canvas {
  /// Draws within `body` through a rectangular window: nothing outside `rect` is painted.
  ///
  /// Windows nest: what is let through is inside all of them. Edges between pixels cut smoothly.
  public mutating func clipped<Result, Failure: Error>(
    to rect: Rect, _ body: (inout Canvas) throws(Failure) -> Result
  ) throws(Failure) -> Result {
    let bounds = transform.bounds(of: rect)
    let aligned =
      transform.keepsAxes
      && [bounds.minX, bounds.minY, bounds.maxX, bounds.maxY].allSatisfy { $0 == $0.rounded() }
    guard aligned else { return try clipped(to: .rect(rect), body) }
    let outer = clip
    if let area = outer.pixels(around: bounds) {
      clip = outer.cropped(to: area)
    } else {
      clip = outer.empty
    }
    record { .beginClip(Path.rect(rect).transformed(by: $0), .nonZero) }
    defer {
      clip = outer
      record { _ in .endClip }
    }
    return try body(&self)
  }

  /// Draws within `body` through a window in the shape of a path's inside.
  public mutating func clipped<Result, Failure: Error>(
    to path: Path, rule: FillRule = .nonZero, _ body: (inout Canvas) throws(Failure) -> Result
  ) throws(Failure) -> Result {
    let outer = clip
    if let bounds = bounds(of: path, through: transform), let area = outer.pixels(around: bounds) {
      var inside = [UInt8](repeating: 0, count: area.width * area.height)
      // The pixels' coverage comes already cut down to the outer window.
      unsafe cover(path, through: transform, rule) { _, rows, x, coverage in
        for y in rows {
          let first = (y - area.y) * area.width + x - area.x
          for i in 0..<coverage.count { unsafe inside[first + i] = coverage[i] }
        }
      }
      clip = Clip(area: area, coverage: inside)
    } else {
      clip = outer.empty
    }
    record { .beginClip(path.transformed(by: $0), rule) }
    defer {
      clip = outer
      record { _ in .endClip }
    }
    return try body(&self)
  }

  /// Draws within `body` in other coordinates: what it draws at p appears at `transform`(p).
  ///
  /// Line widths, dashes and text are transformed as well.
  public mutating func transformed<Result, Failure: Error>(
    by transform: AffineTransform, _ body: (inout Canvas) throws(Failure) -> Result
  ) throws(Failure) -> Result {
    let outer = self.transform
    self.transform = transform.concatenating(outer)
    defer { self.transform = outer }
    return try body(&self)
  }

  /// The nearest rectangle whose edges fall between pixels, so that it fills and cuts sharply.
  ///
  /// Never empty unless `rect` is: each side keeps at least one pixel. Under a rotation the
  /// rectangle comes back unchanged.
  public func aligned(_ rect: Rect) -> Rect {
    guard transform.keepsAxes, !rect.isEmpty, let back = transform.inverse else { return rect }
    let pixels = transform.bounds(of: rect)
    let left = pixels.minX.rounded()
    let top = pixels.minY.rounded()
    let right = max(pixels.maxX.rounded(), left + 1)
    let bottom = max(pixels.maxY.rounded(), top + 1)
    return back.bounds(of: Rect(minX: left, minY: top, maxX: right, maxY: bottom))
  }

  /// The nearest position for the middle of a horizontal and a vertical line of the given width at
  /// which its edges fall between pixels, so that thin lines come out sharp and equally heavy.
  public func aligned(_ point: Point, lineWidth: Double) -> Point {
    guard transform.keepsAxes, let back = transform.inverse else { return point }
    let pixels = transform(point)
    // A width of an odd number of pixels has its middle in the middle of one.
    let width = max((lineWidth * transform.meanScale).rounded(), 1)
    let half = width.truncatingRemainder(dividingBy: 2) / 2
    return back(
      Point((pixels.x - half).rounded() + half, (pixels.y - half).rounded() + half))
  }
}
