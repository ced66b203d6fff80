import Testing

@testable import Tensors

/// Winograd's minimal filtering against the slow twins, and when it is chosen.
@Suite(.serialized) struct WinogradTests {
  @Test func `Agrees with the direct twin`() {
    for g in winogradGeometries(120, seed: 11) {
      let data = WinogradData(g)
      let y = directConvolve(data.x, data.w, bias: data.b, g)
      #expect(
        error(convolve(data.x, data.w, bias: data.b, g, algorithm: .winograd), y) < 3e-6, "\(g)")
      let dx = directInputGradient(data.dy, data.w, g)
      #expect(
        error(convolveInputGradient(data.dy, data.w, g, algorithm: .winograd), dx) < 3e-6, "\(g)")
      let dw = directWeightGradient(data.dy, data.x, g)
      #expect(
        error(convolveWeightGradient(data.dy, data.x, g, algorithm: .winograd), dw) < 3e-6, "\(g)")
    }
  }

  @Test func `Rectifies and masks`() {
    for g in winogradGeometries(40, seed: 12) {
      let data = WinogradData(g)
      let y = convolve(data.x, data.w, bias: data.b, g, algorithm: .winograd)
      #expect(
        convolve(data.x, data.w, bias: data.b, g, rectified: true, algorithm: .winograd) == relu(y),
        "\(g)")
      let dx = convolveInputGradient(data.dy, data.w, g, algorithm: .winograd)
      let masked = zip(dx.elements, data.x.elements).map { $1 > 0 ? $0 : 0 }
      #expect(
        convolveInputGradient(data.dy, data.w, g, through: data.x, algorithm: .winograd).elements
          == masked, "\(g)")
    }
  }

  @Test func `Gradients are the adjoints`() {
    for g in winogradGeometries(30, seed: 13) {
      let data = WinogradData(g)
      let forward = inner(convolve(data.x, data.w, g, algorithm: .winograd), data.dy)
      let tolerance = 1e-5 * Double(g.multiplyAdds).squareRoot() + 1e-5
      let dx = convolveInputGradient(data.dy, data.w, g, algorithm: .winograd)
      #expect(abs(forward - inner(data.x, dx)) < tolerance, "\(g)")
      let dw = convolveWeightGradient(data.dy, data.x, g, algorithm: .winograd)
      #expect(abs(forward - inner(data.w, dw)) < tolerance, "\(g)")
    }
  }

  @Test func `Same bits everywhere`() {
    for g in winogradGeometries(25, seed: 14) {
      let data = WinogradData(g)
      let results = SameBitsTests.underEverySetting {
        SameBitsTests.bits([
          convolve(data.x, data.w, bias: data.b, g, algorithm: .winograd),
          convolveInputGradient(data.dy, data.w, g, algorithm: .winograd),
          convolveWeightGradient(data.dy, data.x, g, algorithm: .winograd),
        ])
      }
      for (setting, bits) in results { #expect(bits == results[0].result, "\(setting)") }
    }
  }

  /// An item's bits are the same alone as in the midst of a batch.
  @Test func `An item does not depend on its batch`() {
    for g in winogradGeometries(25, seed: 15) {
      let data = WinogradData(g)
      let item = g.input[0] / 2
      func alone(_ tensor: Tensor) -> Tensor {
        let size = tensor.shape.itemElementCount
        return Tensor(
          Shape([1] + tensor.shape.dimensions.dropFirst()),
          Array(tensor.elements[item * size..<(item + 1) * size]))
      }
      let one = ConvolutionGeometry(
        input: [1, g.input[1], g.input[2], g.input[3]], kernel: g.kernel,
        padding: .explicit(
          top: g.window.margins.top, bottom: g.window.margins.bottom, left: g.window.margins.left,
          right: g.window.margins.right), groups: g.groups)
      let y = convolve(data.x, data.w, bias: data.b, g, algorithm: .winograd)
      let dx = convolveInputGradient(data.dy, data.w, g, algorithm: .winograd)
      let y1 = convolve(alone(data.x), data.w, bias: data.b, one, algorithm: .winograd)
      let dx1 = convolveInputGradient(alone(data.dy), data.w, one, algorithm: .winograd)
      #expect(SameBitsTests.bits([y1, dx1]) == SameBitsTests.bits([alone(y), alone(dx)]), "\(g)")
    }
  }

  /// What ``ConvolutionAlgorithm`` says of the accuracy.
  @Test(arguments: [16, 64])
  func `The error is small`(_ channels: Int) {
    let g = ConvolutionGeometry(
      input: [2, channels, 6, 6], kernel: [32, channels, 3, 3], padding: 1)
    let data = WinogradData(g)
    let y = directConvolve(data.x, data.w, bias: data.b, g)
    let dx = directInputGradient(data.dy, data.w, g)
    let dw = directWeightGradient(data.dy, data.x, g)
    func errors(_ algorithm: ConvolutionAlgorithm) -> [Double] {
      [
        relativeError(convolve(data.x, data.w, bias: data.b, g, algorithm: algorithm), y),
        relativeError(convolveInputGradient(data.dy, data.w, g, algorithm: algorithm), dx),
        relativeError(convolveWeightGradient(data.dy, data.x, g, algorithm: algorithm), dw),
      ]
    }
    let (winograd, direct) = (errors(.winograd), errors(.direct))
    #expect(winograd[0] < 1.5 * direct[0])
    #expect(winograd[1] < 1.5 * direct[1])
    for error in winograd { #expect(error < 7e-7) }
  }

  @Test func `Is chosen where it pays`() {
    let cases:
      [(
        inputs: Int, outputs: Int, groups: Int, size: Int, kernel: Int, stride: Int, dilation: Int,
        isChosen: Bool
      )] = [
        // Channels per group, outputs per group, groups, image, kernel, stride, dilation.
        (16, 32, 1, 6, 3, 1, 1, true), (32, 16, 1, 6, 3, 1, 1, true), (32, 16, 2, 6, 3, 1, 1, true),
        (15, 32, 1, 6, 3, 1, 1, false), (16, 31, 1, 6, 3, 1, 1, false),
        (16, 32, 1, 5, 3, 1, 1, false), (16, 32, 1, 9, 5, 1, 1, false),
        (16, 32, 1, 13, 3, 2, 1, false), (16, 32, 1, 9, 3, 1, 2, false),
      ]
    for (inputs, outputs, groups, size, kernel, stride, dilation, isChosen) in cases {
      for items in [1, 20] {
        let g = ConvolutionGeometry(
          input: [items, inputs * groups, size, size],
          kernel: [outputs * groups, inputs, kernel, kernel],
          stride: Extent2D(stride), dilation: Extent2D(dilation), padding: .same, groups: groups)
        #expect(ConvolutionAlgorithm.automatic.usesWinograd(for: g) == isChosen)
        #expect(!ConvolutionAlgorithm.direct.usesWinograd(for: g))
      }
    }
  }

  /// Asking for it where it does not fit says why.
  @Test func `Does not fit every kernel`() async {
    let result = await #expect(
      processExitsWith: .failure, observing: [\.standardErrorContent]
    ) {
      let g = ConvolutionGeometry(input: [1, 1, 9, 9], kernel: [1, 1, 3, 5], stride: 2)
      _ = convolve(Tensor(g.input), Tensor(g.kernel), g, algorithm: .winograd)
    }
    let message = String(decoding: result?.standardErrorContent ?? [], as: UTF8.self)
    #expect(
      message.contains(
        "Winograd's algorithm is for 3×3 kernels at stride 1 and dilation 1, but this kernel is 3×5"
          + " at stride 2×2 and dilation 1×1"))
  }
}

