internal import Foundation

/// The distance of ticks on an axis of time, from a millisecond to centuries.
struct TimeStep: Hashable, Sendable {
  enum Unit: Hashable, Sendable { case second, hour, day, month, year }
  var unit: Unit
  var count: Double

  /// About how long it is, in seconds.
  var length: Double {
    switch unit {
    case .second: count
    case .hour: count * 3600
    case .day: count * 86_400
    case .month: count * 2_629_746
    case .year: count * 31_556_952
    }
  }

  /// All steps, from the shortest on.
  static let all: [TimeStep] = {
    var steps: [TimeStep] = []
    for count in [0.001, 0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.5] {
      steps.append(TimeStep(unit: .second, count: count))
    }
    for count in [1.0, 2, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1800] {
      steps.append(TimeStep(unit: .second, count: count))
    }
    for count in [1.0, 2, 3, 6, 12] { steps.append(TimeStep(unit: .hour, count: count)) }
    for count in [1.0, 2, 7, 14] { steps.append(TimeStep(unit: .day, count: count)) }
    for count in [1.0, 2, 3, 6] { steps.append(TimeStep(unit: .month, count: count)) }
    for power in [1.0, 10, 100, 1000, 10_000] {
      for count in [1.0, 2, 5] { steps.append(TimeStep(unit: .year, count: count * power)) }
    }
    return steps
  }()
}

/// Ticks of an axis of time: on round times of a zone's own clocks and calendar.
struct TimeTicks {
  let domain: ClosedRange<Double>
  let zone: TimeZone

  /// About `count` ticks with their labels, at least two unless the domain is shorter than a few
  /// milliseconds.
  func ticks(count: Int) -> [Tick] {
    let length = domain.upperBound - domain.lowerBound
    let fitting = TimeStep.all.first { length / $0.length <= Double(max(2, count)) }
    guard length > 0.002, CivilTime.covers(domain.lowerBound), CivilTime.covers(domain.upperBound),
      var step = fitting ?? TimeStep.all.last
    else { return [] }
    var places = instants(step)
    // One label does not say how long anything is.
    while places.count < 2, let index = TimeStep.all.firstIndex(of: step), index > 0 {
      step = TimeStep.all[index - 1]
      places = instants(step)
    }
    return places.enumerated().map { index, place in
      Tick(place, label(place, step, isFirst: index == 0))
    }
  }

  private func instants(_ step: TimeStep) -> [Double] {
    let first = CivilTime(domain.lowerBound, in: zone)
    let last = CivilTime(domain.upperBound, in: zone)
    var result: [Double] = []
    func add(_ time: CivilTime) {
      if let instant = time.instant(in: zone), domain.contains(instant) { result.append(instant) }
    }
    switch step.unit {
    case .second:
      // Clocks are set by whole quarters of an hour: round times stay round across it.
      let shift = zone.offset(at: domain.lowerBound)
      let from = ((domain.lowerBound + shift) / step.count).rounded(.up)
      let to = ((domain.upperBound + shift) / step.count).rounded(.down)
      guard to - from < 1000 else { return [] }
      for index in stride(from: from, through: to, by: 1) {
        // Thousandths are divided, which is exact where their product is not.
        let time = step.count < 1 ? index / (1 / step.count).rounded() : index * step.count
        result.append(time - shift)
      }
    case .hour:
      for number in first.dayNumber...last.dayNumber {
        for hour in stride(from: 0.0, to: 24, by: step.count) {
          add(CivilTime(year: 1970, day: 1 + number, seconds: hour * 3600))
        }
      }
    case .day:
      // Weeks begin on Mondays; 1 January 1970 was a Thursday.
      let count = step.count.integer
      let shift = count % 7 == 0 ? 3 : 0
      var number = first.dayNumber
      while number <= last.dayNumber {
        if ((number + shift) % count + count) % count == 0 {
          add(CivilTime(year: 1970, day: 1 + number))
        }
        number += 1
      }
    case .month:
      for year in first.year...last.year {
        for month in stride(from: 1, through: 12, by: step.count.integer) {
          add(CivilTime(year: year, month: month))
        }
      }
    case .year:
      let count = step.count.integer
      let start = (Double(first.year) / step.count).rounded(.down).integer * count
      for year in stride(from: start, through: last.year, by: count) { add(CivilTime(year: year)) }
    }
    return result
  }

  private func label(_ instant: Double, _ step: TimeStep, isFirst: Bool) -> String {
    let time = CivilTime(instant, in: zone)
    let month = CivilTime.months[time.month - 1]
    switch step.unit {
    case .second, .hour:
      if step.count < 1 && step.unit == .second {
        let decimals = step.count < 0.0099 ? 3 : step.count < 0.099 ? 2 : 1
        return time.clock(seconds: true, decimals: decimals)
      }
      if step.unit == .second && step.count < 60 { return time.clock(seconds: true) }
      return time.seconds == 0 ? "\(time.day) \(month)" : time.clock()
    case .day: return "\(time.day) \(month)"
    case .month: return time.month == 1 ? time.yearText : month
    case .year: return time.yearText
    }
  }

  /// What the labels leave out: the date of clock times, the year of days and months, and the zone
  /// with every offset from UTC that it has within the domain.
  var context: String {
    let (low, high) = (domain.lowerBound, domain.upperBound)
    let length = high - low
    if length > 3 * 31_556_952 || !CivilTime.covers(low) || !CivilTime.covers(high) { return "" }
    let (first, last) = (CivilTime(low, in: zone), CivilTime(high, in: zone))
    let isUniversal = zone.identifier == "GMT" || zone.identifier == "UTC"
    if length > 4 * 86_400 {
      let years = first.year == last.year ? first.yearText : "\(first.yearText)–\(last.yearText)"
      return isUniversal ? years : "\(years), \(zone.identifier)"
    }
    let dates = first.date == last.date ? first.date : "\(first.date) – \(last.date)"
    var offsets: [String] = []
    for step in 0...96 {
      let name = zone.offsetName(at: low + length * Double(step) / 96)
      if offsets.last != name { offsets.append(name) }
    }
    let name = isUniversal ? "" : "\(zone.identifier), "
    return "\(dates), \(name)\(offsets.joined(separator: " → "))"
  }
}
