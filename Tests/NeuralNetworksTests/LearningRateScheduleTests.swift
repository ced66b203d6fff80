import NeuralNetworks
import Testing

@Suite struct LearningRateScheduleTests {
  /// A step that is far away takes no time.
  @Test func `A step schedule ends where nothing changes`() {
    #expect(LearningRateSchedule.step(peak: 1, every: 1)(1_000_000_000_000) == 0)
    #expect(LearningRateSchedule.step(peak: 0.5, every: 1, factor: 1)(.max) == 0.5)
  }

  @Test func `The warm up climbs to the peak`() {
    for schedule: LearningRateSchedule in [
      .constant(0.8, warmUp: 4), .cosine(peak: 0.8, steps: 20, warmUp: 4),
      .step(peak: 0.8, every: 3, warmUp: 4),
    ] {
      #expect((0..<5).map { schedule($0) } == [0.2, 0.4, 0.6, 0.8, 0.8].map { Float($0) })
    }
  }

  @Test func `The cosine ends at its final rate`() {
    let schedule = LearningRateSchedule.cosine(peak: 1, steps: 10, final: 0.125)
    #expect(schedule(0) == 1)
    #expect((schedule(5) - 0.5625).magnitude < 1e-6)
    #expect(schedule(10) == 0.125)
    #expect(schedule(1000) == 0.125)
    for step in 0..<10 { #expect(schedule(step) > schedule(step + 1)) }
  }

  @Test func `The steps fall by the factor`() {
    let schedule = LearningRateSchedule.step(peak: 1, every: 2, factor: 0.5)
    #expect((0..<6).map { schedule($0) } == [1, 1, 0.5, 0.5, 0.25, 0.25])
  }

  @Test func `Without decay the rate is constant`() {
    #expect(LearningRateSchedule.constant(0.3)(12_345) == 0.3)
  }
}
