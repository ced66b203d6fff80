import Lab10Experiments
import LabKit

extension Lab10 {
  func againstTensorFlow(_ hand: HandConvolution) throws {
    //: ### Against TensorFlow
    //:
    //: The experiment has the shapes of the notebook: two images of 3 channels and 4×5 pixels,
    //: 20 kernels of 3×3, padding 1.
    let reference = try ReferenceNumbers.padding()
    let x = try reference.tensor("x")
    let dy = try reference.tensor("dL/dy")
    let convolution = Conv2D(
      weight: try reference.tensor("w"), bias: try reference.tensor("bias"), padding: 1)

    let forward = convolution.forward(x)
    let gradients = forward.pullback(dy)
    print("y     ", forward.output.shape)
    print("dL/dx ", gradients.input.shape)
    print("dL/dw ", gradients.parameters[0].shape)
    print("dL/db ", gradients.parameters[1].shape)

    //: The same numbers went through TensorFlow (\(tensorFlow)) with `padding='same'`, in double
    //: precision. Every element of every image must agree to 10⁻⁵. Under each comparison stand
    //: *[mutants](#term-mutant)*: results that are wrong on purpose, and that the same check must
    //: reject, or it would prove nothing. (The last column counts in [ULPs](#term-ulp).)
    publish(
      "tensorFlow", reference.metadata["made with"] ?? "an unknown version",
      quotedFrom: "the metadata of padding.safetensors")
    for source in ReferenceNumbers.sources { cite(source) }  //hide

    let y = forward.output
    let trueY = try reference.tensor("y64")
    show(
      Comparison(
        "the output $y$",
        parts: [
          "image 0": (y[items: 0..<1], trueY[items: 0..<1]),
          "image 1": (y[items: 1..<2], trueY[items: 1..<2]),
        ],
        tolerance: .absolute(1e-5),
        mutants: [
          "the bias left out": pair(Conv2D(weight: convolution.weight, padding: 1)(x)),
          "the second image like the first": [y[items: 0..<1], y[items: 0..<1]],
          "the image's edge repeated, not zeros": pair(
            Conv2D(
              weight: convolution.weight, bias: convolution.bias, padding: 1,
              paddingMode: .replicate)(x)),
        ]))

    //: The mutants of $\partial L/\partial x$ are the two faults of the notebook's backward pass,
    //: which the next section looks at.
    let dx = gradients.input
    let trueDx = try reference.tensor("dx64")
    publish(
      "worstError", max(largestError(y, trueY), largestError(dx, trueDx)),
      as: .scientific(digits: 1))
    let geometry = ConvolutionGeometry(
      input: x.shape, kernel: convolution.weight.shape, padding: 1)
    let trimmedFirst = convolveInputGradient(dy.zeroingRing(1), convolution.weight, geometry)
    show(
      Comparison(
        "the gradient $\\partial L / \\partial x$",
        parts: [
          "image 0": (dx[items: 0..<1], trueDx[items: 0..<1]),
          "image 1": (dx[items: 1..<2], trueDx[items: 1..<2]),
        ],
        tolerance: .absolute(1e-5),
        mutants: [
          "trimmed before it convolves": pair(trimmedFirst),
          "channel 0 for all channels": pair(dx.repeatingChannelZero()),
          "both, as in the notebook": pair(trimmedFirst.repeatingChannelZero()),
        ]))

    show(
      Comparison(
        "the gradients $\\partial L / \\partial w$ and $\\partial L / \\partial b$",
        parts: [
          "dL/dw": (gradients.parameters[0], try reference.tensor("dw64")),
          "dL/db": (gradients.parameters[1], try reference.tensor("db64")),
        ],
        tolerance: .relative(1e-5),
        mutants: [
          "image 1 left out": [
            convolveWeightGradient(
              dy[items: 0..<1], x[items: 0..<1],
              ConvolutionGeometry(
                input: [1, 3, 4, 5], kernel: convolution.weight.shape, padding: 1)),
            dy[items: 0..<1].channelSums(),
          ],
          "the pixels of the edge left out": [
            convolveWeightGradient(dy, x.zeroingRing(1), geometry), gradients.parameters[1],
          ],
        ]))

    //: And the forty lines, for which an output is the sum over the input channels and the gradient
    //: of an image the sum over the output channels:
    func summed(
      _ items: Int, _ outputs: Int, _ inputs: Int, _ step: (Int, Int, Int) -> Matrix
    ) -> Tensor {
      let images = (0..<items).flatMap { n in
        (0..<outputs).flatMap { o in
          (0..<inputs).map { step(n, o, $0).values }.reduce([Double](repeating: 0, count: 20)) {
            zip($0, $1).map { $0 + $1 }
          }
        }
      }
      return Tensor([items, outputs, 4, 5], images.map { Float($0) })
    }
    let w = convolution.weight
    let handY = summed(2, 20, 3) { n, o, c in
      hand.forward(Matrix(x, item: n, channel: c), Matrix(w, item: o, channel: c), 1)
    }.addingPerChannel(try reference.tensor("bias"))
    let handDx = summed(2, 3, 20) { n, c, o in
      hand.backward(Matrix(dy, item: n, channel: o), Matrix(w, item: o, channel: c), 1)
    }
    show(
      Comparison(
        "the forty lines against TensorFlow",
        parts: ["y": (handY, trueY), "dL/dx": (handDx, trueDx)], tolerance: .absolute(1e-5),
        mutants: [
          "dL/dx trimmed first": [handY, trimmedFirst],
          "the bias left out": [
            Conv2D(weight: convolution.weight, padding: 1)(x), handDx,
          ],
        ]))
  }

  /// A tensor of two images as its images.
  private func pair(_ images: Tensor) -> [Tensor] {
    [images[items: 0..<1], images[items: 1..<2]]
  }
}
