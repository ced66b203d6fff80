import Numbers
import TestSupport
import Tensors
import Testing

@testable import Plotting

@Suite
struct TickTests {
  private func projection(_ scale: Scale, _ domain: ClosedRange<Double>) -> Projection {
    Projection(scale: scale, domain: domain, start: 0, end: 400)
  }

  @Test func `Nice domains get the ticks that one would choose`() {
    let cases: [(domain: ClosedRange<Double>, count: Int, expected: [String])] = [
      (0.0...1.0, 5, ["0.00", "0.25", "0.50", "0.75", "1.00"]),
      (0.0...1.0, 6, ["0.0", "0.2", "0.4", "0.6", "0.8", "1.0"]),
      (0.0...100, 5, ["0", "25", "50", "75", "100"]),
      (-1.0...1.0, 5, ["−1.0", "−0.5", "0.0", "0.5", "1.0"]),
      (0...48_000, 5, ["0", "10,000", "20,000", "30,000", "40,000"]),
      (0...4e-7, 5, ["0", "1×10^{−7}", "2×10^{−7}", "3×10^{−7}", "4×10^{−7}"]),
    ]
    for (domain, count, expected) in cases {
      let set = TickGenerator(
        projection: projection(.linear, domain), format: .automatic, wantsIntegers: false
      ).ticks(count: count)
      #expect(set.major.map(\.label) == expected)
    }
  }

  @Test func `Ticks lie inside of the domain, rise, and differ in their labels`() {
    let cases = 0..<10
    for seed in cases {
      var figures = RandomFigures(seed: seed)
      for index in 0..<400 {
        let low = figures.number()
        let high = low + figures.number().magnitude + low.magnitude * 1e-6
        let scale: Scale =
          index % 4 == 0 && low > 0 ? .log : index % 4 == 1 ? .symlog(threshold: 0.01) : .linear
        guard low < high else { continue }
        let set = TickGenerator(
          projection: projection(scale, low...high), format: .automatic,
          wantsIntegers: index % 5 == 0
        ).ticks(count: figures.integer(2...12))
        let place = "\(scale) \(low)...\(high): \(set.major.map(\.label))"
        #expect(set.major.count >= 2, "\(place)")
        let values = set.major.map(\.value)
        #expect(values.allSatisfy { low <= $0 && $0 <= high }, "\(place)")
        #expect(zip(values, values.dropFirst()).allSatisfy { $0 < $1 }, "\(place)")
        #expect(Set(set.major.map(\.label)).count == values.count, "\(place)")
        let edge = (high - low) * 1e-6
        #expect(set.minor.allSatisfy { low - edge <= $0 && $0 <= high + edge }, "\(place)")
        #expect(Set(set.minor).isDisjoint(with: values), "\(place)")
      }
    }
  }

  @Test(arguments: 0..<4)
  func `A label says the value of its tick`(seed: Int) {
    var figures = RandomFigures(seed: 50 + seed)
    for _ in 0..<300 {
      let low = figures.number()
      let high = low + figures.number().magnitude + low.magnitude * 1e-3
      let set = TickGenerator(
        projection: projection(.linear, low...high), format: .automatic, wantsIntegers: false
      ).ticks(count: 6)
      for tick in set.major {
        let text = tick.label.replacing("\u{2212}", with: "-").replacing(",", with: "")
          .replacing("×10^{", with: "e").replacing("}", with: "")
        #expect(Double(text) == tick.value, "\(tick)")
      }
    }
  }

  @Test
  func `Whole data get whole ticks`() {
    for high in 2..<60 {
      let set = TickGenerator(
        projection: projection(.linear, 0...Double(high)), format: .automatic, wantsIntegers: true
      ).ticks(count: 6)
      #expect(set.major.allSatisfy { $0.value == $0.value.rounded() }, "0...\(high)")
      #expect(set.minor.allSatisfy { $0 == $0.rounded() }, "0...\(high)")
    }
  }

  @Test
  func `Domains at the limits of a Double end in few ticks or none, not in a trap`() {
    let huge = Double.greatestFiniteMagnitude
    for domain in [
      0...Double.leastNonzeroMagnitude, 1...1.0.nextUp, -1e308...1e308, 1e-300...2e-300,
      0...huge, 1e15...1e15 + 2, 1e300...1.0001e300,
    ] {
      for scale in [Scale.linear, .symlog(threshold: 1)] {
        let set = TickGenerator(
          projection: projection(scale, domain), format: .automatic, wantsIntegers: false
        ).ticks(count: 5)
        #expect(set.major.count < 30)
      }
    }
  }
}
