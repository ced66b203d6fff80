// Made from the documentation: `LABKIT_REGENERATE_EXAMPLES=1 swift test --filter ExamplesTests`.
// What the examples leave to the reader to imagine stands in `Context.swift`.
// swift-format-ignore-file

import ArgumentParser
import LabKit
import PNGCoding
import VectorCoding

struct Sources_Datasets_Augmentation_swift: Context {
  func example1() throws {
    let augmentation = Augmentation(shift: 2, degrees: 10, scale: 0.1, bend: 1.5)
    let images = augmentation(batch.images, using: &random)
  }
}

struct Sources_Datasets_Datasets_docc_BatchesThatComeBack_md: Context {
  func example1() throws {
    let digits = try MNIST.train1000()
    var order = SplitMix64(seed: 7)
    for batch in digits.batches(of: 50, shuffledUsing: &order) {
      print(batch.images.shape, batch.labels.count)
    }
  }
}

struct Sources_Datasets_Tables_DataTable_swift: Context {
  func example1() throws {
    let table = try DataTable(
      beside: "pendulum.csv",
      columns: [
        .number("length", unit: "m"), .number("period", unit: "s", uncertainty: "u_period"),
        .text("observer"),
      ])
    let longest = table["length"].max()
  }
}

struct Sources_LabKit_Chapter_swift: Context {
  func example1() throws {
    for seed in 1...3 {
      try chapter("Seed \(seed)") {
        show(train(seed: seed))
      }
    }
  }
}

struct Sources_LabKit_Claim_swift: Context {
  func example1() throws {
    claim(
      "The network reads digits better than chance", accuracy, .above(0.5),
      as: .percent(decimals: 1), mutants: ["untrained": untrainedAccuracy])
  }
  func example2() throws {
    claim(
      "the network reads most digits", over: accuracies, .above(0.5), atLeast: 38,
      as: .percent(decimals: 1), mutants: ["untrained": untrainedAccuracies])
  }
}

struct Sources_LabKit_Comparison_swift: Context {
  func example1() throws {
    show(
      Comparison(
        "dL/dx against TensorFlow", actual: gradient, expected: reference,
        tolerance: .absolute(1e-5), mutants: ["trimmed before convolving": trimmed]))
  }
}

struct Sources_LabKit_Data_DataTable_Fit_swift: Context {
  func example1() throws {
    let line = LinearFit(table, x: "length", y: "period")
    claim("the period grows with the length", line.slope, .above(0))
  }
}

struct Sources_LabKit_Data_DataTable_Marks_swift: Context {
  func example1() throws {
    PointMark(table, x: "length", y: "period")
  }
  func example2() throws {
    FitMark(table, x: "length", y: "period", label: "fit")
  }
  func example3() throws {
    Figure("Pendulum", x: Axis(table, "length"), y: Axis(table, "period")) {
      PointMark(table, x: "length", y: "period")
    }
  }
}

struct Sources_LabKit_Data_DataTable_Showing_swift: Context {
  func example1() throws {
    show(Table(table, columns: ["length", "period"]))
  }
}

struct Sources_LabKit_Exercise_swift: Context {
  func example1() throws {
    let slope = solution {
      LinearFit(table, x: "length", y: "period").slope.value
    } stub: {
      0.0  // your fit
    }
  }
  func example2() throws {
    task(
      "Write a check that tells the mean from its imitations",
      check: { average in average([1, 2, 6]) == 3 },
      accepts: { (numbers: [Double]) in numbers.reduce(0, +) / Double(numbers.count) },
      rejects: ["the middle one": { $0[$0.count / 2] }, "the largest": { $0.max() ?? 0 }])
  }
}

struct Sources_LabKit_ExpectError_swift: Context {
  func example1() throws {
    expectError { try designer.plan(from: 20, to: 400) }
  }
}

struct Sources_LabKit_Graphic_Files_swift: Context {
  func example1() throws {
    try figure.write(to: "loss.pdf")      // or .svg, .png
    let text = figure.svg(theme: .print)
  }
}

