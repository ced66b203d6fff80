import LabKit

extension Lab10 {
  func words() {
    //: ## Words
    //:
    //: - <a id="term-adam"></a>**Adam**: a descent that follows a running mean of each weight's gradient
    //:   (*momentum*, β₁) and divides it by the root of a running mean of its square (β₂), plus a small ε.
    //:   Both means begin at 0 and are corrected for that start.
    //: - <a id="term-batch"></a>**Batch, epoch**: the images of one step; one pass over all images.
    //: - <a id="term-broadcasting"></a>**Broadcasting**: NumPy's rule for arrays of different shapes.
    //:   Starting at the last axis and going left, an axis of 1 or a missing one is stretched to fit. It
    //:   turns some mistakes into results.
    //: - <a id="term-channel"></a>**Channel, feature map**: one of the pictures that an image consists of: one
    //:   if it is grey, three if it is coloured; behind a convolution one for each of its kernels, then
    //:   called feature map.
    //: - <a id="term-cosine"></a>**Cosine** of two gradients: all their numbers taken as two arrows, the
    //:   cosine of the angle between them. 1 is the same direction, 0 a right angle.
    //: - <a id="term-entropy"></a>**Cross-entropy**: the loss of a classifier, −ln of the probability that
    //:   it gives the right class, as a mean over the images.
    //: - <a id="term-differences"></a>**Finite differences**: the slope of a function from its values at
    //:   two places nearby. Slow and approximate; good for any smooth function that can be computed.
    //: - <a id="term-glorot"></a>**Glorot's, He's initialisation**: weights drawn so that signals keep
    //:   their size from layer to layer; He's is for networks with ReLU.
    //: - <a id="term-descent"></a>**Gradient descent, learning rate**: each step moves the weights
    //:   against the gradient of a batch; the rate says how far.
    //: - <a id="term-interval"></a>**Interval (95%)**: made so that in the long run about 95 of 100 such
    //:   intervals hold the true value (fewer where a few seeds fall far off): here the mean over all seeds
    //:   or draws, for these training and test images. Student's t for means and for paired differences,
    //:   Wilson's for shares.
    //: - <a id="term-jacobian"></a>**Jacobian**: all partial derivatives of a map with several outputs,
    //:   one row for each output.
    //: - <a id="term-logit"></a>**Logits**: the numbers that a classifier gives its classes, before
    //:   softmax makes probabilities of them.
    //: - <a id="term-mnist"></a>**MNIST**: 60,000 handwritten digits to train with and 10,000 to test with,
    //:   grey images of 28×28 pixels (LeCun and others, below).
    //: - <a id="term-mutant"></a>**Mutant**: a result that a check must reject: wrong on purpose, or from
    //:   another setting, for which the sentence is not true. A check that accepts one is broken.
    //: - <a id="term-nat"></a>**Nat**: the unit of information with natural logarithms. A loss of ln 10 nats is
    //:   that of guessing among ten.
    //: - <a id="term-paired"></a>**Paired difference**: each seed is run both ways, and the differences seed
    //:   by seed are averaged. What a seed's luck does to both cancels.
    //: - <a id="term-permutation"></a>**Permutation test**: how often chance alone would set two samples at
    //:   least as far apart (that share is *p*), counted over rearrangements of their numbers; of paired
    //:   ones, over the signs of their differences.
    //: - <a id="term-relu"></a>**Rectifier, ReLU**: the function max(x, 0), on every number.
    //: - <a id="term-seed"></a>**Seed**: the number that a generator of random numbers starts from. The same
    //:   seed gives the same run.
    //: - <a id="term-softmax"></a>**Softmax**: turns logits into probabilities: the exponential of each,
    //:   divided by the sum of all. *Plain*, unless the logits were divided by something first.
    //: - <a id="term-stride"></a>**Stride, dilation**: how far a window moves at a time; how far its cells
    //:   lie apart.
    //: - <a id="term-ulp"></a>**ULP**: unit in the last place, the distance to the next number that the type
    //:   can hold (`Float`, single precision: 32 bits, some 7 digits; double precision: 64 bits, some 16).
    //:   Results that differ by a few were rounded in another order. Near 0 a sum of larger terms has few
    //:   right digits, so there it may be thousands.
    //:
    //: ## Further reading
    //:
    //: - V. Dumoulin and F. Visin, [A guide to convolution arithmetic for deep
    //:   learning](https://arxiv.org/abs/1603.07285) (2016): every size formula, drawn.
    //: - X. Glorot and Y. Bengio, [Understanding the difficulty of training deep feedforward neural
    //:   networks](https://proceedings.mlr.press/v9/glorot10a.html) (2010); K. He and others, [Delving deep
    //:   into rectifiers](https://arxiv.org/abs/1502.01852) (2015): where the initial weights come from.
    //: - D. Kingma and J. Ba, [Adam](https://arxiv.org/abs/1412.6980) (2015).
    //: - Md. A. Islam, S. Jia and N. Bruce, [How much position information do convolutional neural
    //:   networks encode?](https://arxiv.org/abs/2001.08248) (2020): what zeros at the edge tell a network.
    //: - D. Goldberg, "What every computer scientist should know about floating-point arithmetic", *ACM
    //:   Computing Surveys* 23 (1991): what an ULP is, and why sums depend on their order.
    //: - E. Wilson, "Probable inference, the law of succession, and statistical inference", *Journal of the
    //:   American Statistical Association* 22 (1927): the interval of a share.
    //: - A. Karpathy, [A recipe for training neural
    //:   networks](https://karpathy.github.io/2019/04/25/recipe/) (2019): a longer checklist.
    //: - NumPy, [Broadcasting](https://numpy.org/doc/stable/user/basics.broadcasting.html).
    //: - Y. LeCun, L. Bottou, Y. Bengio and P. Haffner, "Gradient-based learning applied to document
    //:   recognition", *Proceedings of the IEEE* 86 (1998): the digits.
    //:
    //: Back: [Padding, drawn](guides/padding.md). Next: [what reads the digits better](digits.md),
    //: [benchmarks](benchmarks.md).
  }
}
