import Datasets
import Tensors
import Testing

@Suite struct AugmentationTests {
  private let images: Tensor

  init() throws { images = try MNIST.train1000().images[items: 0..<40] }

  private func augmented(_ augmentation: Augmentation, seed: UInt64 = 5) -> Tensor {
    var random = SplitMix64(seed: seed)
    return augmentation(images, using: &random)
  }

  @Test func `Nothing changes nothing`() {
    #expect(augmented(Augmentation()) == images)
  }

  @Test func `The same bits on any number of threads`() {
    let augmentation = Augmentation(shift: 2, degrees: 15, scale: 0.1, bend: 1)
    let before = Compute.threadCount
    defer { Compute.threadCount = before }
    Compute.threadCount = 1
    let alone = augmented(augmentation)
    Compute.threadCount = 3
    #expect(augmented(augmentation) == alone)
    #expect(augmented(augmentation, seed: 6) != alone)
    // Every image in its own way.
    var random = SplitMix64(seed: 5)
    let twins = augmentation(images.gatheringItems([0, 0]), using: &random)
    #expect(twins[items: 0..<1] != twins[items: 1..<2])
  }

  /// Nothing wrong with an image is hidden: a black one would be trained with.
  @Test func `NaN stays NaN`() {
    var random = SplitMix64(seed: 1)
    let broken = Tensor([2, 1, 8, 8], repeating: .nan)
    let changed = Augmentation(degrees: 20, bend: 1)(broken, using: &random)
    #expect(changed[0, 0, 4, 4].isNaN && changed[1, 0, 3, 3].isNaN)
    for (row, column) in [(Float.nan, 0), (0, .nan), (100, .nan), (.nan, -100)] as [(Float, Float)]
    {
      let sampled = resample(
        images[items: 0..<1], rows: Tensor([1, 1, 1], [row]), columns: Tensor([1, 1, 1], [column]))
      #expect(sampled.elements[0].isNaN)
    }
  }

  /// A point of light moves by at most the shift and stays as bright.
  @Test func `A shift moves`() {
    let point = Tensor([200, 1, 9, 9]) { $0 % 81 == 40 ? 1 : 0 }
    var random = SplitMix64(seed: 1)
    let moved = Augmentation(shift: 2)(point, using: &random)
    var places: Set<Int> = []
    for item in 0..<200 {
      let image = moved[items: item..<item + 1]
      #expect(abs(image.sum() - 1) < 1e-5)
      let place = image.argmaxPerItem()[0]
      places.insert(place)
      #expect(2...6 ~= place / 9 && 2...6 ~= place % 9)
    }
    #expect(places.count > 20)
  }

  /// A quarter of a turn, by hand: rows become columns.
  @Test func `Resampling turns as its formula says`() {
    let image = Tensor([1, 1, 3, 3], (1...9).map { Float($0) })
    // Row i, column j of the result shows row j, column 2 − i.
    let rows = Tensor([1, 3, 3]) { Float($0 % 3) }
    let columns = Tensor([1, 3, 3]) { Float(2 - $0 / 3) }
    #expect(
      resample(image, rows: rows, columns: columns).elements == [3, 6, 9, 2, 5, 8, 1, 4, 7])
    let between = resample(
      image, rows: Tensor([1, 1, 2], [0.5, -0.5]), columns: Tensor([1, 1, 2], [0.5, 0]))
    #expect(between.elements == [3, 0.5])
    let far = resample(
      image, rows: Tensor([1, 1, 2], [1e30, .nan]), columns: Tensor([1, 1, 2], [0, 0]))
    #expect(far.elements[0] == 0 && far.elements[1].isNaN)
  }

  /// What bends stays near: a pixel's value comes from its neighbourhood.
  @Test func `Bending is small and smooth`() {
    let ramp = Tensor([20, 1, 28, 28]) { Float($0 % 28) }
    var random = SplitMix64(seed: 3)
    let bent = Augmentation(bend: 1)(ramp, using: &random)
    var largest: Float = 0
    for item in 0..<20 {
      for row in 6..<22 {
        for column in 6..<21 {
          let here = bent[item, 0, row, column] - Float(column)
          largest = max(largest, abs(here))
          #expect(abs(bent[item, 0, row, column + 1] - Float(column + 1) - here) < 0.6)
        }
      }
    }
    #expect(0.3...3 ~= largest)
  }
}