struct Sources_LabKit_Lab_swift: Context {
  enum Example1 {
    //: # Lab 1. Dice
    //: The mean of many throws comes near 3.5.
    struct Dice: Lab {
      @Option(help: "How often the die is thrown.")
      var throwCount = 1_000
      func report() throws {
        var random = SplitMix64(seed: 1)
        let throwsOfDie = (0..<throwCount).map { _ in Int.random(in: 1...6, using: &random) }
        let mean = Double(throwsOfDie.reduce(0, +)) / Double(throwCount)
        publish("mean", mean, as: .decimal(places: 2))
        //: After \(throwCount) throws the mean is \(mean).
      }
    }
  }
}

struct Sources_LabKit_LabKit_docc_AClaimThatCanFail_md: Context {
  func example1() throws {
    claim(
      "the network reads most digits", accuracy, .above(0.5),
      as: .percent(decimals: 1),
      mutants: ["trained on shuffled labels": untrainedAccuracy])
  }
}

struct Sources_LabKit_Progress_swift: Context {
  func example1() throws {
    let training = Progress("Training", over: dataset.batches(of: 50))
    for batch in training {
      // …
      training.report("loss", loss)
    }
  }
  func example2() throws {
    let training = Progress("Training", count: epochs * batchCount, unit: "step")
    for epoch in 0..<epochs {
      for batch in dataset.batches(of: 50) {
        // …
        training.advance("loss", loss)
      }
    }
  }
}

struct Sources_LabKit_Remembered_swift: Context {
  func example1() throws {
    let losses = try remembered("training", by: epochs, seed) {
      try train(epochs: epochs, seed: seed)
    }
  }
  func example2() throws {
    try remembered("training", by: epochs, network: &network) { network in
      try train(&network, epochs: epochs)
    }
  }
  func example3() throws {
    let losses = try remembered("training", by: epochs, network: &network) { network in
      try train(&network, epochs: epochs)
    }
  }
}

struct Sources_LabKit_Show_Pictures_swift: Context {
  func example1() throws {
    //| label: fig-loss
    //| fig-cap: "Training loss"
    show(loss)
  }
}

struct Sources_NeuralNetworks_Design_ConvolutionDesigner_swift: Context {
  func example1() throws {
    let designer = ConvolutionDesigner(layers: 3)
    let plan = try designer.plan(from: 20, to: 25)  // a 2×2 kernel with padding 3, two 1×1
    try designer.bestPlanCount(from: 20, to: 25)    // 30
  }
}

struct Sources_NeuralNetworks_EarlyStopping_swift: Context {
  func example1() throws {
    var stopping = EarlyStopping(patience: 3, keeping: network)
    while !stopping.isOver {
      trainer.epoch(train, batchSize: 50, using: &random)
      stopping.add(trainer.network.evaluate(validation).loss, of: trainer.network)
    }
    let network = stopping.best
  }
}

struct Sources_NeuralNetworks_GradientCheck_swift: Context {
  func example1() throws {
    let check = GradientCheck(of: MyLayer(), at: x)
    precondition(check.worst < 1e-3, "\(check)")
  }
}

struct Sources_NeuralNetworks_NeuralNetworks_docc_TrainingANetwork_md: Context {
  func example1() throws {
    var generator = SplitMix64(seed: 10)
    let layers = try Sequential(input: [1, 1, 28, 28]) {
      Conv2D(
        inputChannels: 1, outputChannels: 4, kernelSize: 3, padding: 1,
        using: &generator)
      ReLU()
      Flatten()
      Linear(inputs: 3136, outputs: 10, using: &generator)
    }
    var training = Trainer(layers, Adam(learningRate: 3e-3))
    let digits = try MNIST.train1000()
    for _ in 0..<3 {
      training.epoch(digits, batchSize: 50, using: &generator)
    }
    let result = training.network.evaluate(try MNIST.test())
    print(result.accuracy, result.confusion)
  }
}

struct Sources_NeuralNetworks_Optimizer_swift: Context {
  func example1() throws {
    let forward = network.forward(images)
    let loss = softmaxCrossEntropy(forward.output, labels: labels)
    optimizer.update(&network, forward, loss.gradient)
  }
}

struct Sources_NeuralNetworks_ParameterGroups_swift: Context {
  func example1() throws {
    var optimizer = ParameterGroups(
      of: network,
      .init(Adam(decoupledWeightDecay: 0.01)) { _, tensor in tensor.shape.rank > 1 },
      .init(Adam()))
  }
}

