import Foundation
import Tensors
import TestSupport
import Testing

/// Both ways with the Python package, where there is one; skipped elsewhere.
///
/// `LABKIT_PYTHON` names an interpreter that is not `python3` of the path.
@Suite(
  .enabled(
    if: Python.hasSafeTensors,
    "needs Python with safetensors and NumPy (LABKIT_PYTHON names an interpreter)"))
struct SafeTensorsInPythonTests {
  @Test func `Python reads what Swift writes`() throws {
    var file = SafeTensors(metadata: ["maker": "Swift"])
    file.set("ramp", Tensor([2, 3], (0..<6).map { Float($0) / 3 }))
    file.set("one", Tensor([], [0.1]))
    let path = try temporary("from-swift")
    defer { try? FileManager.default.removeItem(atPath: path) }
    try Data(file.encoded()).write(to: URL(fileURLWithPath: path))
    let output = try Python.run(
      """
      import sys
      from safetensors import safe_open
      with safe_open(sys.argv[1], framework="np") as f:
          print(f.metadata()["maker"], sorted(f.keys()), f.get_tensor("ramp").shape)
          print([float(v).hex() for v in f.get_tensor("ramp").ravel()])
          print(f.get_tensor("one").shape, float(f.get_tensor("one")).hex())
      """, path)
    let ramp = (0..<6).map { i in
      [
        "0x0.0p+0", "0x1.5555560000000p-2", "0x1.5555560000000p-1", "0x1.0000000000000p+0",
        "0x1.5555560000000p+0", "0x1.aaaaaa0000000p+0",
      ][i]
    }
    #expect(
      output == """
        Swift ['one', 'ramp'] (2, 3)
        [\(ramp.map { "'\($0)'" }.joined(separator: ", "))]
        () 0x1.99999a0000000p-4

        """)
  }

  @Test func `Swift reads what Python writes and writes the same bytes`() throws {
    let path = try temporary("from-python")
    defer { try? FileManager.default.removeItem(atPath: path) }
    _ = try Python.run(
      """
      import sys
      import numpy as np
      from safetensors.numpy import save_file
      ramp = (np.arange(24, dtype=np.float32) / 7).reshape(2, 3, 4)
      save_file({"b": ramp, "a": ramp[0], "c d": np.float32([[-1e-45]])}, sys.argv[1], {"k": "v"})
      """, path)
    let bytes = [UInt8](try Data(contentsOf: URL(fileURLWithPath: path)))
    let file = try SafeTensors(bytes: bytes, name: path)
    #expect(try file.tensor("b") == Tensor([2, 3, 4]) { Float($0) / 7 })
    #expect(file.encoded() == bytes)
  }

  private func temporary(_ name: String) throws -> String {
    FileManager.default.temporaryDirectory
      .appendingPathComponent("\(name)-\(UUID().uuidString).safetensors").path
  }
}

extension Python {
  fileprivate static let hasSafeTensors =
    (try? run("import safetensors, numpy; print(1)")) == "1\n"
}
