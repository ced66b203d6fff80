import ElementaryFunctions
import Requirements

/// The learning rate as a function of the step.
///
/// Set it before each update: `optimizer.learningRate = schedule(step)`. Steps count from 0.
public struct LearningRateSchedule: Sendable, Hashable, CustomStringConvertible {
  private enum Shape: Hashable {
    case constant
    case cosine(steps: Int, final: Float)
    case step(every: Int, factor: Float)
  }

  /// The rate after the warm-up and before any decay.
  public let peak: Float

  /// How many steps the rate climbs linearly to the peak; 0 for none.
  public let warmUp: Int

  private let shape: Shape

  /// The rule in words.
  public var description: String {
    let start = warmUp == 0 ? "" : ", after \(warmUp) steps of warm-up"
    return switch shape {
    case .constant: "\(peak)\(start)"
    case .cosine(let steps, let final): "cosine from \(peak) to \(final) in \(steps) steps\(start)"
    case .step(let every, let factor): "\(peak), times \(factor) every \(every) steps\(start)"
    }
  }

  private init(peak: Float, warmUp: Int, shape: Shape) {
    requireLearningRate(peak)
    require(warmUp >= 0, "a warm-up takes 0 steps or more, not \(warmUp)")
    self.peak = peak
    self.warmUp = warmUp
    self.shape = shape
  }

  /// The same rate at every step after the warm-up.
  ///
  /// - Parameters:
  ///   - rate: The learning rate.
  ///   - warmUp: How many steps it climbs linearly to it.
  public static func constant(_ rate: Float, warmUp: Int = 0) -> Self {
    Self(peak: rate, warmUp: warmUp, shape: .constant)
  }

  /// Half a cosine from the peak down to a final rate (Loshchilov and Hutter 2017).
  ///
  /// ```text
  /// final + (peak − final) (1 + cos(π t / T)) / 2,  t = step − warmUp,  T = steps − warmUp
  /// ```
  ///
  /// - Parameters:
  ///   - peak: The rate at the end of the warm-up.
  ///   - steps: The steps of the whole training, warm-up included; from then on the rate is `final`.
  ///   - final: The rate at the end.
  ///   - warmUp: How many steps it climbs linearly to the peak.
  public static func cosine(
    peak: Float, steps: Int, final: Float = 0, warmUp: Int = 0
  ) -> Self {
    require(
      steps > warmUp, "a cosine of \(steps) steps leaves nothing after \(warmUp) steps of warm-up")
    requireLearningRate(final)
    return Self(peak: peak, warmUp: warmUp, shape: .cosine(steps: steps, final: final))
  }

  /// The peak, multiplied by a factor once every so many steps.
  ///
  /// ```text
  /// peak · factor^⌊(step − warmUp) / every⌋
  /// ```
  ///
  /// - Parameters:
  ///   - peak: The rate at the end of the warm-up.
  ///   - every: The number of steps between two decays.
  ///   - factor: What the rate is multiplied with.
  ///   - warmUp: How many steps it climbs linearly to the peak.
  public static func step(
    peak: Float, every: Int, factor: Float = 0.1, warmUp: Int = 0
  ) -> Self {
    require(every > 0, "a step schedule decays every 1 step or more, not every \(every)")
    require(factor >= 0 && factor.isFinite, "a decay's factor is at least 0, not \(factor)")
    return Self(peak: peak, warmUp: warmUp, shape: .step(every: every, factor: factor))
  }

  /// The learning rate of a step, counted from 0.
  ///
  /// During the warm-up it is peak · (step + 1) / warmUp, so the first step already moves.
  public func callAsFunction(_ step: Int) -> Float {
    require(step >= 0, "steps count from 0, not \(step)")
    if step < warmUp { return peak * Float(step + 1) / Float(warmUp) }
    let time = step - warmUp
    switch shape {
    case .constant: return peak
    case .cosine(let steps, let final):
      let length = steps - warmUp
      if time >= length { return final }
      let angle = Double.pi * Double(time) / Double(length)
      return final + (peak - final) * Float((1 + Elementary.cos(angle)) / 2)
    case .step(let every, let factor):
      var rate = peak
      for _ in 0..<time / every {
        let next = rate * factor
        // Zero, infinity, or as it was: no later step changes it.
        if next == rate { break }
        rate = next
      }
      return rate
    }
  }
}
