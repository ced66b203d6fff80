import Raster
import TestSupport
import Testing

/// Pictures to look at: what they show is right when it looks right.
@Suite
struct GoldenTests {
  @Test
  func `Letters, signs, scripts, weights and turned text, on light and dark ground`() throws {
    var canvas = Canvas(size: Size(width: 340, height: 150))
    func draw(_ text: Text, _ x: Double, _ y: Double, _ rotation: Double = 0) {
      canvas.draw(text, at: Point(x, y), rotation: rotation)
    }
    draw(Text("Sphinx of black quartz, AVATAR To Ty 0123456789", size: 10), 20, 16)
    draw(Text("Sphinx of black quartz, AVATAR To Ty", size: 10, weight: .bold), 20, 32)
    draw(Text("αβγδεθλμπσφω ΓΔΘΛΣΩ ∂L/∂x ∇ ± × ≤ ≥ ≈ ∞ √ ∑ ∏ ∫ → ✓ ✗", size: 8), 20, 46)
    draw(Text("10^{−3}  e^{x^{2}}  x_{i}^{2}  w_{ij}  µm  30°", size: 12), 20, 66)
    draw(Text("iteration 1,000 of 2,000 (7 points)", size: 7), 20, 80)
    draw(Text("two lines\nof one label", size: 9), 20, 96)
    draw(Text("cross-entropy (nats)", size: 9), 12, 110, 90)
    draw(Text("turned by 30°", size: 9), 110, 144, 30)
    draw(Text("missing \u{1F600}", size: 9), 120, 96)
    canvas.fill(.rect(Rect(x: 200, y: 75, width: 140, height: 75)), Color(hex: 0x1E1E1E))
    let pale = Color(gray: 0.9)
    canvas.draw(Text("light on dark, 98.3 %", size: 9), at: Point(210, 92), color: pale)
    canvas.draw(
      Text("centred\nbold", size: 9, weight: .bold), at: Point(270, 120),
      anchor: Anchor(.center, .middle), color: pale)
    try matchGolden(canvas.bitmap(), "text")
  }

  @Test
  func `Joins, caps, dashes, fine slanted lines and a noisy one`() throws {
    var canvas = Canvas(size: Size(width: 320, height: 200))
    let kinds: [(Stroke.Join, Stroke.Cap)] = [(.miter, .butt), (.round, .round), (.bevel, .square)]
    for (i, (join, cap)) in kinds.enumerated() {
      let x = 20 + Double(i) * 75
      let zigzag = Path.polyline([
        Point(x, 60), Point(x + 25, 15), Point(x + 40, 60), Point(x + 52, 30),
      ])
      let wide = Stroke(width: 9, cap: cap, join: join)
      canvas.stroke(zigzag, wide, Color(hex: 0x0072B2).opacity(0.5))
      canvas.stroke(zigzag, Stroke(width: 0.5), .black)
      let circle = Path.circle(center: Point(x + 25, 95), radius: 18)
      canvas.stroke(circle, Stroke(width: 3, cap: cap, dash: [6, 5]), Color(hex: 0x009E73))
      canvas.stroke(
        .polygon([Point(x, 150), Point(x + 25, 120), Point(x + 50, 150)]),
        Stroke(width: 4, join: join), Color(hex: 0xD55E00))
    }
    for i in 0..<8 {
      let y = 160 + Double(i) * 4
      canvas.stroke(
        .segment(from: Point(20, y), to: Point(300, y + 6)),
        Stroke(width: 0.25 * Double(i + 1)), .black)
    }
    let noisy = (0..<80).map { i in
      Point(245 + Double(i) * 0.9, 60 + Double((i * 37) % 29) - Double(i) / 4)
    }
    canvas.stroke(.polyline(noisy), Stroke(width: 1.5, join: .round), Color(hex: 0xE69F00))
    try matchGolden(canvas.bitmap(), "strokes")
  }

  @Test
  func `Fills, curves, windows and pictures`() throws {
    var canvas = Canvas(size: Size(width: 260, height: 130))
    canvas.fill(.circle(center: Point(40, 40), radius: 30), Color(hex: 0xCC79A7).opacity(0.6))
    canvas.fill(.circle(center: Point(65, 40), radius: 30), Color(hex: 0x56B4E9).opacity(0.6))
    let rounded = Path.roundedRect(Rect(x: 10, y: 80, width: 90, height: 40), radius: 12)
    canvas.clipped(to: rounded) { canvas in
      for i in 0..<20 {
        let x = Double(i) * 8
        canvas.stroke(
          .segment(from: Point(x - 40, 130), to: Point(x + 20, 70)), Stroke(width: 3),
          Color(hex: 0x009E73))
      }
    }
    var star = Path()
    let corners = (0..<5).map { AffineTransform.rotation(degrees: Double($0) * 144)(Point(0, -32)) }
    for (i, corner) in corners.enumerated() {
      let point = Point(140 + corner.x, 40 + corner.y)
      if i == 0 { star.move(to: point) } else { star.line(to: point) }
    }
    star.close()
    canvas.fill(star, Color(hex: 0xD55E00), rule: .evenOdd)
    let picture = Bitmap(width: 4, height: 4, gray: (0..<16).map { Double($0) / 15 })
    canvas.draw(picture, in: Rect(x: 190, y: 10, width: 50, height: 50))
    canvas.draw(
      picture, in: Rect(x: 190, y: 70, width: 50, height: 50), interpolation: .smooth)
    let tilt = AffineTransform.rotation(degrees: 20).concatenating(.translation(x: 120, y: 90))
    canvas.transformed(by: tilt) {
      $0.draw(picture, in: Rect(x: 0, y: 0, width: 40, height: 30))
    }
    try matchGolden(canvas.bitmap(), "fills")
  }
}
