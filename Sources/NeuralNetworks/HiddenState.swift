internal import Requirements
internal import Synchronization
internal import Tensors

/// How much new state the passes make that run while one of a layer does.
///
/// For layers whose way back nobody goes: those before all parameters. What they forget is noticed on the way
/// there.
final class StateMade: Sendable {
  @TaskLocal static var within: StateMade?

  private let most = Mutex(0)

  /// The most tensors that one pass made.
  var count: Int { most.withLock { $0 } }

  /// Takes down that a pass made so many.
  static func note(_ count: Int) {
    within?.most.withLock { $0 = max($0, count) }
  }

  /// Runs a layer that has no state; traps where one within makes some.
  static func none(_ forward: () -> Forward) -> Forward {
    let made = StateMade()
    let pass = $within.withValue(made, operation: forward)
    if made.count > 0 {
      StatefulPass.refuse("a layer", made: made.count, handingOn: 0, "inner.state")
    }
    return pass
  }
}

extension Layer {
  /// Whether layers within may make state that this one does not show: it has neither parameters nor state,
  /// and is none of those of this module that hold no others.
  var mayHideState: Bool {
    parameterNames.isEmpty && stateNames.isEmpty && !(self is any HoldsNoLayers)
  }

  /// Traps where a training pass returned less state than the layer has; more is noticed when it is set.
  func requireState(of forward: Forward) {
    let count = state.count
    require(
      forward.state.count >= count,
      "\(name) has \(count) tensors of state\(count == 0 ? "" : " (\(stateNames.joined(separator: ", ")))"), "
        + "and its forward pass returned \(forward.state.count): it returns "
        + "Forward(output:, state:, pullback:) with all of them")
  }
}

/// A layer of this module that has neither parameters nor layers within.
private protocol HoldsNoLayers {}

extension AdaptiveAveragePool2D: HoldsNoLayers {}
extension AdaptiveMaxPool2D: HoldsNoLayers {}
extension AveragePool2D: HoldsNoLayers {}
extension Dropout: HoldsNoLayers {}
extension Flatten: HoldsNoLayers {}
extension GlobalAveragePool2D: HoldsNoLayers {}
extension LeakyReLU: HoldsNoLayers {}
extension MaxPool2D: HoldsNoLayers {}
extension Padding2D: HoldsNoLayers {}
extension ReLU: HoldsNoLayers {}
extension Sigmoid: HoldsNoLayers {}
extension Tanh: HoldsNoLayers {}
