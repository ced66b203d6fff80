/// The best designs of a square image: the same choices on both axes.
struct SquareSolution: DesignSolution {
  private let axis: AxisSolution
  let count: Int

  init(axis design: AxisDesign, aim: ConvolutionDesigner.Aim) {
    switch aim {
    case .leastTotalPadding:
      axis = .leastTotal(design)
      count = axis.count
    case .leastLargestPadding:
      let widest = design.leastWidestMargin
      axis = .leastTotal(design, widest: widest)
      count = design.count(widest: widest)
    case .fewestZeroCells:
      axis = .fewestCells(design)
      count = axis.count
    }
  }

  func designs(limit: Int) -> [(rows: [AxisChoice], columns: [AxisChoice])] {
    axis.designs(limit: limit).map { ($0, $0) }
  }
}

/// The best designs of an oblong image by an aim that looks at each axis for itself.
struct OblongSolution: DesignSolution {
  private let rows: AxisSolution
  private let columns: AxisSolution
  let count: Int

  init(rows rowDesign: AxisDesign, columns columnDesign: AxisDesign, aim: ConvolutionDesigner.Aim) {
    if aim == .leastLargestPadding {
      // One axis may use the margins that the other one needs.
      let widest = max(rowDesign.leastWidestMargin, columnDesign.leastWidestMargin)
      rows = .leastTotal(rowDesign, widest: widest)
      columns = .leastTotal(columnDesign, widest: widest)
      count = saturatingProduct(
        rowDesign.count(widest: widest), columnDesign.count(widest: widest))
    } else {
      rows = .leastTotal(rowDesign)
      columns = .leastTotal(columnDesign)
      count = saturatingProduct(rows.count, columns.count)
    }
  }

  func designs(limit: Int) -> [(rows: [AxisChoice], columns: [AxisChoice])] {
    let columnDesigns = columns.designs(limit: limit)
    let pairs = rows.designs(limit: limit).lazy.flatMap { row in
      columnDesigns.lazy.map { (rows: row, columns: $0) }
    }
    return Array(pairs.prefix(limit))
  }
}
