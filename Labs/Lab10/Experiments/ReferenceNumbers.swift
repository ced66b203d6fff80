internal import CLab10Reference
package import LabKit

/// What TensorFlow computes for the experiments of this lab, built into the executable.
///
/// `Labs/Lab10/Reference` holds the files, the scripts that made them and what they contain.
package enum ReferenceNumbers {
  /// The convolution of Part 1 and its gradients, in float32 and float64.
  package static func padding() throws -> SafeTensors {
    try SafeTensors(bytes: unsafe bytes(clab10_padding()), name: "padding.safetensors")
  }

  /// The runs of the network of Part 2 for five seeds and two optimizers.
  package static func training() throws -> SafeTensors {
    try SafeTensors(bytes: unsafe bytes(clab10_training()), name: "training.safetensors")
  }

  /// Both files with their digests, for the report's provenance.
  package static var sources: [DataSource] {
    [
      DataSource(name: "padding.safetensors", content: unsafe bytes(clab10_padding())),
      DataSource(name: "training.safetensors", content: unsafe bytes(clab10_training())),
    ]
  }

  private static func bytes(_ file: CLab10ReferenceFile) -> [UInt8] {
    // A constant array of `count` elements that lives as long as the program.
    unsafe [UInt8](UnsafeBufferPointer(start: file.bytes, count: file.count))
  }
}
