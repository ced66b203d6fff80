import Sweeps

/// How an axis maps data to lengths.
public enum Scale: Sendable, Hashable {
  /// Categorical when a mark names categories, else linear.
  case automatic
  /// Equal differences are equal lengths.
  case linear
  /// Equal ratios are equal lengths. Values ≤ 0 have no place; the figure says which are missing.
  case log
  /// Logarithmic in both directions away from zero, linear within `threshold` of it, so that zero
  /// and negative values have a place.
  case symlog(threshold: Double = 1)
  /// Dates and times, in seconds since 1970: ticks on round times of the zone's clocks and calendar.
  /// The zone is named as the time zone database does: `Europe/Berlin`.
  case time(zone: String = "UTC")
  /// One place per name, in the order of first appearance among the marks.
  case categorical
}

extension Scale {
  /// Whether equal differences are equal lengths.
  var isEven: Bool { curve == .even }

  /// What becomes equal lengths.
  var curve: Placing.Curve {
    switch self {
    case .automatic, .linear, .time, .categorical: .even
    case .log: .log
    case .symlog(let threshold): .symlog(threshold: threshold)
    }
  }
}
