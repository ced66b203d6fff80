import LabKit

extension PaddingGuide {
  func amounts() throws {
    //: ## How much
    //:
    //: With $p$ cells before and $q$ after a row, stride $s$ and dilation $d$, the output has
    //:
    //: $$n' = \left\lfloor \frac{n + p + q - d\,(k - 1) - 1}{s} \right\rfloor + 1$$
    //:
    //: cells. `Padding` names the usual choices. `.valid` adds nothing. `.same` adds what it takes
    //: for $n' = \lceil n / s \rceil$. `.full` adds $d\,(k - 1)$ on each side, so that every place is
    //: taken where window and image overlap at all. A number adds that many cells everywhere, and
    //: `.explicit` says each side by itself.
    let choices: [(name: String, padding: Padding)] = [
      ("`.valid`", .valid), ("`.same`", .same), ("`.full`", .full), ("`1`", 1),
      ("bottom 2, left 1", .explicit(top: 0, bottom: 2, left: 1, right: 0)),
    ]
    func size(_ padding: Padding, stride: Extent2D = 1, dilation: Extent2D = 1) -> Extent2D {
      ConvolutionGeometry(
        input: [1, 1, 7, 8], kernel: [1, 1, 3, 3], stride: stride, dilation: dilation,
        padding: padding
      ).window.output
    }
    //| label: tbl-amounts
    //| tbl-cap: "What a 3×3 kernel makes of 7×8 pixels."
    show(
      Table(
        choices,
        columns: [
          .column("padding", \.name),
          .column("stride 1") { size($0.padding) },
          .column("stride 2") { size($0.padding, stride: 2) },
          .column("stride 3") { size($0.padding, stride: 3) },
          .column("dilation 2") { size($0.padding, dilation: 2) },
        ]))

    //: The same kernel, drawn at its first place:
    let image = Tensor([1, 1, 3, 3]) { Float($0 + 1) }
    //| label: fig-amounts
    //| fig-cap: "A 3×3 window over 3×3 pixels: one place with `.valid`, nine with `.same`, 25 with `.full`."
    let grids = TensorGrid(
      panels: [
        panel(image, frame: .valid, kernel: 3, caption: ".valid, output 1×1"),
        panel(image, frame: .same, kernel: 3, caption: ".same, output 3×3"),
        panel(image, frame: .full, kernel: 3, caption: ".full, output 5×5"),
      ], cellSize: 24)
    show(grids)
  }

  func same() throws {
    //: ### The odd cell of `.same`
    //:
    //: In total, `.same` adds $\max(0, (\lceil n / s \rceil - 1)\,s + d\,(k - 1) + 1 - n)$ cells to
    //: an axis. Where that is odd, one side gets one more: the bottom and the right, which is
    //: TensorFlow's rule. An even kernel at stride 1 shows it, and so does stride 2, where the
    //: amount depends on the size of the image:
    let small = Tensor([1, 1, 4, 4]) { Float($0 + 1) }
    let larger = Tensor([1, 1, 5, 5]) { Float($0 + 1) }
    //| label: fig-same
    //| fig-cap: "`.same` with a 2×2 kernel, and with a 3×3 kernel at stride 2 over an even and an odd image."
    let grids = TensorGrid(
      panels: [
        panel(small, frame: .same, kernel: 2, caption: "2×2, stride 1"),
        panel(small, frame: .same, kernel: 3, stride: 2, caption: "3×3, stride 2"),
        panel(larger, frame: .same, kernel: 3, stride: 2, caption: "3×3, stride 2"),
      ], cellSize: 24)
    show(grids)

    //: PyTorch's `padding=1` puts a ring on all sides instead. At stride 2 over an even image both
    //: give the same output size, and different outputs: the window stands one pixel further up and
    //: left.
    let identity = Tensor([1, 1, 3, 3], [0, 0, 0, 0, 1, 0, 0, 0, 0])
    print("same:", Conv2D(weight: identity, stride: 2, padding: .same)(small).elements)
    print("1:   ", Conv2D(weight: identity, stride: 2, padding: 1)(small).elements)
  }

  /// A padded image with the window at its first place.
  func panel(
    _ image: Tensor, frame: Padding, kernel: Int, stride: Extent2D = 1, caption: String
  ) -> TensorGrid.Panel {
    let margins = frame.margins(
      image: Extent2D(height: image.shape[2], width: image.shape[3]), window: Extent2D(kernel),
      stride: stride)
    let layer = Padding2D(
      top: margins.top, bottom: margins.bottom, left: margins.left, right: margins.right)
    return TensorGrid.Panel(
      Matrix(layer(image)), caption: caption,
      padding: .init(
        top: margins.top, left: margins.left, bottom: margins.bottom, right: margins.right),
      highlights: [.init(rows: 0..<kernel, columns: 0..<kernel)])
  }
}
