import Requirements
import Tensors

/// Traps unless new tensors have the count and the shapes of the ones they replace.
func requireReplaceable(_ old: [Tensor], by new: [Tensor], in layer: String, what: String) {
  require(
    new.count == old.count,
    "\(layer) has \(old.count) tensors of \(what), and was given \(new.count)")
  for (index, (old, new)) in zip(old, new).enumerated() {
    require(
      new.shape == old.shape,
      "\(layer): tensor \(index) of its \(what) has the shape \(old.shape), not \(new.shape)")
  }
}

/// How many multiply-adds several parts take together, or a trap where an `Int` cannot count them.
func sum(ofMultiplyAdds parts: [Int]) -> Int {
  parts.reduce(0) { sum, part in
    let (count, overflow) = sum.addingReportingOverflow(part)
    require(!overflow, "\(sum) and \(part) multiply-adds are beyond counting")
    return count
  }
}

/// Traps unless what keeps a divisor above zero does so.
func requireEpsilon(_ epsilon: Float) {
  require(epsilon > 0 && epsilon.isFinite, "epsilon is above 0 and finite, not \(epsilon)")
}

/// How many multiply-adds two numbers stand for, or a trap where an `Int` cannot count them.
func product(_ a: Int, _ b: Int) -> Int {
  let (count, overflow) = a.multipliedReportingOverflow(by: b)
  require(!overflow, "\(a) times \(b) multiply-adds are beyond counting")
  return count
}
