import Lab10Experiments
import LabKit

extension Lab10 {
  func exercises(_ digits: Digits) throws {
    //: ## Exercises
    //:
    //: Hints and answers are folded. The numbers in the answers are computed by the run that made this
    //: page, which checks most of what they say [below](#the-answers-checked): look there last.
    //:
    //: **1. Sizes.** An image of 22×25 pixels meets a 5×5 kernel with padding 1 and stride 2. What size
    //: has the output?
    //:
    //: - Hint: How far can the kernel's first row move before its last one leaves the framed image? It
    //:   moves in steps of 2, and whole ones only.
    //: - Answer: $\lfloor (22 + 2 - 5) / 2 \rfloor + 1$ rows and
    //:   $\lfloor (25 + 2 - 5) / 2 \rfloor + 1$ columns: \(answerSize).
    //:
    //: **2. The ring.** A convolution has a 3×3 kernel and padding 2. The gradient of its output is
    //: trimmed first, as in the notebook. Which pixels of $\partial L/\partial x$ are wrong, and which with
    //: a 5×5 kernel and padding 1? Explain why it does not matter how much padding there is.
    //:
    //: - Hint: Trimming zeroes the outer $p$ rings of $\partial L/\partial y$. Number the rows of the
    //:   output from 0, and ask in which of them row $i$ of the image takes part.
    //: - Answer: Row $i$ of the image takes part in the rows $i + p - k + 1$ to $i + p$ of the output.
    //:   One of the first $p$ is among them exactly when $i < k - 1$, and likewise at the other three
    //:   sides: with any padding at all the ring is $k - 1$ wide, here \(answerRings) pixels. (An image of at
    //:   most $2 (k - 1)$ pixels a side is all ring.)
    //:
    //: **3. A check that works.** Write a check that accepts a right $\partial L/\partial x$ and rejects
    //: the notebook's. Between which bounds must its tolerance lie, and how would you find them?
    //:
    //: - Hint: What does `np.all((keras - ours[0]) < 1)` let pass? Think of the sign, of the size, of the
    //:   other image, of shapes that broadcast, and of `keras` itself.
    //: - Answer:
    //:
    //:   ```python
    //:   assert ours.shape == reference.shape
    //:   assert np.abs(ours - reference).max() < 1e-4
    //:   ```
    //:
    //:   Absolute values, all images, the same shape, a reference whose kernel is laid out as Keras wants
    //:   it, and a tolerance between the rounding of `float32` and the harm that the faults do. Draw often
    //:   and look: in \(answerDraws) draws the largest error of a right gradient was \(answerRounding) at
    //:   most, that of the notebook's \(answerHarm) at least, and with one of its faults alone
    //:   \(answerAlone).
    //:
    //: **4. A blind test.** Find all shapes (channels, kernel, padding) on which neither of the notebook's
    //: two faults shows, so that a test with them would pass. Why are there no others?
    //:
    //: - Hint: One of them needs a second channel to do harm. The other needs outputs in the outer
    //:   $p$ rings that see the image.
    //: - Answer: One channel, and with it either no padding or a 1×1 kernel: there the faulty gradient is
    //:   the right one to the last bit. With two channels the second gets another's gradient; with padding
    //:   and a larger kernel an output of the outer $p$ rings sees a pixel, which misses its part.
    //:
    //: **5. The first loss.** You train a classifier of 100 classes, and the loss of the first batch is
    //: 11.5 nats. What do you suspect?
    //:
    //: - Hint: What is the loss of somebody who gives every class the same probability?
    //: - Answer: Guessing costs $\ln 100$ = \(answerGuess). A loss far above it means that the network is
    //:   sure of wrong answers before it has learned anything: its logits are too large, and so the initial
    //:   weights or the inputs. The network of Part 2, where guessing costs \(guessing), begins at
    //:   \(drownedLoss) with weights from U(−1, 1), and at \(answerPixels) with Glorot's weights but pixels
    //:   of 0 to 255 (medians over the seeds). (It is not a sum in place
    //:   of a mean: that would be as many times \(answerGuess) as the batch has images.)
    //:
    //: **6. Fifty times too long.** A gradient has a cosine of 1 with its finite differences and is 50
    //: times too long; the batch has 50 images. What is wrong? Why does a fiftieth of the learning rate
    //: hide it from gradient descent, until somebody changes the batch size? Does Adam notice it?
    //:
    //: - Hint: Gradient descent takes the product of rate and gradient. What does Adam divide by?
    //: - Answer: A sum where the loss is a mean. With a fiftieth of the rate gradient descent takes the
    //:   same steps: in one run the losses of the 40 steps differ by at most \(answerSame). With another
    //:   batch size, be it the last batch of an epoch, the factor is another. Adam does not notice, or
    //:   hardly: it divides each gradient by its own typical size. With the rate left as it was, its losses
    //:   differ by at most \(answerAdam).
    //:
    //: **7. A design.** An image of 21×25 pixels is to become 11×13, with stride 2 and a 3×3 kernel.
    //: Which padding does it take? Is there a kernel that needs none?
    //:
    //: - Hint: $\lfloor (n + 2p - k) / s \rfloor + 1 = m$ leaves $s$ values of $n + 2p - k$.
    //: - Answer: $21 + 2p - 3$ must be 20 or 21, so $p = 1$, and $25 + 2 - 3 = 24$ fits too:
    //:   \(answerDesign). Without padding $21 - k$ must be 20 or 21: \(answerBare), which reads
    //:   \(answerRead) of the pixels.
    //:
    //: **8. How many seeds?** A recipe gets stuck from one seed in ten. How many seeds must you try to
    //: see that at least once, with a probability of 95%? And how likely are five seeds to show it?
    //:
    //: - Hint: How likely are $n$ seeds to do well, all of them?
    //: - Answer: $0.9^n \le 0.05$ from $n$ = \(answerSeeds) on. Five seeds show it with a probability of
    //:   \(answerFive) only.
    //:
    //: **9. A gradient by hand.** Derive the gradient of plain softmax cross-entropy for one image,
    //: $\partial L/\partial z_k$, from the [formula of Part 2](#second-cause-the-gradient-of-the-loss). What
    //: is left of it if only the label's entry is kept, and where does it push the other logits?
    //:
    //: - Hint: Without the division $u = z$, so $\partial u_i/\partial z_k$ is 1 for $i = k$ and 0 otherwise.
    //: - Answer: $-\frac{1}{p_y} p_y (\delta_{yk} - p_k) = p_k - \delta_{yk}$: what was predicted, less what
    //:   was wanted. The ten entries add up to 0. If only the label's is kept, $p_y - 1$ is left: it pushes
    //:   the label's logit up, and no other down.
    try answers(digits)
  }
}
