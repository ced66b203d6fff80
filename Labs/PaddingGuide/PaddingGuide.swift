//: ---
//: bibliography: references.bib
//: ---
//:
//: # Padding
//:
//: Before a window slides over an image, the image can be extended on every side. How far, and with
//: what, is the padding. This guide draws the whole family: the amounts, the modes, the way back
//: through the gradient, and what each of them does to the edge of an image. The arithmetic behind
//: it, with strides and transposed convolutions, is drawn by @dumoulin2016.
//:
//: It is the report of a small lab, `Labs/PaddingGuide`: every number and every drawing below was
//: computed by the code above it.
import LabKit

@main
struct PaddingGuide: Lab {
  func report() throws {
    //: ## Why pad
    //:
    //: A kernel of $k \times k$ cells fits into a row of $n$ pixels at $n - k + 1$ places. Without
    //: padding every layer costs $k - 1$ rows and columns, and a pixel in a corner is seen once
    //: where one in the middle is seen $k^2$ times.
    let image = Tensor([1, 1, 4, 4]) { Float($0 + 1) }
    let kernel = Tensor([1, 1, 3, 3], [0, 1, 0, 1, -4, 1, 0, 1, 0])
    let valid = Conv2D(weight: kernel)
    //| label: fig-valid
    //| fig-cap: "Without padding the window stays inside, and 4×4 pixels become 2×2."
    let inside = TensorGrid.convolution(
      input: Matrix(image), kernel: Matrix(kernel), at: (row: 1, column: 1))
    show(inside)

    //: One ring of zeros, and the output is as large as the input. The window of the first output
    //: cell now stands half outside; hatched cells are padding. (This kernel is the discrete
    //: Laplacian, which is 0 on any ramp. Whatever is not 0 in the output is the zeros' doing.)
    let padded = Conv2D(weight: kernel, padding: 1)
    //| label: fig-padded
    //| fig-cap: "With one ring of zeros, 4×4 pixels stay 4×4."
    let framed = TensorGrid.convolution(
      input: Matrix(image), kernel: Matrix(kernel), padding: .init(1), at: (row: 0, column: 0))
    show(framed)

    //: The layers compute what is drawn:
    print(try valid.outputShape(for: image.shape), "and", try padded.outputShape(for: image.shape))
    print("first outputs:", valid(image)[0, 0, 0, 0], "and", padded(image)[0, 0, 0, 0])

    try amounts()
    try same()
    try modes()
    try crops()
    try backward()
    try edges()
    try names()
  }
}
