import Raster
import Tensors
import Testing

@Suite
struct CoverageTests {
  @Test
  func `A rectangle on whole pixels covers them and nothing else`() {
    let cover = coverage(of: .rect(Rect(x: 1, y: 2, width: 3, height: 1)), width: 5, height: 4)
    let expected = [
      [0, 0, 0, 0, 0], [0, 0, 0, 0, 0], [0, 255, 255, 255, 0], [0, 0, 0, 0, 0],
    ]
    #expect(cover == expected.flatMap { $0 })
  }

  @Test
  func `A rectangle between pixels covers exactly the shares of area`() {
    // From (0.25, 0.5) to (2.5, 2): columns ¾, 1, ½ by rows ½, 1.
    let cover = coverage(
      of: .rect(Rect(x: 0.25, y: 0.5, width: 2.25, height: 1.5)), width: 3, height: 2)
    let expected = [0.75 * 0.5, 0.5, 0.25, 0.75, 1, 0.5].map { Int($0 * 255 + 0.5) }
    #expect(cover == expected)
  }

  @Test
  func `A diagonal covers half of the pixels that it cuts in half`() {
    let triangle = Path.polygon([Point(0, 0), Point(4, 4), Point(0, 4)])
    let cover = coverage(of: triangle, width: 4, height: 4)
    for y in 0..<4 {
      for x in 0..<4 { #expect(cover[4 * y + x] == (x < y ? 255 : x == y ? 128 : 0)) }
    }
  }

  @Test
  func `An edge that crosses many pixels of a row covers the trapezoids under it`() {
    // From (0, 0) to (8, 1): pixel k has (2k + 1)/16 above the edge.
    let triangle = Path.polygon([Point(0, 0), Point(8, 0), Point(8, 1)])
    let expected = (0..<8).map { Int(Double(2 * $0 + 1) / 16 * 255 + 0.5) }
    #expect(coverage(of: triangle, width: 8, height: 1) == expected)
  }

  @Test
  func `Overlapping parts: the rules differ where the winding is 2, and a hole is a hole`() {
    var path = Path.rect(Rect(x: 0, y: 0, width: 3, height: 1))
    path.append(.rect(Rect(x: 1, y: 0, width: 1, height: 1)))
    #expect(coverage(of: path, width: 3, height: 1) == [255, 255, 255])
    #expect(coverage(of: path, width: 3, height: 1, rule: .evenOdd) == [255, 0, 255])
    var ring = Path.rect(Rect(x: 0, y: 0, width: 3, height: 1))
    ring.append(.polygon([Point(1, 0), Point(1, 1), Point(2, 1), Point(2, 0)]))
    #expect(coverage(of: ring, width: 3, height: 1) == [255, 0, 255])
  }

  @Test
  func `Random polygons, also crossing themselves and the canvas, match the direct twin`() {
    var random = SplitMix64(seed: 1)
    for _ in 0..<300 {
      let corners = (0..<Int.random(in: 3...7, using: &random)).map { _ in
        Point(
          Double.random(in: -8...20, using: &random), Double.random(in: -8...16, using: &random))
      }
      let areas = DirectCoverage.signedAreas(of: corners, width: 12, height: 8)
      let nonZero = coverage(of: .polygon(corners), width: 12, height: 8)
      let evenOdd = coverage(of: .polygon(corners), width: 12, height: 8, rule: .evenOdd)
      for i in areas.indices {
        let area = abs(areas[i])
        let folded = area.truncatingRemainder(dividingBy: 2)
        #expect(abs(Double(nonZero[i]) - 255 * min(area, 1)) < 0.51)
        #expect(abs(Double(evenOdd[i]) - 255 * (folded > 1 ? 2 - folded : folded)) < 0.51)
      }
    }
  }

  /// Rows of such shapes are found once for many; a window in the shape of a path has each row looked
  /// at by itself.
  @Test
  func `Upright rectangles are the same pixels as row by row`() {
    var random = SplitMix64(seed: 9)
    func place() -> Double {
      let place = Double.random(in: -3...15, using: &random)
      return Bool.random(using: &random) ? place : (place * 4).rounded() / 4
    }
    let everything = Path.rect(Rect(x: -9, y: -9, width: 40, height: 40))
    for _ in 0..<400 {
      var path = Path()
      for _ in 0..<Int.random(in: 1...3, using: &random) {
        let height = Bool.random(using: &random) ? place() : 0.3
        path.append(.rect(Rect(x: place(), y: place(), width: place(), height: height)))
      }
      let color = Color(hex: 0x2CA02C).opacity(Bool.random(using: &random) ? 1 : 0.6)
      for rule in [FillRule.nonZero, .evenOdd] {
        var whole = Canvas(size: Size(width: 13, height: 11), scale: 1)
        whole.fill(path, color, rule: rule)
        var rows = Canvas(size: Size(width: 13, height: 11), scale: 1)
        rows.clipped(to: everything) { $0.fill(path, color, rule: rule) }
        #expect(whole.bitmap() == rows.bitmap(), "\(path.elements) \(rule)")
      }
    }
  }

  @Test(arguments: [0.8, 3, 11.7, 40])
  func `The total coverage of a shape is its area`(radius: Double) {
    var random = SplitMix64(seed: 2)
    for _ in 0..<20 {
      let center = Point(
        Double.random(in: 42...58, using: &random), Double.random(in: 42...58, using: &random))
      let cover = coverage(of: .circle(center: center, radius: radius), width: 100, height: 100)
      let total = Double(cover.reduce(0, +)) / 255
      let area = Double.pi * radius * radius
      // Chords within 0.05 pixels of the curve, bytes within half a 255th on the edge.
      let edge = 2 * Double.pi * radius
      #expect(abs(total - area) < edge * 0.05 + 0.02, "\(total) for \(area)")
    }
  }

  @Test
  func `A shape far larger than the canvas, and one far away, are cut off`() {
    let huge = coverage(
      of: .rect(Rect(x: -1e9, y: -1e9, width: 2e9, height: 2e9)), width: 3, height: 3)
    #expect(huge.allSatisfy { $0 == 255 })
    let elsewhere = coverage(
      of: .circle(center: Point(1e12, -1e12), radius: 5), width: 3, height: 3)
    #expect(elsewhere.allSatisfy { $0 == 0 })
  }

  @Test(arguments: [1e13, 1e160, 1e308])
  func `Absurd coordinates paint nothing, and nothing traps`(far: Double) {
    let points = [Point(-far, far), Point(far, -far / 2), Point(1, 2), Point(far, far)]
    var curve = Path()
    curve.move(to: points[0])
    curve.cubic(to: points[3], points[1], points[2])
    let cover = coverage(width: 8, height: 8) { canvas in
      for path in [Path.polygon(points), curve] {
        canvas.fill(path, .white)
        canvas.stroke(path, Stroke(width: 3, join: .round, dash: [2, 1]), .white)
        canvas.clipped(to: path) { $0.fill(.rect(Rect(x: 0, y: 0, width: 8, height: 8)), .white) }
        canvas.transformed(by: .rotation(degrees: 30)) { $0.fill(path, .white) }
      }
      canvas.draw(Text("far", size: 10), at: Point(far, far), color: .white)
      canvas.draw(
        Bitmap(width: 1, height: 1, color: .white),
        in: Rect(x: -far / 2, y: -far / 2, width: far, height: far))
    }
    #expect(cover.allSatisfy { $0 == 0 })
  }

  @Test
  func `One shape leaves nothing behind for the next`() {
    let clean = coverage(of: .circle(center: Point(5, 5), radius: 3), width: 40, height: 40)
    let after = coverage(width: 40, height: 40) { canvas in
      for k in 0..<20 {
        canvas.fill(
          .circle(center: Point(20 + Double(k) * 1.37, 20), radius: 19.3 - Double(k)), .clear)
        canvas.clipped(to: Rect(x: 0, y: 0, width: 0, height: 0)) {
          $0.fill(.circle(center: Point(20 + Double(k), 20), radius: 19.3), .white)
        }
      }
      canvas.fill(.circle(center: Point(5, 5), radius: 3), .white)
    }
    #expect(clean == after)
  }
}
