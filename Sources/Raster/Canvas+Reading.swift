extension Canvas {
  /// How much has been painted in a rectangle: the mean difference of its pixels' components from
  /// the given colour, 0 where all is as the ground was, up to 1.
  ///
  /// For finding a place where a label hides nothing. What lies outside of the canvas, or of the
  /// window that is drawn through, does not count.
  public func unlikeness(to ground: Color, in rect: Rect) -> Double {
    guard let area = clip.pixels(around: transform.bounds(of: rect)) else { return 0 }
    let (red, green, blue, _) = ground.bytes
    let expected = [Int(red), Int(green), Int(blue)]
    var sum = 0
    for y in area.y..<area.y + area.height {
      let row = 4 * (y * image.width + area.x)
      for i in 0..<area.width {
        for k in 0..<3 { sum += abs(Int(image.pixels[row + 4 * i + k]) - expected[k]) }
      }
    }
    return Double(sum) / Double(3 * 255 * area.width * area.height)
  }
}
