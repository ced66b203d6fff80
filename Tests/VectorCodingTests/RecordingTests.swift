import Plotting
import Raster
import Testing

@Suite
struct RecordingTests {
  @Test(arguments: Figures.all.map(\.name))
  func `A canvas that records paints the same pixels`(name: String) throws {
    let graphic = try #require(Figures.all.first { $0.name == name }).graphic
    var canvas = Canvas(recording: graphic.size, background: Theme.light.background)
    graphic.draw(on: &canvas, theme: .light)
    #expect(canvas.bitmap() == graphic.render())
  }

  /// Letters are mixed in another space when they are filled as paths, so their edges may differ.
  @Test(arguments: Figures.all.map(\.name))
  func `What is kept, drawn again, is the picture`(name: String) throws {
    let graphic = try #require(Figures.all.first { $0.name == name }).graphic
    let drawing = graphic.drawing()
    var canvas = Canvas(size: drawing.size, background: drawing.background)
    Self.draw(drawing.operations[...], on: &canvas)
    let (again, picture) = (canvas.bitmap().pixels, graphic.render().pixels)
    let differences = zip(again, picture).count { abs(Int($0) - Int($1)) > 90 }
    #expect(differences < picture.count / 2000)
  }

  private static func draw(_ operations: ArraySlice<Drawing.Operation>, on canvas: inout Canvas) {
    var rest = operations
    while let operation = rest.popFirst() {
      switch operation {
      case .fill(let path, let color, let rule): canvas.fill(path, color, rule: rule)
      case .stroke(let path, let stroke, let color): canvas.stroke(path, stroke, color)
      case .text(let run, let color):
        for glyph in run.glyphs {
          canvas.fill(glyph.outline.transformed(by: glyph.place), color)
        }
      case .picture(let picture, let place, let interpolation):
        canvas.transformed(by: place) {
          $0.draw(
            picture, in: Rect(x: 0, y: 0, width: 1, height: 1), interpolation: interpolation)
        }
      case .stamps(let stamp, let points, let colors):
        canvas.draw(stamp, at: points, colors: colors)
      case .beginClip(let path, let rule):
        var depth = 1
        let end = rest.firstIndex { operation in
          switch operation {
          case .beginClip: depth += 1
          case .endClip: depth -= 1
          default: break
          }
          return depth == 0
        }
        let inside = rest[..<(end ?? rest.endIndex)]
        canvas.clipped(to: path, rule: rule) { draw(inside, on: &$0) }
        rest = rest[inside.endIndex...]
      case .endClip: break
      }
    }
  }

  @Test
  func `A canvas that keeps pixels only has no drawing`() {
    #expect(Canvas(size: Size(width: 3, height: 3)).drawing() == nil)
  }

  @Test
  func `A stroke under a stretch is kept as its outline`() throws {
    var canvas = Canvas(recording: Size(width: 20, height: 20))
    canvas.transformed(by: .scale(x: 1, y: 3)) {
      $0.stroke(.segment(from: Point(2, 2), to: Point(9, 2)), Stroke(width: 1), .black)
    }
    canvas.transformed(by: .scale(2)) {
      $0.stroke(
        .segment(from: Point(2, 2), to: Point(9, 2)), Stroke(width: 1, dash: [2, 1]), .black)
    }
    let operations = try #require(canvas.drawing()).operations
    guard case .fill(let path, _, _) = operations[0], case .stroke(_, let stroke, _) = operations[1]
    else {
      Issue.record("\(operations)")
      return
    }
    #expect(path.bounds?.height == 3)
    #expect(stroke.width == 2)
    #expect(stroke.dash == [4, 2])
  }
}
