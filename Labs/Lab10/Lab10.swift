//: # Lab 10. Padding layer
//:
//: A convolution without padding shrinks its image: a $k \times k$ kernel costs $k - 1$ rows and
//: columns. *Padding* frames the image with a ring of zeros first, so that the output may keep the
//: size of the input, and so that the pixels at the edge take part in more outputs.
//:
//: This lab builds the padding layer from scratch and checks it against TensorFlow (Part 1), trains
//: a small convolutional network with it on handwritten digits (Part 2), and designs convolutions
//: for a wanted output size with as little padding as possible (Part 3).
//:
//: It follows a notebook that was written for a computer vision course in 2023 (I. Domrachev,
//: "Lab 10. Padding layer"). The notebook's network read 10 % of the digits; its author concluded
//: that "they are random... Maybe the model itself is invalid". In short, this is what we find (in
//: brackets: [95% intervals](#term-interval) of a mean):
//:
//: - **The padded convolution** was right forward but for its bias, and wrong backward in two ways. It trimmed the
//:   gradient before the convolution, not after: alone that is an error of \(trimmedFault) of the gradient's
//:   size. And it gave every input [channel](#term-channel) the gradient of the first: with both the
//:   error is \(notebookFault), and \(wrongPixels) of the pixels of $\partial L/\partial x$ are off by more
//:   than 10⁻⁴. The notebook's check could not tell that from a right gradient: of \(draws) draws of numbers
//:   like its own it accepts the faulty one in \(faultyAccepted), the right one in \(ownAccepted). Our output and $\partial L/\partial x$ agree with TensorFlow to \(worstError).
//: - **The network** was never invalid. The notebook's evaluation took 50 images for one and found
//:   \(quotedAccuracy); its training, repeated from \(seeds) [seeds](#term-seed), reads \(trueAccuracy)
//:   of 1,000 test images, one by one. The gradient of its loss was wrong in four places, and the second fault of the
//:   convolution reached the training too. With these five repaired it reads \(repairedMean); with [plain
//:   softmax](#term-softmax), [He's initialisation](#term-glorot) and [Adam](#term-adam) instead
//:   \(robustMean), from the worst seed \(robustWorst), after the same two [epochs](#term-batch). From
//:   TensorFlow's initial weights it follows all 40 losses of ten recorded runs: those of [gradient
//:   descent](#term-descent) to \(sgdTracking), those of Adam to \(adamTracking).
//: - **The designer** was right: no design has less padding in all. But its design is one of several that
//:   are equally good, and by other aims there are better ones.
//:
//: The same on one page: [summary](lab10-summary.md). Before this: [Padding, drawn](guides/padding.md).
//: After it: [what reads the digits better](digits.md), [how fast it is](benchmarks.md). All pages:
//: [docs](README.md).
//:
//: **You should know** what a matrix, a partial derivative and the chain rule are, and read a little
//: code in any language. **You will learn** to write a convolution with padding forward and backward
//: in forty lines; to check a gradient so that the check can fail; to find out why a network does not
//: learn, one suspect at a time; to say how sure a mean over seeds is; to choose kernel,
//: [stride](#term-stride) and padding for a wanted size. Words you may not know are linked, at first
//: use, to [their explanation](#words).
//:
//: **How to read a check.** A line with ✓ is a claim that the run of this page has checked: what was
//: measured, what was required, and which *[mutants](#term-mutant)* the same check rejects, results
//: that must fail. A mean or a share meets a bound when its whole interval does. "For each" counts the runs that meet the requirement, with the least and the
//: greatest in brackets. Two numbers with "to" in brackets are a 95% interval; ± is a standard deviation.
//:
//: **Contents**
//:
//: - [Part 1. Padding implementation](#part-1-padding-implementation): [in forty
//:   lines](#in-forty-lines), [against TensorFlow](#against-tensorflow), [what the old backward pass
//:   did](#what-the-old-backward-pass-did), [why the notebook did not
//:   notice](#why-the-notebook-did-not-notice)
//: - [Part 2. Padding in a convolutional network](#part-2-padding-in-a-convolutional-network): [as the
//:   notebook ran it](#as-the-notebook-ran-it), [the evaluation](#first-cause-the-evaluation), [the
//:   loss](#second-cause-the-gradient-of-the-loss), [one cause at a time](#one-cause-at-a-time),
//:   [settings](#settings-scale-learning-rate-initialisation), [the TensorFlow
//:   analogue](#the-tensorflow-analogue), [the network set right](#the-network-set-right)
//: - [Part 3. Designing a convolution](#part-3-designing-a-convolution-for-a-given-output-shape)
//: - [Debugging a training run: a checklist](#debugging-a-training-run-a-checklist)
//: - [Exercises](#exercises)
//: - [Words](#words) and [further reading](#further-reading)
//:
//: The notebook's parts, rebuilt, are in [Labs/Lab10/Experiments](../Labs/Lab10/Experiments); they follow
//: its author's own code to \(rebuilt). Layers and
//: kernels in [Sources](../Sources). Code that only draws is folded away. Each section is a function of
//: its own, so names and letters begin anew; helpers that are not shown (`tensor`, `spread`, `gain`) are
//: in [the lab's files](../Labs/Lab10). `publish` puts a number into the text, `show` draws, `claim` checks;
//: a `Sample` is some numbers, an `Estimate` what they tell, with its interval.
import Lab10Experiments
import LabKit

@main
struct Lab10: Lab {
  @Option(help: "Passes over the training images.")
  var epochs = 2

  @Option(
    help: "Seed of the draws of Part 1, and of the weights and images of the network set right.")
  var seed: UInt64 = 10

  @Option(help: "Learning rate of the network set right.")
  var learningRate: Float = 3e-3

  @Option(help: "Runs of each experiment, each from its own seed.")
  var seeds = 40

  @Flag(help: "Train all 32 sets of repairs of the notebook's faults, not 14 of them.")
  var allRepairs = false

  @Flag(help: "Train the network set right on all 60,000 images.")
  var full = false

  @Option(help: "Folder of the full MNIST set; without it, the environment's MNIST_DIR.")
  var mnist: String?

  func report() throws {
    try padding()
    let digits = try digitNetwork()
    try designer()
    checklist()
    try exercises(digits)
    words()
  }
}
