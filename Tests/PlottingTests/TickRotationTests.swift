import Raster
import TestSupport
import Testing

@testable import Plotting

@Suite
struct TickRotationTests {
  private func layout(_ rotation: Double?, isHorizontal: Bool) -> FigureLayout {
    let names = ["convolution", "pooling", "linear", "softmax"]
    let figure = Figure(
      x: Axis(tickRotation: isHorizontal ? rotation : nil),
      y: Axis(tickRotation: isHorizontal ? nil : rotation)
    ) {
      BarMark(names, [1, 2, 3, 4], isHorizontal: !isHorizontal)
    }
    return FigureLayout(figure, size: figure.size, theme: .light)
  }

  @Test(arguments: [-90.0, -45, -20, 0, 20, 45, 90])
  func `Turned labels stay on the canvas, below or beside the plot area`(rotation: Double) {
    for isHorizontal in [true, false] {
      let layout = layout(rotation, isHorizontal: isHorizontal)
      let ticks = isHorizontal ? layout.xTicks : layout.yTicks
      #expect(ticks.rotation == rotation)
      let size = Size(width: 480, height: 300)
      var canvas = Canvas(size: size, scale: 1, background: .white)
      ticks.draw(on: &canvas, frame: layout.frame, theme: .light, metrics: layout.metrics)
      let map = OccupancyMap(canvas.bitmap(), ground: .white)
      let frame = layout.frame
      #expect(!map.isFree(Rect(x: 0, y: 0, width: 480, height: 300), scale: 1))
      // Nothing is written into the plot area, and nothing touches the border.
      #expect(map.isFree(frame.inset(by: 1), scale: 1))
      for border in [
        Rect(x: 0, y: 0, width: 480, height: 2), Rect(x: 0, y: 298, width: 480, height: 2),
        Rect(x: 0, y: 0, width: 2, height: 300), Rect(x: 478, y: 0, width: 2, height: 300),
      ] {
        #expect(map.isFree(border, scale: 1), "\(rotation), \(isHorizontal)")
      }
    }
  }

  @Test
  func `Only names that would touch are turned without being asked`() {
    #expect(layout(nil, isHorizontal: true).xTicks.rotation == 0)
    let many = Figure {
      BarMark((0..<9).map { "a long name \($0)" }, [Double](repeating: 1, count: 9))
    }
    #expect(FigureLayout(many, size: many.size, theme: .light).xTicks.rotation == 40)
    let numbers = Figure { LineMark(x: [1e5, 2e5], y: [0, 1]) }
    #expect(FigureLayout(numbers, size: numbers.size, theme: .light).xTicks.rotation == 0)
  }

  @Test
  func `A rotation that is none traps`() async {
    await #expect(processExitsWith: .failure) { _ = Axis("x", tickRotation: .nan) }
    await #expect(processExitsWith: .failure) { _ = Axis("x", tickRotation: 91) }
  }
}