struct Sources_NeuralNetworks_README_md: Context {
  func example1() throws {
    var random = SplitMix64(seed: 10)
    var network = try Sequential(input: [1, 1, 28, 28]) {
      Conv2D(inputChannels: 1, outputChannels: 4, kernelSize: 3, padding: .same, using: &random)
      ReLU()
      Flatten()
      Linear(inputs: 3136, outputs: 10, using: &random)
    }
    var optimizer = Adam(learningRate: 3e-3)
    let forward = network.forward(images)                          // images: (N, 1, 28, 28)
    let loss = softmaxCrossEntropy(forward.output, labels: labels) // loss.value, loss.gradient
    optimizer.update(&network, forward, loss.gradient)             // parameters and state
    let evaluation = network.evaluate(images: testImages, labels: testLabels)
    print(evaluation.accuracy, evaluation.confusion)
  }
  func example2() throws {
    struct Around<Body: Layer>: Layer {
      var body: Body
      var parameters: [Tensor] {
        get { body.parameters }
        set { body.parameters = newValue }
      }
      var parameterNames: [String] { body.parameterNames }
      var state: [Tensor] {
        get { body.state }
        set { body.state = newValue }
      }
      var stateNames: [String] { body.stateNames }
      func outputShape(for input: Shape) throws(ShapeError) -> Shape { input }
      func callAsFunction(_ x: Tensor) -> Tensor { x + body(x) }
      func forward(_ x: Tensor, using random: inout some RandomNumberGenerator) -> Forward {
        let inner = body.forward(x, using: &random)
        return Forward(
          output: x + inner.output, state: inner.state,
          pullback: Pullback { dy in
            let gradients = inner.pullback(dy)
            return Gradients(input: dy + gradients.input, parameters: gradients.parameters)
          })
      }
    }
  }
}

struct Sources_NeuralNetworks_Sequential_swift: Context {
  func example1() throws {
    var random = SplitMix64(seed: 10)
    var network = try Sequential(input: [1, 1, 28, 28]) {
      Conv2D(inputChannels: 1, outputChannels: 4, kernelSize: 3, padding: 1, using: &random)
      ReLU()
      Flatten()
      Linear(inputs: 3136, outputs: 10, using: &random)
    }
  }
}

struct Sources_NeuralNetworks_Trainer_swift: Context {
  func example1() throws {
    let forward = network.forward(batch.images, using: &random)
    let loss = softmaxCrossEntropy(forward.output, labels: batch.labels)
    optimizer.update(&network, forward, loss.gradient)
    history.append(loss.value)
  }
  func example2() throws {
    var trainer = Trainer(network, Adam(), schedule: .cosine(peak: 3e-3, steps: 1_000))
    for _ in 0..<epochs { trainer.epoch(data, batchSize: 50, using: &random) }
    trainer.network.evaluate(test)
  }
}

struct Sources_Numbers_Numbers_docc_ANumberForAReader_md: Context {
  func example1() throws {
    let format = NumberFormat.significant(digits: 3)
    print(format.string(0.00012345))  // 0.000123
    print(NumberFormat.percent(decimals: 1).string(0.829))  // 82.9%
    let g = NumberFormat.uncertain(by: 0.05).string(9.8765)
    print(g)  // 9.88 ± 0.05
  }
}

struct Sources_PNGCoding_PNGCoding_docc_SmallFiles_md: Context {
  func example1() throws {
    let file = try PNGEncoder.encode(bitmap)
    let again = try PNGDecoder.decode(file)
    print(again == bitmap)  // true
  }
}

struct Sources_Plotting_Diagrams_ImageGrid_swift: Context {
  func example1() throws {
    ImageGrid("Test digits", tiles: digits.map { ImageGrid.Tile($0, caption: "7") }, columns: 5)
  }
}

struct Sources_Plotting_Diagrams_TensorGrid_swift: Context {
  func example1() throws {
    TensorGrid.convolution("One output", input: x, kernel: w, padding: .init(1), at: (0, 0))
    TensorGrid("Padding", panels: [.init(padded, caption: "zeros", padding: .init(1))])
  }
}

