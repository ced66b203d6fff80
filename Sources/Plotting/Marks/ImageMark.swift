import Numbers
public import Raster
import Sweeps

/// A matrix drawn as a picture in data coordinates: a field, a function of two variables, a
/// photograph under other marks.
///
/// Unlike a heatmap it writes no values, may blend its pixels, and may lie anywhere on the axes.
public struct ImageMark: Mark, Hashable {
  /// The pixels, row 0 on top.
  public let pixels: Matrix
  /// The horizontal values of its left and right edge.
  public let x: ClosedRange<Double>
  /// The vertical values of its lower and upper edge.
  public let y: ClosedRange<Double>
  /// The colours.
  public var colormap: Colormap
  /// The values of the first and last colour; `nil` takes the data's.
  public var domain: ClosedRange<Double>? {
    didSet { colorScale.check(domain, colormap, MarkChecks("ImageMark", label, #fileID, #line)) }
  }
  /// How values are mapped to the length of the colour map.
  public var colorScale: ColorScale {
    didSet { colorScale.check(domain, colormap, MarkChecks("ImageMark", label, #fileID, #line)) }
  }
  /// The opacity, 0…1: less than one lets the grid and earlier marks show through.
  public var opacity: Double {
    didSet { MarkChecks("ImageMark", label, #fileID, #line).opacity(opacity) }
  }
  /// Whether pixels are blended into each other.
  public var isSmooth: Bool
  /// What the colour bar shows, with its unit.
  public var label: String?
  /// Whether there is a colour bar.
  public var showsColorBar: Bool
  private let isUpright: Bool

  /// Makes a picture whose pixel (row, column) is the unit square around (column, row), rows
  /// growing downwards.
  public init(
    _ pixels: Matrix, colormap: Colormap = .gray, domain: ClosedRange<Double>? = nil,
    isSmooth: Bool = false, label: String? = nil, showsColorBar: Bool = false,
    colorScale: ColorScale = .linear, opacity: Double = 1, fileID: StaticString = #fileID,
    line: UInt = #line
  ) {
    self.init(
      pixels, -0.5...max(0.5, Double(pixels.columns) - 0.5),
      -0.5...max(0.5, Double(pixels.rows) - 0.5), colormap, domain, isSmooth, label,
      showsColorBar, colorScale, opacity, isUpright: false,
      MarkChecks("ImageMark", label, fileID, line))
  }

  /// Makes a picture that fills a rectangle of the plane, row 0 at the upper end of `y`.
  public init(
    _ pixels: Matrix, x: ClosedRange<Double>, y: ClosedRange<Double>,
    colormap: Colormap = .viridis, domain: ClosedRange<Double>? = nil, isSmooth: Bool = false,
    label: String? = nil, showsColorBar: Bool = true, colorScale: ColorScale = .linear,
    opacity: Double = 1, fileID: StaticString = #fileID, line: UInt = #line
  ) {
    self.init(
      pixels, x, y, colormap, domain, isSmooth, label, showsColorBar, colorScale, opacity,
      isUpright: true, MarkChecks("ImageMark", label, fileID, line))
  }

  private init(
    _ pixels: Matrix, _ x: ClosedRange<Double>, _ y: ClosedRange<Double>, _ colormap: Colormap,
    _ domain: ClosedRange<Double>?, _ isSmooth: Bool, _ label: String?, _ showsColorBar: Bool,
    _ colorScale: ColorScale, _ opacity: Double, isUpright: Bool, _ checks: MarkChecks
  ) {
    checks.opacity(opacity)
    colorScale.check(domain, colormap, checks)
    checks.rectangle(x, y)
    self.colorScale = colorScale
    self.opacity = opacity
    self.pixels = pixels
    self.x = x
    self.y = y
    self.colormap = colormap
    self.domain = domain
    self.isSmooth = isSmooth
    self.label = label
    self.showsColorBar = showsColorBar
    self.isUpright = isUpright
  }

  private func demand(_ range: ClosedRange<Double>) -> AxisDemand {
    .picture(isEmpty ? nil : range, isUpright: isUpright)
  }
  /// From the left to the right edge.
  public var xDemand: AxisDemand { demand(x) }
  /// From the lower to the upper edge.
  public var yDemand: AxisDemand {
    isUpright ? demand(y) : demand(y).reversed
  }
  /// Whether there is no pixel.
  public var isEmpty: Bool { pixels.values.isEmpty }

  private var mapping: ColorMapping {
    ColorMapping(colormap, pixels.values, domain: domain, scale: colorScale)
  }

  /// The label.
  public var name: String? { label }
  /// The colour bar, if asked for.
  public var colorBar: ColorBar? {
    guard showsColorBar, !isEmpty else { return nil }
    var bar = ColorBar(mapping, label: label)
    bar.opacity = opacity
    return bar
  }

  /// Draws the picture, turned over where an axis runs the other way.
  public func draw(on canvas: inout Canvas, in plot: PlotArea) {
    guard !isEmpty, let pixels = warped(plot.x, plot.y), let left = plot.x.reaching(x.lowerBound),
      let right = plot.x.reaching(x.upperBound), let lower = plot.y.reaching(y.lowerBound),
      let upper = plot.y.reaching(y.upperBound)
    else { return }
    // Row 0 is at the upper end of y when upright, at its lower end otherwise.
    let first = isUpright ? upper : lower
    let last = isUpright ? lower : upper
    let turned = pixels.turned(rows: first > last, columns: left > right)
    let mapping = mapping
    let place = canvas.aligned(
      Rect(
        minX: min(left, right), minY: min(first, last), maxX: max(left, right),
        maxY: max(first, last)))
    if !mapping.covers(pixels.values), let visible = place.intersection(plot.frame) {
      // Opaque pixels hide what is under them; through others it would be seen.
      let path =
        opacity == 1
        ? .rect(visible)
        : Self.missing(
          turned.values.map { mapping.fraction($0).isNaN }, turned.columns, in: place, canvas.scale,
          visible)
      canvas.hatchMissing(path, theme: plot.theme)
    }
    let shades = mapping.shades(isDark: plot.theme.isDark, opacity: opacity)
    // Where pixels are smaller than the canvas's, each of those has the colour of the mean of them, so that
    // none is left out; classes have no mean.
    let picture =
      mapping.colormap.isOfClasses
      ? turned.bitmap(shades) : turned.bitmap(shades, pixelsOf: place, canvas.scale)
    canvas.draw(picture, in: place, interpolation: isSmooth ? .smooth : .nearest)
  }

  /// The pixels that have no colour, neighbours in a row as one rectangle, and equal ones of rows below each
  /// other too; with edges between the pixels of the canvas, as those of the picture.
  private static func missing(
    _ isMissing: [Bool], _ columns: Int, in place: Rect, _ scale: Double,
    _ visible: Rect
  ) -> Path {
    let rows = isMissing.count / max(1, columns)
    func edge(_ index: Int, _ count: Int, _ start: Double, _ length: Double) -> Double {
      ((start + length * (Double(index) / Double(count))) * scale).rounded() / scale
    }
    var path = Path()
    /// The runs that reach down to the row before, with the row that they begin in.
    var open: [Range<Int>: Int] = [:]
    for row in 0...rows {
      let runs =
        row < rows ? (0..<columns).runs { isMissing[row * columns + $0] } : []
      let kept = Set(runs)
      for (run, first) in open.sorted(by: { $0.key.lowerBound < $1.key.lowerBound })
      where !kept.contains(run) {
        let rect = Rect(
          minX: edge(run.lowerBound, columns, place.minX, place.width),
          minY: edge(first, rows, place.minY, place.height),
          maxX: edge(run.upperBound, columns, place.minX, place.width),
          maxY: edge(row, rows, place.minY, place.height))
        if let part = rect.intersection(visible) { path.append(.rect(part)) }
        open[run] = nil
      }
      for run in runs where open[run] == nil { open[run] = row }
    }
    return path
  }

  /// The pixels as they lie on the axes: on a scale that is not linear, each row and column is as
  /// wide as its values make it, in steps of a quarter of a point. `nil` when an edge has no place.
  private func warped(_ xAxis: Projection, _ yAxis: Projection) -> Matrix? {
    if xAxis.isEven && yAxis.isEven { return pixels }
    // Which pixel lies at each step along an axis, from the lower to the upper value.
    func steps(_ axis: Projection, _ range: ClosedRange<Double>, _ count: Int) -> [Int]? {
      if axis.isEven { return Array(0..<count) }
      guard axis(range.lowerBound) != nil else { return nil }
      let low = Placing.straightened(range.lowerBound, axis.scale.curve)
      let high = Placing.straightened(range.upperBound, axis.scale.curve)
      let fine = max(1, min(4000, (axis.length * 4).integer))
      return (0..<fine).map { step in
        let place = low + (high - low) * ((Double(step) + 0.5) / Double(fine))
        let value = Placing.bent(place, axis.scale.curve)
        let fraction = (value - range.lowerBound) / (range.upperBound - range.lowerBound)
        return min(max((fraction * Double(count)).integer, 0), count - 1)
      }
    }
    guard let columns = steps(xAxis, x, pixels.columns),
      let upward = steps(yAxis, y, pixels.rows)
    else { return nil }
    // Upright pictures have row 0 at the upper end.
    let rows = isUpright && !yAxis.isEven ? upward.reversed().map { pixels.rows - 1 - $0 } : upward
    return Matrix(rows: rows.count, columns: columns.count) { pixels[rows[$0], columns[$1]] }
  }

  /// The size of the picture and the range of its values.
  public func summary(x: Axis, y: Axis) -> String? {
    guard let range = pixels.range else { return nil }
    let say = SpokenNumbers(range.lowerBound, range.upperBound)
    let subject = label.named.map { "\(PlainText.of($0)): " } ?? ""
    return "\(subject)an image of \(pixels.rows)×\(pixels.columns) pixels with values from "
      + "\(say(range.lowerBound)) to \(say(range.upperBound))"
  }

  /// Pixels without a value, or without a colour, and a picture that has no place on its axes.
  public func notes(x: Axis, y: Axis) -> [String] {
    var notes = MissingValues(pixels.values).sentences(
      label, what: ("pixel", "pixels"), nan: ", hatched", infinite: ", in the last colour",
      negative: ", in the first colour")
    notes += mapping.notes(pixels.values, what: ("pixel", "pixels"))
    for (axis, range) in [(x, self.x), (y, self.y)] where axis.scale == .log {
      if range.lowerBound <= 0 {
        let say = SpokenNumbers(range.lowerBound, range.upperBound)
        notes.append(
          "the image from \(say(range.lowerBound)) to \(say(range.upperBound)) has no place on the "
            + "logarithmic axis")
      }
    }
    return notes
  }
}
