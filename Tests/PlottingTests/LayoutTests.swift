import Raster
import TestSupport
import Testing

@testable import Plotting

/// What holds for every figure, whatever its data, words and size.
@Suite
struct LayoutTests {
  @Test(arguments: 0..<8)
  func `Nothing is painted outside of the figure`(seed: Int) {
    var figures = RandomFigures(seed: seed)
    for index in 0..<60 {
      let figure = figures.figure()
      let theme: Theme = [.light, .dark, .print][index % 3]
      let room = 30.0
      var canvas = Canvas(
        size: Size(
          width: figure.size.width.rounded(.up) + 2 * room,
          height: figure.size.height.rounded(.up) + 2 * room), scale: 1,
        background: theme.background)
      canvas.transformed(by: .translation(x: room, y: room)) {
        figure.draw(on: &$0, theme: theme)
      }
      let outside = strayPixels(
        canvas.bitmap(), background: theme.background,
        allowed: Rect(x: room, y: room, width: figure.size.width, height: figure.size.height))
      #expect(outside == 0, "seed \(seed), figure \(index), \(figure.size): \(figure)")
    }
  }

  @Test(arguments: 0..<6)
  func `No mark paints outside of its plot area`(seed: Int) {
    var figures = RandomFigures(seed: 100 + seed)
    for index in 0..<60 {
      var figure = figures.figure()
      // Domains that cut through the data.
      figure.x.domain = 0.5...2
      figure.y.domain = 0.25...0.75
      let layout = FigureLayout(figure, size: figure.size, theme: .light)
      var canvas = Canvas(size: figure.size, scale: 1, background: .clear)
      layout.drawMarks(on: &canvas)
      // Lines and symbols on the edge are whole.
      let overhang = figure.marks.compactMap { $0.edge?.overhang(.light) }.max() ?? 0
      let outside = strayPixels(
        canvas.bitmap(), background: .clear,
        allowed: layout.frame.inset(by: -overhang.rounded(.up)))
      #expect(outside == 0, "seed \(seed), figure \(index), \(figure.size): \(figure)")
    }
  }

  @Test(arguments: 0..<12)
  func `Labels never overlap each other or the plot area`(seed: Int) {
    var figures = RandomFigures(seed: 200 + seed)
    for index in 0..<150 {
      let figure = figures.figure()
      let layout = FigureLayout(figure, size: figure.size, theme: .light)
      let boxes = layout.textBoxes
      for (number, a) in boxes.enumerated() {
        for b in boxes[(number + 1)...] where a.rect.overlaps(b.rect) {
          Issue.record(
            "seed \(seed), figure \(index), \(figure.size): “\(a.text)” \(a.rect) touches “\(b.text)” \(b.rect)"
          )
        }
        if a.rect.overlaps(layout.frame) {
          Issue.record("seed \(seed), figure \(index): “\(a.text)” lies over the plot area")
        }
        let sheet = Rect(x: 0, y: 0, width: figure.size.width, height: figure.size.height)
        if !sheet.inset(by: -0.5).contains(a.rect) {
          Issue.record(
            "seed \(seed), figure \(index), \(figure.size): “\(a.text)” \(a.rect) is cut off")
        }
      }
    }
  }

  @Test(arguments: 0..<6)
  func `A legend inside of the plot area covers no data`(seed: Int) {
    var figures = RandomFigures(seed: 300 + seed)
    var seen = 0
    for index in 0..<150 {
      var figure = figures.figure()
      figure.legend = .automatic
      let layout = FigureLayout(figure, size: figure.size, theme: .light)
      guard let legend = layout.legend, legend.isInside else { continue }
      seen += 1
      #expect(layout.frame.contains(legend.rect), "seed \(seed), figure \(index)")
      var canvas = Canvas(size: figure.size, scale: 1)
      layout.drawMarks(on: &canvas)
      let map = OccupancyMap(canvas.bitmap(), ground: .white)
      #expect(map.isFree(legend.rect, scale: 1), "seed \(seed), figure \(index): \(figure)")
    }
    #expect(seen > 10)
  }

  @Test
  func `Laying out and drawing the same figure twice gives the same pixels`() async {
    var figures = RandomFigures(seed: 5)
    for _ in 0..<20 {
      let figure = figures.figure()
      let here = figure.render(scale: 1)
      let there = await Task.detached { figure.render(scale: 1) }.value
      #expect(here == there)
    }
  }
}

/// How many pixels that are not the background lie outside of a rectangle of points, at scale 1.
func strayPixels(_ bitmap: Bitmap, background: Color, allowed: Rect) -> Int {
  let empty = Bitmap(width: 1, height: 1, color: background).pixels
  let left = Int(allowed.minX.rounded(.down))
  let right = Int(allowed.maxX.rounded(.up))
  let top = Int(allowed.minY.rounded(.down))
  let bottom = Int(allowed.maxY.rounded(.up))
  let pixels = bitmap.pixels
  var count = 0
  for y in 0..<bitmap.height {
    let isBeside = y < top || y >= bottom
    for x in 0..<bitmap.width where isBeside || x < left || x >= right {
      let start = (y * bitmap.width + x) * 4
      if background == .clear {
        if pixels[start + 3] != 0 { count += 1 }
      } else if pixels[start..<start + 3] != empty[0..<3] {
        count += 1
      }
    }
  }
  return count
}

extension Rect {
  /// Whether two rectangles share more than an edge.
  func overlaps(_ other: Rect) -> Bool {
    min(maxX, other.maxX) - max(minX, other.minX) > 0.25
      && min(maxY, other.maxY) - max(minY, other.minY) > 0.25
  }
}

extension FigureLayout {
  /// The boxes of everything written outside of the plot area.
  var textBoxes: [(text: String, rect: Rect)] {
    var boxes: [(String, Rect)] = []
    func add(_ label: Label, _ left: Double, _ baseline: Double) {
      boxes.append(
        (
          label.string,
          Rect(
            x: left, y: baseline - label.capHeight, width: label.width, height: label.capHeight)
        ))
    }
    let gap = metrics.tickGap
    let marks = { (ticks: TickLabels) in ticks.drawsMarks ? metrics.tickLength : 0 }
    for item in yTicks.items {
      guard let label = item.label else { continue }
      add(
        label, frame.minX - marks(yTicks) - gap - label.width,
        item.position + label.capHeight / 2)
    }
    for item in xTicks.items where xTicks.rotation == 0 {
      guard let label = item.label else { continue }
      add(
        label, item.position - label.width / 2, frame.maxY + marks(xTicks) + gap + label.ascent)
    }
    var top = metrics.outer
    for line in title + subtitle {
      add(line, frame.minX, top + line.ascent)
      top += line.lineHeight
    }
    var below = frame.maxY + xTicks.thickness(metrics) + metrics.labelGap
    for line in xTitle {
      add(line, centred(line) - line.width / 2, below + line.ascent)
      below += line.lineHeight
    }
    var left = frame.minX - yTicks.thickness(metrics) - metrics.labelGap
    for line in yTitle.reversed() {
      let half = line.width / 2
      let middle = min(max(frame.midY, half + 2), max(half + 2, size.height - half - 2))
      boxes.append(
        (
          line.string,
          Rect(
            x: left - line.descent - line.capHeight, y: middle - half, width: line.capHeight,
            height: line.width)
        ))
      left -= line.lineHeight
    }
    if let legend, !legend.isInside { boxes.append(("legend", legend.rect.inset(by: 1))) }
    return boxes
  }
}
