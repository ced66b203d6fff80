import Datasets
import Tensors
import Testing

/// Mini-batches, in order and shuffled.
struct DatasetTests {
  /// Ten images of 1×1×2 pixels that hold their own index.
  let numbered = Dataset(
    images: Tensor([10, 1, 1, 2], (0..<10).flatMap { [Float($0), Float($0) / 10] }),
    labels: (0..<10).map { $0 % 3 })

  @Test func `Batches cover the set in order`() {
    let batches = numbered.batches(of: 4)
    #expect(batches.map(\.count) == [4, 4, 2])
    #expect(batches.flatMap(\.labels) == numbered.labels)
    #expect(batches.flatMap(\.indices) == Array(0..<10))
    #expect(batches.flatMap(\.images.elements) == numbered.images.elements)
    #expect(batches[2].images.shape == [2, 1, 1, 2])
  }

  @Test func `Shuffled batches keep image and label together`() {
    var random = SplitMix64(seed: 10)
    let batches = numbered.batches(of: 3, shuffledUsing: &random)
    #expect(batches.map(\.count) == [3, 3, 3, 1])
    #expect(batches.flatMap(\.indices).sorted() == Array(0..<10))
    #expect(batches.flatMap(\.indices) != Array(0..<10))
    for batch in batches {
      for (position, index) in batch.indices.enumerated() {
        #expect(batch.labels[position] == index % 3)
        #expect(batch.images[position, 0, 0, 0] == Float(index))
        #expect(batch.images[position, 0, 0, 1] == Float(index) / 10)
      }
    }
  }

  @Test func `A seed fixes the order`() {
    var first = SplitMix64(seed: 1)
    var second = SplitMix64(seed: 1)
    let order = numbered.batches(of: 10, shuffledUsing: &first)[0].indices
    #expect(order == numbered.batches(of: 10, shuffledUsing: &second)[0].indices)
    #expect(order != numbered.batches(of: 10, shuffledUsing: &second)[0].indices)
    #expect(order == [5, 7, 9, 6, 3, 8, 2, 0, 1, 4])
  }

  @Test func `Every order is equally likely`() {
    let three = numbered.prefix(3)
    var random = SplitMix64(seed: 2)
    var counts: [[Int]: Int] = [:]
    for _ in 0..<6000 {
      counts[three.batches(of: 3, shuffledUsing: &random)[0].indices, default: 0] += 1
    }
    #expect(counts.count == 6)
    // Five standard deviations around 1,000.
    for count in counts.values { #expect((850...1150).contains(count)) }
  }

  @Test func `Prefix and range`() {
    #expect(numbered.prefix(3).labels == [0, 1, 2])
    #expect(numbered.prefix(99).count == 10)
    #expect(numbered[4..<6].images.elements == [4, 0.4, 5, 0.5])
    #expect(numbered.prefix(0).batches(of: 5).isEmpty)
  }
}
