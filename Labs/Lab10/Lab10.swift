//: # Lab 10. Padding layer
//:
//: A convolution without padding shrinks its image: a $k \times k$ kernel costs $k - 1$ rows and
//: columns. *Padding* frames the image with a ring of zeros first, so that the output may keep the
//: size of the input, and so that the pixels at the edge count as often as those in the middle.
//:
//: This lab builds the padding layer from scratch and checks it against TensorFlow (Part 1), trains
//: a small convolutional network with it on handwritten digits (Part 2), and designs convolutions
//: for a wanted output size with as little padding as possible (Part 3).
//:
//: It follows a notebook that was written for a computer vision course in 2023 (I. Domrachev,
//: "Lab 10. Padding layer"). The notebook's network read 10 % of the digits; its author concluded
//: that "they are random… Maybe the model itself is invalid". In short, this is what we find:
//:
//: - **Padding** is right forward and was wrong backward: every pixel of the notebook's
//:   $\partial L/\partial x$ was off, by \(notebookFault) of the gradient's size on average. Its own check
//:   accepts such a gradient \(faultyAccepted) of the time. Ours agrees with TensorFlow to
//:   \(worstError).
//: - **The network** was never invalid. The notebook's own weights read \(trueAccuracy) of the digits;
//:   its evaluation took 50 images for one. Its loss gradient was wrong in four places. Set right, the
//:   same architecture reads \(robustMean) after the same two epochs (mean over \(robustSeeds) seeds), and
//:   follows TensorFlow's run to \(trackingError) in all 40 losses.
//: - **The designer** was right: no design has less padding. But it is one of many that are as good, and
//:   by other aims there are better ones.
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
  var seeds = 5

  @Flag(help: "Train the network set right on all 60,000 images.")
  var full = false

  @Option(help: "Folder of the full MNIST set; without it, the environment's MNIST_DIR.")
  var mnist: String?

  func report() throws {
    try padding()
    try digitNetwork()
    try designer()

    //: ## What to take away
    //:
    //: - A check that cannot fail proves nothing. Ask of every check what it would reject, and let it
    //:   reject that once: the mutants under the claims of this report are there for it.
    //: - Compare absolute errors, of all elements, against a tolerance that is small beside the numbers.
    //: - Choose shapes that cannot hide a fault: more channels than one, sizes that differ, kernels
    //:   larger than 1. Equal sizes hid the wrong layout of the weights.
    //: - Before blaming the model, measure the measurement: the accuracy was wrong, not the network.
    //: - Faults lean on each other. Repairing one alone made the accuracy worse; gradients are to be
    //:   checked by themselves, against finite differences and a reference, before anything is trained.
    //: - One run says little. Some seeds never leave 10 %, so claims about training are made over
    //:   several.
  }
}
