import Lab10Experiments
import LabKit

extension Lab10 {
  func backwardFaults() throws {
    //: ### What the old backward pass did
    //:
    //: The notebook's text says: "when doing backpropogation, just trim the partial derivative of
    //: output matrix to a required size". Its library indeed trimmed $\partial L/\partial y$ by
    //: $p$ *before* the full convolution, where $\partial L/\partial \tilde x$ has to be trimmed
    //: *after* it. That amounts to zeros in the outer $p$ rings of $\partial L/\partial y$: the
    //: outputs of the edge send nothing back. A pixel feels it when one of these outputs lies within
    //: the kernel's reach, so wherever there is padding the pixels of the outer $k - 1$ rings come out
    //: wrong and all others right.
    var random = SplitMix64(seed: seed)
    let settings = [(kernel: 3, padding: 1), (kernel: 5, padding: 2), (kernel: 7, padding: 3)]
    let rings = settings.map { setting in
      let trial = BackwardTrial(
        input: [1, 1, 24, 24], kernel: setting.kernel, padding: setting.padding, using: &random)
      let error = (trial.trimmedFirst - trial.right).map { abs($0) }
      // Relative to the typical size of the gradient, so that one colour bar serves all three.
      let size = (dot(trial.right, trial.right) / Double(trial.right.count)).squareRoot()
      return Matrix(error * Float(1 / size))
    }
    //| label: fig-ring
    //| fig-cap: "Where trimming first makes the gradient wrong: the outer k − 1 rings of a 24×24 image, one draw each. Errors as multiples of the gradient's root mean square (rms)"
    //| code-fold: true
    let pictures = ImageGrid(
      tiles: zip(rings, settings).map { error, setting in
        ImageGrid.Tile(error, caption: "kernel \(setting.kernel), padding \(setting.padding)")
      }, columns: 3, tileSize: 140, colormap: .viridis, showsColorBar: true,
      label: "|error| / rms gradient")
    show(pictures)

    let widths = rings.map(ringWidth)
    publish("ringWidths", widths.map { "\($0)" }.joined(separator: ", "))
    //: The rings of @fig-ring are \(ringWidths) pixels wide, one less than the kernel; in the middle the
    //: error is exactly zero.
    claim(
      "the ring of wrong pixels is one pixel narrower than the kernel",
      widths == settings.map { $0.kernel - 1 },
      mutants: ["as wide as the padding": widths == settings.map(\.padding)])

    //: The second fault hands the gradient of input channel 0 to every channel. How much either of
    //: them shows depends on the shape and on the numbers drawn. All draws of this part follow the
    //: notebook: $x$ and $\partial L/\partial y$ from U(0, 1), weights and bias from U(−0.1, 0.1), where
    //: U(a, b) draws evenly between a and b. Here is the relative error
    //: $\lVert \text{faulty} - \text{right} \rVert / \lVert \text{right} \rVert$ over
    //: \(trialCount) draws (the top of the page has the notebook's shape from others, \(draws) of them; the
    //: 95% interval of each mean reaches \(trialReach) times the ± to either side):
    let shapes: [(name: String, input: Shape, kernel: Int, padding: Int)] = [
      ("the notebook's: 3×4×5, kernel 3, padding 1", [2, 3, 4, 5], 3, 1),
      ("one channel, 8×8, kernel 3, padding 1", [2, 1, 8, 8], 3, 1),
      ("one channel, 28×28, kernel 3, padding 1", [2, 1, 28, 28], 3, 1),
      ("three channels, 28×28, kernel 1, padding 1", [2, 3, 28, 28], 1, 1),
      ("one channel, 28×28, kernel 7, no padding", [2, 1, 28, 28], 7, 0),
    ]
    let trialCount = 100
    publish("trialCount", trialCount)  //hide
    publish("trialReach", reach(trialCount), as: .decimal(places: 1))  //hide
    let errors = shapes.map { shape in
      var (trimmed, channel, both): ([Double], [Double], [Double]) = ([], [], [])
      var wrong: [Double] = []
      for _ in 0..<trialCount {
        let trial = BackwardTrial(
          input: shape.input, kernel: shape.kernel, padding: shape.padding, using: &random)
        let (right, trimmedFirst) = (trial.right, trial.trimmedFirst)
        trimmed.append(relativeError(trimmedFirst, right))
        channel.append(relativeError(right.repeatingChannelZero(), right))
        both.append(relativeError(trimmedFirst.repeatingChannelZero(), right))
        let count = countOff(trimmedFirst, right, byMoreThan: 1e-4)
        wrong.append(Double(count) / Double(right.count))
      }
      return (
        name: shape.name, trimmed: Sample(trimmed), channel: Sample(channel), both: Sample(both),
        wrong: Sample(wrong)
      )
    }
    //| label: tbl-faults
    //| tbl-cap: "Relative error of $\\partial L/\\partial x$ by fault and shape: mean ± standard deviation over the draws. A pixel counts as wrong when it is off by more than 10⁻⁴."
    //| code-fold: true
    show(
      Table(
        errors,
        columns: [
          .column("shape", \.name),
          .column("trimmed first", { spread($0.trimmed, .decimal(places: 2)) }),
          .column(
            "pixels wrong by it", { NumberFormat.percent(decimals: 2).string($0.wrong.mean) }),
          .column("channel 0 for all", { spread($0.channel, .decimal(places: 2)) }),
          .column("both", { spread($0.both, .decimal(places: 2)) }),
        ]))
    publish("trimmedPixels", errors[0].wrong.mean, as: .percent(decimals: 2))
    publish(
      "hidden", max(errors[3].trimmed.greatest, errors[4].trimmed.greatest),
      as: .decimal(places: 2))
    //: On the notebook's own shape trimming alone makes \(trimmedPixels) of the pixels wrong, and with
    //: both faults the error is about as large as the gradient itself. A kernel of one pixel or no
    //: padding hides the first fault (\(hidden) in every draw), a single channel the second. Where both
    //: are hidden, in the last row, a test would have passed.
    claim(
      "on 3×4×5 pixels with a 3×3 kernel, trimming first leaves hardly a pixel right, in any draw",
      over: errors[0].wrong.values, .above(0.95), as: .percent(decimals: 1),
      mutants: [
        "on 8×8 pixels": errors[1].wrong.values, "on 28×28 pixels": errors[2].wrong.values,
      ])
  }

  /// How many rings of an error reach from the edge inwards until all of the rest is exactly zero.
  func ringWidth(_ error: Matrix) -> Int {
    var width = 0
    for row in 0..<error.rows {
      for column in 0..<error.columns where error[row, column] != 0 {
        let toEdge = min(row, column, error.rows - 1 - row, error.columns - 1 - column)
        width = max(width, toEdge + 1)
      }
    }
    return width
  }

  /// How many standard deviations the 95% interval of a mean of so many numbers reaches.
  func reach(_ count: Int) -> Double {
    StudentT(degreesOfFreedom: Double(count - 1)).quantile(0.975) / Double(count).squareRoot()
  }

  /// `0.34 ± 0.11`: mean and standard deviation.
  func spread(_ sample: Sample, _ format: NumberFormat) -> String {
    "\(format.string(sample.mean)) ± \(format.string(sample.standardDeviation))"
  }
}
