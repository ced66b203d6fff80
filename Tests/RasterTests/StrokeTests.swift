import Raster
import Tensors
import Testing

@Suite
struct StrokeTests {
  /// The painted area in points, at 4 pixels a point.
  private func area(_ path: Path, _ stroke: Stroke) -> Double {
    let cover = coverage(width: 240, height: 240, scale: 4) { $0.stroke(path, stroke, .white) }
    return Double(cover.reduce(0, +)) / 255 / 16
  }

  private let line = Path.segment(from: Point(10, 20), to: Point(40, 30))
  private var length: Double { 1000.0.squareRoot() }

  @Test
  func `The area of a line is its length times its width, and the caps add theirs`() {
    let width = 5.0
    #expect(abs(area(line, Stroke(width: width)) - length * width) < 0.05)
    let square = area(line, Stroke(width: width, cap: .square))
    #expect(abs(square - (length + width) * width) < 0.05)
    let round = area(line, Stroke(width: width, cap: .round))
    #expect(abs(round - (length * width + Double.pi * width * width / 4)) < 0.3)
  }

  @Test
  func `The joins of a right angle: a square, a quarter disc, a triangle`() {
    let path = Path.polyline([Point(10, 10), Point(40, 10), Point(40, 40)])
    let width = 8.0
    // Two lines of 30, their common inner quarter counted once.
    let arms = 60 * width - width * width / 4
    #expect(abs(area(path, Stroke(width: width, join: .miter)) - arms - 16) < 0.05)
    #expect(abs(area(path, Stroke(width: width, join: .bevel)) - arms - 8) < 0.05)
    #expect(abs(area(path, Stroke(width: width, join: .round)) - arms - 4 * Double.pi) < 0.2)
  }

  @Test
  func `A corner sharper than the miter limit is cut off`() {
    let sharp = Path.polyline([Point(5, 28), Point(50, 30), Point(5, 32)])
    let bevel = area(sharp, Stroke(width: 2, join: .bevel))
    #expect(area(sharp, Stroke(width: 2, join: .miter, miterLimit: 4)) == bevel)
    #expect(area(sharp, Stroke(width: 2, join: .miter, miterLimit: 40)) > bevel + 10)
  }

  @Test
  func `A closed line has joins everywhere and no caps`() {
    let square = Path.rect(Rect(x: 10, y: 10, width: 30, height: 30))
    let expected = 34.0 * 34 - 26 * 26
    for cap in [Stroke.Cap.butt, .round, .square] {
      #expect(abs(area(square, Stroke(width: 4, cap: cap)) - expected) < 0.01)
    }
  }

  @Test
  func `A stroked circle is a ring`() {
    let ring = area(.circle(center: Point(30, 30), radius: 20), Stroke(width: 4))
    #expect(abs(ring - Double.pi * (22 * 22 - 18 * 18)) < 0.5)
  }

  @Test(arguments: [0, 1.5, 4, -2, 103])
  func `Dashes cover their share, wherever the phase puts them`(phase: Double) {
    let row = Path.segment(from: Point(5, 30), to: Point(53, 30))
    let dashed = area(row, Stroke(width: 2, dash: [4, 2], dashPhase: phase))
    #expect(abs(dashed - 48 * 2 * 4 / 6) < 0.02)
  }

  @Test
  func `A dash pattern with an odd number of lengths swaps dashes and gaps each time`() {
    let row = Path.segment(from: Point(0, 1), to: Point(12, 1))
    let cover = coverage(width: 12, height: 2) {
      $0.stroke(row, Stroke(width: 2, dash: [3, 1, 2]), .white)
    }
    #expect(cover.prefix(12).map { $0 / 255 } == [1, 1, 1, 0, 1, 1, 0, 0, 0, 1, 0, 0])
  }

  @Test
  func `A dash around the beginning of a closed line is one`() {
    let square = Path.rect(Rect(x: 10, y: 10, width: 30, height: 30))
    // One dash of 6 around the starting corner, 3 on either side; with the miter it has a corner.
    let stroke = Stroke(width: 2, dash: [6, 114], dashPhase: 3)
    #expect(abs(area(square, stroke) - (6 * 2 - 1 + 1)) < 0.02)
  }

  @Test
  func `Lines without length show round and square caps, as dots`() {
    var dot = Path()
    dot.move(to: Point(20, 20))
    dot.line(to: Point(20, 20))
    #expect(area(dot, Stroke(width: 6)) == 0)
    #expect(abs(area(dot, Stroke(width: 6, cap: .round)) - 9 * Double.pi) < 0.2)
    #expect(area(dot, Stroke(width: 6, cap: .square)) == 36)
    let row = Path.segment(from: Point(10, 20), to: Point(50, 20))
    let dotted = area(row, Stroke(width: 2, cap: .square, dash: [0, 8]))
    #expect(abs(dotted - 5 * 4) < 0.01)
    var lone = Path()
    lone.move(to: Point(20, 20))
    #expect(area(lone, Stroke(width: 6, cap: .round)) == 0)
  }

  @Test(arguments: [Stroke.Join.miter, .round, .bevel])
  func `A mirrored path leaves the mirrored pixels`(join: Stroke.Join) {
    var random = SplitMix64(seed: 3)
    for _ in 0..<30 {
      // Multiples of 1/64 are mirrored without rounding.
      let points = (0..<5).map { _ in
        Point(
          Double(Int.random(in: 0...2560, using: &random)) / 64,
          Double(Int.random(in: 0...2560, using: &random)) / 64)
      }
      let stroke = Stroke(width: 3, cap: .round, join: join)
      let plain = coverage(width: 40, height: 40) { $0.stroke(.polyline(points), stroke, .white) }
      let mirrored = coverage(width: 40, height: 40) {
        $0.stroke(.polyline(points.map { Point(40 - $0.x, $0.y) }), stroke, .white)
      }
      let backwards = coverage(width: 40, height: 40) {
        $0.stroke(.polyline(points.reversed()), stroke, .white)
      }
      for i in plain.indices {
        let opposite = i / 40 * 40 + 39 - i % 40
        #expect(abs(plain[i] - mirrored[opposite]) <= 1)
        #expect(abs(plain[i] - backwards[i]) <= 1)
      }
    }
  }

  @Test
  func `Nothing is painted further from the line than half its width`() {
    var random = SplitMix64(seed: 4)
    for _ in 0..<20 {
      let a = Point(Double.random(in: 5...35, using: &random), 20)
      let b = Point(20, Double.random(in: 5...35, using: &random))
      let c = Point(Double.random(in: 5...35, using: &random), 25)
      let stroke = Stroke(width: 4, cap: .round, join: .round)
      let cover = coverage(width: 40, height: 40) {
        $0.stroke(.polyline([a, b, c]), stroke, .white)
      }
      for y in 0..<40 {
        for x in 0..<40 where cover[40 * y + x] > 0 {
          let pixel = Point(Double(x) + 0.5, Double(y) + 0.5)
          let distance = min(Self.distance(pixel, a, b), Self.distance(pixel, b, c))
          #expect(distance < 2 + 0.7072)
        }
      }
    }
  }

  private static func distance(_ p: Point, _ a: Point, _ b: Point) -> Double {
    let along = b - a
    let t = ((p.x - a.x) * along.x + (p.y - a.y) * along.y) / (along.length * along.length)
    return p.distance(to: a + along * min(max(t, 0), 1))
  }
}
