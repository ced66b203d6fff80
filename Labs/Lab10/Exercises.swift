import Lab10Experiments
import LabKit

extension Lab10 {
  func exercises() throws {
    //: ## Exercises
    //:
    //: Hints and answers are folded. What an answer says is checked by the run that made this page: the
    //: [last section](#the-answers-checked) of this chapter holds the checks, so look there last.
    //:
    //: **1. Sizes.** An image of 21×25 pixels meets a 5×5 kernel with padding 1 and stride 2. What size
    //: has the output?
    //:
    //: - Hint: How far can the kernel's first row move before its last one leaves the framed image? It
    //:   moves in steps of 2.
    //: - Answer: $\lfloor (21 + 2 - 5) / 2 \rfloor + 1$ rows and
    //:   $\lfloor (25 + 2 - 5) / 2 \rfloor + 1$ columns: \(answerSize).
    //:
    //: **2. The ring.** A convolution has a 3×3 kernel and padding 2. The gradient of its output is
    //: trimmed first, as in the notebook. Which pixels of $\partial L/\partial x$ are wrong? And with a
    //: 5×5 kernel and padding 1?
    //:
    //: - Hint: Trimming zeroes the outer $p$ rings of $\partial L/\partial y$. Number the rows of the
    //:   output from 0, and ask in which of them row $i$ of the image takes part.
    //: - Answer: Row $i$ of the image takes part in the rows $i + p - k + 1$ to $i + p$ of the output.
    //:   One of the first $p$ is among them when $i < k - 1$, and likewise at the other three sides: the
    //:   ring is $k - 1$ wide whatever the padding, here \(answerRings) pixels.
    //:
    //: **3. A check that works.** Write a check that accepts a right $\partial L/\partial x$ and rejects
    //: the notebook's. How small must its tolerance be?
    //:
    //: - Hint: What does `np.all((a[0] - b) < 1)` let pass? Think of the sign, of the size, of the other
    //:   image, and of shapes that broadcast.
    //: - Answer:
    //:
    //:   ```python
    //:   assert a.shape == b.shape
    //:   assert np.abs(a - b).max() < 1e-4
    //:   ```
    //:
    //:   Absolute values, all images, the same shape, and a tolerance between the rounding of `float32`
    //:   and the harm that the faults do: in \(answerDraws) draws of the notebook's numbers the largest
    //:   error of a right gradient was \(answerRounding) at most, that of the notebook's
    //:   \(answerHarm) at least.
    //:
    //: **4. A blind test.** Find a shape on which neither of the notebook's two faults shows, so that a
    //: test with it would pass.
    //:
    //: - Hint: One of them needs a second channel to do harm. The other needs outputs in the outer ring
    //:   that see the image.
    //: - Answer: One channel, and no padding or a 1×1 kernel: in both cases the faulty gradient is the
    //:   right one to the last bit.
    //:
    //: **5. The first loss.** You train a classifier of 100 classes, and the loss of the first batch is
    //: 11.5 nats. What do you suspect?
    //:
    //: - Hint: What is the loss of somebody who gives every class the same probability?
    //: - Answer: Guessing costs $\ln 100$ = \(answerGuess). A loss far above it means that the network is
    //:   sure of wrong answers before it has learned anything: its initial weights are too large.
    //:
    //: **6. Fifty times too long.** A gradient has a cosine of 1 with its finite differences and is 50
    //: times too long; the batch has 50 images. What is wrong? Why does a fiftieth of the learning rate
    //: hide it from gradient descent, until somebody changes the batch size? Does Adam notice it?
    //:
    //: - Hint: Gradient descent takes the product of rate and gradient. What does Adam divide by?
    //: - Answer: A sum where the loss is a mean. With a fiftieth of the rate gradient descent takes the
    //:   same steps; the losses of the 40 steps differ by at most \(answerSame). With another batch size
    //:   the factor is another. Adam divides each gradient by its own typical size and hardly notices a
    //:   constant factor: with the right rate its losses differ by at most \(answerAdam).
    //:
    //: **7. A design.** An image of 21×25 pixels shall become 11×13, with stride 2 and a 3×3 kernel.
    //: Which padding does it take? Is there a kernel that needs none?
    //:
    //: - Hint: $\lfloor (n + 2p - k) / s \rfloor + 1 = m$ leaves $s$ values of $n + 2p - k$.
    //: - Answer: $21 + 2p - 3$ must be 20 or 21, so $p = 1$, and $25 + 2 - 3 = 24$ fits too:
    //:   \(answerDesign). Without padding $21 - k$ must be 20 or 21: \(answerBare), which skips three
    //:   pixels of four.
    //:
    //: **8. How many seeds?** A recipe gets stuck from one seed in ten. How many seeds must you try to
    //: see that at least once, with a probability of 95%? And how likely are five seeds to show it?
    //:
    //: - Hint: How likely are $n$ seeds to do well, all of them?
    //: - Answer: $0.9^n \le 0.05$ from $n$ = \(answerSeeds) on. Five seeds show it with a probability of
    //:   \(answerFive) only.
    try answers()
  }
}
