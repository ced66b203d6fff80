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

    //: The same numbers went through TensorFlow (\(tensorFlow)) with `padding='same'` (for a 3×3 kernel
    //: at stride 1 that is padding 1; [the guide](guides/padding.md#how-much) has the rule), in [double
    //: precision](#term-ulp). Every element of every image must agree to 10⁻⁵, the gradients of kernel
    //: and bias to 10⁻⁵ of their size. (Where a sum comes out near zero, its relative error and its ULPs
    //: are large although the absolute error is small.)
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
          "the kernel in another layout, which fits too": pair(
            Conv2D(
              weight: misread(convolution.weight), bias: convolution.bias, padding: 1)(x)),
          "the image's edge repeated, not zeros": pair(
            Conv2D(
              weight: convolution.weight, bias: convolution.bias, padding: 1,
              paddingMode: .replicate)(x)),
        ]))

    //: The mutants of $\partial L/\partial x$ are the notebook's two faults: $\partial L/\partial y$
    //: trimmed too early, and the gradient of channel 0 for all channels.
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

    //: The forty lines agree as well. With them an output is the sum over the input channels, the
    //: gradient of an image the sum over the output channels, that of a kernel the sum over the images:
    func summed(
      _ shape: Shape, over terms: Int, _ term: (Int, Int, Int) -> Matrix
    ) -> Tensor {
      let zeros = [Double](repeating: 0, count: shape[2] * shape[3])
      let sums = (0..<shape[0]).flatMap { i in
        (0..<shape[1]).flatMap { j in
          (0..<terms).reduce(zeros) { sum, k in zip(sum, term(i, j, k).values).map { $0 + $1 } }
        }
      }
      return Tensor(shape, sums.map { Float($0) })
    }
    let w = convolution.weight
    let handY = summed([2, 20, 4, 5], over: 3) { n, o, c in
      hand.forward(Matrix(x, item: n, channel: c), Matrix(w, item: o, channel: c), 1)
    }.addingPerChannel(try reference.tensor("bias"))
    let handDx = summed([2, 3, 4, 5], over: 20) { n, c, o in
      hand.backward(Matrix(dy, item: n, channel: o), Matrix(w, item: o, channel: c), 1)
    }
    func handDw(images: Int) -> Tensor {
      summed([20, 3, 3, 3], over: images) { o, c, n in
        hand.kernelGradient(Matrix(dy, item: n, channel: o), Matrix(x, item: n, channel: c), 1)
      }
    }
    show(
      Comparison(
        "the forty lines against TensorFlow",
        parts: [
          "y": (handY, trueY), "dL/dx": (handDx, trueDx),
          "dL/dw": (handDw(images: 2), try reference.tensor("dw64")),
        ], tolerance: .absolute(1e-5),
        mutants: [
          "dL/dx trimmed first": [handY, trimmedFirst, handDw(images: 2)],
          "the bias left out": [Conv2D(weight: w, padding: 1)(x), handDx, handDw(images: 2)],
          "image 1 left out of dL/dw": [handY, handDx, handDw(images: 1)],
        ]))
  }

  /// A tensor of two images as its images.
  private func pair(_ images: Tensor) -> [Tensor] {
    [images[items: 0..<1], images[items: 1..<2]]
  }
}
