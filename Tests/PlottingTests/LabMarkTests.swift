import Foundation
import Raster
import TestSupport
import Testing

@testable import Plotting

@Suite
struct LabMarkTests {
  private let berlin = TimeZone(identifier: "Europe/Berlin")

  private func labels(_ low: Double, _ length: Double, _ zone: TimeZone, count: Int = 6) -> [String]
  {
    TimeTicks(domain: low...low + length, zone: zone).ticks(count: count).map(\.label)
  }

  @Test
  func `Civil dates and instants are each other's inverse`() {
    for (seconds, date) in [
      (0.0, "1 Jan 1970"), (951_782_400, "29 Feb 2000"), (1_774_742_400, "29 Mar 2026"),
      (-2_208_988_800, "1 Jan 1900"), (253_402_300_799, "31 Dec 9999"),
    ] {
      let civil = CivilTime(seconds, in: .gmt)
      #expect(civil.date == date)
      #expect(civil.instant(in: .gmt) == seconds)
    }
    #expect(
      CivilTime(year: 2025, month: 14, day: 1).dayNumber
        == CivilTime(year: 2026, month: 2).dayNumber)
  }

  @Test
  func `Steps fit from milliseconds to centuries`() {
    #expect(labels(0, 0.01, .gmt, count: 5).first == "00:00:00.000")
    #expect(
      labels(1_774_742_400, 40, .gmt) == [
        "00:00:00", "00:00:10", "00:00:20", "00:00:30", "00:00:40",
      ])
    #expect(labels(1_774_742_400, 86_400, .gmt) == ["29 Mar", "06:00", "12:00", "18:00", "30 Mar"])
    #expect(
      labels(1_767_225_600, 200 * 86_400, .gmt, count: 7) == [
        "2026", "Feb", "Mar", "Apr", "May", "Jun", "Jul",
      ])
    #expect(labels(0, 31_556_952 * 40, .gmt, count: 5) == ["1970", "1980", "1990", "2000"])
    for exponent in stride(from: -2.0, through: 11, by: 0.25) {
      let length = Foundation.pow(10, exponent)
      let ticks = TimeTicks(domain: 1e9...1e9 + length, zone: .gmt).ticks(count: 6)
      #expect((2...13).contains(ticks.count), "10^\(exponent) s: \(ticks.map(\.label))")
    }
  }

  @Test
  func `Clocks that skip or repeat an hour are followed, and the zone is named`() throws {
    let zone = try #require(berlin)
    // 29 March 2026, 00:00 to 06:00 in Berlin: five hours.
    let spring = TimeTicks(domain: 1_774_738_800...1_774_756_800, zone: zone)
    #expect(
      spring.ticks(count: 8).map(\.label) == [
        "29 Mar", "01:00", "03:00", "04:00", "05:00", "06:00",
      ])
    #expect(spring.context == "29 Mar 2026, Europe/Berlin, UTC+1 → UTC+2")
    let days = TimeTicks(domain: 1_774_652_400...1_774_908_000, zone: zone).ticks(count: 5)
    #expect(days.map(\.label) == ["28 Mar", "29 Mar", "30 Mar", "31 Mar"])
    #expect(zip(days, days.dropFirst()).map { $1.value - $0.value } == [86_400, 82_800, 86_400])
  }

  @Test
  func `Lines over time describe themselves in dates`() {
    let days = (0..<5).map { Date(timeIntervalSince1970: 1_774_742_400 + Double($0) * 864_000) }
    let figure = Figure(x: Axis("date", scale: .time(zone: "UTC"))) {
      LineMark(x: days, y: [1.0, 2, 5, 3, 4], label: "loss")
    }
    #expect(
      figure.alternativeText.contains(
        "loss rises from 1 to 4 from 29 Mar 2026 to 8 May 2026 (highest 5 at 18 Apr 2026)"))
  }

  @Test
  func `Level lines lie at their level, and close around a hill`() throws {
    let hill = Matrix(rows: 41, columns: 41) { row, column in
      let x: Double = Double(column) / 10 - 2
      let y: Double = 2 - Double(row) / 10
      return 4 - x * x - y * y
    }
    let places = (0..<41).map { Double($0) / 10 - 2 }
    let grid = ContourGrid(values: hill, x: places, y: places.reversed())
    let lines = grid.lines(at: 3)
    #expect(lines.count == 1)
    let circle = try #require(lines.first)
    #expect(circle.first == circle.last)
    #expect(circle.allSatisfy { ($0.length - 1).magnitude < 0.01 })
    // The area above the level is that of the circle.
    var area = 0.0
    for polygon in grid.polygons(from: 3, to: 4) {
      var twice = 0.0
      for (a, b) in zip(polygon, polygon.dropFirst() + polygon.prefix(1)) {
        twice += a.x * b.y - b.x * a.y
      }
      area += twice.magnitude / 2
    }
    #expect((area - .pi).magnitude < 0.05)
    let mark = ContourMark(hill, x: -2...2, y: -2...2, levels: [0, 1, 3])
    #expect(
      mark.summary(x: Axis(), y: Axis())
        == "level lines at 0, 1, 3; values from −4 (at −2, 2) to 4")
  }

  @Test
  func `A fit says its equation; its band narrows in the middle`() {
    let mark = FitMark(x: 0...4, y: [1.0, 3.1, 4.9, 7, 9.1], label: "fit")
    #expect(mark.summary(x: Axis(), y: Axis())?.hasPrefix("fit is y = 2.01·x + 1") == true)
    #expect(mark.summary(x: Axis(), y: Axis())?.contains("95% confidence") == true)
    let exact = FitMark(x: [0, 1], y: [1, -1])
    #expect(exact.summary(x: Axis(), y: Axis()) == "the fit is y = −2·x + 1, R² = 1")
  }

  @Test
  func `A density has the area one, and its mode where the values are`() {
    let curve = DensityCurve([1, 2, 2, 2, 3, 7])
    let step = curve.places[1] - curve.places[0]
    #expect((curve.heights.reduce(0, +) * step - 1).magnitude < 0.01)
    #expect(((curve.mode ?? .nan) - 2).magnitude < 0.3)
    #expect(DensityCurve([5]).isConstant)
    // Equal values are a line, not a bell beyond the data.
    #expect(ViolinMark(["a": [100.0, 100, 100]]).yDemand.values == 100...100)
  }

  @Test
  func `Arrows, intervals and pictures describe their data`() {
    let arrows = ArrowMark(x: [0, 1], y: [0, 0], dx: [3, 0], dy: [4, 1])
    #expect(
      arrows.summary(x: Axis(), y: Axis()) == "2 arrows, their lengths from 1 to 5 (at 0, 0)")
    #expect(arrows.xDemand.values == 0...3)
    let interval = IntervalMark(x: 3...7, label: "warm-up")
    #expect(
      interval.summary(x: Axis(), y: Axis()) == "a vertical stretch “warm-up” from 3 to 7")
    let picture = PictureMark(Bitmap(width: 4, height: 3, color: .black), label: "sky")
    #expect(picture.summary(x: Axis(), y: Axis()) == "sky: a picture of 3×4 pixels")
  }
}