struct Sources_Plotting_Figure_Figure_swift: Context {
  func example1() throws {
    let loss = Figure("Loss", x: Axis("step"), y: Axis("cross-entropy", unit: "nats")) {
      LineMark(x: steps, y: losses, label: "Swift")
      LineMark(x: steps, y: reference, label: "TensorFlow")
      RuleMark(y: 2.303, label: "ln 10")
    }
  }
}

struct Sources_Plotting_Figure_FigureGrid_swift: Context {
  func example1() throws {
    let grid = FigureGrid("Training", columns: 2, shares: .x) {
      Figure("Loss", x: Axis("step")) { LineMark(y: losses) }
      Figure("Accuracy", x: Axis("step")) { LineMark(y: accuracies) }
    }
    let facets = FigureGrid(facets: modes, columns: 3, x: Axis("step"), y: Axis("loss")) { mode in
      LineMark(y: lossesByMode[mode] ?? [])
    }
  }
}

struct Sources_Plotting_Marks_AnnotationMark_swift: Context {
  func example1() throws {
    AnnotationMark("overfits from here", x: 12, y: 0.31)
    AnnotationMark("best", x: 30, y: 0.08, offset: Point(20, -30))
  }
}

struct Sources_Plotting_Marks_AreaMark_swift: Context {
  func example1() throws {
    AreaMark(x: days, y: counts, label: "images")
    AreaMark.stacked(x: days, series: ["train": a, "test": b])
  }
}

struct Sources_Plotting_Marks_ArrowMark_swift: Context {
  func example1() throws {
    ArrowMark(x: x, y: y, dx: gradientX, dy: gradientY)
  }
}

struct Sources_Plotting_Marks_BarMark_swift: Context {
  func example1() throws {
    BarMark(["Swift", "TensorFlow"], [11.2, 34.9])
    BarMark(digits, series: ["precision": p, "recall": r], arrangement: .grouped)
  }
}

struct Sources_Plotting_Marks_BoxMark_swift: Context {
  func example1() throws {
    BoxMark(["Swift": swiftTimes, "TensorFlow": tensorFlowTimes])
  }
}

struct Sources_Plotting_Marks_ContourMark_swift: Context {
  func example1() throws {
    ContourMark(loss, x: -2...2, y: -1...1, label: "loss")
    ContourMark(loss, x: -2...2, y: -1...1, isFilled: true)
  }
}

struct Sources_Plotting_Marks_DensityMark_swift: Context {
  func example1() throws {
    DensityMark(errors, label: "errors")
  }
}

struct Sources_Plotting_Marks_FitMark_swift: Context {
  func example1() throws {
    PointMark(x: sizes, y: times, label: "measured")
    FitMark(x: sizes, y: times, label: "fit")
  }
}

struct Sources_Plotting_Marks_HeatmapMark_swift: Context {
  func example1() throws {
    HeatmapMark(confusion, rowLabels: digits, columnLabels: digits, colormap: .blues)
  }
}

struct Sources_Plotting_Marks_HistogramMark_swift: Context {
  func example1() throws {
    HistogramMark(weights, label: "weights")
    HistogramMark(errors, bins: .width(0.1), height: .density)
  }
}

struct Sources_Plotting_Marks_IntervalMark_swift: Context {
  func example1() throws {
    IntervalMark(x: 3...7, label: "warm-up")
    IntervalMark(y: 0.9...1, label: "accepted")
  }
}

struct Sources_Plotting_Marks_LineMark_swift: Context {
  func example1() throws {
    LineMark(x: steps, y: losses, label: "train")
    LineMark(y: means, label: "mean of 5 runs").band(lower: smallest, upper: largest)
  }
}

struct Sources_Plotting_Marks_Mark_swift: Context {
  func example1() throws {
    struct CrossMark: Mark {
      var x: Double
      var y: Double
      var xDemand: AxisDemand { AxisDemand([x]) }
      var yDemand: AxisDemand { AxisDemand([y]) }
      func draw(on canvas: inout Canvas, in plot: PlotArea) {
        guard let p = plot.point(x, y) else { return }
        let arm = Point(4, 4)
        canvas.stroke(.segment(from: p - arm, to: p + arm), Stroke(width: 1), plot.color())
      }
    }
  }
}

struct Sources_Plotting_Marks_PictureMark_swift: Context {
  func example1() throws {
    PictureMark(bitmap)
    PictureMark(map, x: 0...10, y: 0...5, opacity: 0.6)
  }
}

