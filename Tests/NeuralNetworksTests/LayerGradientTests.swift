import NeuralNetworks
import Tensors
import Testing

/// A layer with a small input, for the checks that every layer has to pass.
struct LayerCase: Sendable, CustomTestStringConvertible {
  let testDescription: String
  let layer: any Layer
  let input: Shape
  /// Whether the layer is linear in its input, apart from a constant.
  var isLinear = true
  /// How finite differences step; small where the function has kinks.
  var step: Float = 0.0625

  /// An input with no two elements close to each other or to zero, so that a finite difference
  /// does not cross a kink of a rectifier or a maximum.
  func sample(seed: UInt64) -> Tensor {
    var random = SplitMix64(seed: seed)
    var order = Array(0..<input.count)
    order.shuffleDeterministically(using: &random)
    let half = Float(input.count) / 2
    return Tensor(input, order.map { (Float($0) + 0.5 - half) / half * 2 })
  }
}

private func cases() -> [LayerCase] {
  var random = SplitMix64(seed: 7)
  func conv(
    _ c: Int, _ o: Int, _ kernel: Extent2D, stride: Extent2D = 1, padding: Padding = .valid,
    mode: PaddingMode = .zeros, dilation: Extent2D = 1, groups: Int = 1, bias: Bool = true
  ) -> Conv2D {
    Conv2D(
      inputChannels: c, outputChannels: o, kernelSize: kernel, stride: stride, padding: padding,
      paddingMode: mode, dilation: dilation, groups: groups, bias: bias,
      initializer: .uniform(-1...1), biasInitializer: .uniform(-1...1), using: &random)
  }
  func transposed(
    _ c: Int, _ o: Int, _ kernel: Extent2D, stride: Extent2D = 1, padding: Padding = .valid,
    outputPadding: Extent2D = 0, dilation: Extent2D = 1, groups: Int = 1
  ) -> ConvTranspose2D {
    ConvTranspose2D(
      inputChannels: c, outputChannels: o, kernelSize: kernel, stride: stride, padding: padding,
      outputPadding: outputPadding, dilation: dilation, groups: groups,
      initializer: .uniform(-1...1), biasInitializer: .uniform(-1...1), using: &random)
  }
  let wide = Extent2D(height: 2, width: 3)
  let lopsided = Padding.explicit(top: 2, bottom: 0, left: -1, right: 1)
  var norm = BatchNorm2D(channels: 2)
  norm.parameters = [Tensor([2], [0.5, -1.5]), Tensor([2], [1, 2])]
  var sequenceNorm = BatchNorm1D(channels: 2)
  sequenceNorm.parameters = norm.parameters
  var layerNorm = LayerNorm([2, 4])
  layerNorm.parameters = [
    .uniform([2, 4], in: -2...2, using: &random), .uniform([2, 4], in: -1...1, using: &random),
  ]
  var cases = [
    LayerCase(testDescription: "conv valid", layer: conv(2, 3, 3), input: [2, 2, 4, 5]),
    LayerCase(
      testDescription: "conv no bias", layer: conv(1, 2, 2, bias: false), input: [1, 1, 3, 3]),
    LayerCase(
      testDescription: "conv same, stride 2", layer: conv(2, 2, wide, stride: 2, padding: .same),
      input: [2, 2, 5, 4]),
    LayerCase(
      testDescription: "conv full, dilation", layer: conv(1, 2, 2, padding: .full, dilation: 2),
      input: [2, 1, 3, 4]),
    LayerCase(
      testDescription: "conv groups, lopsided", layer: conv(4, 2, 2, padding: lopsided, groups: 2),
      input: [1, 4, 3, 4]),
    LayerCase(
      testDescription: "transposed conv", layer: transposed(2, 3, wide), input: [2, 2, 3, 2]),
    LayerCase(
      testDescription: "transposed conv, stride 2, padding, output padding",
      layer: transposed(2, 2, 3, stride: 2, padding: 1, outputPadding: 1), input: [2, 2, 3, 2]),
    LayerCase(
      testDescription: "transposed conv, groups, dilation",
      layer: transposed(4, 2, 2, dilation: 2, groups: 2), input: [1, 4, 2, 3]),
    LayerCase(
      testDescription: "transposed conv same, stride beyond the kernel",
      layer: transposed(1, 1, 2, stride: 3, padding: .same), input: [1, 1, 3, 2]),
    LayerCase(
      testDescription: "max pool, overlapping, padded",
      layer: MaxPool2D(size: 3, stride: 2, padding: 1), input: [2, 2, 5, 4], isLinear: false,
      step: 0.0078125),
    LayerCase(
      testDescription: "average pool, padding counts",
      layer: AveragePool2D(size: wide, stride: 1, padding: 1), input: [2, 2, 4, 4]),
    LayerCase(
      testDescription: "average pool same",
      layer: AveragePool2D(size: 3, stride: 2, padding: .same),
      input: [1, 2, 4, 5]),
    LayerCase(
      testDescription: "global average pool", layer: GlobalAveragePool2D(), input: [2, 3, 2, 3]),
    LayerCase(
      testDescription: "linear",
      layer: Linear(inputs: 5, outputs: 3, initializer: .uniform(-1...1), using: &random),
      input: [4, 5]),
    LayerCase(testDescription: "flatten", layer: Flatten(), input: [2, 3, 2, 2]),
    LayerCase(
      testDescription: "batch norm", layer: norm, input: [3, 2, 2, 3], isLinear: false),
    LayerCase(
      testDescription: "batch norm of sequences", layer: sequenceNorm, input: [3, 2, 4],
      isLinear: false),
    LayerCase(
      testDescription: "layer norm", layer: layerNorm, input: [3, 2, 4], isLinear: false),
    LayerCase(
      testDescription: "conv of sequences, stride, dilation, groups",
      layer: Conv1D(
        inputChannels: 2, outputChannels: 4, kernelSize: 3, stride: 2, before: 2, after: 1,
        dilation: 2, groups: 2, initializer: .uniform(-1...1),
        biasInitializer: .uniform(-1...1), using: &random), input: [2, 2, 7]),
    LayerCase(
      testDescription: "adaptive average pool", layer: AdaptiveAveragePool2D(size: wide),
      input: [2, 2, 5, 4]),
    LayerCase(
      testDescription: "adaptive max pool", layer: AdaptiveMaxPool2D(size: wide),
      input: [2, 2, 5, 4], isLinear: false, step: 0.0078125),
    LayerCase(
      testDescription: "dropout", layer: Dropout(rate: 0.4), input: [2, 3, 2, 2], isLinear: false),
    LayerCase(
      testDescription: "relu", layer: ReLU(), input: [2, 2, 2, 2], isLinear: false, step: 0.0078125),
    LayerCase(
      testDescription: "leaky relu", layer: LeakyReLU(slope: 0.2), input: [2, 2, 2, 2],
      isLinear: false, step: 0.0078125),
    LayerCase(testDescription: "sigmoid", layer: Sigmoid(), input: [2, 3, 2, 2], isLinear: false),
    LayerCase(testDescription: "tanh", layer: Tanh(), input: [2, 3, 2, 2], isLinear: false),
  ]
  for mode in [PaddingMode.zeros, .constant(1.5), .reflect, .replicate, .circular] {
    cases.append(
      LayerCase(
        testDescription: "padding, \(mode)",
        layer: Padding2D(top: 2, bottom: 1, left: 0, right: 2, mode: mode), input: [2, 2, 3, 3]))
    cases.append(
      LayerCase(
        testDescription: "padding and crop, \(mode)",
        layer: Padding2D(top: -1, bottom: 1, left: 1, right: -2, mode: mode), input: [1, 2, 4, 4]))
    cases.append(
      LayerCase(
        testDescription: "conv with padding mode \(mode)",
        layer: conv(2, 2, 3, stride: 2, padding: 1, mode: mode), input: [1, 2, 4, 3]))
  }
  return cases
}

