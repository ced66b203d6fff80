public import Raster

/// A picture in its own colours, in data coordinates: a photograph, a rendered field.
///
/// ```swift
/// PictureMark(bitmap)
/// PictureMark(map, x: 0...10, y: 0...5, opacity: 0.6)
/// ```
public struct PictureMark: Mark, Equatable {
  /// The picture.
  public let bitmap: Bitmap
  /// The horizontal values of its left and right edge.
  public let x: ClosedRange<Double>
  /// The vertical values of its lower and upper edge.
  public let y: ClosedRange<Double>
  /// The opacity, 0…1.
  public var opacity: Double {
    didSet { MarkChecks("PictureMark", label, #fileID, #line).opacity(opacity) }
  }
  /// Whether pixels are blended into each other.
  public var isSmooth: Bool
  /// What the picture shows, for the description.
  public var label: String?
  private let isUpright: Bool

  /// Makes a picture whose pixel (row, column) is the unit square around (column, row), rows growing
  /// downwards. Traps on an opacity outside of 0…1.
  public init(
    _ bitmap: Bitmap, opacity: Double = 1, isSmooth: Bool = false, label: String? = nil,
    fileID: StaticString = #fileID, line: UInt = #line
  ) {
    self.init(
      bitmap, -0.5...max(0.5, Double(bitmap.width) - 0.5),
      -0.5...max(0.5, Double(bitmap.height) - 0.5), opacity, isSmooth, label, isUpright: false,
      MarkChecks("PictureMark", label, fileID, line))
  }

  /// Makes a picture that fills a rectangle of the plane, its first row at the upper end of `y`.
  /// Traps on an opacity outside of 0…1.
  public init(
    _ bitmap: Bitmap, x: ClosedRange<Double>, y: ClosedRange<Double>, opacity: Double = 1,
    isSmooth: Bool = true, label: String? = nil, fileID: StaticString = #fileID,
    line: UInt = #line
  ) {
    self.init(
      bitmap, x, y, opacity, isSmooth, label, isUpright: true,
      MarkChecks("PictureMark", label, fileID, line))
  }

  private init(
    _ bitmap: Bitmap, _ x: ClosedRange<Double>, _ y: ClosedRange<Double>, _ opacity: Double,
    _ isSmooth: Bool, _ label: String?, isUpright: Bool, _ checks: MarkChecks
  ) {
    checks.opacity(opacity)
    checks.rectangle(x, y)
    self.bitmap = bitmap
    self.x = x
    self.y = y
    self.opacity = opacity
    self.isSmooth = isSmooth
    self.label = label
    self.isUpright = isUpright
  }

  private func demand(_ range: ClosedRange<Double>) -> AxisDemand {
    .picture(range, isUpright: isUpright)
  }
  /// From the left to the right edge.
  public var xDemand: AxisDemand { demand(x) }
  /// From the lower to the upper edge.
  public var yDemand: AxisDemand {
    isUpright ? demand(y) : demand(y).reversed
  }
  /// The label.
  public var name: String? { label }

  /// Draws the picture, turned over where an axis runs the other way; nothing on axes that are not
  /// even, and the figure says so.
  public func draw(on canvas: inout Canvas, in plot: PlotArea) {
    guard plot.x.isEven, plot.y.isEven, let left = plot.x.reaching(x.lowerBound),
      let right = plot.x.reaching(x.upperBound), let lower = plot.y.reaching(y.lowerBound),
      let upper = plot.y.reaching(y.upperBound)
    else { return }
    let (first, last) = isUpright ? (upper, lower) : (lower, upper)
    let place = canvas.aligned(
      Rect(
        minX: min(left, right), minY: min(first, last), maxX: max(left, right),
        maxY: max(first, last)))
    canvas.draw(
      bitmap.shown(opacity, turnsRows: first > last, turnsColumns: left > right), in: place,
      interpolation: isSmooth ? .smooth : .nearest)
  }

  /// The size of the picture.
  public func summary(x: Axis, y: Axis) -> String? {
    let subject = label.named.map { "\(PlainText.of($0)): " } ?? ""
    return "\(subject)a picture of \(bitmap.height)×\(bitmap.width) pixels"
  }

  /// A picture that has no place on its axes.
  public func notes(x: Axis, y: Axis) -> [String] {
    let isCurved = [x, y].contains { axis in
      if case .symlog = axis.scale { return true }
      return axis.scale == .log
    }
    return isCurved ? ["a picture is not drawn on logarithmic axes"] : []
  }
}

extension Bitmap {
  /// The picture more or less opaque, its rows or columns in the opposite order.
  fileprivate func shown(_ opacity: Double, turnsRows: Bool, turnsColumns: Bool) -> Bitmap {
    guard opacity < 1 || turnsRows || turnsColumns else { return self }
    var result = pixels
    for row in 0..<height {
      for column in 0..<width {
        let from =
          4
          * ((turnsRows ? height - 1 - row : row) * width
            + (turnsColumns ? width - 1 - column : column))
        let to = 4 * (row * width + column)
        for part in 0..<3 { result[to + part] = pixels[from + part] }
        result[to + 3] = UInt8((Double(pixels[from + 3]) * opacity).rounded())
      }
    }
    return Bitmap(width: width, height: height, pixels: result)
  }
}
