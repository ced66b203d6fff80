/// The best designs for both axes.
protocol DesignSolution {
  /// How many there are; `Int.max` for that many or more.
  var count: Int { get }

  /// The first of them, rows and columns apart.
  func designs(limit: Int) -> [(rows: [AxisChoice], columns: [AxisChoice])]
}

/// The best designs along one axis, when the cost of a layer depends on that axis alone.
struct AxisSolution {
  /// The ways of a layer from one size to another among which the best are looked for.
  typealias Choices = (_ index: Int, _ from: Int, _ to: Int) -> [AxisChoice]
  /// The cost of a choice for an image of some size.
  typealias Cost = (_ from: Int, AxisChoice) -> Int

  private let design: AxisDesign
  private let choices: Choices
  private let cost: Cost
  /// The least cost from a size before a layer to the end.
  private var least: [[Int: Int]]

  /// The least cost of all; 0 where there is no way.
  var leastCost: Int { least[0][design.input] ?? 0 }

  init(_ design: AxisDesign, choices: @escaping Choices, cost: @escaping Cost) {
    self.design = design
    self.choices = choices
    self.cost = cost
    least = Array(repeating: [:], count: design.rules.count) + [[design.output: 0]]
    for index in design.rules.indices.reversed() {
      for n in design.sizes(before: index) {
        var best: Int?
        for m in design.sizes(before: index + 1) {
          guard let rest = least[index + 1][m] else { continue }
          for choice in choices(index, n, m) {
            best = min(best ?? Int.max, cost(n, choice) + rest)
          }
        }
        least[index][n] = best
      }
    }
  }

  /// The designs of least total padding.
  static func leastTotal(_ design: AxisDesign) -> AxisSolution {
    func solution(_ design: AxisDesign) -> AxisSolution {
      AxisSolution(design, choices: design.leastPadded) { $1.before + $1.after }
    }
    // No size grows by more than the padding: that bounds the sizes of all designs as good.
    return solution(design.limited(to: design.input + solution(design).leastCost))
  }

  /// The designs of least total padding among those whose margins stay within `widest`.
  static func leastTotal(_ design: AxisDesign, widest: Int) -> AxisSolution {
    let limited = design.limited(widest: widest)
    return AxisSolution(
      limited, choices: { limited.padded($0, from: $1, to: $2, widest: widest) }
    ) { $1.before + $1.after }
  }

  /// The designs of fewest zero cells on a square image.
  static func fewestCells(_ design: AxisDesign) -> AxisSolution {
    func solution(_ design: AxisDesign) -> AxisSolution {
      AxisSolution(design, choices: design.leastPadded) { size, choice in
        let padded = size + choice.before + choice.after
        return padded * padded - size * size
      }
    }
    // Growing from n to m takes at least m² - n² cells, and shrinking gives none back.
    let cells = solution(design).leastCost
    let bound = Double(design.input * design.input + cells).squareRoot()
    return solution(design.limited(to: Int(bound)))
  }

  /// How many designs have the least cost.
  var count: Int {
    var counts = [design.output: 1]
    for index in design.rules.indices.reversed() {
      var before: [Int: Int] = [:]
      for n in design.sizes(before: index) {
        var sum = 0
        for m in design.sizes(before: index + 1) {
          guard let rest = least[index + 1][m], let ways = counts[m] else { continue }
          let best = choices(index, n, m).count { cost(n, $0) + rest == least[index][n] }
          sum = saturatingSum(sum, saturatingProduct(best, ways))
        }
        before[n] = sum
      }
      counts = before
    }
    return counts[design.input] ?? 0
  }

  /// The first designs of least cost: early layers reach the wanted size, kernels stay small.
  func designs(limit: Int) -> [[AxisChoice]] {
    var found: [[AxisChoice]] = []
    func extend(_ design: [AxisChoice], from n: Int) {
      let index = design.count
      if index == self.design.rules.count {
        found.append(design)
        return
      }
      let nearest = self.design.sizes(before: index + 1).sorted {
        (abs($0 - self.design.output), $0) < (abs($1 - self.design.output), $1)
      }
      for m in nearest {
        guard let rest = least[index + 1][m] else { continue }
        for choice in choices(index, n, m)
        where cost(n, choice) + rest == least[index][n] {
          if found.count < limit { extend(design + [choice], from: m) }
        }
      }
    }
    extend([], from: design.input)
    return found
  }
}

extension AxisDesign {
  /// The ways whose margins stay within `widest`, with all sizes that these can reach.
  func limited(widest: Int) -> AxisDesign {
    limited(to: input + 2 * widest * rules.count)
  }

  /// The least possible widest margin of any layer.
  var leastWidestMargin: Int {
    limited(widest: leastWidestMarginWithinLimit).leastWidestMarginWithinLimit
  }

  private var leastWidestMarginWithinLimit: Int {
    var least = [output: 0]
    for index in rules.indices.reversed() {
      var before: [Int: Int] = [:]
      for n in sizes(before: index) {
        for m in sizes(before: index + 1) {
          guard let rest = least[m],
            let choice = leastPadded(index, from: n, to: m).first
          else { continue }
          before[n] = min(before[n] ?? Int.max, max(choice.after, rest))
        }
      }
      least = before
    }
    return least[input] ?? 0
  }

  /// How many designs have margins of at most `widest`.
  func count(widest: Int) -> Int {
    limited(widest: widest).countWithinLimit(widest: widest)
  }

  private func countWithinLimit(widest: Int) -> Int {
    var counts = [output: 1]
    for index in rules.indices.reversed() {
      var before: [Int: Int] = [:]
      for n in sizes(before: index) {
        before[n] = counts.reduce(0) { sum, next in
          let ways = padded(index, from: n, to: next.key, widest: widest).count
          return saturatingSum(sum, saturatingProduct(ways, next.value))
        }
      }
      counts = before
    }
    return counts[input] ?? 0
  }
}

func saturatingSum(_ a: Int, _ b: Int) -> Int {
  let (sum, overflow) = a.addingReportingOverflow(b)
  return overflow ? Int.max : sum
}

func saturatingProduct(_ a: Int, _ b: Int) -> Int {
  let (product, overflow) = a.multipliedReportingOverflow(by: b)
  return overflow ? Int.max : product
}
