import Tensors

// A convolution and the max-pool behind it as one step, where that saves the way of the large images
// between them through memory: for ``Sequential``, with the same results to the last bit.

extension Conv2D {
  /// Inference through this layer, a rectifier if there is one, and a pool; nil where they are to be
  /// computed one after the other.
  func pooled(_ x: Tensor, rectifyingOutput: Bool, by pool: MaxPool2D) -> Tensor? {
    pooling(x.shape, by: pool)?(x, weight, bias: bias, rectified: rectifyingOutput)?.output
  }

  /// Training through all three. Whoever takes the output carries its gradient back through the
  /// rectifier, which is as well behind the pool as before it.
  func forward(
    _ x: Tensor, inputIsRectified: Bool, rectifyingOutput: Bool, by pool: MaxPool2D
  ) -> Forward? {
    let x = x.heldInLanes()
    guard let pooling = pooling(x.shape, by: pool),
      let (output, winners) = pooling(x, weight, bias: bias, rectified: rectifyingOutput)
    else { return nil }
    let pullback = Pullback(skippingInput: {
      [weight, hasBias = bias != nil] dy, wantsInput in
      let dy = dy.heldInLanes()
      let input =
        wantsInput
        ? pooling.inputGradient(dy, winners, weight, through: inputIsRectified ? x : nil) : nil
      let weightGradient = pooling.weightGradient(dy, winners, x)
      return (
        input, hasBias ? [weightGradient, pooling.biasGradient(dy, winners)] : [weightGradient]
      )
    })
    return Forward(output: output, pullback: pullback)
  }

  private func pooling(_ input: Shape, by pool: MaxPool2D) -> PooledConvolution? {
    guard pool.size == 2, let convolution = try? geometry(of: input), convolution.frame == nil,
      let pooling = try? pool.geometry(of: convolution.convolution.output)
    else { return nil }
    return PooledConvolution(convolution.convolution, pooling)
  }
}
