internal import Foundation

/// A date and time of day in some time zone, and the way to and from seconds since 1970: the
/// Gregorian calendar, without leap seconds.
struct CivilTime: Hashable, Sendable {
  var year: Int
  var month: Int
  var day: Int
  /// Seconds since midnight.
  var seconds: Double

  init(year: Int, month: Int = 1, day: Int = 1, seconds: Double = 0) {
    self.year = year
    self.month = month
    self.day = day
    self.seconds = seconds
  }

  /// The time on the clocks of a zone.
  init(_ instant: Double, in zone: TimeZone) {
    let local = instant + zone.offset(at: instant)
    let days = (local / 86_400).rounded(.down)
    seconds = local - days * 86_400
    // From the days since 1 March 0000, in eras of 400 years (H. Hinnant, “chrono-Compatible
    // Low-Level Date Algorithms”).
    let shifted = days.integer + 719_468
    let era = (shifted >= 0 ? shifted : shifted - 146_096) / 146_097
    let ofEra = shifted - era * 146_097
    let yearOfEra = (ofEra - ofEra / 1460 + ofEra / 36_524 - ofEra / 146_096) / 365
    let ofYear = ofEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
    let shiftedMonth = (5 * ofYear + 2) / 153
    day = ofYear - (153 * shiftedMonth + 2) / 5 + 1
    month = shiftedMonth < 10 ? shiftedMonth + 3 : shiftedMonth - 9
    year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0)
  }

  /// Whether an instant lies within thirty million years, where the arithmetic is meant to be used.
  static func covers(_ instant: Double) -> Bool { instant.magnitude < 1e15 }

  /// The number of days since 1 January 1970.
  var dayNumber: Int {
    // Months beyond December run on into the next years.
    let carried = year + (month > 0 ? (month - 1) / 12 : (month - 12) / 12)
    let within = ((month - 1) % 12 + 12) % 12 + 1
    let shiftedYear = within <= 2 ? carried - 1 : carried
    let era = (shiftedYear >= 0 ? shiftedYear : shiftedYear - 399) / 400
    let yearOfEra = shiftedYear - era * 400
    let ofYear = (153 * (within > 2 ? within - 3 : within + 9) + 2) / 5 + day - 1
    return era * 146_097 + yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + ofYear - 719_468
  }

  /// The instant at which the clocks of a zone show this time, the first if they show it twice;
  /// `nil` if they skip it.
  func instant(in zone: TimeZone) -> Double? {
    let local = Double(dayNumber) * 86_400 + seconds
    for probe in [local - 86_400, local + 86_400] {
      let candidate = local - zone.offset(at: probe)
      if candidate + zone.offset(at: candidate) == local { return candidate }
    }
    return nil
  }
}

extension TimeZone {
  /// The zone of that name; UTC where there is none, which an axis has checked.
  init(named name: String) { self = TimeZone(identifier: name) ?? .gmt }

  /// The seconds by which the zone's clocks are ahead of UTC at an instant.
  func offset(at instant: Double) -> Double {
    Double(secondsFromGMT(for: Date(timeIntervalSince1970: instant)))
  }

  /// “UTC”, “UTC+5:30”.
  func offsetName(at instant: Double) -> String {
    let minutes = (offset(at: instant) / 60).rounded().integer
    if minutes == 0 { return "UTC" }
    let rest = abs(minutes) % 60
    let tail = rest == 0 ? "" : ":" + CivilTime.padded(rest)
    return "UTC\(minutes < 0 ? "\u{2212}" : "+")\(abs(minutes) / 60)\(tail)"
  }
}

extension CivilTime {
  static let months = [
    "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
  ]

  static func padded(_ number: Int, _ length: Int = 2) -> String {
    let text = String(number)
    return String(repeating: "0", count: max(0, length - text.count)) + text
  }

  /// 29 Mar 2026.
  var date: String { "\(day) \(Self.months[month - 1]) \(yearText)" }

  /// 2026; the year before 1 is 0, and the one before it −1, as ISO 8601 counts them.
  var yearText: String { year < 0 ? "\u{2212}\(-year)" : String(year) }

  /// 14:30, with so many of its smaller parts as are asked for: 14:30:05.25.
  func clock(seconds shown: Bool = false, decimals: Int = 0) -> String {
    let unit = powerOfTen(decimals)
    // Rounded once for all parts, so that no clock shows 14:30:60.
    let ticks = (seconds * unit).rounded().integer
    let whole = ticks / unit.integer
    var text = "\(Self.padded(whole / 3600)):\(Self.padded(whole / 60 % 60))"
    if shown { text += ":\(Self.padded(whole % 60))" }
    if shown && decimals > 0 { text += ".\(Self.padded(ticks % unit.integer, decimals))" }
    return text
  }
}
