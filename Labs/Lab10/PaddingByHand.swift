import Lab10Experiments
import LabKit

/// The convolution of one image with one kernel, written to be read.
struct HandConvolution {
  var forward: (_ x: Matrix, _ kernel: Matrix, _ padding: Int) -> Matrix
  var backward: (_ dy: Matrix, _ kernel: Matrix, _ padding: Int) -> Matrix
  var kernelGradient: (_ dy: Matrix, _ x: Matrix, _ padding: Int) -> Matrix
}

extension Lab10 {
  func byHand() -> HandConvolution {
    //: ### In forty lines
    //:
    //: This is all of it for one image of one channel and one kernel, but for the bias: that is added
    //: to every output, and its gradient is the sum of $\partial L/\partial y$. Forward, eighteen lines:
    func framed(_ image: Matrix, by p: Int) -> Matrix {
      Matrix(rows: image.rows + 2 * p, columns: image.columns + 2 * p) { row, column in
        let (i, j) = (row - p, column - p)
        let isInside = (0..<image.rows).contains(i) && (0..<image.columns).contains(j)
        return isInside ? image[i, j] : 0
      }
    }

    func forward(_ x: Matrix, _ kernel: Matrix, padding: Int) -> Matrix {
      let image = framed(x, by: padding)
      let (rows, columns) = (image.rows - kernel.rows + 1, image.columns - kernel.columns + 1)
      return Matrix(rows: rows, columns: columns) { i, j in
        var sum = 0.0
        for u in 0..<kernel.rows {
          for v in 0..<kernel.columns { sum += kernel[u, v] * image[i + u, j + v] }
        }
        return sum
      }
    }

    //: Backward to the image, twenty lines. Each output hands its gradient back to the pixels under its
    //: window, each times the weight that it met there; then the ring goes.
    func full(_ dy: Matrix, _ kernel: Matrix) -> Matrix {
      let (rows, columns) = (dy.rows + kernel.rows - 1, dy.columns + kernel.columns - 1)
      var sum = Matrix(rows: rows, columns: columns) { _, _ in 0 }
      for i in 0..<dy.rows {
        for j in 0..<dy.columns {
          for u in 0..<kernel.rows {
            for v in 0..<kernel.columns { sum[i + u, j + v] += dy[i, j] * kernel[u, v] }
          }
        }
      }
      return sum
    }

    func trimmed(_ image: Matrix, by p: Int) -> Matrix {
      Matrix(rows: image.rows - 2 * p, columns: image.columns - 2 * p) { i, j in
        image[i + p, j + p]
      }
    }

    func backward(_ dy: Matrix, _ kernel: Matrix, padding: Int) -> Matrix {
      trimmed(full(dy, kernel), by: padding)
    }

    //: Backward to the kernel, three: a weight gets from each output its gradient times the pixel it met
    //: there, and that is a convolution of the framed image with $\partial L/\partial y$.
    func kernelGradient(_ dy: Matrix, _ x: Matrix, padding: Int) -> Matrix {
      forward(x, dy, padding: padding)
    }

    //: Now with numbers: an image of 3×3 pixels, a kernel of 3×3, one ring of zeros.
    let x = Matrix([[1, 2, 3], [4, 5, 6], [7, 8, 9]])
    let kernel = Matrix([[1, 2, 0], [0, -1, 1], [3, 0, 1]])
    let dy = Matrix([[1, 0, 2], [-1, 3, 0], [2, 1, 1]])
    let y = forward(x, kernel, padding: 1)
    //| label: fig-hand-forward
    //| fig-cap: "Forward: the framed image, the kernel, and what comes out. The window stands at the first output."
    //| code-fold: true
    let way = TensorGrid.convolution(
      input: x, kernel: kernel, padding: .init(1), padded: framed(x, by: 1))
    show(way)

    //: The gradient of the loss with respect to the output is given, here by nine made-up numbers. The
    //: right way back is the full convolution, then the trimming. The wrong one, the notebook's, does the two
    //: in the other order. Both end with 3×3 numbers, so no error message tells them apart.
    let spread = full(dy, kernel)
    let right = trimmed(spread, by: 1)
    let early = trimmed(dy, by: 1)
    let wrong = full(early, kernel)
    //| label: fig-hand-backward
    //| fig-cap: "Backward. Above, right: ∂L/∂y, its full convolution, and that without its ring. Below, wrong: ∂L/∂y trimmed to one number, its full convolution."
    //| code-fold: true
    let ways = TensorGrid(
      panels: [
        .init(dy, caption: "∂L/∂y"),
        .init(spread, caption: "full convolution", padding: .init(1)),
        .init(right, caption: "trimmed: right"),
        .init(dy, caption: "∂L/∂y", padding: .init(1)),
        .init(early, caption: "trimmed"),
        .init(wrong, caption: "full convolution: wrong"),
      ], columns: 3, cellSize: 24)
    show(ways)

    let wrongCount = zip(right.values, wrong.values).count { $0 != $1 }
    publish("wrongByHand", wrongCount)
    //: The two differ in \(wrongByHand) of nine numbers. Which is right? The definition of a gradient
    //: decides: nudge one pixel, and see by how much $\sum y \cdot \partial L/\partial y$
    //: moves. The sum is linear in the pixel, so a nudge by 1 tells its slope exactly.
    func move(to moved: Matrix) -> Double {
      zip(zip(moved.values, y.values), dy.values).reduce(0) { sum, pair in
        sum + (pair.0.0 - pair.0.1) * pair.1
      }
    }
    let nudged = Matrix(rows: 3, columns: 3) { row, column in
      var changed = x
      changed[row, column] += 1
      return move(to: forward(changed, kernel, padding: 1))
    }
    claim(
      "the full convolution, then the trimming, is the gradient by its definition, number by number",
      right == nudged,
      mutants: [
        "trimmed first": wrong == nudged,
        "the kernel flipped once too often": trimmed(full(dy, flipped(kernel)), by: 1) == nudged,
      ])

    //: To the kernel it is simpler; nothing is trimmed:
    let dw = kernelGradient(dy, x, padding: 1)
    //| label: fig-hand-kernel
    //| fig-cap: "Backward to the kernel: the framed image, ∂L/∂y in the place of the kernel, and ∂L/∂w"
    //| code-fold: true
    let wayToKernel = TensorGrid.convolution(
      input: x, kernel: dy, padding: .init(1), padded: framed(x, by: 1))
    show(wayToKernel)
    let nudgedWeights = Matrix(rows: 3, columns: 3) { row, column in
      var changed = kernel
      changed[row, column] += 1
      return move(to: forward(x, changed, padding: 1))
    }
    claim(
      "that is the gradient of the kernel by its definition, number by number",
      dw == nudgedWeights,
      mutants: [
        "∂L/∂y flipped": kernelGradient(flipped(dy), x, padding: 1) == nudgedWeights,
        "without the frame": forward(x, early, padding: 1) == nudgedWeights,
      ])

    //: The fast layer of `NeuralNetworks`
    //: ([Conv2D.swift](../Sources/NeuralNetworks/Conv2D.swift)) does the same for batches, channels
    //: and strides; its `pullback` takes $\partial L/\partial y$ back to the input and the parameters.
    //: (The last column counts in [ULPs](#term-ulp); relative errors are in units of what is expected.)
    let layer = Conv2D(weight: tensor(kernel), padding: 1)
    let fast = layer.forward(tensor(x))
    let fastBack = fast.pullback(tensor(dy))
    show(
      Comparison(
        "the forty lines and the fast layer",
        parts: [
          "y": (actual: tensor(y), expected: fast.output),
          "dL/dx": (actual: tensor(right), expected: fastBack.input),
          "dL/dw": (actual: tensor(dw), expected: fastBack.parameters[0]),
        ], tolerance: .absolute(0),
        mutants: [
          "dL/dx trimmed first": [tensor(y), tensor(wrong), tensor(dw)],
          "a true convolution, with the kernel flipped": [
            tensor(forward(x, flipped(kernel), padding: 1)), tensor(right), tensor(dw),
          ],
        ]))
    let hand = HandConvolution(  //hide
      forward: forward, backward: backward, kernelGradient: kernelGradient)  //hide
    return hand  //hide
  }

  /// A kernel turned by half a turn.
  private func flipped(_ kernel: Matrix) -> Matrix {
    Matrix(rows: kernel.rows, columns: kernel.columns, kernel.values.reversed())
  }

  /// A matrix as a batch of one image of one channel.
  private func tensor(_ matrix: Matrix) -> Tensor {
    Tensor([1, 1, matrix.rows, matrix.columns], matrix.values.map { Float($0) })
  }
}
