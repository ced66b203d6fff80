import Numbers
import Testing

@testable import Plotting

@Suite
struct TickHonestyTests {
  private func generator(
    _ scale: Scale, _ domain: ClosedRange<Double>, _ format: NumberFormat = .automatic
  ) -> TickGenerator {
    TickGenerator(
      projection: Projection(scale: scale, domain: domain, start: 0, end: 400), format: format,
      wantsIntegers: false)
  }

  @Test(arguments: 0..<6)
  func `A format never makes ticks read the same, and never rounds them`(seed: Int) {
    var figures = RandomFigures(seed: 900 + seed)
    let formats: [NumberFormat] = [
      .decimal(places: 0), .percent(decimals: 0), .significant(digits: 1), .scientific(digits: 1),
      .metric(digits: 1),
    ]
    for index in 0..<200 {
      let low = figures.number()
      let high = low + figures.number().magnitude + low.magnitude * 1e-9
      guard low < high else { continue }
      let scale: Scale = index % 3 == 0 && low > 0 ? .log : .linear
      let set = generator(scale, low...high, formats[index % 5]).ticks(count: 6)
      #expect(
        Set(set.major.map(\.label)).count == set.major.count,
        "\(scale) \(low)...\(high) \(formats[index % 5]): \(set.major.map(\.label))")
    }
    let percent = generator(.linear, 0.9701...0.9749, .percent(decimals: 0)).ticks(count: 5)
    #expect(percent.major.map(\.label) == ["97.1%", "97.2%", "97.3%", "97.4%"])
    let halves = generator(.linear, 0...10, .decimal(places: 0)).ticks(count: 5)
    #expect(halves.major.map(\.label) == ["0.0", "2.5", "5.0", "7.5", "10.0"])
  }

  @Test
  func `Ticks that the author gives differ where their values do`() {
    #expect(
      NumberFormat.decimal(places: 0).labels(telling: [0.1, 0.2, 7]) == ["0.1", "0.2", "7.0"])
    #expect(
      NumberFormat.percent(decimals: 0).labels(telling: [0.991, 0.994]) == ["99.1%", "99.4%"])
    #expect(Set(NumberFormat.automatic.labels(telling: [1e-9, 1, 1 + 1e-12])).count == 3)
    #expect(
      NumberFormat.decimal(places: 2).labels(telling: [1.0 / 3, 2.0 / 3]) == ["0.33", "0.67"])
  }

  @Test(arguments: 0..<4)
  func `A logarithmic axis has two ticks or more, however narrow it is`(seed: Int) {
    var figures = RandomFigures(seed: 950 + seed)
    for _ in 0..<300 {
      let low = figures.number().magnitude
      let high = low * (1 + figures.unit() * (figures.chance(0.5) ? 1 : 1e-6)).nextUp
      guard low < high else { continue }
      for count in [2, 5, 9] {
        let set = generator(.log, low...high).ticks(count: count)
        #expect(set.major.count >= 2, "\(low)...\(high)")
        #expect(Set(set.major.map(\.label)).count == set.major.count)
        #expect(set.major.allSatisfy { low <= $0.value && $0.value <= high })
      }
    }
    #expect(generator(.log, 1e-300...2e-300).ticks(count: 5).major.count >= 2)
  }

  private func labels(_ figure: Figure) -> ([Double: String], [Double: String]) {
    let layout = FigureLayout(figure, size: figure.size, theme: .light)
    func table(_ ticks: TickLabels) -> [Double: String] {
      Dictionary(
        uniqueKeysWithValues: ticks.items.compactMap { item in
          item.label.map { (item.value, $0.string) }
        })
    }
    return (table(layout.xTicks), table(layout.yTicks))
  }

  @Test
  func `Equal quantities on two axes are written alike`() {
    let figures = [
      Figure(x: Axis(scale: .log), y: Axis(scale: .log)) {
        LineMark(x: [1, 10, 100, 1000], y: [1e-6, 1e-3, 1, 100])
      },
      Figure(x: Axis(domain: 0...1), y: Axis(domain: 0...1)) {
        LineMark(x: [0, 0.5], y: [0, 0.7])
      },
      Figure { LineMark(x: [0.5, 2_000_000.25], y: [0.5, 900_000.75]) },
      Figure { LineMark(x: [0.0001, 0.0019], y: [0.0001, 0.00082]) },
    ]
    var compared = 0
    for figure in figures {
      let (x, y) = labels(figure)
      for (value, label) in x where value != 0 {
        if let other = y[value] {
          compared += 1
          #expect(label == other)
        }
      }
    }
    #expect(compared >= 4)
    let (x, y) = labels(figures[0])
    #expect(x[100] == "10^{2}" && y[1] == "10^{0}")
    #expect(x[1] == "10^{0}" && x[1000] == "10^{3}")
    // Counted steps stay whole beside losses with a point.
    let loss = labels(Figure { LineMark(x: 1...4, y: [0.5, 1, 1.5, 2]) })
    #expect(loss.0[2] == "2" && loss.1.values.allSatisfy { $0.contains(".") })
  }

  @Test
  func `Short numbers stay short beside powers of ten`() {
    let epochs = labels(
      Figure(x: Axis("epoch"), y: Axis("loss", scale: .log)) {
        LineMark(x: 1...5, y: [1, 1e-2, 1e-4, 1e-6, 1e-8])
      })
    #expect((1...5).allSatisfy { epochs.0[Double($0)] == "\($0)" })
    #expect(epochs.1[1] == "1" && epochs.1[1e-8] == "10^{\u{2212}8}")
    // A quantity below one that stands on both axes, and one of some hundreds.
    let shares = labels(
      Figure(x: Axis(domain: 0...0.05), y: Axis(scale: .log)) {
        LineMark(x: [0, 0.05], y: [1e-8, 1])
      })
    #expect(shares.0[0.01] == "0.01" && shares.1[0.01] == "0.01")
    #expect(shares.1[1e-8] == "10^{\u{2212}8}")
    let steps = labels(
      Figure(y: Axis(scale: .log)) { LineMark(x: [0, 500], y: [1e-10, 1e3]) })
    #expect(steps.0[500] == "500")
    // Where long numbers stand on both, powers are shorter.
    let long = labels(
      Figure(y: Axis(scale: .log)) { LineMark(x: [0, 40_000], y: [1e-3, 1e8]) })
    #expect(long.0[10_000] == "10^{4}" && long.1[10_000] == "10^{4}")
    // Two logarithmic axes that share no quantity do not follow each other.
    let apart = labels(
      Figure(x: Axis(scale: .log), y: Axis(scale: .log)) {
        PointMark(x: [1e18, 2e18], y: [100, 30])
      })
    #expect(apart.1[50] == "50" && apart.1[100] == "100")
  }
}