struct LayerGradientTests {
  @Test func `Agrees with finite differences`() {
    for layerCase in cases() {
      for seed in 1...2 as ClosedRange<UInt64> {
        expectGradients(
          of: layerCase.layer, at: layerCase.sample(seed: seed), step: layerCase.step, seed: seed)
      }
    }
  }

  /// ⟨A x, y⟩ = ⟨x, Aᵀ y⟩, where A is the layer without its constant.
  @Test func `The inputs pullback is the adjoint`() {
    for layerCase in cases().filter(\.isLinear) {
      let layer = layerCase.layer
      var random = SplitMix64(seed: 3)
      let x = Tensor.uniform(layerCase.input, in: -1...1, using: &random)
      let forward = layer.forward(x)
      let y = Tensor.uniform(forward.output.shape, in: -1...1, using: &random)
      let mapped = forward.output - layer(Tensor(layerCase.input))
      let there = inner(mapped, y)
      let back = inner(x, forward.pullback(y).input)
      #expect(abs(there - back) < 1e-5 * max(1, abs(there)), "\(layerCase)")
    }
  }

  /// A pullback is linear: twice the gradient comes back as twice the gradients, bit for bit.
  @Test func `The pullback is linear`() {
    for layerCase in cases() {
      var random = SplitMix64(seed: 4)
      let forward = layerCase.layer.forward(layerCase.sample(seed: 5), using: &random)
      let y = Tensor.uniform(forward.output.shape, in: -1...1, using: &random)
      let once = forward.pullback(y)
      let twice = forward.pullback(y * 2)
      #expect(twice.input == once.input * 2, "\(layerCase)")
      #expect(twice.parameters == once.parameters.map { $0 * 2 }, "\(layerCase)")
    }
  }

  /// The promised shape is the one that comes out, in training and in inference, and the gradient's
  /// shape is the input's.
  @Test func `The shapes are the promised ones`() throws {
    for layerCase in cases() {
      let layer = layerCase.layer
      let promised = try layer.outputShape(for: layerCase.input)
      let x = layerCase.sample(seed: 6)
      var random = SplitMix64(seed: 6)
      let forward = layer.forward(x, using: &random)
      #expect(layer(x).shape == promised, "\(layerCase)")
      #expect(forward.output.shape == promised, "\(layerCase)")
      let gradients = forward.pullback(forward.output)
      #expect(gradients.input.shape == layerCase.input, "\(layerCase)")
      #expect(gradients.parameters.map(\.shape) == layer.parameters.map(\.shape), "\(layerCase)")
    }
  }
}
