internal import Dispatch
internal import Synchronization

/// The results of independent pieces of work in their order, computed on as many threads as there are
/// processors. What the pieces are must not depend on how many that is: a file has the same bytes everywhere.
func sideBySide<Item: Sendable, Result: Sendable>(
  _ items: [Item], _ work: @Sendable (Item) -> Result
) -> [Result] {
  if items.count < 2 { return items.map(work) }
  let results = Mutex([Result?](repeating: nil, count: items.count))
  DispatchQueue.concurrentPerform(iterations: items.count) { index in
    let result = work(items[index])
    results.withLock { $0[index] = result }
  }
  return results.withLock { $0.compactMap { $0 } }
}
