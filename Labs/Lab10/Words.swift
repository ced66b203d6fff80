import LabKit

extension Lab10 {
  func words() {
    //: ## Words
    //:
    //: - <a id="term-adam"></a>**Adam**: a descent that divides each weight's step by the typical size of
    //:   its gradient.
    //: - <a id="term-broadcasting"></a>**Broadcasting**: NumPy's rule for arrays of different shapes.
    //:   From the last axis on, an axis of 1 or a missing one is stretched to fit. It turns some mistakes
    //:   into results.
    //: - <a id="term-batch"></a>**Batch, epoch**: the images of one step; one pass over all images.
    //: - <a id="term-entropy"></a>**Cross-entropy**: the loss of a classifier, −ln of the probability that
    //:   it gives the right class, as a mean over the images.
    //: - <a id="term-differences"></a>**Finite differences**: the slope of a function from its values at
    //:   two places nearby. Slow, and right for any function that can be computed.
    //: - <a id="term-glorot"></a>**Glorot's, He's initialisation**: weights drawn so that signals keep
    //:   their size from layer to layer; He's is for networks with ReLU.
    //: - <a id="term-descent"></a>**Gradient descent, learning rate**: each step moves the weights
    //:   against the gradient of a batch; the rate says how far.
    //: - <a id="term-interval"></a>**Interval (95%)**: made so that 95 of 100 intervals hold the true
    //:   value. Here Student's t for means and for paired differences, Wilson's for shares.
    //: - <a id="term-jacobian"></a>**Jacobian**: all partial derivatives of a map with several outputs,
    //:   one row for each output.
    //: - <a id="term-logit"></a>**Logits**: the numbers that a classifier gives its classes, before
    //:   softmax makes probabilities of them.
    //: - <a id="term-mutant"></a>**Mutant**: a result that is wrong on purpose. A check that accepts one
    //:   is broken.
    //: - <a id="term-nat"></a>**Nat**: the unit of information with natural logarithms. A loss of ln 10 nats is
    //:   that of guessing among ten.
    //: - <a id="term-permutation"></a>**Permutation test**: how often chance alone would set two samples
    //:   as far apart, counted over the ways in which their numbers could have been dealt out.
    //: - <a id="term-relu"></a>**Rectifier, ReLU**: the function max(x, 0), on every number.
    //: - <a id="term-seed"></a>**Seed**: the number that a generator of random numbers starts from. The same
    //:   seed gives the same run.
    //: - <a id="term-softmax"></a>**Softmax**: turns logits into probabilities: the exponential of each,
    //:   divided by the sum of all.
    //: - <a id="term-stride"></a>**Stride, dilation**: how far a window moves at a time; how far its cells
    //:   lie apart.
    //: - <a id="term-ulp"></a>**ULP**: unit in the last place, the distance to the next number that the type
    //:   can hold. Two results that differ by a few have been rounded in another order.
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
    //:   recognition", *Proceedings of the IEEE* 86 (1998): the digits, and what reads them better.
    //:
    //: Back: [Padding, drawn](guides/padding.md). Next: [benchmarks](benchmarks.md).
  }
}
