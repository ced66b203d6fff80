import Numbers
import Plotting
import Raster
import Tensors

/// Figures of every kind with random data, sizes and words, for properties that hold for all.
struct RandomFigures {
  var random: SplitMix64

  init(seed: Int) { random = SplitMix64(seed: UInt64(seed)) }

  mutating func unit() -> Double { random.nextUnitDouble() }
  mutating func integer(_ range: ClosedRange<Int>) -> Int {
    range.lowerBound + Int(unit() * Double(range.count))
  }
  mutating func chance(_ probability: Double) -> Bool { unit() < probability }

  /// A number of any magnitude, either sign.
  mutating func number() -> Double {
    let exponent = integer(-9...9)
    let scale = exponent < 0 ? 1 / power(-exponent) : power(exponent)
    return (unit() * 2 - 1) * scale
  }

  private func power(_ exponent: Int) -> Double { (0..<exponent).reduce(1) { p, _ in p * 10 } }

  mutating func words(upTo count: Int) -> String {
    let list = [
      "loss", "cross-entropy", "∂L/∂w", "accuracy", "x_{i}", "10^{−3}", "padding", "seconds",
      "of the second convolution", "ReLU", "Σ", "gradient", "step",
    ]
    return (0..<integer(1...count)).map { _ in list[integer(0...list.count - 1)] }
      .joined(separator: " ")
  }

  mutating func values(_ count: Int) -> [Double] {
    let center = chance(0.3) ? 0 : number()
    let spread = number()
    return (0..<count).map { _ in
      chance(0.03) ? .nan : chance(0.01) ? .infinity : center + spread * (unit() - 0.5)
    }
  }

  mutating func errors(_ count: Int) -> [Double] { values(count).map(\.magnitude) }

  mutating func axis() -> Axis {
    let scales: [Scale] = [.automatic, .automatic, .linear, .log, .symlog(threshold: 0.1)]
    let formats: [NumberFormat] = [
      .automatic, .automatic, .percent(decimals: 1), .scientific(digits: 3),
      .significant(digits: 3),
      .metric(digits: 3),
    ]
    return Axis(
      chance(0.7) ? words(upTo: 3) : nil, unit: chance(0.4) ? "ms" : nil,
      scale: scales[integer(0...4)], isReversed: chance(0.1) ? true : nil,
      ticks: chance(0.05) ? .none : .automatic, format: formats[integer(0...5)])
  }

  mutating func mark() -> any Mark {
    let count = integer(0...40)
    let x = values(count)
    let y = values(count)
    let label = chance(0.6) ? words(upTo: 2) : nil
    switch integer(0...8) {
    case 0: return LineMark(x: x, y: y, label: label)
    case 1: return LineMark(y: y, label: label, symbol: .square).band(error: errors(count))
    case 2: return PointMark(x: x, y: y, label: label).errorBars(errors(count))
    case 3: return AreaMark(x: x, y: y, label: label)
    case 4: return RuleMark(y: number(), label: label)
    case 5: return AnnotationMark(words(upTo: 4), x: number(), y: number())
    case 6: return HistogramMark(x, label: label)
    case 7: return RuleMark(x: number(), label: label)
    default: return LineMark(x: x, y: y, label: label, interpolation: .stepMiddle)
    }
  }

  mutating func categories(_ count: Int) -> [String] {
    (0..<count).map { "\($0) " + words(upTo: 2) }
  }

  mutating func figure() -> Figure {
    let size =
      chance(0.8)
      ? Size(width: 30 + unit() * 600, height: 25 + unit() * 400)
      : Size(width: 4 + unit() * 60, height: 4 + unit() * 60)
    let placements: [LegendPlacement] = [
      .automatic, .automatic, .top, .right, .none, .inside(.bottomLeft),
    ]
    var marks: [any Mark]
    var (x, y) = (axis(), axis())
    switch integer(0...5) {
    case 0:
      let names = categories(integer(0...12))
      let isHorizontal = chance(0.4)
      marks = [
        BarMark(
          names, series: ["a": values(names.count), "b": values(names.count)],
          arrangement: chance(0.5) ? .stacked : .grouped, isHorizontal: isHorizontal,
          valueFormat: chance(0.5) ? .automatic : nil)
      ]
      if isHorizontal { y.scale = .automatic } else { x.scale = .automatic }
    case 1:
      let rows = integer(0...12)
      let columns = integer(0...12)
      marks = [
        HeatmapMark(
          Matrix(rows: rows, columns: columns, values(rows * columns)),
          rowLabels: chance(0.5) ? categories(rows) : [], label: words(upTo: 3))
      ]
      (x.scale, y.scale) = (.automatic, .automatic)
    case 2:
      marks = [
        BoxMark(
          categories(integer(0...6)).map { (name: $0, values: [1.0, 2, 4, number()]) })
      ]
      x.scale = .automatic
    default: marks = (0..<integer(0...4)).map { _ in mark() }
    }
    return Figure(
      chance(0.7) ? words(upTo: 8) : nil, subtitle: chance(0.2) ? words(upTo: 8) : nil, x: x, y: y,
      size: size, legend: placements[integer(0...5)]
    ) {
      marks
    }
  }
}
