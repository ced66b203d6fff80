internal import Requirements
internal import Synchronization
internal import Tensors

/// A pass that made new state, and by which tensors its layer is known again.
///
/// A layer is a value and has no name, but it has tensors of its own: two passes whose tensors share memory
/// are of one layer that was used twice. (Copies of a layer share memory until their first step. What one of
/// them forgets is noticed in the second.)
struct StatefulPass: Sendable {
  /// The new state.
  let made: [Tensor]
  /// The layer's own tensors; none where they are not known, as of layers of one's own.
  let marks: [Tensor]

  /// Whether another pass may be of the same layer; all of unknown layers may.
  private func mayBeOfSameLayer(as other: StatefulPass) -> Bool {
    if marks.isEmpty || other.marks.isEmpty { return marks.isEmpty && other.marks.isEmpty }
    // A second pass may begin with the state that the first one made, and hand on old state.
    return (marks + made).contains { $0.sharesMemory(withOneOf: other.marks + other.made) }
  }

  /// How many tensors of state the layers of some passes have, a layer that was used twice counted once.
  ///
  /// At least so many: all unknown layers count as one.
  static func stateCount(of passes: [StatefulPass]) -> Int {
    var layers: [[StatefulPass]] = []
    for pass in passes {
      // A pass may show that two groups are of one layer.
      let same = layers.filter { $0.contains { $0.mayBeOfSameLayer(as: pass) } }
      layers.removeAll { $0.contains { $0.mayBeOfSameLayer(as: pass) } }
      layers.append(same.flatMap(\.self) + [pass])
    }
    return layers.reduce(0) { sum, passes in sum + (passes.map(\.made.count).max() ?? 0) }
  }

  /// Traps where this pass forgets what one of the layers made that ran within it.
  ///
  /// That is so where it hands on fewer tensors than they have, and nothing but theirs: one that makes its
  /// own of them, such as a mean of two layers' statistics, knows what it does.
  func requireAll(of within: [StatefulPass]) {
    guard within.reduce(0, { $0 + $1.made.count }) > made.count else { return }
    let count = Self.stateCount(of: within)
    if count <= made.count { return }
    let states = within.flatMap(\.made)
    if !made.allSatisfy({ $0.sharesMemory(withOneOf: states) }) { return }
    Self.refuse("the layers", made: count, handingOn: made.count, "first.state + second.state")
  }

  /// Traps where the pass around hands on less than this one made.
  func requireRoom(handingOn count: Int) {
    if made.count > count {
      Self.refuse("a layer", made: made.count, handingOn: count, "inner.state")
    }
  }

  static func refuse(
    _ who: String, made: Int, handingOn count: Int, _ state: String
  ) -> Never {
    requirementFailed(
      "\(who) inside of this one made \(made) tensors of new state, and this one hands on "
        + "\(count): a layer that holds layers has their state and stateNames, and returns "
        + "Forward(output:, state: \(state), pullback:)")
  }

  /// This pass as one around it sees it: known by all layers within that are known themselves.
  func holding(_ within: [StatefulPass]) -> StatefulPass {
    StatefulPass(
      made: made, marks: marks + within.flatMap { $0.marks.isEmpty ? [] : $0.marks + $0.made })
  }
}

/// The stateful passes within another one that hands on so many tensors of state.
///
/// They are gathered on the way back: there, and only there, the one calls the others.
final class PassesWithin: Sendable {
  let handedOn: Int
  private let gathered = Mutex<[StatefulPass]>([])

  init(handingOn count: Int) { handedOn = count }

  /// All of them, one whose way back was gone twice as often.
  var all: [StatefulPass] { gathered.withLock { $0 } }

  func add(_ pass: StatefulPass) { gathered.withLock { $0.append(pass) } }
}

extension Tensor {
  /// Whether its elements are, in memory, those of one of some other tensors.
  fileprivate func sharesMemory(withOneOf others: [Tensor]) -> Bool {
    others.contains { sharesMemory(with: $0) }
  }
}
