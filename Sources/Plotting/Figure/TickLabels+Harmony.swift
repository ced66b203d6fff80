import Numbers

extension TickLabels {
  /// The ticks' values with their labels.
  private var written: [Double: String] {
    Dictionary(
      items.compactMap { item in item.label.map { (item.value, $0.string) } },
      uniquingKeysWith: { first, _ in first })
  }

  /// Whether some value stands on both axes and is written differently.
  private func contradicts(_ other: TickLabels) -> Bool {
    let others = other.written
    return written.contains { value, label in
      value != 0 && others[value].map { $0 != label } ?? false
    }
  }

  /// Whether the labels are the axis' own choice, on a scale of numbers.
  private var isFree: Bool {
    guard let source, source.axis.format == .automatic, source.axis.ticks == .automatic
    else { return false }
    switch source.resolved.scale {
    case .linear, .log, .symlog: return true
    case .automatic, .time, .categorical: return false
    }
  }

  private var isLinear: Bool { source?.resolved.scale == .linear }

  /// Whether ticks are powers of ten.
  private var usesPowers: Bool { !isLinear && source?.style.usesPowers == true }

  /// Whether every label stands at a power of ten.
  private var isDecades: Bool {
    written.keys.allSatisfy { DecimalDigits(shortest: $0).digits == [1] }
  }

  /// Whether the axis is written in powers of ten that would be readable without.
  var canBePlain: Bool {
    items.allSatisfy { $0.value == 0 || (1e-4...1e6).contains($0.value.magnitude) }
  }

  /// Writes the ticks of axes alike, where equal quantities stand on two of them: “100” beside “10²”
  /// would be read as two different things.
  ///
  /// Powers of ten on a logarithmic axis become plain numbers beside a linear one, all of them unless
  /// some are too long for that; then those that are not long: epochs 1, 2, 3 beside a loss of 10⁻⁸,
  /// 10⁻⁴, 1. Only where a long number stands on both axes is the linear one written in powers.
  static func harmonise(_ axes: inout [TickLabels]) {
    let pairs = axes.indices.flatMap { a in axes.indices.map { (a, $0) } }.filter { $0 < $1 }
    let free = axes.indices.filter { axes[$0].isFree }
    let logarithmic = free.filter { !axes[$0].isLinear }
    // The quantities that two axes write differently, because one of them uses powers.
    let common = Set(
      pairs.flatMap { a, b -> [Double] in
        let (a, b) = (axes[a], axes[b])
        guard a.isFree, b.isFree, a.isLinear != b.isLinear || a.usesPowers != b.usesPowers,
          a.contradicts(b)
        else { return [] }
        return a.written.keys.filter { $0 != 0 && b.written[$0] != nil }.map(\.magnitude)
      })
    if let least = common.min(), let most = common.max() {
      let isPlain = logarithmic.allSatisfy { axes[$0].canBePlain }
      let hasLinear = logarithmic.count < free.count
      if hasLinear && isPlain {
        for index in logarithmic {
          axes[index] = axes[index].rewritten { $0.style.usesPowers = false }
        }
      } else if hasLinear ? (most >= 1e4 || least <= 1e-3) : free.allSatisfy({ axes[$0].isDecades })
      {
        for index in free {
          axes[index] = axes[index].rewritten {
            ($0.style.usesPowers, $0.style.isShared) = (true, true)
          }
        }
      } else {
        for index in logarithmic {
          axes[index] = axes[index].rewritten { $0.style.plain = min(1, least)...max(1000, most) }
        }
      }
    }
    for (a, b) in pairs {
      // First the notation, then its digits.
      for _ in 0..<2 {
        guard let style = commonStyle(axes[a], axes[b]) else { break }
        for index in [a, b] {
          axes[index] = axes[index].rewritten {
            ($0.style.isScientific, $0.style.decimals) = (style.isScientific, style.decimals)
          }
        }
      }
    }
  }

  /// Gives two axes of numbers on which a unit is equally long the same distance of ticks, as a square
  /// grid has: about as many as suit both.
  static func square(_ x: inout TickLabels, _ y: inout TickLabels) {
    guard x.isFree, y.isFree, x.isLinear, y.isLinear, x.count > 0, y.count > 0, x.count != y.count
    else { return }
    x = x.rewritten { $0.count = (x.count + y.count) / 2 }
    let found = x.count
    y = y.rewritten { $0.count = found }
  }

  /// How two linear axes must be written so that quantities that stand on both read alike; `nil` when
  /// they do already. Whole numbers (steps, counts) stay without a point beside others with one.
  private static func commonStyle(_ x: TickLabels, _ y: TickLabels) -> TickStyle? {
    guard x.isFree, y.isFree, x.isLinear, y.isLinear, x.source?.resolved.wantsIntegers == false,
      y.source?.resolved.wantsIntegers == false, x.contradicts(y)
    else { return nil }
    let (a, b) = (x.written, y.written)
    func isScientific(_ labels: [Double: String]) -> Bool {
      labels.values.contains { $0.contains("10^{") }
    }
    func decimals(_ labels: [Double: String]) -> Int {
      labels.values.map { label in
        label.firstIndex(of: ".").map { label[$0...].dropFirst().prefix { $0.isNumber }.count } ?? 0
      }.max() ?? 0
    }
    if isScientific(a) != isScientific(b) { return TickStyle(isScientific: true) }
    return TickStyle(isScientific: isScientific(a), decimals: max(decimals(a), decimals(b)))
  }
}
