import Foundation
import LabKit
import PNGCoding

extension Benchmarks {
  func plotting(_ measured: Measured) throws {
    //: ## Plots
    //:
    //: The same plots, 1280×960 pixels (the images 1808×1000), laid out, drawn and encoded as PNG in
    //: memory by this package and by matplotlib's `savefig` with its Agg renderer, in turns. Both draw
    //: on one core; ours compresses the two halves of a file side by side. Of matplotlib's two ways to
    //: draw a scatter the faster one counts. A ratio is the median over the rounds, each compared with
    //: its neighbour in the same round.
    let races = try PlotRace.all(python: python, rounds: rounds)  //hide
    //| volatile: true
    show(
      Table(
        races.flatMap(\.rows),
        columns: [
          .column("plot", { $0.plot }),
          .column("by", { $0.name }),
          .column("ms", { rounded($0.timing.median) }, alignment: .trailing),
          .column("spread", { $0.timing.spread }, alignment: .trailing),
          .column("× ours", { rounded($0.ratio) }, alignment: .trailing),
        ]))
    for race in races {
      measured.target(
        "\(race.job.title), against matplotlib", "\(rounded(race.job.wanted))× faster",
        measured: race.ratio.map { "\(rounded($0))×" } ?? "not measured: no peer",
        holds: race.ratio.map { $0 >= race.job.wanted },
        why: "layout in a debug build, and the search for a short file, take most of the time")
    }

    //: The files of these plots, in bytes: ours, what `oxipng -o 4` makes of it without changing a
    //: pixel, and matplotlib's.
    //| volatile: true
    show(
      Table(
        races,
        columns: [
          .column("file", { $0.job.title }),
          .column("ours", { grouped($0.bytes) }, alignment: .trailing),
          .column("after oxipng", { $0.oxipng.map(grouped) ?? "–" }, alignment: .trailing),
          .column("ours over it", { $0.share.map(rounded) ?? "–" }, alignment: .trailing),
          .column("matplotlib's", { $0.theirBytes.map(grouped) ?? "–" }, alignment: .trailing),
        ]))
    let shares = races.compactMap(\.share)
    measured.target(
      "PNG files over what `oxipng -o 4` makes of them", "within 5 %",
      measured: shares.max().map { "\(rounded(100 * ($0 - 1))) % at most" }
        ?? "not measured: no oxipng",
      holds: shares.max().map { $0 <= 1.05 },
      why:
        "pictures of over a million pixels get a quick search; those of reports, which are smaller, come nearer"
    )
    try growingPlots()
  }

  /// How the time grows with the data.
  private func growingPlots() throws {
    //: Time over the number of cells of a heat map, and of points of a scatter. A straight line is
    //: linear growth; where it begins is what axes and labels take.
    let sides = [100, 300, 500, 700, 850, 1000, 1200, 1500]
    let counts = [10_000, 200_000, 400_000, 600_000, 800_000, 1_000_000]
    let scatters = counts.map(PlotJob.scatter)
    let graphics: [any Graphic] =
      sides.map { side in
        let matrix = Matrix(rows: side, columns: side) { Double($0 * $1 % 97) }
        return Figure(size: PlotJob.size) { HeatmapMark(matrix) }
      } + scatters.map(\.graphic)
    let contenders = graphics.enumerated().map { index, graphic in
      ours("\(index)", threads: 1, repetitions: 1) { _ = graphic.render() }
    }
    let times = race("Growing plots", rounds: rounds, contenders).map(\.timing.median)
    //| label: fig-plot-growth
    //| fig-cap: "Time of drawing over cells and points."
    //| volatile: true
    let growth = FigureGrid(columns: 2) {
      line("cells", sides.map { $0 * $0 }, Array(times.prefix(sides.count)))
      line("points", counts, Array(times.suffix(counts.count)))
    }
    show(growth)
  }
}

/// One plot, drawn by everybody in turns.
struct PlotRace {
  let job: PlotJob
  let ours: Timing
  let bytes: Int
  let others: [(name: String, timing: Timing)]
  let theirBytes: Int?
  let oxipng: Int?

  /// How many times as long as ours the fastest other one took.
  var ratio: Double? {
    others.filter { !$0.timing.samples.isEmpty }.map { $0.timing.ratio(to: ours) }.min()
  }

  /// The size of our file over that after oxipng.
  var share: Double? { oxipng.map { Double(bytes) / Double($0) } }

  /// Rows of the table of times.
  var rows: [(plot: String, name: String, timing: Timing, ratio: Double)] {
    let mine = ("LabKit", ours)
    return ([mine] + others.map { ($0.name, $0.timing) }).map { name, timing in
      (job.title, name, timing, timing.ratio(to: ours))
    }
  }

  /// Races all plots, with a Python that has matplotlib or alone.
  static func all(python: String?, rounds: Int) throws -> [PlotRace] {
    let folder = FileManager.default.temporaryDirectory.appending(
      path: "labkit-plots-\(ProcessInfo.processInfo.processIdentifier)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    let script = URL(filePath: #filePath).deletingLastPathComponent()
      .appending(path: "Peers/plots.py").path
    let peer = python.flatMap { Peer(python: $0, script: script, argument: folder.path) }
    return try PlotJob.all().map { job in
      try unsafe job.data.withUnsafeBytes { unsafe Data($0) }
        .write(to: folder.appending(path: job.name))
      return try run(job, peer, rounds: rounds, in: folder)
    }
  }

  private static func run(
    _ job: PlotJob, _ peer: Peer?, rounds: Int, in folder: URL
  ) throws -> PlotRace {
    func file() throws -> [UInt8] {
      try PNGEncoder.encode(job.graphic.render(), pixelsPerPoint: 2, tolerance: 6)
    }
    let steps = job.points ?? 0 > 50_000 ? 1 : 3
    let me = Contender(name: "LabKit") {
      (0..<steps).map { _ in milliseconds { _ = try? file() } }
    }
    let plt = peer?.names.contains("matplotlib") == true ? peer : nil
    let names = job.points == nil ? ["matplotlib"] : ["matplotlib plot", "matplotlib scatter"]
    let others = plt.map { peer in
      names.map { name in Contender(name: name) { peer.time(job.name, name, steps: steps) } }
    }
    let results = race(job.title, rounds: rounds, [me] + (others ?? []))
    let png = try file()
    let path = folder.appending(path: job.name + ".png")
    try Data(png).write(to: path)
    if peer?.names.contains("oxipng") == true { _ = peer?.time(path.path, "oxipng", steps: 1) }
    return PlotRace(
      job: job, ours: results[0].timing, bytes: png.count, others: Array(results.dropFirst()),
      theirBytes: names.compactMap { plt?.bytes[$0 + job.name] }.min(),
      oxipng: peer?.bytes["oxipng" + path.path])
  }
}
