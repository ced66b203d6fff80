import LabKit

extension PaddingGuide {
  func backward() throws {
    //: ## The way back
    //:
    //: Padding copies pixels into cells: it is a linear map $P$ (plus a constant), and its gradient
    //: is the transposed map. A pixel's gradient is the sum of the gradients of all cells that show
    //: it. So a gradient of 1 in every cell comes back as the number of times that each pixel is
    //: shown:
    let image = Tensor([1, 1, 3, 4]) { Float($0 + 1) }
    let modes: [PaddingMode] = [.zeros, .reflect, .replicate, .circular]
    func shown(_ mode: PaddingMode) -> Tensor {
      let forward = Padding2D(2, mode: mode).forward(image)
      return forward.pullback(Tensor(forward.output.shape, repeating: 1)).input
    }
    //| label: fig-backward
    //| fig-cap: "How often a 3×4 image's pixels are shown after padding by 2."
    let grids = TensorGrid(
      panels: modes.map {
        TensorGrid.Panel(Matrix(shown($0)), caption: "\($0)")
      })
    show(grids)

    //: With zeros (and constants) each pixel is shown once, and the way back is a crop: *forward
    //: the image is framed, backward the frame is trimmed from the gradient*. With the other modes
    //: the frame's gradient is not trimmed away, but folded back onto the pixels it came from.
    //:
    //: That a map is the transposed one can be tested without knowing either:
    //: $\langle P x, y \rangle = \langle x, P^\mathsf{T} y \rangle$ for any $x$ and $y$.
    var random = SplitMix64(seed: 3)
    let x = Tensor.uniform([2, 3, 5, 6], in: -1...1, using: &random)
    let y = Tensor.uniform([2, 3, 9, 10], in: -1...1, using: &random)
    let crop = Padding2D(-2)
    func gap(_ mode: PaddingMode, back: (Pullback) -> Tensor) -> Float {
      let forward = Padding2D(2, mode: mode).forward(x)
      return abs((forward.output * y).sum() - (x * back(forward.pullback)).sum())
    }
    for mode in modes {
      claim(
        "⟨Px, y⟩ = ⟨x, Pᵀy⟩, \(mode)", gap(mode) { $0(y).input }, .below(1e-4),
        mutants: [
          mode == .zeros ? "folded as for replicate" : "trimmed": gap(mode) { _ in
            mode == .zeros
              ? Padding2D(2, mode: .replicate).forward(x).pullback(y).input : crop(y)
          }
        ])
    }

    //: In a convolution the order matters. Its input's gradient is computed for the *padded* image,
    //: and trimmed afterwards. To trim the output's gradient first looks the same in a formula and
    //: gives wrong numbers within reach of the edge; [Lab 10](../lab10.md) tells that story.
  }
}
