import Foundation
import Raster
import Testing

@testable import Plotting

@Suite
struct ColorVisionTests {
  /// What people without one kind of cones see, in linear light: G. Machado, M. Oliveira and
  /// L. Fernandes, “A Physiologically-based Model for Simulation of Color Vision Deficiency”,
  /// IEEE TVCG 15 (2009), severity 1.0.
  private static let vision: [(name: String, matrix: [[Double]])] = [
    ("usual", [[1, 0, 0], [0, 1, 0], [0, 0, 1]]),
    (
      "protanopia",
      [
        [0.152286, 1.052583, -0.204868], [0.114503, 0.786281, 0.099216],
        [-0.003882, -0.048116, 1.051998],
      ]
    ),
    (
      "deuteranopia",
      [
        [0.367322, 0.860646, -0.227968], [0.280085, 0.672501, 0.047413],
        [-0.011820, 0.042940, 0.968881],
      ]
    ),
    (
      "tritanopia",
      [
        [1.255528, -0.076749, -0.178779], [-0.078411, 0.930809, 0.147602],
        [0.004733, 0.691367, 0.303900],
      ]
    ),
  ]

  @Test(arguments: [Theme.light, .dark, .print])
  func `Any two colours of a theme are told apart`(theme: Theme) {
    let colors = theme.palette.colors
    for (name, matrix) in Self.vision {
      for (first, a) in colors.enumerated() {
        for (second, b) in colors.enumerated().dropFirst(first + 1) {
          let difference = ciede2000(lab(a, matrix), lab(b, matrix))
          #expect(difference >= 15, "\(theme.name), \(name): series \(first) and \(second)")
        }
      }
    }
  }

  @Test(arguments: [Theme.light, .dark, .print])
  func `No two of forty series look the same, whatever draws them`(theme: Theme) {
    var areas: Set<[String]> = []
    var points: Set<[String]> = []
    var lines: Set<[String]> = []
    for series in 0..<40 {
      let color = "\(theme.color(.series(series)))"
      areas.insert([color, "\(theme.hatch(series: series))"])
      points.insert([color, "\(theme.symbol(series: series))"])
      lines.insert([color, "\(theme.dash(series: series))"])
    }
    #expect(areas.count == 40 && points.count == 40 && lines.count == 40)
    // In print the first ones are told apart without their colours too.
    let own = Set((0..<7).map { "\(theme.hatch(series: $0))" })
    let expected = theme.distinguishesWithoutColor ? 7 : 1
    #expect(own.count == expected)
  }

  @Test
  func `The difference is CIE's: pairs of G. Sharma, W. Wu and E. Dalal, 2005`() {
    for (a, b, expected) in [
      ([50, 2.6772, -79.7751], [50, 0, -82.7485], 2.0425),
      ([50, 2.5, 0], [73, 25, -18], 27.1492),
      ([60.2574, -34.0099, 36.2677], [60.4626, -34.1751, 39.4387], 1.2644),
      ([22.7233, 20.0904, -46.6940], [23.0331, 14.9730, -42.5619], 2.0373),
    ] as [([Double], [Double], Double)] {
      #expect((ciede2000(a, b) - expected).magnitude < 1e-4)
    }
  }

  @Test
  func `The palettes that the first version had are found wanting`() {
    // Okabe and Ito's orange and sky blue on white.
    for hex: UInt32 in [0xE69F00, 0x56B4E9, 0xF0E442] {
      #expect(1.05 / (Color(hex: hex).luminance + 0.05) < 3)
    }
    let red = lab(Color(hex: 0xD62728), Self.vision[2].matrix)
    let green = lab(Color(hex: 0x2CA02C), Self.vision[2].matrix)
    #expect(ciede2000(red, green) < 15)
  }

  @Test
  func `Series beyond the colours differ by dash, symbol and hatching`() {
    for theme in [Theme.light, .dark] {
      let count = theme.palette.colors.count
      for series in 0..<count {
        #expect(theme.dash(series: series) == [])
        #expect(theme.symbol(series: series) == .circle)
        #expect(theme.hatch(series: series) == .none)
        #expect(theme.dash(series: series + count) != [])
        #expect(theme.symbol(series: series + count) != .circle)
        #expect(theme.hatch(series: series + count) != .none)
      }
    }
    for series in 1..<6 {
      #expect(Theme.print.dash(series: series) != Theme.print.dash(series: 0))
      #expect(Theme.print.hatch(series: series) != Theme.print.hatch(series: 0))
    }
  }

