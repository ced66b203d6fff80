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
    // A letter or line that is lost leaves whole squares of other pixels; the edges of letters do not.
    let worst = Self.worstSquare(again, picture, width: Int((drawing.size.width * 2).rounded(.up)))
    #expect(worst.share < 0.2, "at \(worst.place)")
  }

  /// The largest share, in any square of 8×8 pixels, of components that differ by more than 60, and
  /// where.
  private static func worstSquare(
    _ first: [UInt8], _ second: [UInt8], width: Int
  ) -> (share: Double, place: String) {
    let height = first.count / (4 * width)
    var worst = (share: 0.0, place: "")
    for top in stride(from: 0, to: height, by: 8) {
      for left in stride(from: 0, to: width, by: 8) {
        var (count, other) = (0, 0)
        for y in top..<min(top + 8, height) {
          for x in left..<min(left + 8, width) {
            for i in (y * width + x) * 4..<(y * width + x) * 4 + 3 {
              count += 1
              if abs(Int(first[i]) - Int(second[i])) > 60 { other += 1 }
            }
          }
        }
        let share = Double(other) / Double(count)
        if share > worst.share { worst = (share, "\(left), \(top)") }
      }
    }
    return worst
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
