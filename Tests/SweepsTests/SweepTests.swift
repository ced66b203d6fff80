import Raster
import Sweeps
import Testing

@Suite struct SweepTests {
  private static let odd: [Double] = [
    3, .nan, -2, .infinity, 0, -.infinity, 0.5, -0.0, 1e-300, 1e308, .nan,
  ]

  @Test func `One pass finds what a plot asks of its values`() {
    let sweep = Sweep(Self.odd)
    #expect(sweep.range == -2...1e308)
    #expect(sweep.positives == 1e-300...1e308)
    #expect(sweep.nonPositive?.count == 3)
    #expect(sweep.nonPositive?.first == -2)
    #expect(sweep.nonPositive?.index == 2)
    #expect(sweep.missingCount == 2)
    #expect(!sweep.isWhole)
    #expect(Sweep([2, -7, .nan]).isWhole)
    let nothing = Sweep([.nan, .infinity])
    #expect(nothing.range == nil && nothing.positives == nil && nothing.nonPositive == nil)
    #expect(Sweep([]).range == nil)
  }

  @Test func `The range counts finite values, or those above zero`() {
    #expect(Sweep.range(of: Self.odd) == -2...1e308)
    #expect(Sweep.range(of: Self.odd, isPositive: true) == 1e-300...1e308)
    #expect(Sweep.range(of: [0, -1], isPositive: true) == nil)
    var random = SystemRandomNumberGenerator()
    for count in 0..<40 {
      let values = (0..<count).map { _ in
        Self.odd.randomElement(using: &random) ?? Double(Int.random(in: -9...9, using: &random))
      }
      let known = values.filter(\.isFinite)
      #expect(
        Sweep.range(of: values) == known.min().flatMap { low in known.max().map { low...$0 } },
        "\(values)")
      let above = known.filter { $0 > 0 }
      #expect(
        Sweep.range(of: values, isPositive: true)
          == above.min().flatMap { low in above.max().map { low...$0 } }, "\(values)")
    }
    #expect(!Sweep.isFinite(Self.odd))
    #expect(Sweep.isFinite([1, -1e308]))
  }

  @Test func `A value that is no number is found wherever it stands`() {
    for count in 0..<14 {
      #expect(!Sweep.holdsNaN([Double](repeating: .infinity, count: count)))
      for index in 0..<count {
        var values = [Double](repeating: 1, count: count)
        values[index] = .nan
        #expect(Sweep.holdsNaN(values))
      }
    }
  }

  /// Many points at once stand where each stands alone, and what has no place is left out.
  @Test func `Points stand where each of them does alone`() {
    let curves: [Placing.Curve] = [.even, .log, .symlog(threshold: 0.1)]
    for curve in curves {
      let across = Stretch(Placing(curve, 0.25...4), from: 10, to: 90)
      let up = Stretch(Placing(.even, -1...3), from: 80, to: 20)
      let frame = Rect(x: 0, y: 0, width: 100, height: 100)
      let up2 = Self.odd.map { $0 / 2 }
      let (indices, points) = Stretch.points(Self.odd, up2, across: across, up: up, in: frame)
      let expected = Self.odd.indices.filter {
        frame.contains(Point(across.position(Self.odd[$0]), up.position(up2[$0])))
      }
      #expect(indices == expected)
      #expect(indices.contains(0) && !indices.contains(1) && !indices.contains(9))
      #expect(indices.contains(4) == (curve == .even))
      for (index, point) in zip(indices, points) {
        #expect(point == Point(across.position(Self.odd[index]), up.position(up2[index])))
      }
    }
    let ends = Stretch(Placing(.log, 1...100), from: 0, to: 10)
    #expect(ends.position(10) == 5)
    #expect(ends.position(0).isNaN && ends.position(.infinity).isNaN)
  }

  @Test func `A line ends where a point has no place, and goes on behind it`() {
    let across = Stretch(Placing(.even, 0...10), from: 0, to: 100)
    let up = Stretch(Placing(.log, 1...100), from: 0, to: 10)
    func runs(_ y: [Double]) -> [(indices: Range<Int>, points: [Point])] {
      Stretch.runs(y.indices.map(Double.init), y, across: across, up: up)
    }
    let found = runs([.nan, 1, 10, 0, -1, 100, .infinity, 1])
    #expect(
      found.map(\.points) == [[Point(10, 0), Point(20, 5)], [Point(50, 10)], [Point(70, 0)]])
    #expect(found.map(\.indices) == [1..<3, 5..<6, 7..<8])
    #expect(runs([1, 10]).map(\.points) == [[Point(0, 0), Point(10, 5)]])
    #expect(runs([]).isEmpty && runs([.nan]).isEmpty)
    #expect(up.positions(of: [1, -1, 100, .nan, 10]) == [0, 10, 5])
  }

  @Test func `The closest values are found whatever their order`() {
    #expect(Sweep.closest([4, 1, 9, 3.5]) == 0.5)
    #expect(Sweep.closest([2, 7, 2]) == 0)
    #expect(Sweep.closest([2]) == nil && Sweep.closest([]) == nil)
  }

  @Test func `Points lie in a rectangle when each of them does`() {
    let rect = Rect(x: 0, y: 0, width: 10, height: 5)
    #expect(Sweep.lie([Point(0, 0), Point(9, 4)], in: rect) && Sweep.lie([], in: rect))
    #expect(!Sweep.lie([Point(1, 1), Point(1, 6)], in: rect))
    #expect(!Sweep.lie([Point(.nan, 1)], in: rect))
  }

  @Test func `Values take the colour at their share of the map`() {
    let table: [UInt8] = [0, 0, 0, 255, 100, 100, 100, 255, 200, 200, 200, 255]
    let values: [Double] = [0, 0.24, 0.26, 0.5, 1, 7, -7, .infinity, -.infinity, .nan]
    func grays(_ isStepped: Bool, _ curve: Placing.Curve = .even) -> [UInt8] {
      let domain = curve == .log ? 0.01...1.0 : 0...1
      let shades = Shades(Placing(curve, domain), table: table, isStepped: isStepped)
      let pixels = shades.pixels(of: values)
      return values.indices.map { pixels[4 * $0 + 3] == 0 ? 7 : pixels[4 * $0] }
    }
    #expect(grays(false) == [0, 0, 100, 100, 200, 200, 0, 200, 0, 7])
    #expect(grays(true) == [0, 0, 0, 100, 200, 200, 0, 200, 0, 7])
    // Zero and what lies below has no colour on a logarithmic scale.
    #expect(grays(false, .log) == [7, 100, 100, 200, 200, 200, 7, 200, 7, 7])
    #expect(Shades.cover([0, 1], Placing(.even, 0...1)))
    #expect(!Shades.cover([0, 1], Placing(.log, 0.1...1)))
  }

  /// Each place's mean by definition: the cells that lie on it, by how much of them does.
  private func means(
    _ values: [Double], _ rows: Int, _ columns: Int, _ toRows: Int, _ toColumns: Int
  ) -> [Double] {
    func share(_ cell: Int, _ count: Int, _ place: Int, _ places: Int) -> Double {
      let low = max(Double(cell) / Double(count), Double(place) / Double(places))
      let high = min(Double(cell + 1) / Double(count), Double(place + 1) / Double(places))
      return max(0, high - low) * Double(places)
    }
    return (0..<toRows * toColumns).map { place in
      var (sum, all) = (0.0, 0.0)
      for index in values.indices where !values[index].isNaN {
        let weight =
          share(index / columns, rows, place / toColumns, toRows)
          * share(index % columns, columns, place % toColumns, toColumns)
        if weight > 1e-12 {
          sum += weight * values[index]
          all += weight
        }
      }
      return all > 0 ? sum / all : .nan
    }
  }

  @Test func `A smaller table holds the means of what falls on each of its places`() {
    var random = SystemRandomNumberGenerator()
    for (rows, columns, toRows, toColumns) in [
      (7, 9, 3, 4), (6, 6, 3, 2), (5, 8, 5, 3), (9, 4, 2, 4), (13, 11, 12, 10), (3, 3, 1, 1),
    ] {
      for hasHoles in [false, true] {
        var values = (0..<rows * columns).map { _ in Double.random(in: -1...1, using: &random) }
        if hasHoles { for index in 0..<columns + 2 { values[index] = .nan } }
        var found: [Double] = []
        unsafe Means.rows(
          of: values, rows: rows, columns: columns, toRows: toRows, toColumns: toColumns,
          isCounted: hasHoles ? { !$0.isNaN } : nil
        ) { row, means in
          #expect(row * toColumns == found.count)
          unsafe found += means
        }
        let expected = means(values, rows, columns, toRows, toColumns)
        #expect(found.count == expected.count)
        for (a, b) in zip(found, expected) {
          #expect(abs(a - b) < 1e-12 || a.isNaN && b.isNaN, "\(a) for \(b)")
        }
      }
    }
  }
}
