import Raster
import Tensors
import Testing

@Suite
struct ClipTests {
  /// Something of everything, all over the canvas.
  private func drawEverything(_ canvas: inout Canvas, using random: inout SplitMix64) {
    func point() -> Point {
      Point(
        Double.random(in: -20...80, using: &random), Double.random(in: -20...80, using: &random))
    }
    canvas.fill(.polygon((0..<5).map { _ in point() }), Color.black.opacity(0.7))
    canvas.stroke(
      .polyline((0..<5).map { _ in point() }),
      Stroke(width: 6, cap: .round, dash: [5, 4]), Color(hex: 0xD62728))
    canvas.draw(Text("Clip_{i}^{2}", size: 24), at: point(), rotation: 33)
    canvas.drawHalo(around: Text("Halo", size: 20), at: point(), width: 2, color: .black)
    let picture = Bitmap(width: 3, height: 3, color: Color(hex: 0x2CA02C))
    canvas.draw(
      picture, in: Rect(x: point().x, y: 10, width: 50, height: 50), interpolation: .smooth)
  }

  @Test
  func `Nothing is painted outside the window, whatever is drawn`() {
    var random = SplitMix64(seed: 5)
    for round in 0..<25 {
      var canvas = Canvas(size: Size(width: 60, height: 60), scale: 1)
      var inner = Rect(
        x: Double.random(in: 0...30, using: &random), y: Double.random(in: 0...30, using: &random),
        width: Double.random(in: 0...30, using: &random), height: 20)
      switch round % 3 {
      case 0:
        inner = canvas.aligned(inner)
        canvas.clipped(to: inner) { drawEverything(&$0, using: &random) }
      case 1:
        canvas.clipped(to: inner) { drawEverything(&$0, using: &random) }
      default:
        canvas.clipped(to: Path.ellipse(in: inner)) { drawEverything(&$0, using: &random) }
      }
      let bitmap = canvas.bitmap()
      for y in 0..<60 {
        for x in 0..<60 {
          let pixel = Rect(x: Double(x), y: Double(y), width: 1, height: 1)
          if pixel.intersection(inner) == nil { #expect(bitmap[x, y] == .white) }
        }
      }
    }
  }

  @Test
  func `A window's edge between pixels lets its share through`() {
    let cover = coverage(width: 3, height: 1) {
      $0.clipped(to: Rect(x: 0.5, y: 0, width: 2.25, height: 1)) {
        $0.fill(.rect(Rect(x: -5, y: -5, width: 20, height: 20)), .white)
      }
    }
    #expect(cover == [128, 255, 191])
  }

  @Test
  func `Windows nest, and end with their scope`() {
    let cover = coverage(width: 4, height: 1) { canvas in
      let all = Path.rect(Rect(x: 0, y: 0, width: 4, height: 1))
      canvas.clipped(to: Rect(x: 0, y: 0, width: 2, height: 1)) {
        $0.clipped(to: Path.rect(Rect(x: 1, y: 0, width: 3, height: 1))) {
          $0.clipped(to: Rect(x: 1.5, y: 0, width: 2, height: 1)) { $0.fill(all, .white) }
        }
      }
      canvas.fill(.rect(Rect(x: 3, y: 0, width: 1, height: 1)), .white)
    }
    #expect(cover == [0, 128, 0, 255])
  }

  @Test
  func `An empty window lets nothing through`() {
    let cover = coverage(width: 2, height: 2) { canvas in
      let all = Path.rect(Rect(x: 0, y: 0, width: 2, height: 2))
      canvas.clipped(to: Path()) { $0.fill(all, .white) }
      canvas.clipped(to: Rect(x: 5, y: 5, width: 1, height: 1)) { $0.fill(all, .white) }
      canvas.clipped(to: Rect(x: 1, y: 1, width: 0, height: 0)) { $0.fill(all, .white) }
    }
    #expect(cover == [0, 0, 0, 0])
  }

  @Test
  func `Transforms nest: the inner one applies first`() {
    let unit = Path.rect(Rect(x: 0, y: 0, width: 1, height: 1))
    let cover = coverage(width: 4, height: 2) { canvas in
      canvas.transformed(by: .translation(x: 1, y: 0)) {
        $0.transformed(by: .scale(2)) { $0.fill(unit, .white) }
      }
    }
    #expect(cover == [0, 255, 255, 0, 0, 255, 255, 0])
  }

  @Test
  func `Quarter turns are exact, and counter-clockwise on the screen`() {
    #expect(AffineTransform.rotation(degrees: 90)(Point(1, 0)) == Point(0, -1))
    #expect(AffineTransform.rotation(degrees: -90)(Point(1, 0)) == Point(0, 1))
    #expect(AffineTransform.rotation(degrees: 540)(Point(1, 2)) == Point(-1, -2))
    let eighth = AffineTransform.rotation(degrees: 45)(Point(1, 0))
    #expect(abs(eighth.x - 0.5.squareRoot()) < 1e-15 && abs(eighth.y + 0.5.squareRoot()) < 1e-15)
  }

  @Test
  func `A transform and its inverse bring every point back`() throws {
    var random = SplitMix64(seed: 6)
    for _ in 0..<100 {
      func number() -> Double { Double.random(in: -3...3, using: &random) }
      let transform = AffineTransform(
        a: number(), b: number(), c: number(), d: number(), tx: number(), ty: number())
      guard abs(transform.determinant) > 0.01 else { continue }
      let back = transform.concatenating(try #require(transform.inverse))
      #expect(back(Point(2, -7)).distance(to: Point(2, -7)) < 1e-10)
    }
    #expect(AffineTransform.scale(x: 0, y: 1).inverse == nil)
  }

  @Test
  func `Aligned rectangles and lines fall between pixels`() {
    let canvas = Canvas(size: Size(width: 20, height: 20), scale: 2)
    let rect = canvas.aligned(Rect(x: 1.1, y: 2.3, width: 3.3, height: 0.1))
    #expect(rect == Rect(x: 1, y: 2.5, width: 3.5, height: 0.5))
    // A line of half a point is one pixel: its middle lies in a pixel's middle.
    #expect(canvas.aligned(Point(3.1, 4.1), lineWidth: 0.5) == Point(3.25, 4.25))
    #expect(canvas.aligned(Point(3.1, 4.1), lineWidth: 1) == Point(3, 4))
  }
}
