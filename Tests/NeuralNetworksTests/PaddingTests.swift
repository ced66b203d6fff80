import NeuralNetworks
import Tensors
import Testing

private let modes: [PaddingMode] = [.zeros, .constant(7), .reflect, .replicate, .circular]

/// Random margins that every mode allows on an image of at least 4×4.
private func margins(_ random: inout SplitMix64, from least: Int) -> [Int] {
  (0..<4).map { _ in least + random.nextIndex(below: 4 - least) }
}

/// The image moved on a torus.
private func roll(_ x: Tensor, _ rows: Int, _ columns: Int) -> Tensor {
  let (height, width) = (x.shape[2], x.shape[3])
  let elements = x.elements
  return Tensor(x.shape) { index in
    let (plane, row, column) = (index / (height * width), index / width % height, index % width)
    let source = ((row - rows + height) % height, (column - columns + width) % width)
    return elements[(plane * height + source.0) * width + source.1]
  }
}

@Suite struct PaddingTests {
  /// The rows in the documentation of ``PaddingMode``.
  @Test(arguments: [
    (PaddingMode.zeros, [0, 0, 1, 2, 3, 4, 0, 0]), (.constant(7), [7, 7, 1, 2, 3, 4, 7, 7]),
    (.reflect, [3, 2, 1, 2, 3, 4, 3, 2]), (.replicate, [1, 1, 1, 2, 3, 4, 4, 4]),
    (.circular, [3, 4, 1, 2, 3, 4, 1, 2]),
  ])
  func `A row is padded as documented`(_ mode: PaddingMode, _ expected: [Float]) {
    let row = Tensor([1, 1, 1, 4], [1, 2, 3, 4])
    let padded = Padding2D(top: 0, bottom: 0, left: 2, right: 2, mode: mode)(row)
    #expect(padded == Tensor([1, 1, 1, 8], expected))
    let column = Padding2D(top: 2, bottom: 2, left: 0, right: 0, mode: mode)(
      row.reshaped(to: [1, 1, 4, 1]))
    #expect(column == Tensor([1, 1, 8, 1], expected))
  }

  @Test(arguments: modes)
  func `Negative padding crops`(_ mode: PaddingMode) {
    let x = Tensor([1, 1, 3, 4]) { Float($0) }
    let cropped = Padding2D(top: -1, bottom: 0, left: -1, right: -2, mode: mode)(x)
    #expect(cropped == Tensor([1, 1, 2, 1], [5, 9]))
  }

  @Test(arguments: modes)
  func `Crop after pad is the identity`(_ mode: PaddingMode) {
    var random = SplitMix64(seed: 1)
    for _ in 0..<20 {
      let m = margins(&random, from: 0)
      let x = Tensor.uniform([2, 2, 4, 5], in: -1...1, using: &random)
      let padded = Padding2D(top: m[0], bottom: m[1], left: m[2], right: m[3], mode: mode)(x)
      let cropped = Padding2D(top: -m[0], bottom: -m[1], left: -m[2], right: -m[3])(padded)
      #expect(cropped == x)
    }
  }

  /// The notebook's rule: backward, the frame is trimmed from the gradient.
  @Test func `Zeros go backward as a crop`() {
    var random = SplitMix64(seed: 2)
    for _ in 0..<20 {
      let m = margins(&random, from: 0)
      let layer = Padding2D(top: m[0], bottom: m[1], left: m[2], right: m[3])
      let x = Tensor.uniform([2, 2, 4, 5], in: -1...1, using: &random)
      let forward = layer.forward(x)
      let dy = Tensor.uniform(forward.output.shape, in: -1...1, using: &random)
      let cropped = Padding2D(top: -m[0], bottom: -m[1], left: -m[2], right: -m[3])(dy)
      #expect(forward.pullback(dy).input == cropped)
    }
  }

  /// Every gradient that goes in comes out again where the added cells show the image.
  @Test(arguments: [PaddingMode.reflect, .replicate, .circular])
  func `No gradient is lost`(_ mode: PaddingMode) {
    var random = SplitMix64(seed: 3)
    let m = margins(&random, from: 0)
    let layer = Padding2D(top: m[0], bottom: m[1], left: m[2], right: m[3], mode: mode)
    let forward = layer.forward(Tensor([2, 3, 4, 5]))
    let dy = Tensor(forward.output.shape) { Float($0 % 13) }
    #expect(forward.pullback(dy).input.sum() == dy.sum())
  }

  /// A convolution with padding is the padding and then the convolution without.
  @Test(arguments: modes)
  func `Padding then convolution is the padded convolution`(_ mode: PaddingMode) {
    var random = SplitMix64(seed: 4)
    for round in 0..<20 {
      let m = margins(&random, from: -1)
      let w = Tensor.uniform([2, 3, 2, 3], in: -1...1, using: &random)
      let x = Tensor.uniform([2, 3, 5, 6], in: -1...1, using: &random)
      let stride = Extent2D(1 + round % 3)
      let padding = Padding.explicit(top: m[0], bottom: m[1], left: m[2], right: m[3])
      let whole = Conv2D(weight: w, stride: stride, padding: padding, paddingMode: mode)
      let frame = Padding2D(top: m[0], bottom: m[1], left: m[2], right: m[3], mode: mode)
      let valid = Conv2D(weight: w, stride: stride)
      #expect(relativeError(whole(x), valid(frame(x))) < 1e-6)
    }
  }

  @Test func `Same keeps the size at stride one`() throws {
    for kernel in 1...5 {
      for dilation in 1...3 {
        let layer = Conv2D(
          weight: Tensor([1, 1, kernel, kernel]), padding: .same, dilation: Extent2D(dilation))
        for size in 1...9 {
          #expect(try layer.outputShape(for: [1, 1, size, 10 - size]) == [1, 1, size, 10 - size])
        }

      }
    }
  }

  @Test(arguments: 1...4)
  func `Same gives the quotient rounded up`(_ stride: Int) throws {
    for kernel in 1...5 {
      let layer = Conv2D(
        weight: Tensor([1, 1, kernel, kernel]), stride: Extent2D(stride), padding: .same)
      for size in 1...12 {
        let expected = (size + stride - 1) / stride
        #expect(try layer.outputShape(for: [1, 1, size, size]) == [1, 1, expected, expected])
      }
    }
  }

  /// TensorFlow's rule: where the cells are odd in number, the last one goes to the bottom and the
  /// right, so an even kernel's output lies as if its anchor were the upper left of the middle.
  @Test func `The odd cell of same goes to the bottom and the right`() {
    let layer = Conv2D(weight: Tensor([1, 1, 2, 2], [0, 0, 0, 1]), padding: .same)
    let x = Tensor([1, 1, 2, 2], [1, 2, 3, 4])
    #expect(layer(x) == Tensor([1, 1, 2, 2], [4, 0, 0, 0]))
  }

  /// A convolution with circular padding commutes with circular shifts.
  @Test func `Circular padding is equivariant to shifts`() {
    var random = SplitMix64(seed: 5)
    let w = Tensor.uniform([3, 2, 3, 3], in: -1...1, using: &random)
    let layer = Conv2D(weight: w, padding: 1, paddingMode: .circular)
    let x = Tensor.uniform([2, 2, 5, 6], in: -1...1, using: &random)
    for (rows, columns) in [(1, 0), (0, 2), (3, 4)] {
      #expect(layer(roll(x, rows, columns)) == roll(layer(x), rows, columns))
    }
  }
}
