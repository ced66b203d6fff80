import NeuralNetworks
import Tensors
import TestSupport
import Testing

/// A layer, an input that it cannot take, and the error that says so.
private struct Misfit: Sendable, CustomTestStringConvertible {
  let layer: any Layer
  let input: Shape
  let axis: Int?
  let size: Int
  let limit: ShapeError.Limit
  let sentence: String

  var testDescription: String { sentence }
}

private let misfits: [Misfit] = [
  Misfit(
    layer: Padding2D(3, mode: .reflect), input: [1, 1, 4, 3], axis: 3, size: 3, limit: .atMost(2),
    sentence: "Padding2D: the reflect padding at the left (axis 3) of the input 1×1×4×3 should be "
      + "at most 2, not 3: reflect mirrors without the edge, so it pads by less than the size"),
  Misfit(
    layer: Padding2D(top: 0, bottom: 5, left: 0, right: 0, mode: .circular), input: [1, 1, 4, 3],
    axis: 2, size: 5, limit: .atMost(4),
    sentence: "Padding2D: the circular padding at the bottom (axis 2) of the input 1×1×4×3 should "
      + "be at most 4, not 5: circular padding repeats the image once at most"),
  Misfit(
    layer: Padding2D(top: 0, bottom: 0, left: -2, right: -1), input: [1, 1, 4, 3], axis: 3, size: 3,
    limit: .atLeast(4),
    sentence: "Padding2D: the width (axis 3) of the input 1×1×4×3 should be at least 4, not 3: "
      + "padding -2 and -1 leaves nothing of it"),
  Misfit(
    layer: Padding2D(1), input: [4, 3], axis: nil, size: 2, limit: .exactly(4),
    sentence: "Padding2D: the rank of the input 4×3 should be 4, not 2: the layer takes images "
      + "(N, C, H, W)"),
  Misfit(
    layer: Conv2D(weight: Tensor([2, 3, 3, 3])), input: [1, 1, 8, 8], axis: 1, size: 1,
    limit: .exactly(3),
    sentence: "Conv2D: the channels (axis 1) of the input 1×1×8×8 should be 3, not 1: that is what "
      + "the layer was made for"),
  Misfit(
    layer: Conv2D(weight: Tensor([1, 1, 3, 7]), dilation: 2), input: [1, 1, 8, 8], axis: 3, size: 8,
    limit: .atLeast(13),
    sentence: "Conv2D: the width (axis 3) of the input 1×1×8×8 should be at least 13, not 8: the "
      + "window spans 13"),
  Misfit(
    layer: Conv2D(weight: Tensor([1, 1, 7, 7]), padding: 1), input: [1, 1, 4, 8], axis: 2, size: 4,
    limit: .atLeast(5),
    sentence: "Conv2D: the height (axis 2) of the input 1×1×4×8 should be at least 5, not 4: the "
      + "window spans 7 and the padding adds 2"),
  Misfit(
    layer: Conv2D(weight: Tensor([1, 1, 3, 3]), padding: 2, paddingMode: .reflect),
    input: [1, 1, 2, 8], axis: 2, size: 2, limit: .atMost(1),
    sentence: "Conv2D: the reflect padding at the top (axis 2) of the input 1×1×2×8 should be at "
      + "most 1, not 2: reflect mirrors without the edge, so it pads by less than the size"),
  Misfit(
    layer: ConvTranspose2D(weight: Tensor([1, 1, 3, 3]), stride: 2, padding: 3),
    input: [1, 1, 2, 4], axis: 2, size: 2, limit: .atLeast(3),
    sentence: "ConvTranspose2D: the height (axis 2) of the input 1×1×2×4 should be at least 3, not "
      + "2: the padding trims 6 of the 5 cells of the output"),
  Misfit(
    layer: MaxPool2D(size: 2, padding: 2), input: [1, 1, 4, 4], axis: 2, size: 2, limit: .atMost(1),
    sentence: "MaxPool2D: the padding at the top (axis 2) of the input 1×1×4×4 should be at most "
      + "1, not 2: a window would see nothing but padding"),
  Misfit(
    layer: AveragePool2D(size: 5), input: [1, 1, 8, 4], axis: 3, size: 4, limit: .atLeast(5),
    sentence: "AveragePool2D: the width (axis 3) of the input 1×1×8×4 should be at least 5, not 4: "
      + "the window spans 5"),
  Misfit(
    layer: GlobalAveragePool2D(), input: [1, 2, 0, 4], axis: 2, size: 0, limit: .atLeast(1),
    sentence: "GlobalAveragePool2D: the height (axis 2) of the input 1×2×0×4 should be at least "
      + "1, not 0: the mean over no pixels does not exist"),
  Misfit(
    layer: BatchNorm2D(channels: 3), input: [2, 4, 1, 1], axis: 1, size: 4, limit: .exactly(3),
    sentence: "BatchNorm2D: the channels (axis 1) of the input 2×4×1×1 should be 3, not 4: that is "
      + "what the layer was made for"),
  Misfit(
    layer: Linear(weight: Tensor([2, 5])), input: [3, 4], axis: 1, size: 4, limit: .exactly(5),
    sentence: "Linear: the number of inputs (axis 1) of the input 3×4 should be 5, not 4: that is "
      + "what the layer was made for"),
]

