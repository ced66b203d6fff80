import LabKit

extension Lab10 {
  func padding() throws {
    //: ## Part 1. Padding implementation
    //:
    //: Padding puts a frame of $p$ rings of zeros around the image, so that the kernel can also stand
    //: where part of it lies outside.
    publish(  //hide
      "rebuilt", "10⁻¹⁵",  //hide
      quotedFrom: "measurements of the notebook's own library (2026)")  //hide
    let image = Matrix(rows: 5, columns: 5) { row, column in Double((3 * row + 2 * column) % 9) }
    let kernel = Matrix([[0, 1, 0], [1, -4, 1], [0, 1, 0]])
    //| label: fig-padding
    //| fig-cap: "A 5×5 image in its ring of zeros. With padding 1 a 3×3 kernel keeps the size. The window stands at the first output, with five of its nine cells in the ring."
    //| code-fold: true
    show(TensorGrid.convolution(input: image, kernel: kernel, padding: .init(1)))

    //: How often is a pixel seen? With a kernel of ones and a gradient of 1 in every output, the
    //: gradient of a pixel is the number of outputs that it takes part in:
    func outputs(padding: Padding) -> Tensor {
      let ones = Conv2D(weight: Tensor([1, 1, 3, 3], repeating: 1), padding: padding)
      let forward = ones.forward(Tensor([1, 1, 5, 5], repeating: 1))
      return forward.pullback(Tensor(forward.output.shape, repeating: 1)).input
    }
    let (bare, framed) = (outputs(padding: 0), outputs(padding: 1))
    publish("bareCorner", bare[0, 0, 0, 0])
    publish("framedCorner", framed[0, 0, 0, 0])
    publish("middle", framed[0, 0, 2, 2])
    //: The pixel in the middle takes part in \(middle) outputs. The one in the corner takes part in
    //: \(bareCorner) without padding and in \(framedCorner) with it: padding by one ring makes the
    //: edge count for more, not for as much as the middle.

    //: Images come in batches: $N$ images of $C$ [channels](#term-channel), $H$ rows and $W$ columns.
    //: **Forward**, image $n$ is framed and convolved with each kernel $w_o$ (a cross-correlation, as in
    //: PyTorch and TensorFlow):
    //:
    //: $$y_{n,o,i,j} = b_o + \sum_{c,u,v} w_{o,c,u,v}\, \tilde x_{n,c,i+u,j+v},
    //: \qquad \tilde x_{n,c,i,j} = \begin{cases} x_{n,c,i-p,j-p} & \text{inside} \\
    //: 0 & \text{in the ring,} \end{cases}$$
    //:
    //: which gives $H + 2p - k + 1$ rows for a kernel of $k$ rows. If the window moves by a
    //: [stride](#term-stride) of $s$ at a time, it gives $\lfloor (H + 2p - k) / s \rfloor + 1$.
    //:
    //: **Backward**, a framed pixel $\tilde x_{c,i,j}$ takes part in the outputs whose window lies
    //: over it. By the chain rule it gets from each of them its gradient times the weight it met
    //: there. At stride 1 that is a *full* convolution: the kernel, turned by half a turn, moves over all
    //: places where it touches $\partial L/\partial y$, which is 0 outside:
    //:
    //: $$\frac{\partial L}{\partial \tilde x_{n,c,i,j}}
    //: = \sum_{o,u,v} \frac{\partial L}{\partial y_{n,o,i-u,j-v}}\, w_{o,c,u,v}.$$
    //:
    //: The ring is constant, so padding's own part is to drop the ring's gradient:
    //: $\partial L/\partial x$ is $\partial L/\partial \tilde x$ without the ring. First the full
    //: convolution, then the trimming: the order will matter. Kernel and bias get
    //:
    //: $$\frac{\partial L}{\partial w_{o,c,u,v}}
    //: = \sum_{n,i,j} \frac{\partial L}{\partial y_{n,o,i,j}}\, \tilde x_{n,c,i+u,j+v},
    //: \qquad \frac{\partial L}{\partial b_o} = \sum_{n,i,j}
    //: \frac{\partial L}{\partial y_{n,o,i,j}}.$$
    let hand = byHand()
    try againstTensorFlow(hand)
    try backwardFaults()
    try criterion()
  }
}
