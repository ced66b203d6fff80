/// How the rows of many images are dealt out to threads: to each an equal run of them, cut where an
/// image ends, so that as few images as possible are worked on by two.
///
/// Rows at a seam are padded or split twice; equal numbers of parts per image would have several
/// seams in each, and still leave one thread with more to do than the others.
struct RowShares {
  /// Some rows of one image.
  struct Part: Equatable {
    let image: Int
    let rows: Range<Int>
  }

  /// The parts, image by image.
  private(set) var parts: [Part] = []
  /// For each thread, its first part.
  private(set) var starts: [Int] = []

  /// Deals out rows.
  ///
  /// - Parameters:
  ///   - images: How many images there are.
  ///   - rows: Rows of each.
  ///   - unit: Rows that are never cut apart.
  ///   - most: Rows of a part at most.
  ///   - threads: How many threads share them.
  ///   - cuts: Into how many equal runs the share of a thread is cut, for others to take over.
  ///   - extra: What a part that follows all these costs, in rows; 0 where there is none.
  init(
    images: Int, rows: Int, unit: Int, most: Int, threads: Int, cuts: Int, extra: Int
  ) {
    let units = (rows + unit - 1) / unit
    let mostUnits = max(1, most / unit)
    let total = images * units + (extra + unit - 1) / unit
    let runs = threads * cuts
    // A seam near the end of an image is moved there.
    let near = units / 6
    let seams = (0..<runs).map { run in
      let seam = run * total / runs
      let place = seam % units
      return place <= near ? seam - place : place >= units - near ? seam - place + units : seam
    }
    parts.reserveCapacity(images * (1 + (units - 1) / mostUnits) + runs)
    for image in 0..<images {
      let start = image * units
      var first = 0
      for run in 1...runs {
        let end = run < runs ? min(seams[run] - start, units) : units
        if end <= first { continue }
        let pieces = (end - first + mostUnits - 1) / mostUnits
        for piece in 0..<pieces {
          let top = first + (end - first) * piece / pieces
          let bottom = first + (end - first) * (piece + 1) / pieces
          parts.append(Part(image: image, rows: top * unit..<min(rows, bottom * unit)))
        }
        first = end
      }
    }
    starts.reserveCapacity(threads)
    for thread in 0..<threads {
      let seam = seams[thread * cuts]
      let start = parts.firstIndex { $0.image * units + $0.rows.lowerBound / unit >= seam }
      starts.append(start ?? parts.count)
    }
  }
}