/// The relative error. Where all exact sums are of zeros alone, by padding that cuts an image away,
/// what is computed may differ from zero by the rounding of its neighbours, numbers of 1.
private func error(_ actual: Tensor, _ expected: Direct) -> Double {
  expected.values.allSatisfy { $0 == 0 }
    ? Double(actual.map { $0.magnitude }.maximum()) : relativeError(actual, expected)
}

/// Random operands of a geometry.
private struct WinogradData {
  let x: Tensor, w: Tensor, b: Tensor, dy: Tensor

  init(_ g: ConvolutionGeometry) {
    var random = SplitMix64(seed: UInt64(g.multiplyAdds))
    x = Tensor.uniform(g.input, in: -1...1, using: &random)
    w = Tensor.uniform(g.kernel, in: -1...1, using: &random)
    b = Tensor.uniform([g.kernel[0]], in: -1...1, using: &random)
    dy = Tensor.uniform(g.output, in: -1...1, using: &random)
  }
}

/// Geometries that minimal filtering fits, drawn at random: batches around the vector width, one
/// channel and more, groups, outputs of one pixel and odd sizes, padding that differs from side to
/// side, crops, or is wider than the kernel.
private func winogradGeometries(_ count: Int, seed: UInt64) -> [ConvolutionGeometry] {
  var random = SplitMix64(seed: seed)
  func pick(_ range: ClosedRange<Int>) -> Int {
    range.lowerBound + random.nextIndex(below: range.count)
  }
  var geometries: [ConvolutionGeometry] = []
  while geometries.count < count {
    let groups = [1, 1, 1, 2, 3][pick(0...4)]
    let items = [1, 2, 9, 16, 17, 50][pick(0...5)]
    // Few channels mostly, and now and then enough for every size of register tile.
    let most = [9, 9, 40][pick(0...2)]
    let input: Shape = [items, groups * pick(1...most), pick(1...15), pick(1...19)]
    let kernel: Shape = [groups * pick(1...most + 4), input[1] / groups, 3, 3]
    let padding: Padding =
      switch pick(0...4) {
      case 0: .valid
      case 1: .same
      case 2: .full
      case 3: .all(pick(0...5))
      default:
        .explicit(
          top: pick(-2...4), bottom: pick(-2...4), left: pick(-2...4), right: pick(-2...4))
      }
    do {
      let geometry = try ConvolutionGeometry(
        checking: input, kernel: kernel, padding: padding, groups: groups)
      if geometry.multiplyAdds < 300_000 { geometries.append(geometry) }
    } catch {
      continue  // A window that does not fit: draw again.
    }
  }
  return geometries
}
