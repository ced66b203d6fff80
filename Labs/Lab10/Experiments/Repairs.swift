internal import LabKit

/// Some of the five repairs of the notebook's training: four of the gradient of its loss, one of the
/// convolution.
package struct Repairs: OptionSet, Hashable, Sendable {
  package let rawValue: Int

  package init(rawValue: Int) { self.rawValue = rawValue }

  /// Each input channel gets its own gradient.
  package static let channel = Repairs(rawValue: 1)
  /// The label's whole row of the Jacobian.
  package static let row = Repairs(rawValue: 2)
  /// The probability as divisor, not the loss.
  package static let divisor = Repairs(rawValue: 4)
  /// The sign of the largest logit.
  package static let sign = Repairs(rawValue: 8)
  /// The mean over the batch, not the sum.
  package static let mean = Repairs(rawValue: 16)

  /// All five.
  package static let all = Repairs(rawValue: 31)

  /// The five, each alone, with what it is called.
  package static let each: [(repair: Repairs, name: String)] = [
    (.channel, "channel"), (.row, "row"), (.divisor, "divisor"), (.sign, "sign"), (.mean, "mean"),
  ]

  /// All 32 sets, by how many repairs they hold.
  package static let sets = (0...31).map { Repairs(rawValue: $0) }.sorted {
    ($0.count, $0.rawValue) < ($1.count, $1.rawValue)
  }

  /// How many repairs these are.
  package var count: Int { rawValue.nonzeroBitCount }

  /// `row, sign`; `nothing` for none.
  package var name: String {
    isEmpty
      ? "nothing" : Self.each.filter { contains($0.repair) }.map(\.name).joined(separator: ", ")
  }

  /// The notebook's training with these repairs.
  package var recipe: Recipe {
    Recipe.notebook.with {
      $0.channelFault = !contains(.channel)
      $0.loss.diagonalOnly = !contains(.row)
      $0.loss.dividesByLoss = !contains(.divisor)
      $0.loss.lacksSign = !contains(.sign)
      $0.loss.lacksMean = !contains(.mean)
    }
  }
}
