import LabKit

extension Lab10 {
  func padding() throws {
    //: ## Part 1. Padding implementation
    //:
    //: Forward, an image of $H \times W$ pixels is framed with $p$ rings of zeros and convolved
    //: with each kernel $w_o$ (a cross-correlation, as in every framework):
    //:
    //: $$y_{n,o,i,j} = b_o + \sum_{c,u,v} w_{o,c,u,v}\, x^{\mathrm{pad}}_{n,c,i+u,j+v},
    //: \qquad H' = H + 2p - k + 1.$$
    //:
    //: Backward, the gradient of the *framed* image is the full convolution of
    //: $\partial L / \partial y$ with the flipped kernel, and padding's own part is to trim the
    //: frame. The order matters: convolve first, trim after.
    //:
    //: The shapes are those of the original notebook: two images of 3 channels and 4×5 pixels,
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

    //: ### Against TensorFlow
    //:
    //: The same numbers went through TensorFlow (\(tensorFlow)) with `padding='same'`, in double
    //: precision. Every element of every batch item must agree. Under each comparison stand
    //: *mutants*: results that are wrong on purpose, and that the same check must reject. The
    //: first two are the faults of the notebook's own backward pass.
    publish(
      "tensorFlow", reference.metadata["made with"] ?? "an unknown version",
      quotedFrom: "the metadata of padding.safetensors")
    for source in ReferenceNumbers.sources { cite(source) }  //hide

    show(
      Comparison(
        "the output $y$", actual: forward.output, expected: try reference.tensor("y64"),
        tolerance: .absolute(1e-5),
        mutants: [
          "the bias left out": Conv2D(weight: convolution.weight, padding: 1)(x),
          "all zero": Tensor(forward.output.shape),
        ]))

    let geometry = ConvolutionGeometry(
      input: x.shape, kernel: convolution.weight.shape, padding: 1)
    let trimmedFirst = convolveInputGradient(
      dy.zeroingRing(1), convolution.weight, geometry)
    let channelZero = gradients.input.repeatingChannelZero()
    show(
      Comparison(
        "the gradient $\\partial L / \\partial x$", actual: gradients.input,
        expected: try reference.tensor("dx64"), tolerance: .absolute(1e-5),
        mutants: [
          "trimmed before it convolves": trimmedFirst,
          "channel 0 for all channels": channelZero,
        ]))

    show(
      Comparison(
        "the gradient $\\partial L / \\partial w$", actual: gradients.parameters[0],
        expected: try reference.tensor("dw64"), tolerance: .relative(1e-5),
        mutants: [
          "without the padding's ring":
            convolveWeightGradient(dy, x.zeroingRing(1), geometry)
        ]))
  }
}
