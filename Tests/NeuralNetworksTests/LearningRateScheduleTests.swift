import NeuralNetworks
import Testing

@Suite struct LearningRateScheduleTests {
  @Test func theWarmUpClimbsToThePeak() {
    for schedule: LearningRateSchedule in [
      .constant(0.8, warmUp: 4), .cosine(peak: 0.8, steps: 20, warmUp: 4),
      .step(peak: 0.8, every: 3, warmUp: 4),
    ] {
      #expect((0..<5).map { schedule($0) } == [0.2, 0.4, 0.6, 0.8, 0.8].map { Float($0) })
    }
  }

  @Test func theCosineEndsAtItsFinalRate() {
    let schedule = LearningRateSchedule.cosine(peak: 1, steps: 10, final: 0.125)
    #expect(schedule(0) == 1)
    #expect((schedule(5) - 0.5625).magnitude < 1e-6)
    #expect(schedule(10) == 0.125)
    #expect(schedule(1000) == 0.125)
    for step in 0..<10 { #expect(schedule(step) > schedule(step + 1)) }
  }

  @Test func theStepsFallByTheFactor() {
    let schedule = LearningRateSchedule.step(peak: 1, every: 2, factor: 0.5)
    #expect((0..<6).map { schedule($0) } == [1, 1, 0.5, 0.5, 0.25, 0.25])
  }

  @Test func withoutDecayTheRateIsConstant() {
    #expect(LearningRateSchedule.constant(0.3)(12_345) == 0.3)
  }
}
