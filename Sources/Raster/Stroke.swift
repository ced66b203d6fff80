/// How the line along a path is drawn. All lengths are in points.
public struct Stroke: Sendable, Hashable {
  /// How an open line ends.
  public enum Cap: Sendable, Hashable {
    /// Flat, right at the end point.
    case butt
    /// With half a disc around the end point.
    case round
    /// Flat, half a line width beyond the end point.
    case square
  }

  /// How two pieces of a line meet.
  public enum Join: Sendable, Hashable {
    /// With a sharp corner, cut off as `bevel` when longer than the miter limit allows.
    case miter
    /// With a disc around the corner.
    case round
    /// With the corner cut off.
    case bevel
  }

  /// The thickness of the line.
  public var width: Double
  /// How an open line, and each dash, ends.
  public var cap: Cap
  /// How two pieces of the line meet.
  public var join: Join
  /// The longest sharp corner, as a multiple of the line width.
  public var miterLimit: Double
  /// The lengths of dashes and gaps in turn; empty for a solid line. An odd number of lengths is
  /// used twice over, as in SVG.
  public var dash: [Double]
  /// How far into the dash pattern the line begins.
  public var dashPhase: Double

  /// A stroke of the given width, solid and with flat ends unless told otherwise.
  public init(
    width: Double, cap: Cap = .butt, join: Join = .miter, miterLimit: Double = 4,
    dash: [Double] = [], dashPhase: Double = 0
  ) {
    self.width = width
    self.cap = cap
    self.join = join
    self.miterLimit = miterLimit
    self.dash = dash
    self.dashPhase = dashPhase
  }
}

/// Which points lie inside a path that crosses itself.
public enum FillRule: Sendable, Hashable {
  /// Those that the path winds around at all, counting one direction against the other.
  case nonZero
  /// Those that a line from outside reaches after an odd number of crossings.
  case evenOdd
}
