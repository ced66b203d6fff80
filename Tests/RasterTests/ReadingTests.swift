import Raster
import Testing

@Suite
struct ReadingTests {
  @Test
  func `Unlikeness is the mean difference from the ground`() {
    var canvas = Canvas(size: Size(width: 10, height: 10), scale: 2)
    let left = Rect(x: 0, y: 0, width: 5, height: 10)
    #expect(canvas.unlikeness(to: .white, in: left) == 0)
    canvas.fill(.rect(Rect(x: 0, y: 0, width: 2.5, height: 10)), .black)
    #expect(canvas.unlikeness(to: .white, in: left) == 0.5)
    #expect(canvas.unlikeness(to: .black, in: left) == 0.5)
    #expect(canvas.unlikeness(to: .white, in: Rect(x: 5, y: 0, width: 5, height: 10)) == 0)
    #expect(canvas.unlikeness(to: .black, in: Rect(x: 20, y: 0, width: 5, height: 10)) == 0)
  }
}
