import Lab10Experiments
import LabKit

extension Lab10 {
  func criterion() throws {
    //: ### Why the notebook did not notice
    //:
    //: It compared with TensorFlow too, three times with `True`. Its cells 8, 10 and 11 read:
    //:
    //: ```python
    //: np.all((conv_output_np - output[0]) < 1)
    //: np.all((dL_dx_keras_np - dL_dx[0]) < 1)
    //: np.all((dL_dw_keras_np - np.moveaxis(dL_dw, 1, -1)) < 1e-4)
    //: ```
    //:
    //: None takes an absolute value, so a result that is too large passes, however large. Two have a
    //: tolerance of 1 for numbers of which the largest is \(largestOutput) and \(largestGradient) (medians
    //: over the draws below). In the first, arrays of shape (2, 20, 4, 5) and (20, 4, 5) meet: NumPy
    //: [stretches](#term-broadcasting) the second, so that Keras's second image is compared with the
    //: notebook's first. The second looks at the first image only. The third looks at all 20 kernels,
    //: and to 10⁻⁴.
    //:
    //: The reference was wrong as well. Keras wants kernels as (rows, columns, inputs, outputs);
    //: `np.moveaxis(conv.W, 0, -1)` of weights (outputs, inputs, rows, columns) gives (inputs, rows,
    //: columns, outputs). Nobody complained, since 3 input channels met 3 rows and 3 columns. What
    //: Keras then convolved with is another kernel.
    //:
    //: `NotebookCheck` has the three checks as they stand. Here they are on \(draws) draws: applied to
    //: right and to wrong results, once against the reference that the notebook had, once against a
    //: right one.
    typealias Result = @Sendable (NotebookDraw) -> Tensor
    typealias Check = @Sendable (NotebookDraw) -> Bool
    typealias Case = (quantity: String, result: String, itsOwn: Check, right: Check)
    func output(_ name: String, _ result: @escaping Result) -> Case {
      func accepts(_ reference: @escaping Result) -> Check {
        { NotebookCheck.accepts(output: result($0), reference: reference($0)) }
      }
      return ("y", name, accepts(\.kerasOutput), accepts(\.output))
    }
    func inputGradient(_ name: String, _ result: @escaping Result) -> Case {
      func accepts(_ reference: @escaping Result) -> Check {
        { NotebookCheck.accepts(inputGradient: result($0), reference: reference($0)) }
      }
      return ("∂L/∂x", name, accepts(\.kerasRight), accepts(\.right))
    }
    func weightGradient(_ name: String, _ result: @escaping Result) -> Case {
      // The weights do not occur in their own gradient: Keras's was right, whatever it read.
      let accepts: Check = {
        NotebookCheck.accepts(weightGradient: result($0), reference: $0.weightGradient)
      }
      return ("∂L/∂w", name, accepts, accepts)
    }
    let cases = [
      output("the notebook's: right, and its bias", \.notebookOutput),
      output("all zero") { Tensor($0.output.shape) },
      output("100 too large") { $0.output + 100 },
      output("1% too small") { $0.output * 0.99 },
      inputGradient("right", \.right),
      inputGradient("trimmed first", \.trimmedFirst),
      inputGradient("channel 0 for all", \.channelZero),
      inputGradient("the notebook's: both faults", \.notebook),
      inputGradient("all zero") { Tensor($0.right.shape) },
      inputGradient("1% too small") { $0.right * 0.99 },
      weightGradient("the notebook's: right", \.weightGradient),
      weightGradient("1% too small") { $0.weightGradient * 0.99 },
      weightGradient("1% too large") { $0.weightGradient * 1.01 },
    ]
    let factors: [Float] = [0.5, 2, 10]
    let seen = try NotebookDraw.map(seed: seed) { draw in
      (
        accepted: cases.map { (itsOwn: $0.itsOwn(draw), right: $0.right(draw)) },
        acceptedTimes: factors.map { factor in
          NotebookCheck.accepts(
            inputGradient: draw.notebook * factor, reference: draw.kerasRight * factor)
        },
        isNearAbsolutely: largestError(draw.notebook[items: 0..<1], draw.kerasRight[items: 0..<1])
          < 1,
        largest: (
          output: Double(draw.output.map { abs($0) }.maximum()),
          gradient: Double(draw.right.map { abs($0) }.maximum())
        ),
        wrong: countOff(draw.notebook, draw.right, byMoreThan: 1e-4),
        fault: (
          both: relativeError(draw.notebook, draw.right),
          trimmed: relativeError(draw.trimmedFirst, draw.right)
        ),
        layoutError: relativeError(draw.kerasOutput, draw.output),
        biasError: relativeError(draw.notebookOutput, draw.output)
      )
    }
    func share(_ holds: (Int) -> Bool) -> Estimate {
      .proportion(seen.indices.count(where: holds), of: seen.count)
    }
    let verdicts = cases.indices.map { place in
      (
        quantity: cases[place].quantity, result: cases[place].result,
        itsOwn: share { seen[$0].accepted[place].itsOwn },
        right: share { seen[$0].accepted[place].right }
      )
    }
    publish("draws", seen.count)
    publish(
      "largestOutput", Sample(seen.map(\.largest.output)).median, as: .decimal(places: 2))
    publish(
      "largestGradient", Sample(seen.map(\.largest.gradient)).median, as: .decimal(places: 2))
    //| label: tbl-criterion
    //| tbl-cap: "How often the notebook's checks accept a result, with 95% intervals, rounded"
    //| code-fold: true
    show(
      Table(
        verdicts,
        columns: [
          .column("", \.quantity),
          .column("result", \.result),
          .column("against its reference", \.itsOwn, as: .percent(decimals: 1)),
          .column("against a right one", \.right, as: .percent(decimals: 1)),
        ]))
    let (faulty, zero) = (verdicts[7], verdicts[8])
    publish("faultyAccepted", faulty.itsOwn.value, as: .percent(decimals: 0))
    publish("faultyAcceptedRightly", faulty.right.value, as: .percent(decimals: 0))
    publish("zeroAccepted", zero.itsOwn.value, as: .percent(decimals: 0))
    publish("outputAccepted", verdicts[0].itsOwn.value, as: .percent(decimals: 0))
    publish("ownAccepted", verdicts[4].itsOwn.value, as: .percent(decimals: 0))
    //: The faulty gradient of the notebook passes in \(faultyAccepted) of the draws (against a right
    //: reference in \(faultyAcceptedRightly)), a gradient of nothing but zeros in \(zeroAccepted), and
    //: the *right* gradient in \(ownAccepted). There wrong numbers met wrong ones, in a way that finds most
    //: things equal; `True` said nothing, and no more of $y$. Only the check of $\partial L/\partial w$ notices an
    //: error of 1% downwards, and upwards it notices none: with $x$ and $\partial L/\partial y$ positive
    //: all of $\partial L/\partial w$ is, so what is too large has no element below its reference.
    //:
    //: These shares belong to the notebook's draws. A tolerance of 1 is absolute, and
    //: $\partial L/\partial x$ is as large as $\partial L/\partial y$ makes it: with
    //: $\partial L/\partial y$ from U(0, ½) instead of U(0, 1) the faulty gradient passes in
    //: \(halfAccepted), from U(0, 2) in \(doubleAccepted).
    func scaled(_ place: Int) -> Estimate { share { seen[$0].acceptedTimes[place] } }
    publish("halfAccepted", scaled(0), as: .percent(decimals: 0))
    publish("doubleAccepted", scaled(1), as: .percent(decimals: 0))
    claim(
      "on its draws the notebook's check accepts its faulty gradient more often than not",
      faulty.itsOwn, .above(0.5), as: .percent(decimals: 0),
      mutants: [
        "with an absolute value, all else as it was": share { seen[$0].isNearAbsolutely },
        "with a tolerance of 0.1, all else as it was": scaled(2),
      ])

    publish(
      "wrongPixels", Double(seen.reduce(0) { $0 + $1.wrong }) / Double(seen.count * 2 * 3 * 4 * 5),
      as: .percent(decimals: 2))
    publish(
      "notebookFault", Estimate.mean(of: Sample(seen.map(\.fault.both))), as: .decimal(places: 3))
    publish(
      "trimmedFault", Estimate.mean(of: Sample(seen.map(\.fault.trimmed))), as: .decimal(places: 3))
    let layoutErrors = Sample(seen.map(\.layoutError))
    let biasErrors = Sample(seen.map(\.biasError))
    publish("layoutError", spread(layoutErrors, .decimal(places: 2)))
    publish("biasError", spread(biasErrors, .decimal(places: 2)))
    //: How far off was the reference? The output of the misread kernel differs from the right one by
    //: \(layoutError) of its size (mean ± standard deviation over the draws), and the check of $y$ with
    //: its tolerance of 1 accepted that in \(outputAccepted) of them.
    claim(
      "the misread kernel is another convolution: its output is off by more than half",
      over: layoutErrors.values, .above(0.5), as: .decimal(places: 2),
      mutants: ["the kernel read right, with the notebook's bias": biasErrors.values])

    //: Three more things went unnoticed. The notebook left its bias in the output while
    //: Keras had `use_bias=False`: with a right reference that alone is an error of \(biasError). That
    //: bias was one number for each channel *and position*, 20×4×5 of them, where a convolution has one
    //: for each channel. And $\partial L/\partial b$ was computed in cell 2 (`dL_db = conv._B_pd`) and
    //: never looked at again.
  }
}
