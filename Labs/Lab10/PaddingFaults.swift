import LabKit

extension Lab10 {
  func backwardFaults() throws {
    //: ### What the old backward pass did
    //:
    //: The notebook's text says: "when doing backpropagation, just trim the partial derivative of
    //: output matrix to a required size". Its library indeed trimmed $\partial L/\partial y$ by
    //: $p$ *before* the full convolution, where $\partial L/\partial \tilde x$ has to be trimmed
    //: *after* it. That amounts to zeros in the outer $p$ rings of $\partial L/\partial y$: the
    //: outputs of the edge send nothing back. A pixel feels it when one of these outputs lies within
    //: the kernel's reach, so every pixel of the outer $k - 1$ rings is wrong and all others are
    //: right.
    var random = SplitMix64(seed: seed)
    let rings = [(3, 1), (5, 2), (7, 3)].map { kernel, padding in
      let trial = BackwardTrial(
        input: [1, 1, 24, 24], kernel: kernel, padding: padding, using: &random)
      let error = (trial.trimmedFirst - trial.right).map { abs($0) }
      // Relative to the typical size of the gradient, so that one colour bar serves all three.
      let size = (dot(trial.right, trial.right) / Double(trial.right.count)).squareRoot()
      return ImageGrid.Tile(
        Matrix(error * Float(1 / size)), caption: "kernel \(kernel), padding \(padding)")
    }
    //| label: fig-ring
    //| fig-cap: "Where trimming first makes the gradient wrong: the outer rings of a 24×24 image"
    show(
      ImageGrid(
        tiles: rings, columns: 3, tileSize: 140, colormap: .viridis, showsColorBar: true,
        label: "|error| / rms gradient"))

    //: The ring is 2, 4 and 6 pixels wide; inside it the error is exactly zero.
    //:
    //: The second fault hands the gradient of input channel 0 to every channel. How much either of
    //: them shows depends on the shape; here is the relative error
    //: $\lVert \text{faulty} - \text{right} \rVert / \lVert \text{right} \rVert$, a mean over
    //: \(trialCount) draws:
    let shapes: [(name: String, input: Shape, kernel: Int, padding: Int)] = [
      ("the notebook's: 3×4×5, kernel 3, padding 1", [2, 3, 4, 5], 3, 1),
      ("one channel, 8×8, kernel 3, padding 1", [2, 1, 8, 8], 3, 1),
      ("one channel, 28×28, kernel 3, padding 1", [2, 1, 28, 28], 3, 1),
      ("three channels, 28×28, kernel 1, padding 1", [2, 3, 28, 28], 1, 1),
      ("one channel, 28×28, kernel 7, no padding", [2, 1, 28, 28], 7, 0),
    ]
    let trialCount = 20
    publish("trialCount", trialCount)  //hide
    let errors = shapes.map { shape in
      var sums = (trimmed: 0.0, channel: 0.0, both: 0.0, wrong: 0.0)
      for _ in 0..<trialCount {
        let trial = BackwardTrial(
          input: shape.input, kernel: shape.kernel, padding: shape.padding, using: &random)
        let right = trial.right
        let trimmed = trial.trimmedFirst
        sums.trimmed += relativeError(trimmed, right)
        sums.channel += relativeError(trial.channelZero, right)
        sums.both += relativeError(trial.notebook, right)
        let wrong = zip(trimmed.elements, right.elements).count { abs($0 - $1) > 1e-4 }
        sums.wrong += Double(wrong) / Double(right.count)
      }
      let count = Double(trialCount)
      return (
        name: shape.name, trimmed: sums.trimmed / count, channel: sums.channel / count,
        both: sums.both / count, wrong: sums.wrong / count
      )
    }
    //| label: tbl-faults
    //| tbl-cap: "Relative error of $\\partial L/\\partial x$ by fault and shape"
    show(
      Table(
        errors,
        columns: [
          .column("shape", \.name),
          .column("trimmed first", \.trimmed, as: .decimal(places: 2)),
          .column("pixels wrong by it", \.wrong, as: .percent(decimals: 0)),
          .column("channel 0 for all", \.channel, as: .decimal(places: 2)),
          .column("both", \.both, as: .decimal(places: 2)),
        ]))
    publish("notebookFault", errors[0].both, as: .decimal(places: 2))
    publish("hidden", errors[3].trimmed, as: .decimal(places: 2))
    //: On the notebook's own shape not a single pixel was right, and the error was larger than the
    //: gradient itself (\(notebookFault)). A kernel of one pixel hides the first fault
    //: (\(hidden)), a single channel the second, and no padding the first again: a test on
    //: such shapes would have passed.
    claim(
      "on 3×4×5 pixels with a 3×3 kernel, trimming first leaves no pixel right", errors[0].wrong,
      .atLeast(0.99), as: .percent(decimals: 0),
      mutants: ["on 28×28 pixels": errors[2].wrong, "with a kernel of 1": errors[3].wrong])
  }
}

extension Matrix {
  /// The one channel of a tensor of one image.
  fileprivate init(_ image: Tensor) {
    self.init(image, item: 0, channel: 0)
  }
}
