import Statistics
import Testing

/// Quantiles and probabilities against SciPy and the printed table of Student's t.
struct DistributionTests {
  let reference: ReferenceValues

  init() throws { reference = try ReferenceValues() }

  @Test func `The normal distribution agrees`() {
    for row in reference.normalQuantiles {
      #expect(agrees(Normal.quantile(row[0]), row[1]), "\(row)")
    }
    for row in reference.normalCumulative {
      #expect(agrees(Normal.cumulative(row[0]), row[1], absolute: 0), "\(row)")
    }
    #expect(Normal.quantile(0) == -.infinity && Normal.quantile(1) == .infinity)
  }

  @Test func `Student's distribution becomes the normal one`() {
    for freedom in [1e300, .infinity] {
      let t = StudentT(degreesOfFreedom: freedom)
      #expect(t.cumulative(-2.5) == Normal.cumulative(-2.5))
      #expect(agrees(t.quantile(0.975), 1.959963984540054))
    }
  }

  @Test func `Student's distribution agrees`() {
    for row in reference.tQuantiles {
      let t = StudentT(degreesOfFreedom: row[0])
      #expect(agrees(t.quantile(row[1]), row[2], relative: 1e-9), "\(row)")
    }
    for row in reference.tCumulative {
      let t = StudentT(degreesOfFreedom: row[0])
      #expect(agrees(t.cumulative(row[1]), row[2], relative: 2e-12, absolute: 0), "\(row)")
    }
  }

  /// The 97.5 % column that every textbook prints.
  @Test(arguments: [(1.0, 12.706), (2, 4.303), (4, 2.776), (9, 2.262), (30, 2.042), (120, 1.980)])
  func `Printed table`(freedom: Double, printed: Double) {
    let t = StudentT(degreesOfFreedom: freedom).quantile(0.975)
    #expect((t - printed).magnitude <= 0.5e-3)
  }

  @Test(arguments: [0.5, 1, 3, 40, 1e6])
  func `Quantiles undo probabilities`(freedom: Double) {
    let t = StudentT(degreesOfFreedom: freedom)
    for x in [-20.0, -1, -0.01, 0, 0.5, 3] {
      #expect(agrees(t.quantile(t.cumulative(x)), x, relative: 1e-8, absolute: 1e-9))
      #expect(agrees(t.twoSided(x), 2 * min(t.cumulative(x), t.cumulative(-x))))
    }
  }
}
