import Datasets
import Foundation
import Tensors
import SystemCalls
import Testing

/// Safetensors files on disk.
struct SafeTensorsFileTests {
  @Test func `Writes and reads a file`() throws {
    let path = FileManager.default.temporaryDirectory
      .appendingPathComponent("\(UUID().uuidString).safetensors").path
    defer { try? FileManager.default.removeItem(atPath: path) }
    var file = SafeTensors()
    file.set("x", Tensor([2], [1, 2]))
    try file.write(to: path)
    let read = try SafeTensors(path: path)
    #expect(read.name == path)
    #expect(try read.tensor("x") == Tensor([2], [1, 2]))
  }

  @Test func `Names a file that cannot be`() {
    let missing = #expect(throws: FileError.self) {
      try SafeTensors(path: "/nowhere/w.safetensors")
    }
    #expect(missing?.description == "/nowhere/w.safetensors: does not exist")
    let unwritable = #expect(throws: FileError.self) {
      try SafeTensors().write(to: "/nowhere/w.safetensors")
    }
    #expect(
      unwritable?.description == "/nowhere/w.safetensors: cannot be written: no such file or folder"
    )
  }

  @Test func `A source has the digest of its content`() {
    let source = DataSource(name: "abc", content: Array("abc".utf8))
    #expect(
      source.description == "abc, 3 bytes, SHA-256 "
        + "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad")
  }
}