@Suite struct ShapeErrorTests {
  /// An output that no memory holds is an error like any other, also before anything is computed.
  @Test func `An output too large is an error`() throws {
    let side = 1 << 25
    let weight = Tensor([1, 1, 2, 2])
    let layers: [(any Layer, Shape)] = [
      (AdaptiveAveragePool2D(size: Extent2D(side)), [1, 1, 8, 8]),
      (AdaptiveMaxPool2D(size: Extent2D(side)), [1, 1, 8, 8]),
      (Padding2D(side), [1, 1, 8, 8]),
      (Conv2D(weight: weight, padding: .full, dilation: Extent2D(side)), [1, 1, 8, 8]),
      (
        Conv2D(
          weight: weight, padding: .all(side), paddingMode: .replicate), [1, 1, 8, 8]
      ),
      (ConvTranspose2D(weight: weight, stride: Extent2D(side)), [1, 1, 8, 8]),
    ]
    for (layer, input) in layers {
      let error = #expect(throws: ShapeError.self, "\(layer.name)") {
        try layer.outputShape(for: input)
      }
      #expect(
        error?.description.hasPrefix("\(layer.name): the number of outputs of the input 1×1×8×8 ")
          == true, "\(error?.description ?? "none")")
    }
  }

  @Test func `The error says axis size and limit`() {
    for misfit in misfits {
      let error = #expect(throws: ShapeError.self) {
        try misfit.layer.outputShape(for: misfit.input)
      }
      #expect(error?.axis == misfit.axis)
      #expect(error?.size == misfit.size)
      #expect(error?.limit == misfit.limit)
      #expect(error?.description == misfit.sentence)
    }
  }

  /// The limit is the limit: where the error asks for a larger axis, that size is taken.
  @Test func `The limit itself is taken`() throws {
    for misfit in misfits where misfit.input.rank == 4 {
      guard case .atLeast(let least) = misfit.limit, let axis = misfit.axis else { continue }
      var dimensions = misfit.input.dimensions
      dimensions[axis] = least
      let output = try misfit.layer.outputShape(for: Shape(dimensions))
      #expect(output.count > 0)
      dimensions[axis] = least - 1
      #expect(throws: ShapeError.self) { try misfit.layer.outputShape(for: Shape(dimensions)) }
    }
  }

  @Test func `Mistakes in a layer itself trap`() async {
    let ended1 = await #expect(
      processExitsWith: .failure, observing: [\.standardErrorContent]
    ) {
      _ = Conv2D(weight: Tensor([3, 1, 1, 1]), groups: 2)
    }
    #expect(ended1.said("groups"))
    let ended2 = await #expect(
      processExitsWith: .failure, observing: [\.standardErrorContent]
    ) {
      _ = Conv2D(weight: Tensor([1, 1, 1, 1]), stride: 0)
    }
    #expect(ended2.said("stride"))
    let ended3 = await #expect(
      processExitsWith: .failure, observing: [\.standardErrorContent]
    ) { _ = Dropout(rate: 1) }
    #expect(ended3.said("a dropout rate is at least 0 and below 1, not 1.0"))
    let ended4 = await #expect(
      processExitsWith: .failure, observing: [\.standardErrorContent]
    ) {
      _ = ConvTranspose2D(weight: Tensor([1, 1, 2, 2]), stride: 2, outputPadding: 2)
    }
    #expect(ended4.said("output padding"))
    let ended5 = await #expect(
      processExitsWith: .failure, observing: [\.standardErrorContent]
    ) {
      var layer = Linear(weight: Tensor([2, 3]))
      layer.parameters = [Tensor([3, 2])]
    }
    #expect(ended5.said("Linear"))
  }
}
