import NeuralNetworks
import Tensors
import Testing

/// What the checker must find, and what it must not.
@Suite struct GradientCheckTests {
  /// y = scale · x with faults to choose.
  private struct Scaling: Layer {
    var parameters = [Tensor([4], [0.5, -1, 2, 1e-4])]
    var parameterNames = ["scale"]
    var fault = Fault.none

    enum Fault { case none, parameter, alone, oneElement }

    func outputShape(for input: Shape) throws(ShapeError) -> Shape { input }
    func callAsFunction(_ x: Tensor) -> Tensor { x * parameters[0] }
    func forward(_ x: Tensor, using random: inout some RandomNumberGenerator) -> Forward {
      let pullback = Pullback(skippingInput: { [scale = parameters[0], fault] dy, wantsInput in
        var own = (dy * x).summed(to: scale.shape)
        if fault == .parameter || fault == .alone && !wantsInput { own *= 7 }
        let input = dy * scale
        // The derivative for the last element is a ten thousandth of the largest.
        let wrong = fault == .oneElement ? Tensor([4], [1, 1, 1, -5]) : Tensor([4], repeating: 1)
        return (wantsInput ? input * wrong : nil, [own])
      })
      return Forward(output: self(x), pullback: pullback)
    }
  }

  private let x = Tensor([2, 4], [0.5, -0.75, 1, -0.25, 0.125, 0.875, -1, 0.625])

  private func check(_ fault: Scaling.Fault, names: [String] = ["scale"]) -> GradientCheck {
    GradientCheck(of: Scaling(parameterNames: names, fault: fault), at: x)
  }

  @Test func `A right layer is right`() {
    #expect(check(.none).worst < 1e-4)
  }

  @Test func `A parameter without a name is looked at`() {
    let check = check(.parameter, names: [])
    #expect(check.entries.map(\.name) == ["input", "parameter 0"])
    #expect(check.worst > 1)
  }

  /// Training asks for the parameters' gradients alone.
  @Test func `Both ways of the pullback are looked at`() {
    let check = check(.alone)
    #expect(check.entries[0].error < 1e-4 && check.entries[1].error > 1)
  }

  @Test func `One small wrong element is seen beside large ones`() {
    #expect(check(.oneElement).worst > 3e-3)
  }

  /// From inputs that drown the step to such that the step drowns.
  @Test(arguments: [1e-6, 1e-3, 1, 1e3, 1e6] as [Float])
  func `Right layers are right at any size of the input`(_ size: Float) {
    var random = SplitMix64(seed: 3)
    let x = Tensor.uniform([3, 4], in: -1...1, using: &random) * size
    let linear = Linear(inputs: 4, outputs: 3, using: &random)
    #expect(GradientCheck(of: linear, at: x).worst < 1e-3)
    #expect(GradientCheck(of: LayerNorm([4]), at: x).worst < 1e-3)
    #expect(GradientCheck(of: Tanh(), at: x).worst < 1e-3)
    #expect(GradientCheck(of: Sigmoid(), at: x).worst < 1e-3)
  }
}
