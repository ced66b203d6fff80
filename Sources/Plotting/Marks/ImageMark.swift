public import Raster

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
  public var domain: ClosedRange<Double>?
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
    isSmooth: Bool = false, label: String? = nil, showsColorBar: Bool = false
  ) {
    self.init(
      pixels, -0.5...max(0.5, Double(pixels.columns) - 0.5),
      -0.5...max(0.5, Double(pixels.rows) - 0.5), colormap, domain, isSmooth, label,
      showsColorBar, isUpright: false)
  }

  /// Makes a picture that fills a rectangle of the plane, row 0 at the upper end of `y`.
  public init(
    _ pixels: Matrix, x: ClosedRange<Double>, y: ClosedRange<Double>,
    colormap: Colormap = .viridis, domain: ClosedRange<Double>? = nil, isSmooth: Bool = false,
    label: String? = nil, showsColorBar: Bool = true
  ) {
    self.init(
      pixels, x, y, colormap, domain, isSmooth, label, showsColorBar, isUpright: true)
  }

  private init(
    _ pixels: Matrix, _ x: ClosedRange<Double>, _ y: ClosedRange<Double>, _ colormap: Colormap,
    _ domain: ClosedRange<Double>?, _ isSmooth: Bool, _ label: String?, _ showsColorBar: Bool,
    isUpright: Bool
  ) {
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
    var demand = AxisDemand(isEmpty ? [] : [range.lowerBound, range.upperBound])
    demand.isTight = true
    demand.hidesGrid = true
    demand.isWhole = !isUpright
    return demand
  }
  /// From the left to the right edge.
  public var xDemand: AxisDemand { demand(x) }
  /// From the lower to the upper edge.
  public var yDemand: AxisDemand {
    var demand = demand(y)
    demand.isReversed = !isUpright
    return demand
  }
  /// Whether there is no pixel.
  public var isEmpty: Bool { pixels.values.isEmpty }

  private var colorDomain: ClosedRange<Double> {
    let range = domain ?? pixels.range ?? 0...1
    return range.lowerBound < range.upperBound
      ? range : range.lowerBound - 0.5...range.upperBound + 0.5
  }

  /// The colour bar, if asked for.
  public var colorBar: ColorBar? {
    guard showsColorBar, !isEmpty else { return nil }
    return ColorBar(colormap, domain: colorDomain, label: label)
  }

  /// Draws the picture, turned over where an axis runs the other way.
  public func draw(on canvas: inout Canvas, in plot: PlotArea) {
    guard !isEmpty, let left = plot.x(x.lowerBound), let right = plot.x(x.upperBound),
      let lower = plot.y(y.lowerBound), let upper = plot.y(y.upperBound)
    else { return }
    // Row 0 is at the upper end of y when upright, at its lower end otherwise.
    let first = isUpright ? upper : lower
    let last = isUpright ? lower : upper
    let turned = pixels.turned(rows: first > last, columns: left > right)
    canvas.draw(
      turned.bitmap(colormap, domain: colorDomain, isDark: plot.theme.isDark),
      in: canvas.aligned(
        Rect(
          minX: min(left, right), minY: min(first, last), maxX: max(left, right),
          maxY: max(first, last))),
      interpolation: isSmooth ? .smooth : .nearest)
  }

  /// The size of the picture and the range of its values.
  public func summary(x: Axis, y: Axis) -> String? {
    guard let range = pixels.range else { return nil }
    return "an image of \(pixels.rows)×\(pixels.columns) pixels with values from "
      + "\(NumberFormat.spoken(range.lowerBound)) to \(NumberFormat.spoken(range.upperBound))"
  }
}

extension Matrix {
  /// The matrix with its rows, its columns or both in the opposite order.
  fileprivate func turned(rows turnsRows: Bool, columns turnsColumns: Bool) -> Matrix {
    guard turnsRows || turnsColumns else { return self }
    return Matrix(rows: rows, columns: columns) { row, column in
      self[turnsRows ? rows - 1 - row : row, turnsColumns ? columns - 1 - column : column]
    }
  }
}
