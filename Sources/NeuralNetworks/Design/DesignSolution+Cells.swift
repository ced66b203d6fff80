/// The designs of an oblong image with the fewest cells of padding.
///
/// A layer's cells are (h + padding rows) (w + padding columns) - h w: both axes count together, so
/// the dynamic programming goes over pairs of sizes. Given the sizes before and after a layer, less
/// padding is fewer cells on either axis, so only least padded choices are looked at.
struct OblongCellsSolution: DesignSolution {
  private struct Sizes: Hashable {
    var height: Int
    var width: Int
  }

  private struct Best {
    var cells: Int
    var count: Int
  }

  private let rows: AxisDesign
  private let columns: AxisDesign
  private let rowSteps: [[Int: [Step]]]
  private let columnSteps: [[Int: [Step]]]
  private var best: [[Sizes: Best]]

  /// The least padded ways of one layer from one size to another.
  private struct Step {
    var target: Int
    var padding: Int
    var choices: [AxisChoice]
  }

  init(rows: AxisDesign, columns: AxisDesign) {
    // Sizes that the designs of least total padding reach; a design of fewer cells may shrink more
    // than these, but does not grow beyond them.
    let rows = rows.limited(to: rows.input + AxisSolution.leastTotal(rows).leastCost)
    let columns = columns.limited(
      to: columns.input + AxisSolution.leastTotal(columns).leastCost)
    self.rows = rows
    self.columns = columns
    rowSteps = Self.steps(rows)
    columnSteps = Self.steps(columns)
    let end = Sizes(height: rows.output, width: columns.output)
    best =
      Array(repeating: [:], count: rows.rules.count) + [[end: Best(cells: 0, count: 1)]]
    for index in rows.rules.indices.reversed() {
      for (height, down) in rowSteps[index] {
        for (width, across) in columnSteps[index] {
          var found: Best?
          for row in down {
            for column in across {
              let next = Sizes(height: row.target, width: column.target)
              guard let rest = best[index + 1][next] else { continue }
              let cells = Self.cells(height, width, row, column) + rest.cells
              let ways = saturatingProduct(
                saturatingProduct(row.choices.count, column.choices.count), rest.count)
              if let sofar = found, sofar.cells <= cells {
                if sofar.cells == cells { found?.count = saturatingSum(sofar.count, ways) }
              } else {
                found = Best(cells: cells, count: ways)
              }
            }
          }
          best[index][Sizes(height: height, width: width)] = found
        }
      }
    }
  }

  var count: Int { best[0][Sizes(height: rows.input, width: columns.input)]?.count ?? 0 }

  func designs(limit: Int) -> [(rows: [AxisChoice], columns: [AxisChoice])] {
    var found: [(rows: [AxisChoice], columns: [AxisChoice])] = []
    func extend(_ rowDesign: [AxisChoice], _ columnDesign: [AxisChoice], _ sizes: Sizes) {
      let index = rowDesign.count
      if index == rows.rules.count {
        found.append((rowDesign, columnDesign))
        return
      }
      guard let least = best[index][sizes]?.cells else { return }
      for row in rowSteps[index][sizes.height] ?? [] {
        for column in columnSteps[index][sizes.width] ?? [] {
          let next = Sizes(height: row.target, width: column.target)
          guard let rest = best[index + 1][next],
            Self.cells(sizes.height, sizes.width, row, column) + rest.cells == least
          else { continue }
          for down in row.choices {
            for across in column.choices where found.count < limit {
              extend(rowDesign + [down], columnDesign + [across], next)
            }
          }
        }
      }
    }
    extend([], [], Sizes(height: rows.input, width: columns.input))
    return found
  }

  private static func cells(_ height: Int, _ width: Int, _ row: Step, _ column: Step) -> Int {
    (height + row.padding) * (width + column.padding) - height * width
  }

  /// For each layer and size before it, the steps to every size after it, nearest to the end first.
  private static func steps(_ design: AxisDesign) -> [[Int: [Step]]] {
    design.rules.indices.map { index in
      var steps: [Int: [Step]] = [:]
      for n in design.sizes(before: index) {
        steps[n] = design.sizes(before: index + 1).sorted {
          (abs($0 - design.output), $0) < (abs($1 - design.output), $1)
        }.compactMap { m in
          let choices = design.leastPadded(index, from: n, to: m)
          return choices.first.map {
            Step(target: m, padding: $0.before + $0.after, choices: choices)
          }
        }
      }
      return steps
    }
  }
}
