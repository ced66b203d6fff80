internal import Synchronization

/// The plans of a convolution and its gradients.
///
/// A training computes convolutions of the same sizes step after step, and a plan takes as long as some
/// thousand multiply-adds on whole vectors: those of late are kept. Each thread keeps its own: counting the
/// references to the same plan, threads that train side by side would wait for each other's cache lines.
final class ConvolutionPlans: Sendable {
  /// The convolution.
  let forward: CorrelationPlan
  /// The passes of the gradient of the input.
  let inputGradient: [CorrelationPlan]
  /// The gradient of the kernel.
  let weightGradient: WeightGradientPlan

  /// How many a thread keeps at most.
  private static let most = 64

  private struct Key: Hashable {
    let geometry: ConvolutionGeometry
    let algorithm: ConvolutionAlgorithm

    // The other sizes seldom differ where these are equal.
    func hash(into hasher: inout Hasher) {
      hasher.combine(geometry.input)
      hasher.combine(geometry.kernel)
    }
  }

  /// Those of one thread; several may share a place all the same.
  private final class Shelf: Sendable { let plans = Mutex<[Key: ConvolutionPlans]>([:]) }

  private static let shelves = (0..<ThreadShelf.count).map { _ in Shelf() }

  /// The plans for a geometry.
  static func plans(
    for geometry: ConvolutionGeometry, _ algorithm: ConvolutionAlgorithm
  ) -> ConvolutionPlans {
    let key = Key(geometry: geometry, algorithm: algorithm)
    let shelf = shelves[ThreadShelf.mine]
    if let plans = shelf.plans.withLock({ $0[key] }) { return plans }
    let plans = ConvolutionPlans(geometry, algorithm)
    shelf.plans.withLock {
      if $0.count >= most { $0.removeAll() }
      $0[key] = plans
    }
    return plans
  }

  private init(_ g: ConvolutionGeometry, _ algorithm: ConvolutionAlgorithm) {
    let plan = CorrelationPlan(forward: g).computed(by: algorithm, g)
    forward = plan.prepared(items: g.input[0])
    inputGradient = CorrelationPlan.inputGradient(g).map {
      $0.computed(by: algorithm, g).prepared(items: g.input[0])
    }
    weightGradient = WeightGradientPlan(g, plan)
  }
}
