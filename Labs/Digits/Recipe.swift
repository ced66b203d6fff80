import LabKit

/// One way to train a network: a step of the ladder from Lab 10's network to 99.5 %.
struct Recipe: Sendable {
  /// A word for tables and file names.
  var name: String
  /// What is new against the step before, in a few words.
  var news: String
  /// How many training images; `nil` for all that are not for validation.
  var images: Int?
  var network: @Sendable (inout SplitMix64) throws -> Sequential
  var epochs = 2
  var batch = 50
  var rate: Float = 3e-3
  /// Whether the rate climbs first and falls along a cosine afterwards.
  var isScheduled = false
  var augmentation: Augmentation?
  var weightDecay: Float = 0
  var smoothing: Float = 0
  /// The share that the running average of the weights keeps; `nil` for none.
  var averaging: Float?

  func with(_ name: String, _ news: String, _ change: (inout Recipe) -> Void) -> Recipe {
    var next = self
    (next.name, next.news) = (name, news)
    change(&next)
    return next
  }

  /// The ladder, each step with one thing more than the one before.
  static let ladder: [Recipe] = {
    let first = Recipe(
      name: "lab10", news: "Lab 10's network and 1,000 images", images: 1000,
      network: Networks.lab10)
    let data = first.with("data", "all 55,000 training images") { $0.images = nil }
    let normal = data.with("norm", "batch normalisation") { $0.network = Networks.normalised }
    let depth = normal.with("depth", "a deeper network: five convolutions in three sizes") {
      $0.network = Networks.deep
    }
    let residual = depth.with("residual", "two of the five carried around (residual)") {
      $0.network = Networks.residual
    }
    let schedule = residual.with("schedule", "a rate that climbs and falls") {
      $0.isScheduled = true
    }
    let five = schedule.with("epochs5", "5 epochs instead of 2") { $0.epochs = 5 }
    let augmented = five.with("augmentation", "images changed at random") {
      $0.augmentation = Augmentation(shift: 2, degrees: 10, scale: 0.1, bend: 1.2, bendSpacing: 7)
    }
    let decay = augmented.with("decay", "weight decay") { $0.weightDecay = 0.02 }
    let smoothed = decay.with("smoothing", "smoothed labels") { $0.smoothing = 0.05 }
    let averaged = smoothed.with("averaging", "averaged weights") { $0.averaging = 0.998 }
    let wide = averaged.with("channels", "a third more channels") { $0.network = Networks.wide }
    let long = wide.with("epochs18", "18 epochs instead of 5") { $0.epochs = 18 }
    return [
      first, data, normal, depth, residual, schedule, five, augmented, decay, smoothed, averaged,
      wide, long,
    ]
  }()
}

/// The networks of the ladder.
enum Networks {
  /// Lab 10's network.
  static func lab10(_ random: inout SplitMix64) throws -> Sequential {
    try Sequential(input: [50, 1, 28, 28]) {
      Conv2D(
        inputChannels: 1, outputChannels: 4, kernelSize: 3, padding: 1, bias: false,
        initializer: .heUniform, using: &random)
      ReLU()
      Conv2D(
        inputChannels: 4, outputChannels: 2, kernelSize: 7, bias: false, initializer: .heUniform,
        using: &random)
      ReLU()
      Flatten()
      Linear(inputs: 968, outputs: 10, initializer: .heUniform, using: &random)
    }
  }

  /// The same with batch normalisation after each convolution.
  static func normalised(_ random: inout SplitMix64) throws -> Sequential {
    try Sequential(input: [50, 1, 28, 28]) {
      Conv2D(
        inputChannels: 1, outputChannels: 4, kernelSize: 3, padding: 1, bias: false,
        initializer: .heUniform, using: &random)
      BatchNorm2D(channels: 4)
      ReLU()
      Conv2D(
        inputChannels: 4, outputChannels: 2, kernelSize: 7, bias: false, initializer: .heUniform,
        using: &random)
      BatchNorm2D(channels: 2)
      ReLU()
      Flatten()
      Linear(inputs: 968, outputs: 10, initializer: .heUniform, using: &random)
    }
  }

  /// Five convolutions in three sizes.
  static func deep(_ random: inout SplitMix64) throws -> Sequential {
    try threeSizes([16, 24, 48], isResidual: false, &random)
  }

  /// The same, the second convolution of a size carried around.
  static func residual(_ random: inout SplitMix64) throws -> Sequential {
    try threeSizes([16, 24, 48], isResidual: true, &random)
  }

  /// The same with more channels.
  static func wide(_ random: inout SplitMix64) throws -> Sequential {
    try threeSizes([16, 32, 64], isResidual: true, &random)
  }

  /// Five convolutions in three sizes with so many channels.
  private static func threeSizes(
    _ channels: [Int], isResidual: Bool, _ random: inout SplitMix64
  ) throws -> Sequential {
    func unit(_ from: Int, _ to: Int, size: Int) throws -> Sequential {
      try Sequential(input: [50, from, size, size]) {
        Conv2D(
          inputChannels: from, outputChannels: to, kernelSize: 3, padding: 1, bias: false,
          initializer: .heNormal, using: &random)
        BatchNorm2D(channels: to)
        ReLU()
      }
    }
    func second(_ channels: Int, size: Int) throws -> [any Layer] {
      let inner = try unit(channels, channels, size: size)
      return isResidual ? [Residual(inner)] : inner.layers
    }
    return try Sequential(input: [50, 1, 28, 28]) {
      try unit(1, channels[0], size: 28).layers
      MaxPool2D(size: 2)
      try unit(channels[0], channels[1], size: 14).layers
      try second(channels[1], size: 14)
      MaxPool2D(size: 2)
      try unit(channels[1], channels[2], size: 7).layers
      try second(channels[2], size: 7)
      MaxPool2D(size: 2)
      Flatten()
      Linear(inputs: 9 * channels[2], outputs: 10, using: &random)
    }
  }
}
