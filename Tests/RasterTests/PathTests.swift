import Raster
import TestSupport
import Testing

@Suite
struct PathTests {
  @Test
  func `A path keeps its steps`() {
    var path = Path()
    path.move(to: Point(1, 2))
    path.line(to: Point(3, 4))
    path.quad(to: Point(5, 6), control: Point(4, 4))
    path.cubic(to: Point(7, 8), Point(6, 6), Point(6, 7))
    path.close()
    #expect(
      path.elements == [
        .move(Point(1, 2)), .line(Point(3, 4)), .quad(Point(5, 6), control: Point(4, 4)),
        .cubic(Point(7, 8), Point(6, 6), Point(6, 7)), .close,
      ])
    #expect(path.currentPoint == Point(1, 2))
    #expect(path.bounds == Rect(minX: 1, minY: 2, maxX: 7, maxY: 8))
    #expect(Path().bounds == nil && Path().currentPoint == nil)
  }

  @Test
  func `After a close the path goes on where the part began; a path may begin with a line`() {
    var path = Path()
    path.close()
    #expect(path.isEmpty)
    path.line(to: Point(1, 1))
    path.line(to: Point(5, 1))
    path.close()
    path.close()
    path.line(to: Point(9, 9))
    #expect(
      path.elements == [
        .move(Point(1, 1)), .line(Point(1, 1)), .line(Point(5, 1)), .close, .move(Point(1, 1)),
        .line(Point(9, 9)),
      ])
  }

  @Test
  func `Transforming moves every point, and appending keeps both parts`() {
    let square = Path.rect(Rect(x: 0, y: 0, width: 1, height: 1))
    let moved = square.transformed(by: .translation(x: 2, y: 3))
    #expect(moved == .rect(Rect(x: 2, y: 3, width: 1, height: 1)))
    var both = square
    both.append(moved)
    #expect(both.elements == square.elements + moved.elements)
    #expect(both.currentPoint == Point(2, 3))
  }

  @Test
  func `Rounded corners cut the squares' corners down to quarter circles`() {
    let rect = Rect(x: 0, y: 0, width: 40, height: 20)
    func area(_ path: Path) -> Double {
      Double(coverage(of: path, width: 40, height: 20).reduce(0, +)) / 255
    }
    // The straight pieces lie within 0.05 pixels of the curves.
    let rounded = area(.roundedRect(rect, radius: 6))
    #expect(abs(rounded - (800 - (4 - Double.pi) * 36)) < 0.05 * 2 * Double.pi * 6)
    // Half of the shorter side is as far as it goes.
    #expect(
      Path.roundedRect(rect, radius: 99) == Path.roundedRect(rect, radius: 10))
    #expect(Path.roundedRect(rect, radius: 0) == .rect(rect))
    #expect(abs(area(.ellipse(in: rect)) - Double.pi * 20 * 10) < 0.05 * 97)
  }

  @Test
  func `Rectangles: insets stop at the middle, negative extents turn round`() {
    let rect = Rect(x: 5, y: 5, width: -4, height: 2)
    #expect(rect == Rect(x: 1, y: 5, width: 4, height: 2))
    #expect(rect.inset(by: 1) == Rect(x: 2, y: 6, width: 2, height: 0))
    #expect(rect.inset(by: 9).size == .zero && rect.inset(by: 9).center == rect.center)
    #expect(
      rect.intersection(Rect(x: 4, y: 0, width: 9, height: 6))
        == Rect(x: 4, y: 5, width: 1, height: 1))
    #expect(rect.intersection(Rect(x: 5, y: 5, width: 1, height: 1)) == nil)
    #expect(rect.union(.zero) == Rect(x: 0, y: 0, width: 5, height: 7))
    #expect(rect.contains(Point(1, 5)) && !rect.contains(Point(5, 5)))
  }

  @Test
  func `A coordinate that is no number, a negative width and a wrong count trap with a sentence`()
    async throws
  {
    let nan = try #require(
      await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
        var path = Path()
        path.move(to: Point(.nan, 3))
      })
    #expect(String(decoding: nan.standardErrorContent, as: UTF8.self).contains("not (nan, 3.0)"))
    let ended1 = await #expect(
      processExitsWith: .failure, observing: [\.standardErrorContent]
    ) {
      var canvas = Canvas(size: Size(width: 1, height: 1))
      canvas.stroke(.segment(from: .zero, to: Point(1, 1)), Stroke(width: -1), .black)
    }
    #expect(ended1.said("a stroke's width is a finite number from 0, not -1.0"))
    let ended2 = await #expect(
      processExitsWith: .failure, observing: [\.standardErrorContent]
    ) { _ = Bitmap(width: 2, height: 2, pixels: [0]) }
    #expect(ended2.said("a bitmap of 2×2 has 16 bytes, not 1"))
    let ended3 = await #expect(
      processExitsWith: .failure, observing: [\.standardErrorContent]
    ) { _ = Canvas(size: Size(width: 1e9, height: 1e9)) }
    #expect(ended3.said("a canvas has 1 to 2²⁸ pixels"))
    let ended4 = await #expect(
      processExitsWith: .failure, observing: [\.standardErrorContent]
    ) { _ = Text("a", size: 0) }
    #expect(ended4.said("the size of a text is a finite positive number, not 0.0"))
  }
}
