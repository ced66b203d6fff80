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
    let trials = BackwardTrial.notebookDraws(seed: seed)
    publish("draws", trials.count)
    func largest(_ tensor: (BackwardTrial) -> Tensor) -> Double {
      Sample(trials.map { Double(tensor($0).map { abs($0) }.maximum()) }).median
    }
    publish("largestOutput", largest(\.output), as: .decimal(places: 2))
    publish("largestGradient", largest(\.right), as: .decimal(places: 2))
    func share(_ accepts: (BackwardTrial) -> Bool) -> Estimate {
      .proportion(trials.count(where: accepts), of: trials.count)
    }
    typealias Verdict = (quantity: String, result: String, itsOwn: Estimate, right: Estimate)
    func output(_ name: String, _ result: (BackwardTrial) -> Tensor) -> Verdict {
      func accepted(_ reference: (BackwardTrial) -> Tensor) -> Estimate {
        share { NotebookCheck.accepts(output: result($0), reference: reference($0)) }
      }
      return ("y", name, accepted(\.asKerasReadIt.output), accepted(\.output))
    }
    func inputGradient(_ name: String, _ result: (BackwardTrial) -> Tensor) -> Verdict {
      func accepted(_ reference: (BackwardTrial) -> Tensor) -> Estimate {
        share { NotebookCheck.accepts(inputGradient: result($0), reference: reference($0)) }
      }
      return ("∂L/∂x", name, accepted(\.asKerasReadIt.right), accepted(\.right))
    }
    func weightGradient(_ name: String, _ result: (BackwardTrial) -> Tensor) -> Verdict {
      // The weights do not occur in their own gradient: Keras's was right, whatever it read.
      let accepted = share {
        NotebookCheck.accepts(weightGradient: result($0), reference: $0.weightGradient)
      }
      return ("∂L/∂w", name, accepted, accepted)
    }
    let verdicts = [
      output("the notebook's: right, and its bias", \.notebookOutput),
      output("all zero") { Tensor($0.output.shape) },
      output("100 too large") { $0.output + 100 },
      inputGradient("right", \.right),
      inputGradient("trimmed first", \.trimmedFirst),
      inputGradient("channel 0 for all", \.channelZero),
      inputGradient("the notebook's: both faults", \.notebook),
      inputGradient("all zero") { Tensor($0.x.shape) },
      weightGradient("the notebook's: right", \.weightGradient),
      weightGradient("1% too small") { $0.weightGradient * 0.99 },
      weightGradient("1% too large") { $0.weightGradient * 1.01 },
    ]
    //| label: tbl-criterion
    //| tbl-cap: "How often the notebook's checks accept a result, with 95% intervals"
    //| code-fold: true
    show(
      Table(
        verdicts,
        columns: [
          .column("", \.quantity),
          .column("result", \.result),
          .column("against its reference", \.itsOwn, as: .percent(decimals: 0)),
          .column("against a right one", \.right, as: .percent(decimals: 0)),
        ]))
    let (faulty, zero) = (verdicts[6], verdicts[7])
    publish("faultyAccepted", faulty.itsOwn.value, as: .percent(decimals: 0))
    publish("faultyAcceptedRightly", faulty.right.value, as: .percent(decimals: 0))
    publish("zeroAccepted", zero.itsOwn.value, as: .percent(decimals: 0))
    publish("outputAccepted", verdicts[0].itsOwn.value, as: .percent(decimals: 0))
    publish("ownAccepted", verdicts[3].itsOwn.value, as: .percent(decimals: 0))
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
    func scaled(_ factor: Float) -> Estimate {
      share {
        NotebookCheck.accepts(
          inputGradient: $0.notebook * factor, reference: $0.asKerasReadIt.right * factor)
      }
    }
    publish("halfAccepted", scaled(0.5), as: .percent(decimals: 0))
    publish("doubleAccepted", scaled(2), as: .percent(decimals: 0))
    claim(
      "on its draws the notebook's check accepts its faulty gradient more often than not",
      faulty.itsOwn, .above(0.5), as: .percent(decimals: 0),
      mutants: [
        "with an absolute value, all else as it was": share {
          largestError($0.notebook[items: 0..<1], $0.asKerasReadIt.right[items: 0..<1]) < 1
        },
        "with a tolerance of 0.1, all else as it was": scaled(10),
      ])

    let wrong = trials.map { trial in
      zip(trial.notebook.elements, trial.right.elements).count { abs($0 - $1) > 1e-4 }
    }
    let pixels = trials[0].x.count * trials.count
    publish("wrongPixels", Double(wrong.reduce(0, +)) / Double(pixels), as: .percent(decimals: 2))
    func fault(_ faulty: (BackwardTrial) -> Tensor) -> Estimate {
      .mean(of: Sample(trials.map { relativeError(faulty($0), $0.right) }))
    }
    publish("notebookFault", fault(\.notebook), as: .decimal(places: 2))
    publish("trimmedFault", fault(\.trimmedFirst), as: .decimal(places: 2))
    let layoutErrors = Sample(trials.map { relativeError($0.asKerasReadIt.output, $0.output) })
    let biasErrors = Sample(trials.map { relativeError($0.notebookOutput, $0.output) })
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
