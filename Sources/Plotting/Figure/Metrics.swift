/// The room around a plot area, in points.
struct Margins: Sendable, Hashable {
  var top = 0.0
  var left = 0.0
  var bottom = 0.0
  var right = 0.0

  func union(_ other: Margins) -> Margins {
    Margins(
      top: max(top, other.top), left: max(left, other.left), bottom: max(bottom, other.bottom),
      right: max(right, other.right))
  }
}

/// The distances of a figure's parts, in points at the theme's type size.
struct Metrics: Sendable {
  let outer = 8.0
  let tickLength = 4.0
  let minorTickLength = 2.0
  let tickGap = 3.0
  let labelGap = 5.0
  let titleGap = 7.0
  let colorBarGap = 12.0
  let colorBarWidth = 11.0
}
