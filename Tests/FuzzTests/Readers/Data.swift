import Datasets
import Tensors

/// Sixteen megabytes: what an input of some kilobytes may unpack to.
private let limit = 1 << 24

/// An IDX file, plain or in gzip, then a data set of it.
@Sendable func readIDX(_ bytes: [UInt8]) throws {
  let file = try IDXFile(bytes: bytes, name: "fuzz", byteLimit: limit)
  try expect(
    file.count == file.dimensions.reduce(1, &*)
      && file.elements.count == file.count * file.type.size,
    "\(file.dimensions) elements, but \(file.elements.count) bytes of \(file.type)")
  let count = file.dimensions[0]
  guard count < 100 else { return }
  let labels = try IDXFile(
    bytes: [0, 0, 8, 1, 0, 0, 0, UInt8(count)] + [UInt8](repeating: 1, count: count), name: "fuzz")
  let set = try MNIST.dataset(images: file, labels: labels)
  for batch in set.batches(of: 7) { _ = batch.images.elements }
}

/// A gzip stream with an IDX file in it, whatever the first bytes of the input are.
@Sendable func readGzip(_ bytes: [UInt8]) throws {
  try readIDX([0x1f, 0x8b] + bytes)
}

/// A safetensors file, all of its tensors, and the file that is written of it.
@Sendable func readSafeTensors(_ bytes: [UInt8]) throws {
  let file = try SafeTensors(bytes: bytes, name: "fuzz")
  for name in file.names {
    let entry = try file.entry(name)
    try expect(entry.name.utf8.elementsEqual(name.utf8), "\(name) is found as \(entry.name)")
    if let values = try? file.doubles(name) {
      try expect(values.count == Shape(entry.dimensions).count, "\(name): \(values.count) elements")
      _ = try file.tensor(name).elements
    }
    _ = try? file.integers(name)
  }
  let again = try SafeTensors(bytes: file.encoded(), name: "again")
  try expect(again.encoded() == file.encoded(), "written and read, it is another file")
}
