import Raster

extension FigureLayout {
  /// Finds the ticks of all axes at the present frame, equal quantities written alike.
  mutating func setTicks(_ constraints: Constraints, _ showsTicks: Bool) {
    (xTicks, yTicks, secondTicks) = (TickLabels(), TickLabels(), TickLabels())
    guard showsTicks else { return }
    let hidden = (
      constraints.hidesXLabels, constraints.hidesYLabels, constraints.hidesSecondLabels
    )
    xTicks = TickLabels(
      axis: figure.x, resolved: axes.x, projection: x, side: .bottom, theme: theme,
      hidesLabels: hidden.0, room: size.height * 0.4)
    if !axes.hidesY {
      yTicks = TickLabels(
        axis: figure.y, resolved: axes.y, projection: y, side: .left, theme: theme,
        hidesLabels: hidden.1)
    }
    if let second = axes.secondY, let secondY {
      secondTicks = TickLabels(
        axis: figure.secondY ?? Axis(), resolved: second, projection: secondY, side: .right,
        theme: theme, hidesLabels: hidden.2)
    }
    let lengths = [axes.x.domain, axes.y.domain].map { $0.upperBound - $0.lowerBound }
    if figure.cellRatio(of: axes) == 1 && lengths[0] == lengths[1] {
      TickLabels.square(&xTicks, &yTicks)
    }
    // Equal quantities are written alike on all axes.
    var all = [xTicks, yTicks, secondTicks]
    TickLabels.harmonise(&all)
    (xTicks, yTicks, secondTicks) = (all[0], all[1], all[2])
  }

  /// Lets axes on which bars end beyond the last grid line go on to the next; whether one did.
  mutating func reachTicks() -> Bool {
    // All of them, not the first alone.
    let changes = [
      axes.x.reach(xTicks), axes.y.reach(yTicks), axes.secondY?.reach(secondTicks) ?? false,
    ]
    return changes.contains(true)
  }
}

extension ResolvedAxis {
  /// Extends the domain to the tick beyond the outermost values; whether that was necessary.
  fileprivate mutating func reach(_ ticks: TickLabels) -> Bool {
    let values = ticks.items.map(\.value)
    guard let reach, values.count >= 2, let first = values.min(), let last = values.max()
    else { return false }
    let step = (last - first) / Double(values.count - 1)
    // Up to where the next of few ticks stands, much would be empty: more of them end nearer.
    let isFar = { (rest: Double) in rest > 0.12 * (last - first + step) }
    if tickDensity == 1,
      reach.upperBound > last && isFar(last + step - reach.upperBound)
        || reach.lowerBound < first && isFar(reach.lowerBound - first + step)
    {
      tickDensity = 1.4
      return true
    }
    // A hair more, so that rounding does not leave the new tick outside.
    let slack = step * 1e-9
    var (low, high) = (domain.lowerBound, domain.upperBound)
    if reach.upperBound > last + slack { high = max(high, last + step + slack) }
    if reach.lowerBound < first - slack { low = min(low, first - step - slack) }
    guard low < domain.lowerBound || high > domain.upperBound, low.isFinite, high.isFinite
    else { return false }
    domain = low...high
    return true
  }
}
