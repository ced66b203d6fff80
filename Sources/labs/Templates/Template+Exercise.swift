extension Template {
  static let exerciseSource = #"""
    //: # Exercise: the middle of a sample
    //: One reading that went wrong moves the mean of a sample as far as it likes, and its median
    //: hardly at all.
    import LabKit

    @main
    struct LabType: Lab {
      func report() throws {
        //: ## 1. The median
        //: - Exercise: Write `median`: the value in the middle of the sorted sample; for an even
        //:   number of values the mean of the two in the middle.
        //: - Solution: Sort first. With $n$ values counted from 0, the middle is at $(n - 1) / 2$
        //:   and $n / 2$, which are the same place when $n$ is odd.
        func median(_ sample: [Double]) -> Double {
          solution {
            let sorted = sample.sorted()
            return (sorted[(sorted.count - 1) / 2] + sorted[sorted.count / 2]) / 2
          } stub: {
            sample[0]  // Your code here.
          }
        }

        let readings = [3.1, 2.9, 17.0, 3.2, 2.8, 3.0]
        let mean = readings.reduce(0, +) / Double(readings.count)
        publish("middle", median(readings), as: .decimal(places: 2))
        publish("mean", mean, as: .decimal(places: 2))
        //: The median of the readings is \(middle), their mean \(mean).

        claim(
          "The median of an even number of readings lies between the two in the middle",
          median(readings), .near(3.05, tolerance: 1e-9), as: .decimal(places: 2),
          mutants: ["the mean": mean, "the upper of the two": 3.1])

        //: ## 2. A check that deserves trust
        //: - Exercise: Write `isMedian`: it is given a function and tells by a few samples whether
        //:   that function computes medians. The lab then hands it a sound one and several that are
        //:   wrong in plausible ways: it has to accept the one and to reject all others.
        //: - Answer: A sample that is not sorted, one of even and one of odd length, and one with an
        //:   outlier.
        func isMedian(_ candidate: ([Double]) -> Double) -> Bool {
          solution {
            candidate([3, 1, 2]) == 2 && candidate([4, 1, 3, 2]) == 2.5
              && candidate([1, 2, 300]) == 2 && candidate([7]) == 7
          } stub: {
            candidate([1, 2, 3]) == 2  // Is one sample enough?
          }
        }

        task(
          "The check tells medians from their imitations", check: { isMedian($0) },
          accepts: Sample.middle,
          rejects: [
            "does not sort": { $0[$0.count / 2] },
            "takes the upper of the two in the middle": { $0.sorted()[$0.count / 2] },
            "takes the lower of the two": { $0.sorted()[($0.count - 1) / 2] },
            "is the mean": { $0.reduce(0, +) / Double($0.count) },
            "lies halfway between the ends": { (($0.min() ?? 0) + ($0.max() ?? 0)) / 2 },
          ])
      }
    }

    extension Sample {
      /// The median, for the task.
      static func middle(_ sample: [Double]) -> Double { Sample(sample).median }
    }

    """#
}