  @Test
  func `Print hatches bars, areas, histograms and boxes; a screen does not`() {
    let figures = [
      Figure { BarMark(["a", "b"], series: ["p": [1, 2], "q": [2, 1]]) },
      Figure { AreaMark.stacked(x: [0, 1], series: ["p": [1, 2], "q": [2, 1]]) },
      Figure {
        HistogramMark([1.0, 2, 3], label: "p")
        HistogramMark([2.0, 3, 5], label: "q")
      },
    ]
    for figure in figures {
      var plain = Theme.print
      plain.distinguishesWithoutColor = false
      #expect(figure.render(theme: .print, scale: 1) != figure.render(theme: plain, scale: 1))
    }
  }

  private func lab(_ color: Color, _ matrix: [[Double]]) -> [Double] {
    func linear(_ c: Double) -> Double {
      c <= 0.04045 ? c / 12.92 : pow((c + 0.055) / 1.055, 2.4)
    }
    let light = [linear(color.red), linear(color.green), linear(color.blue)]
    func times(_ m: [[Double]], _ v: [Double]) -> [Double] {
      m.map { row in zip(row, v).reduce(0) { $0 + $1.0 * $1.1 } }
    }
    let seen = times(matrix, light).map { min(max($0, 0), 1) }
    let toXYZ = [
      [0.4124564, 0.3575761, 0.1804375], [0.2126729, 0.7151522, 0.0721750],
      [0.0193339, 0.1191920, 0.9503041],
    ]
    let f = zip(times(toXYZ, seen), [0.95047, 1, 1.08883]).map { value, white in
      let t = value / white
      return t > 216 / 24389 ? cbrt(t) : (24389 / 27 * t + 16) / 116
    }
    return [116 * f[1] - 16, 500 * (f[0] - f[1]), 200 * (f[1] - f[2])]
  }

  private func ciede2000(_ first: [Double], _ second: [Double]) -> Double {
    func degrees(_ y: Double, _ x: Double) -> Double {
      let angle = atan2(y, x) * 180 / .pi
      return angle < 0 ? angle + 360 : angle
    }
    func cosine(_ degrees: Double) -> Double { cos(degrees * .pi / 180) }
    let c = (hypot(first[1], first[2]) + hypot(second[1], second[2])) / 2
    let g = 0.5 * (1 - sqrt(pow(c, 7) / (pow(c, 7) + pow(25, 7))))
    let (a1, a2) = (first[1] * (1 + g), second[1] * (1 + g))
    let (c1, c2) = (hypot(a1, first[2]), hypot(a2, second[2]))
    let (h1, h2) = (degrees(first[2], a1), degrees(second[2], a2))
    var dh = c1 * c2 == 0 ? 0 : h2 - h1
    if dh > 180 { dh -= 360 }
    if dh < -180 { dh += 360 }
    let big = 2 * sqrt(c1 * c2) * sin(dh / 2 * .pi / 180)
    let l = (first[0] + second[0]) / 2
    let cm = (c1 + c2) / 2
    var h = h1 + h2
    if c1 * c2 != 0 {
      h = (h1 - h2).magnitude <= 180 ? h / 2 : h < 360 ? (h + 360) / 2 : (h - 360) / 2
    }
    let t =
      1 - 0.17 * cosine(h - 30) + 0.24 * cosine(2 * h) + 0.32 * cosine(3 * h + 6)
      - 0.2 * cosine(4 * h - 63)
    let rotation = 30 * exp(-pow((h - 275) / 25, 2))
    let rc = 2 * sqrt(pow(cm, 7) / (pow(cm, 7) + pow(25, 7)))
    let sl = 1 + 0.015 * pow(l - 50, 2) / sqrt(20 + pow(l - 50, 2))
    let (sc, sh) = (1 + 0.045 * cm, 1 + 0.015 * cm * t)
    let rt = -sin(2 * rotation * .pi / 180) * rc
    let (x, y, z) = ((second[0] - first[0]) / sl, (c2 - c1) / sc, big / sh)
    return sqrt(x * x + y * y + z * z + rt * y * z)
  }
}
