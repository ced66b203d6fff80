internal import Numbers
internal import Raster
internal import Requirements

/// The checks that marks share. A mistake traps with the mark, its series and the value, at the
/// line that made the mark.
struct MarkChecks {
  /// The type of the mark.
  let mark: String
  /// The name of the series, as given.
  let label: String?
  let file: StaticString
  let line: UInt

  init(_ mark: String, _ label: String?, _ file: StaticString, _ line: UInt) {
    self.mark = mark
    self.label = label
    self.file = file
    self.line = line
  }

  /// Traps with a sentence when a condition does not hold.
  func require(_ condition: Bool, _ message: @autoclosure () -> String) {
    if !condition { fail(message()) }
  }

  /// Traps with a sentence.
  func fail(_ message: String) -> Never {
    let subject = label.map { "\(mark) “\($0)”" } ?? mark
    requirementFailed("\(subject): \(message)", file: file, line: line)
  }

  /// An opacity lies within 0…1.
  func opacity(_ value: Double) {
    require(value >= 0 && value <= 1, "an opacity lies within 0…1, not at \(value)")
  }

  /// A width, diameter or the like is a finite number from zero.
  func length(_ value: Double?, _ what: String) {
    guard let value else { return }
    // Ten thousand points are wider than any figure that is looked at.
    require(value >= 0 && value < 1e4, "the \(what) is \(value), not a length in points")
  }

  /// A format has a number of digits that can be written.
  func format(_ format: NumberFormat?) {
    if let mistake = format?.mistake { fail(mistake) }
  }

  /// There are names for all of the places, or for none.
  func names(_ count: Int, _ what: String, for expected: Int, _ places: String) {
    require(count == 0 || count == expected, "\(count) \(what) for \(expected) \(places)")
  }

  /// A lower edge does not lie above an upper one; where one of them is no number there is nothing
  /// to say.
  func edges(_ lower: [Double], _ upper: [Double], _ what: String) {
    for (index, (low, high)) in zip(lower, upper).enumerated() where low > high {
      fail("\(what) goes from \(low) up to \(high) at index \(index)")
    }
  }

  /// A grid has columns.
  func columns(_ count: Int) {
    require(count > 0, "\(count) is not a number of columns")
  }

  /// A figure has finite sides above zero.
  func size(_ size: Size) {
    require(
      size.width > 0 && size.height > 0 && size.width < 1e5 && size.height < 1e5,
      "\(size.width)×\(size.height) points is not a size")
  }

  /// What fills a rectangle of the plane has one whose sides are finite lengths above zero.
  func rectangle(_ x: ClosedRange<Double>, _ y: ClosedRange<Double>) {
    require(
      [x, y].map { $0.upperBound - $0.lowerBound }.allSatisfy { $0 > 0 && $0.isFinite },
      "it fills a rectangle of the plane, not \(x) by \(y)")
  }

  /// A dash pattern has finite lengths from zero.
  func dash(_ pattern: [Double]) {
    require(
      pattern.allSatisfy { $0.isFinite && $0 >= 0 },
      "the dash pattern \(pattern) has lengths that are none")
    require(
      pattern.isEmpty || pattern.reduce(0, +) >= 0.1,
      "the dash pattern \(pattern) is too short to be seen")
  }

  /// As many values as there are places for them.
  func count(_ count: Int, _ what: String, for expected: Int, _ places: String) {
    require(count == expected, "\(count) \(what) for \(expected) \(places)")
  }
}