struct Sources_Plotting_Marks_PointMark_swift: Context {
  func example1() throws {
    PointMark(x: runs, y: means, label: "mean").errorBars(deviations)
    PointMark(x: width, y: loss).colored(by: epochs, label: "epoch")
  }
}

struct Sources_Plotting_Marks_SecondAxis_swift: Context {
  func example1() throws {
    Figure("Training", x: Axis("step"), y: Axis("loss"), secondY: Axis("accuracy")) {
      LineMark(x: steps, y: losses, label: "loss")
      LineMark(x: steps, y: accuracies, label: "accuracy").onSecondAxis()
    }
  }
}

struct Sources_Plotting_Marks_ViolinMark_swift: Context {
  func example1() throws {
    ViolinMark(["Swift": swiftTimes, "TensorFlow": tensorFlowTimes])
  }
}

struct Sources_Plotting_Plotting_docc_AFirstFigure_md: Context {
  func example1() throws {
    let epochs = Array(1...40)
    let losses = epochs.map { 2.3 / Double($0) }
    let curve = Figure(
      "Loss", x: Axis("epoch"), y: Axis("cross-entropy", unit: "nats")
    ) {
      LineMark(x: epochs, y: losses, label: "training")
      RuleMark(y: 2.303, label: "guessing")
    }
    let bitmap = curve.render(theme: .dark, scale: 2)
    print(curve.alternativeText)
  }
}

struct Sources_Plotting_README_md: Context {
  func example1() throws {
    let loss = Figure("Loss", x: Axis("step"), y: Axis("cross-entropy", unit: "nats")) {
      LineMark(x: 1...40, y: train, label: "training")
      RuleMark(y: 2.303, label: "guessing, ln 10")
    }
    let bitmap = loss.render(theme: .dark, scale: 2)
  }
}

struct Sources_Plotting_Scales_Axis_swift: Context {
  func example1() throws {
    Axis("step")
    Axis("cross-entropy", unit: "nats", scale: .log)
    Axis("accuracy", domain: 0...1, format: .percent(decimals: 0))
  }
}

struct Sources_Plotting_Style_Theme_swift: Context {
  func example1() throws {
    var theme = Theme.light
    theme.fontSize = 12
  }
}

struct Sources_Raster_Font_Substitutes_swift: Context {
  func example1() throws {
    let chinese = try Font(trueType: bytes)
    Font.withSubstitutes([chinese]) { show(figure) }
  }
}

struct Sources_Raster_Raster_docc_DrawingAPicture_md: Context {
  func example1() throws {
    var canvas = Canvas(size: Size(width: 100, height: 60), scale: 2)
    canvas.fill(.rect(Rect(x: 0, y: 0, width: 100, height: 60)), .white)
    let rise = Path.segment(from: Point(10, 50), to: Point(90, 10))
    canvas.stroke(rise, Stroke(width: 2), .black)
    canvas.draw(Text("rising", size: 12), at: Point(12, 20))
    let picture = canvas.bitmap
  }
}

struct Sources_Raster_Stamp_swift: Context {
  func example1() throws {
    var dot = Stamp()
    dot.fill(.circle(center: .zero, radius: 3))
    canvas.draw(dot, at: places, color: .black)
  }
}

struct Sources_Reports_Recording_Table_swift: Context {
  func example1() throws {
    show(
      Table(
        results,
        columns: [
          .column("Layer", \.name),
          .column("Loss", \.loss, as: .decimal(places: 3), unit: "nats"),
        ]))
  }
}

struct Sources_Reports_Reports_docc_FromSourceToReport_md: Context {
  func example1() throws {
    let prose = Markup(text: "## Result\n\nThe mean is $m$.")
    print(prose.blocks.count)  // 2
  }
  func example2() throws {
    show(
      Table(
        columns: [.init("kernel"), .init("output")],
        rows: [["3×3", "28×28"], ["5×5", "26×26"]]))
  }
}

struct Sources_Reports_Source_FrontMatter_swift: Context {
  func example1() throws {
    //: ---
    //: title: "Lab 10. Padding layer"
    //: author: I. Domrachev
    //: date: 2023-11-10
    //: keywords: [convolution, padding]
    //: ---
  }
}

