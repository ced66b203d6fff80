import LabKit

extension PaddingGuide {
  func modes() throws {
    //: ## With what
    //:
    //: Zeros are one answer. `PaddingMode` has five, with PyTorch's names:
    //:
    //: - `.zeros`, and `.constant(v)` with any other value;
    //: - `.reflect` mirrors the image at its outermost pixels, which are not repeated;
    //: - `.replicate` repeats the nearest pixel;
    //: - `.circular` continues with the other side, as on a torus.
    let image = Tensor([1, 1, 3, 4]) { Float($0 + 1) }
    let modes: [PaddingMode] = [.zeros, .constant(-1), .reflect, .replicate, .circular]
    //| label: fig-modes
    //| fig-cap: "The same 3×4 image, padded by 2 in each mode. Hatched cells are padding."
    let grids = TensorGrid(
      panels: modes.map { mode in
        TensorGrid.Panel(
          Matrix(Padding2D(2, mode: mode)(image)), caption: "\(mode)", padding: .init(2))
      }, columns: 3, cellSize: 24)
    show(grids)

    //: A layer for the frame alone is `Padding2D(2, mode: .reflect)`; a convolution takes the mode
    //: as `Conv2D(…, padding: 2, paddingMode: .reflect)`. Both are the same map.
    var random = SplitMix64(seed: 1)
    let x = Tensor.uniform([2, 3, 6, 7], in: -1...1, using: &random)
    let weight = Tensor.uniform([4, 3, 3, 3], in: -1...1, using: &random)
    func inTwoSteps(_ mode: PaddingMode) -> Tensor {
      Conv2D(weight: weight)(Padding2D(1, mode: mode)(x))
    }
    show(
      Comparison(
        "a convolution with reflect padding against reflect padding, then a convolution",
        actual: Conv2D(weight: weight, padding: 1, paddingMode: .reflect)(x),
        expected: inTwoSteps(.reflect), tolerance: .absolute(1e-6),
        mutants: [
          "replicate": inTwoSteps(.replicate), "zeros": inTwoSteps(.zeros),
        ]))

    //: ### Limits
    //:
    //: Zeros, constants and `.replicate` pad as far as you like. `.reflect` mirrors without the edge
    //: and has one pixel less to give than the axis is long; `.circular` gives the axis once. An
    //: amount beyond that is refused before anything runs, with the axis, the amount and the limit:
    expectError { try Padding2D(3, mode: .reflect).outputShape(for: image.shape) }
    expectError { try Padding2D(4, mode: .circular).outputShape(for: image.shape) }
  }

  func crops() throws {
    //: ## Less than nothing
    //:
    //: Negative padding crops, in every mode. One side may grow while another shrinks: padding a row
    //: by −1 and +1 moves the image by one pixel.
    let image = Tensor([1, 1, 3, 4]) { Float($0 + 1) }
    let crop = Padding2D(top: -1, bottom: 0, left: -1, right: -1)
    let shift = Padding2D(top: 0, bottom: 0, left: 1, right: -1, mode: .replicate)
    //| label: fig-crop
    //| fig-cap: "Cropped by −1 at the top, left and right; moved by +1 at the left and −1 at the right."
    let grids = TensorGrid(
      panels: [
        TensorGrid.Panel(
          Matrix(image), caption: "image", highlights: [.init(rows: 1..<3, columns: 1..<3)]),
        TensorGrid.Panel(Matrix(crop(image)), caption: "cropped"),
        TensorGrid.Panel(
          Matrix(shift(image)), caption: "moved, replicate",
          padding: .init(top: 0, left: 1, bottom: 0, right: 0)),
      ])
    show(grids)

    //: Padding by $p$ and then by $-p$ is the identity, whatever the mode.
    var random = SplitMix64(seed: 2)
    let x = Tensor.uniform([2, 3, 5, 6], in: -1...1, using: &random)
    let all: [PaddingMode] = [.zeros, .constant(7), .reflect, .replicate, .circular]
    func comesBack(crop: Padding2D) -> Bool {
      all.allSatisfy { mode in
        crop(Padding2D(top: 1, bottom: 2, left: 3, right: 0, mode: mode)(x)) == x
      }
    }
    claim(
      "A crop after a padding is the identity in all modes",
      comesBack(crop: Padding2D(top: -1, bottom: -2, left: -3, right: 0)),
      mutants: [
        "top and bottom swapped": comesBack(
          crop: Padding2D(top: -2, bottom: -1, left: -3, right: 0))
      ])
  }
}
