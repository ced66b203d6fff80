public import Numbers
internal import Foundation

/// One axis of a figure: what is measured, in which unit, on which scale.
///
/// ```swift
/// Axis("step")
/// Axis("cross-entropy", unit: "nats", scale: .log)
/// Axis("accuracy", domain: 0...1, format: .percent(decimals: 0))
/// ```
///
/// What is not given is found from the data.
public struct Axis: Sendable, Hashable {
  /// Which values get a tick.
  public enum Ticks: Sendable, Hashable {
    /// Nice numbers, whole ones when all data on the axis are whole.
    case automatic
    /// Nice whole numbers and no others, however few there are.
    case integers
    /// None.
    case none
    /// These values, as far as they lie in the domain.
    case values([Double])
    /// These positions with these labels, as far as they lie in the domain.
    case labelled([Tick])

    /// Where the given ticks stand.
    var places: [Double] {
      switch self {
      case .automatic, .integers, .none: []
      case .values(let values): values
      case .labelled(let ticks): ticks.map(\.value)
      }
    }
  }

  /// What is measured, with Raster's markup for indices: `∂L/∂x`, `x_{i}`.
  public var label: String?
  /// The unit, set in parentheses after the label.
  public var unit: String?
  /// The scale.
  public var scale: Scale { didSet { check() } }
  /// The first and last value shown; from the data where `nil`. One value alone is widened to both sides.
  public var domain: ClosedRange<Double>? { didSet { check() } }
  /// Whether zero is shown even when no data are near it.
  public var includesZero: Bool { didSet { check() } }
  /// Whether values grow the other way: to the left, or downwards. `nil`: as the marks ask
  /// (heatmaps and images have row 0 on top).
  public var isReversed: Bool?
  /// Which values get a tick.
  public var ticks: Ticks { didSet { check() } }
  /// How tick labels are written.
  public var format: NumberFormat { didSet { check() } }
  /// Whether grid lines are drawn. `nil`: as the marks ask.
  public var showsGrid: Bool?
  /// Whether small ticks stand between the labelled ones.
  public var showsMinorTicks: Bool
  /// By how many degrees tick labels are turned counter-clockwise, −90…90. `nil`: names of
  /// categories where they would touch each other, nothing else.
  public var tickRotation: Double? { didSet { check() } }

  /// Makes an axis.
  ///
  /// Traps when a domain is not finite, when a logarithmic one is not above zero, when a tick that is
  /// given stands at no number, when a symlog threshold is not above zero, when a time zone is not
  /// known, when a format has a number of digits that cannot be, and when a rotation does not lie
  /// within −90…90; so do the properties when they are set.
  public init(
    _ label: String? = nil, unit: String? = nil, scale: Scale = .automatic,
    domain: ClosedRange<Double>? = nil, includesZero: Bool = false, isReversed: Bool? = nil,
    ticks: Ticks = .automatic, format: NumberFormat = .automatic, showsGrid: Bool? = nil,
    showsMinorTicks: Bool = true, tickRotation: Double? = nil, fileID: StaticString = #fileID,
    line: UInt = #line
  ) {
    self.label = label
    self.unit = unit
    self.scale = scale
    self.domain = domain
    self.includesZero = includesZero
    self.isReversed = isReversed
    self.ticks = ticks
    self.format = format
    self.showsGrid = showsGrid
    self.showsMinorTicks = showsMinorTicks
    self.tickRotation = tickRotation
    check(fileID, line)
  }

  /// Traps with a sentence when a property cannot be.
  private func check(_ file: StaticString = #fileID, _ line: UInt = #line) {
    let checks = MarkChecks("Axis", label, file, line)
    if let domain {
      checks.require(
        domain.lowerBound.isFinite && domain.upperBound.isFinite,
        "the domain \(domain) is not finite")
      if scale == .log {
        checks.require(
          domain.lowerBound > 0, "a logarithmic domain starts above zero, not at \(domain)")
      }
    }
    checks.require(
      !(includesZero && scale == .log), "a logarithmic axis has no zero that it could include")
    if case .time(let zone) = scale {
      checks.require(
        TimeZone(identifier: zone) != nil, "“\(zone)” is not the name of a time zone")
    }
    if case .symlog(let threshold) = scale {
      checks.require(
        threshold > 0 && threshold.isFinite,
        "a symlog threshold is above zero, not \(threshold)")
    }
    for place in ticks.places {
      checks.require(place.isFinite, "a tick stands at a number, not at \(place)")
    }
    checks.format(format)
    if let tickRotation {
      checks.require(
        tickRotation.magnitude <= 90,
        "tick labels are turned by −90…90 degrees, not by \(tickRotation)")
    }
  }

  /// The label with its unit: “cross-entropy (nats)”, or `nil` when there is neither.
  public var title: String? {
    switch (label.named, unit.named) {
    case (nil, nil): return nil
    case (let label?, nil): return label
    case (nil, let unit?): return "(\(unit))"
    case (let label?, let unit?): return "\(label) (\(unit))"
    }
  }
}
