public import Numbers
internal import Foundation
import Requirements

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
    /// Nice whole numbers.
    case integers
    /// None.
    case none
    /// These values, as far as they lie in the domain.
    case values([Double])
    /// These positions with these labels, as far as they lie in the domain.
    case labelled([Tick])
  }

  /// What is measured, with Raster's markup for indices: `∂L/∂x`, `x_{i}`.
  public var label: String?
  /// The unit, set in parentheses after the label.
  public var unit: String?
  /// The scale.
  public var scale: Scale
  /// The first and last value shown; from the data where `nil`.
  public var domain: ClosedRange<Double>?
  /// Whether zero is shown even when no data are near it.
  public var includesZero: Bool
  /// Whether values grow the other way: to the left, or downwards. `nil`: as the marks ask
  /// (heatmaps and images have row 0 on top).
  public var isReversed: Bool?
  /// Which values get a tick.
  public var ticks: Ticks
  /// How tick labels are written.
  public var format: NumberFormat
  /// Whether grid lines are drawn. `nil`: as the marks ask.
  public var showsGrid: Bool?
  /// Whether small ticks stand between the labelled ones.
  public var showsMinorTicks: Bool

  /// Makes an axis.
  ///
  /// Traps when a domain is not finite, when a logarithmic one is not above zero, when a
  /// symlog threshold is not above zero, and when a time zone is not known.
  public init(
    _ label: String? = nil, unit: String? = nil, scale: Scale = .automatic,
    domain: ClosedRange<Double>? = nil, includesZero: Bool = false, isReversed: Bool? = nil,
    ticks: Ticks = .automatic, format: NumberFormat = .automatic, showsGrid: Bool? = nil,
    showsMinorTicks: Bool = true
  ) {
    if let domain {
      require(
        domain.lowerBound.isFinite && domain.upperBound.isFinite,
        "Axis: the domain \(domain) is not finite")
      if scale == .log {
        require(
          domain.lowerBound > 0, "Axis: a logarithmic domain starts above zero, not at \(domain)")
      }
    }
    if case .time(let zone) = scale {
      require(
        TimeZone(identifier: zone) != nil, "Axis: “\(zone)” is not the name of a time zone")
    }
    if case .symlog(let threshold) = scale {
      require(
        threshold > 0 && threshold.isFinite,
        "Axis: a symlog threshold is above zero, not \(threshold)")
    }
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
  }

  /// The label with its unit: “cross-entropy (nats)”, or `nil` when there is neither.
  public var title: String? {
    switch (label, unit) {
    case (nil, nil): return nil
    case (let label?, nil): return label
    case (nil, let unit?): return "(\(unit))"
    case (let label?, let unit?): return "\(label) (\(unit))"
    }
  }
}
