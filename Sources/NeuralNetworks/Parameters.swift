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

/// How many multiply-adds two numbers stand for, or a trap where an `Int` cannot count them.
func product(_ a: Int, _ b: Int) -> Int {
  let (count, overflow) = a.multipliedReportingOverflow(by: b)
  require(!overflow, "\(a) times \(b) multiply-adds are beyond counting")
  return count
}
