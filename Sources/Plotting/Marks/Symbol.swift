public import Raster

/// The shape of a data point. All have about the same area at the same size.
public enum Symbol: Sendable, Hashable, CaseIterable {
  /// A disc.
  case circle
  /// An upright square.
  case square
  /// A triangle on its base.
  case triangle
  /// A square on its corner.
  case diamond
  /// An upright cross.
  case plus
  /// A slanted cross.
  case cross
  /// A triangle on its tip.
  case triangleDown

  /// Whether the shape is drawn by a stroke and has no inside.
  public var isOpen: Bool { self == .plus || self == .cross }

  /// The outline around a centre; `size` is the diameter of the disc of the same area.
  public func path(at center: Point, size: Double) -> Path {
    let radius = size / 2
    func polygon(_ corners: [(Double, Double)], _ factor: Double) -> Path {
      .polygon(
        corners.map { Point(center.x + $0.0 * radius * factor, center.y + $0.1 * radius * factor) })
    }
    switch self {
    case .circle: return .circle(center: center, radius: radius)
    case .square: return polygon([(-1, -1), (1, -1), (1, 1), (-1, 1)], 0.886)
    case .diamond: return polygon([(0, -1), (1, 0), (0, 1), (-1, 0)], 1.253)
    case .triangle: return polygon([(0, -1.1547), (1, 0.57735), (-1, 0.57735)], 1.3)
    case .triangleDown: return polygon([(0, 1.1547), (-1, -0.57735), (1, -0.57735)], 1.3)
    case .plus, .cross:
      let reach = self == .plus ? radius * 1.2 : radius * 0.9
      let (a, b) =
        self == .plus
        ? (Point(reach, 0), Point(0, reach)) : (Point(reach, reach), Point(reach, -reach))
      var path = Path.segment(from: center - a, to: center + a)
      path.append(.segment(from: center - b, to: center + b))
      return path
    }
  }

  /// Draws the symbol filled, with a thin rim in the background's colour that keeps overlapping
  /// points apart.
  func draw(
    on canvas: inout Canvas, at center: Point, size: Double, color: Color, rim: Color? = nil
  ) {
    canvas.draw(stamp(size: size, rim: rim), at: [center], color: color)
  }

  /// The symbol as a stamp for many points.
  func stamp(size: Double, rim: Color? = nil) -> Stamp {
    let path = path(at: .zero, size: size)
    var stamp = Stamp()
    if isOpen {
      stamp.stroke(path, Stroke(width: max(1, size * 0.28), cap: .round))
      return stamp
    }
    if let rim { stamp.stroke(path, Stroke(width: 1.2), rim) }
    stamp.fill(path)
    return stamp
  }
}
