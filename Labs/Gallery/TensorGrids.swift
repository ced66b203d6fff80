import LabKit

extension Gallery {
  func tensorGrids() throws {
    //: ## Tensor grids
    //:
    //: The drawing of padding lectures: the ring that padding adds is hatched, the window that the
    //: kernel covers is highlighted, and a beam leads to the output cell that it makes.
    let input = Matrix([[1, 4, 2, 3], [0, 2, 5, 1], [3, 1, 0, 2], [2, 3, 1, 4]])
    let edges = Matrix([[1, 0, -1], [2, 0, -2], [1, 0, -1]])

    //| label: fig-convolution
    //| fig-cap: "Kernel, padded input and output: the hatched ring, the window and its beam."
    let convolution = TensorGrid.convolution(
      "Convolution with padding 1", input: input, kernel: edges, padding: .init(1), at: (0, 1))
    show(convolution)

    //: Stride and dilation change where the window stands and which of its cells take part.
    let wide = Matrix(rows: 7, columns: 7) { row, column in Double((row * 3 + column * 5) % 7) }
    let corners = Matrix([[1, -1], [-1, 1]])

    //| label: fig-dilated
    //| fig-cap: "With dilation 3 only the corners of the window take part."
    let dilated = TensorGrid.convolution(
      "Dilation 3, stride 2", input: wide, kernel: corners, stride: 2, dilation: 3, at: (1, 1))
    show(dilated)

    //: Panels may also be composed by hand: several paddings of one image, a tensor of several
    //: channels, cells coloured by value.
    func padded(_ index: (Int) -> Int?) -> Matrix {
      Matrix(rows: 6, columns: 6) { row, column in
        guard let i = index(row - 1), let j = index(column - 1) else { return 0 }
        return input[i, j]
      }
    }
    let zeros = padded { (0..<4).contains($0) ? $0 : nil }
    let reflect = padded { $0 < 0 ? -$0 : $0 > 3 ? 6 - $0 : $0 }
    let replicate = padded { min(max($0, 0), 3) }
    let circular = padded { ($0 + 4) % 4 }

    //| label: fig-modes
    //| fig-cap: "Four ways to pad the same image, cells coloured by value."
    let modes = TensorGrid(
      "Four ways to pad",
      panels: [
        .init(zeros, caption: "zeros", padding: .init(1), colormap: .blues),
        .init(reflect, caption: "reflect", padding: .init(1), colormap: .blues),
        .init(replicate, caption: "replicate", padding: .init(1), colormap: .blues),
        .init(circular, caption: "circular", padding: .init(1), colormap: .blues),
      ], columns: 4, cellSize: 24)
    show(modes)

    //| label: fig-channels
    //| fig-cap: "Tensors of several channels as sheets."
    let channels = TensorGrid(
      panels: [
        .init(
          zeros, caption: "3 channels in", padding: .init(1),
          highlights: [.init(rows: 0..<3, columns: 0..<3)], sheetCount: 3),
        .init(edges, caption: "3 kernels each", sheetCount: 3),
        .init(input, caption: "20 channels out", sheetCount: 6),
      ], operators: ["∗", "="])
    show(channels)
  }
}
