import LabKit

extension Lab10 {
  func criterion() throws {
    //: ### Why the notebook did not notice
    //:
    //: It compared with TensorFlow too, three times with `True`. Its check was
    //:
    //: ```python
    //: np.all((reference - result)[0] < 1)
    //: ```
    //:
    //: (with `< 1e-4` for $\partial L/\partial w$): no absolute value, so that any result that is
    //: too large passes; a tolerance of 1 for numbers that are about 1 themselves; the first image
    //: only. Here is that check, applied to right and wrong results of \(draws) draws of the
    //: numbers. A good check accepts the first line of each quantity always and the others never.
    let draws = 400
    publish("draws", draws)  //hide
    var random = SplitMix64(seed: seed)
    let trials = (0..<draws).map { _ in
      BackwardTrial(input: [2, 3, 4, 5], kernel: 3, padding: 1, using: &random)
    }
    func share(_ accepts: (BackwardTrial) -> Bool) -> Double {
      Double(trials.count(where: accepts)) / Double(draws)
    }
    func output(_ change: @escaping (Tensor) -> Tensor) -> Double {
      share { trial in
        let y = convolve(trial.x, trial.weight, trial.geometry)
        return notebookAccepts(change(y), reference: y, limit: 1)
      }
    }
    func inputGradient(_ result: @escaping (BackwardTrial) -> Tensor) -> Double {
      share { notebookAccepts(result($0), reference: $0.right, limit: 1) }
    }
    func weightGradient(_ change: @escaping (Tensor) -> Tensor) -> Double {
      share { trial in
        let dw = convolveWeightGradient(trial.dy, trial.x, trial.geometry)
        return notebookAccepts(change(dw), reference: dw, limit: 1e-4)
      }
    }
    let verdicts = [
      (quantity: "y", result: "right", accepted: output { $0 }),
      (quantity: "", result: "all zero", accepted: output { Tensor($0.shape) }),
      (quantity: "", result: "100 everywhere", accepted: output { Tensor($0.shape) + 100 }),
      (quantity: "dL/dx", result: "right", accepted: inputGradient(\.right)),
      (quantity: "", result: "trimmed first", accepted: inputGradient(\.trimmedFirst)),
      (quantity: "", result: "channel 0 for all", accepted: inputGradient(\.channelZero)),
      (quantity: "", result: "both: the notebook's", accepted: inputGradient(\.notebook)),
      (quantity: "", result: "all zero", accepted: inputGradient { Tensor($0.x.shape) }),
      (quantity: "dL/dw", result: "right", accepted: weightGradient { $0 }),
      (quantity: "", result: "all zero", accepted: weightGradient { Tensor($0.shape) }),
      (quantity: "", result: "100 too much", accepted: weightGradient { $0 + 100 }),
    ]
    //| label: tbl-criterion
    //| tbl-cap: "How often the notebook's check accepts a result"
    show(
      Table(
        verdicts,
        columns: [
          .column("quantity", \.quantity),
          .column("result", \.result),
          .column("accepted", \.accepted, as: .percent(decimals: 1)),
        ]))
    publish("faultyAccepted", verdicts[6].accepted, as: .percent(decimals: 0))
    publish("zeroAccepted", verdicts[7].accepted, as: .percent(decimals: 0))
    //: The faulty gradient of the notebook passes \(faultyAccepted) of the time, and a gradient of
    //: nothing but zeros even \(zeroAccepted). The check could hardly fail, so its `True` said nothing.
    claim(
      "the notebook's check accepts its faulty gradient more often than not",
      verdicts[6].accepted, .above(0.5), as: .percent(decimals: 0),
      mutants: [
        "a check of absolute errors with tolerance 1e-5": share {
          largestError($0.notebook, $0.right) < 1e-5
        }
      ])

    //: The reference was wrong as well. Keras wants kernels as (rows, columns, inputs, outputs);
    //: `np.moveaxis(W, 0, -1)` of weights (outputs, inputs, rows, columns) gives (inputs, rows,
    //: columns, outputs). Nobody complained, since 3 input channels met 3 rows. What Keras then
    //: convolves with is another kernel:
    func misread(_ weight: Tensor) -> Tensor {
      Tensor(weight.shape) { index in
        // Rows, columns and inputs of the kernel that Keras sees are inputs, rows and columns here.
        let (o, c, i, j) = (index / 27, index / 9 % 3, index / 3 % 3, index % 3)
        return weight[o, i, j, c]
      }
    }
    let trial = trials[0]
    let right = convolve(trial.x, trial.weight, trial.geometry)
    let wrong = convolve(trial.x, misread(trial.weight), trial.geometry)
    let asItWas = share {
      notebookAccepts(
        $0.notebook, reference: convolveInputGradient($0.dy, misread($0.weight), $0.geometry),
        limit: 1)
    }
    publish("asItWas", asItWas, as: .percent(decimals: 0))
    publish("layoutError", relativeError(wrong, right), as: .decimal(places: 2))
    //: Its output is off by \(layoutError) of the true one's size, and the check of $y$ with a
    //: tolerance of 1 accepted that too. Against this reference the notebook's faulty gradient passes
    //: \(asItWas) of the time: two wrong numbers, compared in a way that finds them equal.
    claim(
      "the misread kernel is another convolution", relativeError(wrong, right), .above(0.1),
      as: .decimal(places: 2), mutants: ["the kernel read right": relativeError(right, right)])
  }
}
