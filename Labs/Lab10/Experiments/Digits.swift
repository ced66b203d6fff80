package import LabKit

/// The images of Part 2.
package struct Digits: Sendable {
  /// What the experiments learn from: the first 1,000 training images.
  package var train: Dataset
  /// What the network set right learns from: the same, or all 60,000.
  package var all: Dataset
  /// All 10,000 test images.
  package var test: Dataset
  /// Every tenth test image: enough for means over seeds, at a tenth of the time.
  package var sample: Dataset
  /// The training images in batches of 50 and the sample in batches of 208, which are whole blocks of 16
  /// but for the last, packed.
  package let trainBatches: [PackedBatch]
  package let sampleBatches: [PackedBatch]

  /// Loads them; the full set only where it is asked for, from a folder or `MNIST_DIR`.
  package init(full: Bool, directory: String?) throws {
    train = try MNIST.train1000()
    all = full ? try MNIST.full(directory: directory) : train
    test = try MNIST.test()
    let chosen = Array(stride(from: 0, to: test.count, by: 10))
    sample = Dataset(
      images: test.images.gatheringItems(chosen), labels: chosen.map { [test] in test.labels[$0] },
      sources: test.sources)
    trainBatches = PackedBatch.all(of: train, size: 50)
    sampleBatches = PackedBatch.all(of: sample, size: 208)
  }
}

extension Sequential {
  /// The accuracy that the notebook's evaluation finds: each batch of 50 test images taken for one
  /// image of 50 channels.
  ///
  /// The first layer has kernels of one channel, which NumPy stretches over the 50: its sum is then
  /// a sum over the images. One prediction comes out, and is compared with 50 labels.
  package func notebookAccuracy(on data: Dataset) -> Double {
    guard let first = layers.first as? Conv2D else { return 0 }
    let stretched = Conv2D(
      weight: first.weight.repeatingChannel(50), padding: first.padding)
    var correct = 0
    // Sixteen such images at a time, which the kernels compute side by side.
    for batch in data.batches(of: 16 * 50) {
      let images = batch.images.reshaped(to: [batch.labels.count / 50, 50, 28, 28])
      let logits = layers.dropFirst().reduce(stretched(images)) { x, layer in layer(x) }
      for (image, prediction) in logits.argmaxPerItem().enumerated() {
        correct += batch.labels[image * 50..<(image + 1) * 50].count { $0 == prediction }
      }
    }
    return Double(correct) / Double(data.count)
  }
}

extension Dataset {
  /// The accuracy of somebody who knows all labels but must name one class for so many images.
  package func oneAnswerAccuracy(for count: Int) -> Double {
    let hits = batches(of: count).reduce(0) { hits, batch in
      let counts = batch.labels.reduce(into: [Int](repeating: 0, count: 10)) { $0[$1] += 1 }
      return hits + (counts.max() ?? 0)
    }
    return Double(hits) / Double(self.count)
  }
}

/// How many images (of one channel) have anything but zeros in their outermost ring of pixels.
package func touchingCount(_ data: Dataset) -> Int {
  let (rows, columns) = (data.images.shape[2], data.images.shape[3])
  let ring = (0..<rows * columns).filter {
    [0, rows - 1].contains($0 / columns) || [0, columns - 1].contains($0 % columns)
  }
  return data.batches(of: 200).reduce(0) { count, batch in
    let pixels = batch.images.elements
    return count
      + batch.labels.indices.count { item in
        ring.contains { pixels[item * rows * columns + $0] != 0 }
      }
  }
}
