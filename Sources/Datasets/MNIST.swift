internal import CMNIST
internal import SystemCalls
internal import Tensors

/// The MNIST database of handwritten digits: grey images of 28×28 pixels in 10 classes.
///
/// By Yann LeCun, Corinna Cortes and Christopher J. C. Burges; CC BY-SA 3.0. The first 1,000
/// training images and all 10,000 test images are built into the library, the whole training set is
/// read from a folder. Every file is verified against its SHA-256 digest when it is loaded.
public enum MNIST {
  /// The environment variable that names the folder of the full set.
  public static let environmentVariable = "MNIST_DIR"

  /// The first 1,000 training images and their labels, from the library itself.
  ///
  /// - Returns: Images of shape 1000×1×28×28 in [0, 1], in the original order.
  public static func train1000() throws -> Dataset {
    unsafe try dataset(
      images: shipped(cmnist_train1000_images(), .train1000Images),
      labels: shipped(cmnist_train1000_labels(), .train1000Labels))
  }

  /// The 10,000 test images and their labels, from the library itself.
  ///
  /// - Returns: Images of shape 10000×1×28×28 in [0, 1], in the original order.
  public static func test() throws -> Dataset {
    unsafe try dataset(
      images: shipped(cmnist_test_images(), .testImages),
      labels: shipped(cmnist_test_labels(), .testLabels))
  }

  /// All 60,000 training images and their labels, from a folder.
  ///
  /// - Parameter directory: The folder with `train-images-idx3-ubyte` and `train-labels-idx1-ubyte`,
  ///   plain or with `.gz`; where `nil`, the one that the environment variable `MNIST_DIR` names, or
  ///   else a folder `mnist` in the current one or beside it.
  /// - Returns: Images of shape 60000×1×28×28 in [0, 1], in the original order.
  /// - Throws: `FileError` that says which file is missing or damaged, and how.
  public static func full(directory: String? = nil) throws -> Dataset {
    try full(directory: directory ?? Environment.value(of: environmentVariable), orIn: ["."])
  }

  /// The same, looked for in folders `mnist` in some places and beside them where none is named.
  package static func full(directory: String?, orIn places: [String]) throws -> Dataset {
    let near = places.flatMap { [$0 + "/mnist", $0 + "/../mnist"] }
    guard let directory = directory ?? near.first(where: fileExists), !directory.isEmpty else {
      throw FileError(
        reason: "the full MNIST set needs its folder: give one, set the environment variable "
          + environmentVariable + ", or put the files into a folder mnist here or beside this one")
    }
    return try dataset(
      images: file(in: directory, .trainImages), labels: file(in: directory, .trainLabels))
  }

  /// A data set of an images file and a labels file.
  ///
  /// For files in MNIST's format that are not MNIST (Fashion-MNIST and other stand-ins): nothing is
  /// asked of their digests.
  ///
  /// - Parameters:
  ///   - images: An IDX file of N×H×W numbers.
  ///   - labels: An IDX file of N whole numbers.
  /// - Returns: Images of shape N×1×H×W; unsigned bytes divided by 255, other numbers as they are.
  /// - Throws: `FileError` where a file has another rank, the counts differ or labels are floats.
  public static func dataset(images: IDXFile, labels: IDXFile) throws -> Dataset {
    guard images.dimensions.count == 3 else {
      throw FileError(
        path: images.name,
        reason: "has \(images.dimensions.count) dimensions; images need 3: count, height and width")
    }
    guard labels.dimensions.count == 1 else {
      throw FileError(
        path: labels.name, reason: "has \(labels.dimensions.count) dimensions; labels need 1")
    }
    guard images.dimensions[0] == labels.dimensions[0] else {
      throw FileError(
        path: images.name,
        reason: "has \(images.dimensions[0]) images, "
          + "but \(labels.name) has \(labels.dimensions[0]) labels")
    }
    let shape: Shape = [images.dimensions[0], 1, images.dimensions[1], images.dimensions[2]]
    return Dataset(
      images: Tensor(shape, images.type == .uint8 ? scaled(images.elements) : images.floats),
      labels: try labels.integers(),
      sources: [images.source, labels.source])
  }

  /// Bytes as numbers in [0, 1].
  private static func scaled(_ bytes: [UInt8]) -> [Float] {
    // Divided, not multiplied by 1/255: the quotient is the float nearest to the true value, as in
    // NumPy and every framework.
    let values = (0...255).map { Float($0) / 255 }
    return bytes.map { values[Int($0)] }
  }

  /// A file that is built into the library.
  private static func shipped(_ file: CMNISTFile, _ known: KnownFile) throws -> IDXFile {
    // The bytes are a constant array of `count` elements that lives as long as the program.
    let bytes = unsafe [UInt8](UnsafeBufferPointer(start: file.bytes, count: file.count))
    return try verified(IDXFile(bytes: bytes, name: known.name), known)
  }

  /// A file of the full set, plain or in gzip.
  private static func file(in directory: String, _ known: KnownFile) throws -> IDXFile {
    let path = directory + (directory.hasSuffix("/") ? "" : "/") + known.name
    if fileExists(path) { return try verified(IDXFile(path: path), known) }
    if fileExists(path + ".gz") { return try verified(IDXFile(path: path + ".gz"), known) }
    throw FileError(
      path: path, reason: "does not exist, nor does \(known.name).gz beside it")
  }

  /// The same file, where it holds what it held when the digests were taken.
  private static func verified(_ file: IDXFile, _ known: KnownFile) throws -> IDXFile {
    guard file.source.sha256 == known.sha256 else {
      throw FileError(
        path: file.name,
        reason: "is a sound IDX file but does not hold MNIST's \(known.name): "
          + "its content has SHA-256 \(file.source.sha256), expected \(known.sha256)")
    }
    return file
  }
}

/// A file of MNIST with the digest of its uncompressed content.
private struct KnownFile {
  var name: String
  var sha256: String

  static let trainImages = KnownFile(
    name: "train-images-idx3-ubyte",
    sha256: "ba891046e6505d7aadcbbe25680a0738ad16aec93bde7f9b65e87a2fc25776db")
  static let trainLabels = KnownFile(
    name: "train-labels-idx1-ubyte",
    sha256: "65a50cbbf4e906d70832878ad85ccda5333a97f0f4c3dd2ef09a8a9eef7101c5")
  static let testImages = KnownFile(
    name: "t10k-images-idx3-ubyte",
    sha256: "0fa7898d509279e482958e8ce81c8e77db3f2f8254e26661ceb7762c4d494ce7")
  static let testLabels = KnownFile(
    name: "t10k-labels-idx1-ubyte",
    sha256: "ff7bcfd416de33731a308c3f266cc351222c34898ecbeaf847f06e48f7ec33f2")
  static let train1000Images = KnownFile(
    name: "train1000-images-idx3-ubyte",
    sha256: "386bb018796babeaca208787b77c1b9db39532c4098951ea35f4694e744eb4b7")
  static let train1000Labels = KnownFile(
    name: "train1000-labels-idx1-ubyte",
    sha256: "895f65588e45d05babf0b5fa7aee2a0d782d8143b40b5764e596df91bc9dddeb")
}
