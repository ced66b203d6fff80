import Datasets
import NeuralNetworks
import Tensors

/// Settings that cannot be, given or assigned.
let settingRefusals: [Refusal] = [
  // Augmentation.
  Refusal("shift assigned", says: "a shift is at least 0 and finite, not nan") {
    var augmentation = Augmentation(shift: 1)
    augmentation.shift = .nan
  },
  Refusal("rotation assigned", says: "a rotation is at least 0 and finite, not inf") {
    var augmentation = Augmentation(degrees: 1)
    augmentation.degrees = .infinity
  },
  Refusal("scale assigned", says: "a change of scale is at least 0 and below 1, not 1.0") {
    var augmentation = Augmentation(scale: 0.5)
    augmentation.scale = 1
  },
  Refusal("bend assigned", says: "a bend is at least 0 and finite, not -1.0") {
    var augmentation = Augmentation(bend: 0.5)
    augmentation.bend = -1
  },
  Refusal("spacing assigned", says: "control points are at least 1 pixel apart, not 0.0") {
    var augmentation = Augmentation(bend: 0.5)
    augmentation.bendSpacing = 0
  },
  Refusal("spacing given", says: "control points are at least 1 pixel apart, not nan") {
    _ = Augmentation(bendSpacing: .nan)
  },
  Refusal("limit assigned", says: "a limit on the gradient is above 0, not -1.0") {
    var trainer = Trainer(ReLU(), SGD(learningRate: 1), largestGradient: 1)
    trainer.largestGradient = -1
  },
]
