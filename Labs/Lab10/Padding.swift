import LabKit

extension Lab10 {
  func padding() throws {
    //: ## Part 1. Padding implementation
    //:
    //: Padding puts a frame of $p$ rings of zeros around the image, so that the kernel can stand
    //: with its middle on the pixels of the edge.
    let image = Matrix(rows: 5, columns: 5) { row, column in Double((3 * row + 2 * column) % 9) }
    let kernel = Matrix([[0, 1, 0], [1, -4, 1], [0, 1, 0]])
    //| label: fig-padding
    //| fig-cap: "A 5×5 image in its ring of zeros. With padding 1 a 3×3 kernel keeps the size."
    show(TensorGrid.convolution(input: image, kernel: kernel, padding: .init(1)))

    //: **Forward**, an image of $H \times W$ pixels is framed and convolved with each kernel $w_o$
    //: (a cross-correlation, as in every framework):
    //:
    //: $$y_{n,o,i,j} = b_o + \sum_{c,u,v} w_{o,c,u,v}\, \tilde x_{n,c,i+u,j+v},
    //: \qquad \tilde x_{n,c,i,j} = \begin{cases} x_{n,c,i-p,j-p} & \text{inside} \\
    //: 0 & \text{in the ring,} \end{cases}$$
    //:
    //: which gives $H + 2p - k + 1$ rows for $k$ rows of the kernel.
    //:
    //: **Backward**, a framed pixel $\tilde x_{c,i,j}$ takes part in the outputs whose window lies
    //: over it. By the chain rule it gets from each of them its gradient times the weight it met
    //: there, a *full* convolution of $\partial L/\partial y$ with the flipped kernel:
    //:
    //: $$\frac{\partial L}{\partial \tilde x_{n,c,i,j}}
    //: = \sum_{o,u,v} \frac{\partial L}{\partial y_{n,o,i-u,j-v}}\, w_{o,c,u,v}.$$
    //:
    //: The ring is constant, so padding's own part is to drop its gradient:
    //: $\partial L/\partial x$ is $\partial L/\partial \tilde x$ without the ring. First the full
    //: convolution, then the trimming: the order will matter. The kernel and the bias get
    //:
    //: $$\frac{\partial L}{\partial w_{o,c,u,v}}
    //: = \sum_{n,i,j} \frac{\partial L}{\partial y_{n,o,i,j}}\, \tilde x_{n,c,i+u,j+v},
    //: \qquad \frac{\partial L}{\partial b_o} = \sum_{n,i,j}
    //: \frac{\partial L}{\partial y_{n,o,i,j}}.$$
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

    //: ### Against TensorFlow
    //:
    //: The same numbers went through TensorFlow (\(tensorFlow)) with `padding='same'`, in double
    //: precision. Every element of every image must agree to 10⁻⁵. Under each comparison stand
    //: *mutants*: results that are wrong on purpose, and that the same check must reject, or it
    //: would prove nothing.
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
          "all zero": pair(Tensor(y.shape)),
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
    try backwardFaults()
    try criterion()
  }

  /// A tensor of two images as its images.
  private func pair(_ images: Tensor) -> [Tensor] {
    [images[items: 0..<1], images[items: 1..<2]]
  }
}
