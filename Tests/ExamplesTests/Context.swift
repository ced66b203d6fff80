import LabKit

/// What the examples of the documentation leave to the reader to imagine. Nothing of it is run.
protocol Context {
  init()
}

/// A value that no example that only has to compile ever asks for.
func unwritten<Value>() -> Value { fatalError("an example was run") }

extension Context {
  // Networks and what they learn from.
  var random: SplitMix64 {
    get { SplitMix64(seed: 1) }
    nonmutating set {}
  }
  var network: Sequential {
    get { unwritten() }
    nonmutating set {}
  }
  var optimizer: Adam {
    get { Adam() }
    nonmutating set {}
  }
  var trainer: Trainer<Sequential, Adam> {
    get { Trainer(network, Adam()) }
    nonmutating set {}
  }
  var history: LossHistory {
    get { LossHistory() }
    nonmutating set {}
  }
  var dataset: Dataset { unwritten() }
  var table: DataTable { unwritten() }
  var data: Dataset { dataset }
  var train: Dataset { dataset }
  var validation: Dataset { dataset }
  var test: Dataset { dataset }
  var batch: Batch { dataset.batches(of: 1)[0] }
  var images: Tensor { Tensor([1, 1, 1, 1]) }
  var labels: [Int] { [0] }
  var epochs: Int { 1 }
  var batchCount: Int { 1 }
  var seed: UInt64 { 1 }
  func train(epochs: Int, seed: UInt64) throws -> [Double] { [] }
  func train(seed: Int) -> Figure { Figure("") {} }
  func train(_ network: inout Sequential, epochs: Int) throws {}
}

extension Context {
  // What was measured.
  var accuracy: Double { 1 }
  var untrainedAccuracy: Double { 0 }
  var accuracies: [Double] { [1] }
  var untrainedAccuracies: [Double] { [0] }
  var losses: [Double] { [] }
  var loss: Double { 0 }
  var steps: [Double] { [] }
  var sizes: [Double] { [] }
  var times: [Double] { [] }
  var swiftTimes: [Double] { [] }
  var tensorFlowTimes: [Double] { [] }
  var errors: [Double] { [] }
  var weights: [Double] { [] }
  var means: [Double] { [] }
  var deviations: [Double] { [] }
  var smallest: [Double] { [] }
  var largest: [Double] { [] }
  var runs: [Double] { [] }
  var days: [Double] { [] }
  var counts: [Double] { [] }
  var modes: [String] { [] }
  var lossesByMode: [String: [Double]] { [:] }
  var digits: [String] { [] }
  var confusion: Matrix { Matrix(rows: 1, columns: 1) { _, _ in 0 } }
  var bitmap: Bitmap { Bitmap(width: 1, height: 1) }
  var map: Bitmap { bitmap }
  var figure: Figure { Figure("") {} }
  var canvas: Canvas {
    get { Canvas(size: Size(width: 1, height: 1)) }
    nonmutating set {}
  }
  var places: [Point] { [] }
}

// What a name means in one file alone.

extension Sources_LabKit_Comparison_swift {
  var gradient: Tensor { images }
  var reference: Tensor { images }
  var trimmed: Tensor { images }
}

extension Sources_LabKit_ExpectError_swift {
  var designer: ConvolutionDesigner { ConvolutionDesigner(layers: 3) }
}

extension Sources_LabKit_Show_Pictures_swift {
  var loss: Figure { figure }
}

extension Sources_NeuralNetworks_GradientCheck_swift {
  var x: Tensor { images }
  struct MyLayer: Layer {
    func outputShape(for input: Shape) -> Shape { input }
    func callAsFunction(_ x: Tensor) -> Tensor { x }
    func forward(_ x: Tensor, using random: inout some RandomNumberGenerator) -> Forward {
      Forward(output: x, pullback: Pullback { Gradients(input: $0, parameters: []) })
    }
  }
}

extension Sources_Plotting_Diagrams_ImageGrid_swift {
  var digits: [Matrix] { [] }
}

extension Sources_Plotting_Diagrams_TensorGrid_swift {
  var x: Matrix { confusion }
  var w: Matrix { confusion }
  var padded: Matrix { confusion }
}

extension Sources_Plotting_Figure_Figure_swift {
  var reference: [Double] { [] }
}

extension Sources_Plotting_Marks_AreaMark_swift {
  var a: [Double] { [] }
  var b: [Double] { [] }
}

extension Sources_Plotting_Marks_ArrowMark_swift {
  var x: [Double] { [] }
  var y: [Double] { [] }
  var gradientX: [Double] { [] }
  var gradientY: [Double] { [] }
}

extension Sources_Plotting_Marks_BarMark_swift {
  var p: [Double] { [] }
  var r: [Double] { [] }
}

extension Sources_Plotting_Marks_ContourMark_swift {
  var loss: Matrix { confusion }
}

extension Sources_Plotting_Marks_PointMark_swift {
  var width: [Double] { [] }
  var loss: [Double] { [] }
  var epochs: [Double] { [] }
}

extension Sources_Raster_Font_Substitutes_swift {
  var bytes: [UInt8] { [] }
}

extension Sources_Reports_Recording_Table_swift {
  var results: [(name: String, loss: Double)] { [] }
}

// The lab that the guide takes its extension from.

struct Dice: Lab {
  var seed: UInt64 { 1 }
  func report() throws {}
}

extension Lab {
  /// The plugin that embeds sources is for labs that run.
  static var sources: [SourceFile] { [] }
}

extension SplitMix64 {
  mutating func face() -> Int { Int(next() % 6) + 1 }
}

extension Sources_NeuralNetworks_README_md {
  var testImages: Tensor { images }
  var testLabels: [Int] { labels }
}

extension Sources_Plotting_README_md {
  var train: [Double] { [] }
}

extension docs_guides_writing_a_lab_md {
  var sum: Double { 1 }
}
