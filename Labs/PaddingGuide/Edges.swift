import LabKit

extension PaddingGuide {
  func edges() throws {
    //: ## What the edge sees
    //:
    //: A blur should leave a grey image grey. With a ring of zeros it darkens the rim, and the
    //: network that follows can read from it where the edge of the image is [@islam2020]. Modes
    //: that continue the image do not do that.
    let gray = Tensor([1, 1, 4, 5], repeating: 9)
    let blur = Tensor([1, 1, 3, 3], repeating: 1 / 9)
    func blurred(_ mode: PaddingMode) -> Tensor {
      Conv2D(weight: blur, padding: 1, paddingMode: mode)(gray)
    }
    //| label: fig-edges
    //| fig-cap: "A grey image of nines, blurred with a 3×3 mean."
    let grids = TensorGrid(
      panels: [PaddingMode.zeros, .replicate].map {
        TensorGrid.Panel(
          Matrix(blurred($0)), caption: "\($0)", format: .decimal(places: 0))
      })
    show(grids)
    func darkest(_ mode: PaddingMode) -> Double { Double(blurred(mode).minimum()) }
    let continuing: [PaddingMode] = [.replicate, .reflect, .circular]
    claim(
      "modes that continue the image leave grey grey", continuing.map(darkest).min() ?? .nan,
      .near(9, tolerance: 1e-5), as: .decimal(places: 2),
      mutants: ["zeros": darkest(.zeros), "a frame of 8": darkest(.constant(8))])

    //: ### Shifts
    //:
    //: A convolution without an edge would commute with shifts: move the image, and the output
    //: moves. On a torus there is no edge, and with circular padding it holds exactly.
    var random = SplitMix64(seed: 4)
    let x = Tensor.uniform([1, 2, 6, 7], in: -1...1, using: &random)
    let weight = Tensor.uniform([3, 2, 3, 3], in: -1...1, using: &random)
    func commutes(_ mode: PaddingMode) -> Bool {
      let layer = Conv2D(weight: weight, padding: 1, paddingMode: mode)
      return layer(moved(x, rows: 2, columns: 3)) == moved(layer(x), rows: 2, columns: 3)
    }
    claim(
      "With circular padding a convolution commutes with circular shifts, bit for bit",
      commutes(.circular),
      mutants: ["zeros": commutes(.zeros), "reflect": commutes(.reflect)])
  }

  func names() throws {
    //: ## Under other names
    //:
    //: | here | PyTorch | Keras |
    //: |---|---|---|
    //: | `.valid` | `padding=0` | `padding='valid'` |
    //: | `.same` | `padding='same'` (stride 1 only) | `padding='same'` |
    //: | a number, `.explicit` | `padding=1`, `F.pad` | `ZeroPadding2D` |
    //: | negative cells | `F.pad(x, (-1, …))` | `Cropping2D` |
    //: | `.zeros` | `padding_mode='zeros'` | the only mode of a layer |
    //: | `.constant(v)` | `F.pad(…, value=v)` | `keras.ops.pad(…, constant_values=v)` |
    //: | `.reflect` | `padding_mode='reflect'` | `keras.ops.pad(…, mode='reflect')` |
    //: | `.replicate` | `padding_mode='replicate'` | `keras.ops.pad(…, mode='edge')`, not on TensorFlow |
    //: | `.circular` | `padding_mode='circular'` | `keras.ops.pad(…, mode='wrap')`, not on TensorFlow |
    //:
    //: At stride 1, PyTorch's `'same'` and TensorFlow's agree to the cell. The package's tests hold
    //: outputs and gradients against PyTorch on several hundred random configurations, and against
    //: TensorFlow where it has the mode
    //: ([ConformanceTests.swift](../../Tests/NeuralNetworksTests/ConformanceTests.swift)).
    //:
    //: Next: [Lab 10](../lab10.md), where padding goes wrong. All pages: [docs](../README.md).
  }

  /// The image moved on a torus.
  func moved(_ image: Tensor, rows: Int, columns: Int) -> Tensor {
    let frame = Padding2D(top: rows, bottom: 0, left: columns, right: 0, mode: .circular)
    return Padding2D(top: 0, bottom: -rows, left: 0, right: -columns)(frame(image))
  }
}

extension Matrix {
  /// The first channel of the first image.
  init(_ image: Tensor) {
    self.init(rows: image.shape[2], columns: image.shape[3]) { row, column in
      Double(image[0, 0, row, column])
    }
  }
}
