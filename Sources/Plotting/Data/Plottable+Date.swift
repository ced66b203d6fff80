public import Foundation

extension Date: Plottable {
  /// The seconds since 1970, for an axis with `scale: .time()`.
  public var plotted: Double { timeIntervalSince1970 }
}
