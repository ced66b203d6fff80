public import Numbers

/// The explanation of a mark's colours: the map, the values at its ends, and what they are.
public struct ColorBar: Sendable, Hashable {
  /// The colours.
  public var colormap: Colormap
  /// The values of the first and the last colour.
  public var domain: ClosedRange<Double>
  /// How values are mapped to the length of the bar.
  public var scale: ColorScale
  /// What is shown, with its unit.
  public var label: String?
  /// How the values are written.
  public var format: NumberFormat
  /// The opacity of the mark that it explains, so that both show the same colours.
  public var opacity = 1.0
  /// Rising values between which the bar has one colour each, as the bands of filled contours; empty
  /// where colours run into each other.
  public var edges: [Double] = []
  /// The edges that get a tick; `nil`: all of them.
  var levels: [Double]?

  /// Makes a colour bar.
  public init(
    _ colormap: Colormap, domain: ClosedRange<Double>, scale: ColorScale = .linear,
    label: String? = nil, format: NumberFormat = .automatic
  ) {
    self.colormap = colormap
    self.domain = domain
    self.scale = scale
    self.label = label
    self.format = format
  }

  init(_ mapping: ColorMapping, label: String?, format: NumberFormat = .automatic) {
    self.init(
      mapping.colormap, domain: mapping.domain, scale: mapping.scale, label: label, format: format)
  }
}
