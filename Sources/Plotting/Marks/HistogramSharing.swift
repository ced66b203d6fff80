extension Figure {
  /// The marks with the histograms among them on the same bins, so that their heights compare; on a
  /// logarithmic axis in bins that are equally wide there.
  static func sharingBins(_ marks: [any Mark], on x: Axis) -> [any Mark] {
    let marks = x.scale == .log ? marks.map(\.withLogarithmicDensity) : marks
    let histograms = marks.compactMap(\.histogram)
    guard histograms.count > 1 || x.scale == .log, !histograms.isEmpty else { return marks }
    return Self.marks(marks, in: HistogramBins(of: histograms, on: x))
  }

  /// The marks with the histograms among them in these bins.
  static func marks(_ marks: [any Mark], in bins: HistogramBins) -> [any Mark] {
    marks.map { mark in
      guard let histogram = mark.histogram else { return mark }
      let other = histogram.with(bins)
      return mark.isOnSecondAxis ? other.onSecondAxis() : other
    }
  }
}

extension FigureGrid {
  /// The figures with the histograms of one quantity on the same bins. Figures that share an axis show
  /// one quantity, and so do those whose horizontal axes have the same title.
  static func sharingBins(_ figures: [Figure], _ shares: Sharing) -> [Figure] {
    var figures = figures
    let keys = figures.indices.map { index in
      shares == .none ? figures[index].x.title ?? "figure \(index)" : ""
    }
    for key in Set(keys) {
      let members = figures.indices.filter { keys[$0] == key }
      let histograms = members.flatMap { figures[$0].marks.compactMap(\.histogram) }
      guard members.count > 1, histograms.count > 1 else { continue }
      let bins = HistogramBins(of: histograms, on: figures[members[0]].x)
      for index in members { figures[index] = figures[index].with(bins) }
    }
    return figures
  }
}

extension HistogramBins {
  /// The bins that suit several histograms, as the first that asks for some wants them.
  fileprivate init(of histograms: [HistogramMark], on x: Axis) {
    let isFree = histograms.allSatisfy { $0.bins == .automatic }
    if x.scale == .log && isFree {
      self.init(logarithmic: histograms.map(\.sorted))
    } else {
      self.init(histograms.map(\.sorted), histograms.map(\.bins))
    }
  }
}

extension Mark {
  /// The mark, a density of logarithms where it is a density.
  fileprivate var withLogarithmicDensity: any Mark {
    if let density = (self as? SecondAxisMark)?.mark as? DensityMark {
      return density.onLogarithmicAxis.onSecondAxis()
    }
    return (self as? DensityMark)?.onLogarithmicAxis ?? self
  }

  /// The mark as a histogram, also on the second axis.
  fileprivate var histogram: HistogramMark? {
    self as? HistogramMark ?? (self as? SecondAxisMark)?.mark as? HistogramMark
  }
}
