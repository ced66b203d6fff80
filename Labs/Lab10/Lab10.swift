//: # Lab 10. Padding layer
//:
//: A convolution without padding shrinks its image: a $k \times k$ kernel costs $k - 1$ rows and
//: columns. *Padding* frames the image with a ring of zeros first, so that the output may keep the
//: size of the input, and so that the pixels at the edge count as often as those in the middle.
//:
//: This lab builds the padding layer from scratch and checks it against TensorFlow (Part 1), trains
//: a small convolutional network with it on handwritten digits (Part 2), and designs convolutions
//: for a wanted output size with as little padding as possible (Part 3).
import LabKit

@main
struct Lab10: Lab {
  @Option(help: "Passes over the training images.")
  var epochs = 2

  @Option(help: "Seed of the initial weights and of the order of the images.")
  var seed: UInt64 = 10

  @Option(help: "Learning rate of the network set right.")
  var learningRate: Float = 3e-3

  @Option(help: "Runs of each experiment, each from its own seed.")
  var seeds = 10

  @Flag(help: "Train the network set right on all 60,000 images.")
  var full = false

  @Option(help: "Folder of the full MNIST set; without it, the environment's MNIST_DIR.")
  var mnist: String?

  func report() throws {
    try padding()
    try digitNetwork()
    try designer()

  }
}