struct Sources_Statistics_Estimate_swift: Context {
  func example1() throws {
    let accuracy = Estimate.mean(of: Sample(accuracies))
    claim("most digits are read", accuracy, .above(0.5), as: .percent(decimals: 1))
  }
}

struct Sources_Statistics_LinearFit_swift: Context {
  func example1() throws {
    let line = LinearFit(x: sizes, y: times)
    claim("time grows with size", line.slope, .above(0))
  }
}

struct Sources_Statistics_Statistics_docc_HowSureIsAMean_md: Context {
  func example1() throws {
    let runs = Sample([0.71, 0.78, 0.69, 0.74, 0.80])
    let accuracy = Estimate.mean(of: runs)
    print(accuracy.lower, accuracy.upper)
    let share = Estimate.proportion(38, of: 40)
    print(share.value)  // 0.95
  }
}

struct Sources_Tensors_Tensors_docc_WhereTheKernelStands_md: Context {
  func example1() throws {
    let geometry = try ConvolutionGeometry(
      checking: [50, 1, 28, 28], kernel: [4, 1, 3, 3], padding: .same)
    print(geometry.output)  // 50×4×28×28
  }
}

struct Sources_VectorCoding_README_md: Context {
  func example1() throws {
    let drawing = figure.drawing(theme: .print)
    let svg = SVGEncoder.encode(drawing, title: "Loss", description: figure.alternativeText)
    let pdf = PDFEncoder.encode(drawing, title: "Loss", description: figure.alternativeText)
  }
}

struct docs_guides_a_course_of_labs_md: Context {
  func example1() throws {
    let slope = solution {
      LinearFit(table, x: "length", y: "period").slope.value
    } stub: {
      0.0  // your fit
    }
  }
  func example2() throws {
    task(
      "Write a check that tells the mean from its imitations",
      check: { average in average([1, 2, 6]) == 3 },
      accepts: { (numbers: [Double]) in numbers.reduce(0, +) / Double(numbers.count) },
      rejects: ["the middle one": { $0[$0.count / 2] }, "the largest": { $0.max() ?? 0 }])
  }
}

struct docs_guides_data_from_files_md: Context {
  func example1() throws {
    let table = try DataTable(
      beside: "measurements.csv",
      columns: [
        .number("length", unit: "m"),
        .number("period", unit: "s", uncertainty: "u_period"),
        .text("observer"),
      ])
    cite(table)
  }
  func example2() throws {
    let long = table.filter { row in row["length"] > 0.3 }.complete("length", "period")
    let squares = long.adding(
      "T²", unit: "s²", uncertainty: { row in 2 * row["period"] * (row.uncertainty("period") ?? 0) }
    ) { row in
      row["period"] * row["period"]
    }
    let figure = Figure("Pendulum", x: Axis(squares, "length"), y: Axis(squares, "T²")) {
      PointMark(squares, x: "length", y: "T²", label: "measured")
      FitMark(squares, x: "length", y: "T²", label: "fit")
    }
    let line = LinearFit(squares, x: "length", y: "T²")
    claim("the line describes the readings", line.reducedChiSquared ?? .nan, .within(0.2...2.5))
  }
}

struct docs_guides_writing_a_lab_md: Context {
  func example1() throws {
    let losses = try remembered("training", by: epochs, seed) {
      try train(epochs: epochs, seed: seed)
    }
  }
  func example2() throws {
    //: ## The mean {#sec-mean}
    //: $$ m = \frac{1}{n} \sum_i x_i $$ {#eq-mean}
    //:
    //: By @eq-mean the mean is \(mean), or $m = \(mean)$.
    //: - Exercise: Show that it is near 3.5.
    //: - Hint: See @sec-mean.
  }
  func example3() throws {
    //: ---
    //: bibliography: references.bib
    //: ---
    //: Every size is drawn by @visin2016 [fig. 2.1]; it was known before [see @visin2016, ch. 2].
  }
  func example4() throws {
    //: ---
    //: title: Throws
    //: code-fold: true
    //: ---
    let n = 1000.0
    //| code-fold: false
    let mean = sum / n
  }
}

extension Dice {
  func throwing(_ count: Int) throws -> [Int] {
    //: ## Throwing
    var random = SplitMix64(seed: seed)
    return (0..<count).map { _ in random.face() }
  }
}
