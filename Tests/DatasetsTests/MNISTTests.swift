import Datasets
import Foundation
import Tensors
import SystemCalls
import Testing

/// The shipped files, and the full set where its folder is known.
struct MNISTTests {
  @Test func `The shipped training images`() throws {
    let train = try MNIST.train1000()
    #expect(train.images.shape == [1000, 1, 28, 28])
    #expect(Array(train.labels[..<10]) == [5, 0, 4, 1, 9, 2, 1, 3, 1, 4])
    #expect(train.images.elements.min() == 0 && train.images.elements.max() == 1)
    // Row 5 of the first digit, a five, in bytes.
    let row = (12..<20).map { train.images[0, 0, 5, $0] * 255 }
    #expect(row == [3, 18, 18, 18, 126, 136, 175, 26])
    #expect(
      train.sources.map(\.name) == ["train1000-images-idx3-ubyte", "train1000-labels-idx1-ubyte"])
    #expect(train.sources[0].byteCount == 784_016)
  }

  @Test func `The shipped test images`() throws {
    let test = try MNIST.test()
    #expect(test.images.shape == [10_000, 1, 28, 28])
    let counts = test.labels.reduce(into: [Int](repeating: 0, count: 10)) { $0[$1] += 1 }
    #expect(counts == [980, 1135, 1032, 1010, 982, 892, 958, 1028, 974, 1009])
  }

  @Test(.enabled(if: ProcessInfo.processInfo.environment["MNIST_DIR"] != nil, "MNIST_DIR is unset"))
  func `The full set begins with the shipped one`() throws {
    let full = try MNIST.full()
    #expect(full.count == 60_000)
    let first = try MNIST.train1000()
    #expect(full.prefix(1000).images == first.images)
    #expect(full.prefix(1000).labels == first.labels)
  }

  @Test func `A missing folder is named`() throws {
    let error = #expect(throws: FileError.self) { try MNIST.full(directory: "/nowhere") }
    #expect(
      error?.description
        == "/nowhere/train-images-idx3-ubyte: does not exist, "
        + "nor does train-images-idx3-ubyte.gz beside it")
  }

  @Test func `A folder that nobody named is found here or beside this one`() throws {
    let root = FileManager.default.temporaryDirectory.appendingPathComponent(UUID().uuidString)
    let here = root.appendingPathComponent("package")
    try FileManager.default.createDirectory(at: here, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: root) }
    func sentence() -> String {
      let error = #expect(throws: FileError.self) {
        try MNIST.full(directory: nil, orIn: [here.path])
      }
      return error?.description ?? ""
    }
    #expect(sentence().contains("put the files into a folder mnist here or beside this one"))
    for folder in [root, here] {
      let folder = folder.appendingPathComponent("mnist")
      try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
      try FileManager.default.copyItem(
        at: IDXFileTests.folder.appendingPathComponent("images.idx"),
        to: folder.appendingPathComponent("train-images-idx3-ubyte"))
      #expect(sentence().contains("does not hold MNIST's train-images-idx3-ubyte"))
    }
  }

  @Test func `Another set under MNIS ts names is refused`() throws {
    let folder = FileManager.default.temporaryDirectory.appendingPathComponent(UUID().uuidString)
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    for (from, to) in [("images", "train-images-idx3"), ("labels", "train-labels-idx1")] {
      try FileManager.default.copyItem(
        at: IDXFileTests.folder.appendingPathComponent("\(from).idx"),
        to: folder.appendingPathComponent("\(to)-ubyte"))
    }
    let error = #expect(throws: FileError.self) { try MNIST.full(directory: folder.path) }
    let sentence = try #require(error).description
    #expect(sentence.contains("does not hold MNIST's train-images-idx3-ubyte"), "\(sentence)")
  }

  @Test func `Files of its format make a dataset`() throws {
    let images = try IDXFile(bytes: IDXFileTests.bytes("images.idx"), name: "images")
    let labels = try IDXFile(bytes: IDXFileTests.bytes("labels.idx"), name: "labels")
    let set = try MNIST.dataset(images: images, labels: labels)
    #expect(set.images.shape == [3, 1, 2, 2] && set.labels == [7, 2, 1])
    #expect(set.images[1, 0, 1, 1] == 1)

    let exchanged = #expect(throws: FileError.self) {
      try MNIST.dataset(images: labels, labels: images)
    }
    #expect(
      exchanged?.description
        == "labels: has 1 dimensions; images need 3: count, height and width")
    let two = try IDXFile(bytes: [0, 0, 8, 1, 0, 0, 0, 2, 1, 2], name: "two")
    let uneven = #expect(throws: FileError.self) { try MNIST.dataset(images: images, labels: two) }
    #expect(uneven?.description == "images: has 3 images, but two has 2 labels")
  }
}
