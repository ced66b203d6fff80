import NeuralNetworks
import Tensors

// Layers that a reader could write: each is all there is to it, with its way back by hand.

/// Self-attention with one head: x (N, T, D) becomes softmax(q kᵀ / √d) v with q, k, v = x Wq, x Wk, x Wv.
struct Attention: Layer {
  var parameters: [Tensor]
  var parameterNames: [String] { ["query", "key", "value"] }

  func outputShape(for input: Shape) throws(ShapeError) -> Shape {
    [input[0], input[1], parameters[2].shape[1]]
  }

  func callAsFunction(_ x: Tensor) -> Tensor { forward(x).output }

  func forward(_ x: Tensor, using random: inout some RandomNumberGenerator) -> Forward {
    let (wq, wk, wv) = (parameters[0], parameters[1], parameters[2])
    let (q, k, v) = (matmul(x, wq), matmul(x, wk), matmul(x, wv))
    let scale = 1 / Float(wq.shape[1]).squareRoot()
    let weights = softmax(matmul(q, k.transposed()) * scale)
    let pullback = Pullback { dy in
      let scores = softmaxGradient(matmul(dy, v.transposed()), weights) * scale
      let (dq, dk) = (matmul(scores, k), matmul(scores.transposed(), q))
      let dv = matmul(weights.transposed(), dy)
      func own(_ gradient: Tensor) -> Tensor {
        matmul(x.transposed(), gradient).sum(axes: [0])
      }
      return Gradients(
        input: matmul(dq, wq.transposed()) + matmul(dk, wk.transposed())
          + matmul(dv, wv.transposed()),
        parameters: [own(dq), own(dk), own(dv)])
    }
    return Forward(output: matmul(weights, v), pullback: pullback)
  }
}

/// A recurrent cell over a sequence x (N, T, D): h ← tanh(xₜ Wᵀ + h Uᵀ + b), the last h is the output.
struct Recurrence: Layer {
  var parameters: [Tensor]
  var parameterNames: [String] { ["input", "hidden", "bias"] }

  func outputShape(for input: Shape) throws(ShapeError) -> Shape {
    [input[0], parameters[1].shape[0]]
  }

  func callAsFunction(_ x: Tensor) -> Tensor { forward(x).output }

  func forward(_ x: Tensor, using random: inout some RandomNumberGenerator) -> Forward {
    let (w, u, b) = (parameters[0], parameters[1], parameters[2])
    let times = x.permuted([1, 0, 2])
    @Sendable func at(_ t: Int) -> Tensor {
      times[items: t..<t + 1].reshaped(to: [x.shape[0], x.shape[2]])
    }
    var states = [Tensor([x.shape[0], u.shape[0]])]
    for t in 0..<x.shape[1] {
      states.append(tanh(linear(at(t), w) + linear(states[t], u) + b))
    }
    let pullback = Pullback { [states] dy in
      var (dh, inputs) = (dy, [Tensor]())
      var (dw, du, db) = (Tensor(w.shape), Tensor(u.shape), Tensor(b.shape))
      for t in (0..<x.shape[1]).reversed() {
        let dz = tanhGradient(dh, states[t + 1])
        dw += linearWeightGradient(dz, at(t))
        du += linearWeightGradient(dz, states[t])
        db += dz.summed(to: b.shape)
        inputs.insert(linearInputGradient(dz, w).reshaped(to: [1, x.shape[0], x.shape[2]]), at: 0)
        dh = linearInputGradient(dz, u)
      }
      return Gradients(
        input: Tensor(joining: inputs).permuted([1, 0, 2]), parameters: [dw, du, db])
    }
    return Forward(output: states[states.count - 1], pullback: pullback)
  }
}
