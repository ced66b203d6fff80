import NeuralNetworks
import Tensors
import Testing

/// The designer against an enumeration of every stack of layers, over a grid of sizes and rules.
struct DesignBruteForceTests {
  struct Rules: Sendable, CustomStringConvertible {
    var stride = 1
    var dilation = 1
    var odd = false
    var seesTheImage = false
    var asymmetric = false

    var description: String {
      "stride \(stride), dilation \(dilation)\(odd ? ", odd" : "")"
        + "\(seesTheImage ? ", sees the image" : "")\(asymmetric ? ", asymmetric" : "")"
    }
  }

  static let grid: [Rules] = [1, 2, 3].flatMap { stride in
    [1, 2].flatMap { dilation in
      (0..<8).map {
        Rules(
          stride: stride, dilation: dilation, odd: $0 & 1 > 0, seesTheImage: $0 & 2 > 0,
          asymmetric: $0 & 4 > 0)
      }
    }
  }

  /// One axis of one layer, by definition.
  struct Layer {
    var kernel: Int
    var before: Int
    var after: Int
    var size: Int
  }

  static let largestMargin = 6
  static let largestKernel = 18

  /// Every layer that fits, from its definition: no formula of the designer is used.
  static func layers(on size: Int, _ rules: Rules) -> [Layer] {
    var layers: [Layer] = []
    for kernel in 1...largestKernel where !rules.odd || kernel % 2 == 1 {
      for before in 0...largestMargin {
        for after in before...(rules.asymmetric ? before + 1 : before) {
          let span = rules.dilation * (kernel - 1) + 1
          // Every position at which the kernel lies within the padded image.
          let starts = Array(
            stride(
              from: -before, through: size + after - span, by: rules.stride))
          guard !starts.isEmpty else { continue }
          let sees = starts.allSatisfy { start in
            (0..<kernel).contains { (0..<size).contains(start + $0 * rules.dilation) }
          }
          if rules.seesTheImage && !sees { continue }
          layers.append(Layer(kernel: kernel, before: before, after: after, size: starts.count))
        }
      }
    }
    return layers
  }

  /// The least cost and how many reach it.
  struct Tally {
    var least = Int.max
    var count = 0

    mutating func add(_ cost: Int) {
      if cost < least { (least, count) = (cost, 0) }
      if cost == least { count += 1 }
    }
  }

  @Test func `Two layers are as good as the best of all`() throws {
    for rules in Self.grid { try compareTwoLayers(rules) }
  }

  private func compareTwoLayers(_ rules: Rules) throws {
    let size = 5
    // tallies[aim][n][m]
    var tallies = Array(
      repeating: Array(repeating: Array(repeating: Tally(), count: size + 1), count: size + 1),
      count: 3)
    var cache: [Int: [Layer]] = [:]
    for n in 1...size {
      for first in Self.layers(on: n, rules) {
        let second = cache[first.size] ?? Self.layers(on: first.size, rules)
        cache[first.size] = second
        for last in second where last.size <= size {
          let total = first.before + first.after + last.before + last.after
          let largest = max(first.after, last.after)
          let paddedFirst = n + first.before + first.after
          let paddedLast = first.size + last.before + last.after
          let cells =
            paddedFirst * paddedFirst - n * n + paddedLast * paddedLast - first.size * first.size
          tallies[0][n][last.size].add(2 * total)
          tallies[1][n][last.size].add(largest)
          tallies[2][n][last.size].add(cells)
        }
      }
    }
    for (index, aim) in ConvolutionDesigner.Aim.allCases.enumerated() {
      let designer = ConvolutionDesigner(
        layers: 2,
        each: LayerRule(
          allowsOnlyOddKernels: rules.odd, stride: rules.stride, dilation: rules.dilation),
        aim: aim, everyOutputSeesTheImage: rules.seesTheImage,
        allowsAsymmetricPadding: rules.asymmetric)
      for n in 1...size {
        for m in 1...size {
          let tally = tallies[index][n][m]
          let plan = try? designer.plan(from: Extent2D(n), to: Extent2D(m))
          guard let plan else {
            #expect(tally.count == 0, "\(n) to \(m), \(aim), \(rules)")
            continue
          }
          let cost = [plan.totalPadding, plan.largestPadding, plan.zeroCellCount][index]
          // At this cost there may be designs with wider margins than were enumerated.
          let beyond = [26, Self.largestMargin, 195][index]
          if cost >= beyond { continue }
          #expect(cost == tally.least, "\(n) to \(m), \(aim), \(rules): \(plan)")
          #expect(
            try designer.bestPlanCount(from: Extent2D(n), to: Extent2D(m)) == tally.count,
            "\(n) to \(m), \(aim), \(rules): \(plan)")
          if rules.seesTheImage { #expect(plan.blindShares == [0, 0]) }
        }
      }
    }
  }

  /// The fewest zero cells of an oblong image, over all pairs of row and column stacks.
  @Test func `Oblong images are as good as the best of all`() throws {
    let rules = Rules()
    let designer = ConvolutionDesigner(layers: 2, aim: .fewestZeroCells)
    let stacks = { (n: Int, m: Int) -> [(Layer, Layer)] in
      Self.layers(on: n, rules).filter { $0.after <= 3 }.flatMap { first in
        Self.layers(on: first.size, rules).filter { $0.size == m && $0.after <= 3 }
          .map { (first, $0) }
      }
    }
    for (height, width, newHeight, newWidth) in [
      (3, 5, 5, 4), (2, 4, 5, 5), (4, 3, 3, 6), (5, 2, 6, 2), (4, 5, 2, 3), (3, 4, 4, 4),
    ] {
      var tally = Tally()
      let rows = stacks(height, newHeight)
      let columns = stacks(width, newWidth)
      for row in rows {
        for column in columns {
          let first =
            (height + 2 * row.0.before) * (width + 2 * column.0.before) - height * width
          let second =
            (row.0.size + 2 * row.1.before) * (column.0.size + 2 * column.1.before)
            - row.0.size * column.0.size
          tally.add(first + second)
        }
      }
      let input = Extent2D(height: height, width: width)
      let output = Extent2D(height: newHeight, width: newWidth)
      let plan = try designer.plan(from: input, to: output)
      #expect(plan.zeroCellCount == tally.least, "\(input) to \(output): \(plan)")
      #expect(try designer.bestPlanCount(from: input, to: output) == tally.count)
      let plans = try designer.bestPlans(from: input, to: output, limit: 50)
      #expect(plans.count == min(50, tally.count) && Set(plans).count == plans.count)
      #expect(plans.allSatisfy { $0.zeroCellCount == tally.least && $0.output == output })
    }
  }
}
