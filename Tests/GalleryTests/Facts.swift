import Foundation
import Raster

@testable import Plotting

/// What a mark's clause may say, and what it must, found from the mark's data by the plainest means.
struct Facts {
  /// Numbers that the clause must give.
  var required: [Double] = []
  /// Numbers that it may give besides.
  var allowed: [Double] = []
  /// Words that it must have.
  var words: [String] = []
  /// Words that it must not have.
  var wrong: [String] = []
  /// What is no number of the data though it has digits: names, dates.
  var names: [String] = []

  /// The facts of a mark; `nil` for kinds that nobody taught this test.
  static func of(_ mark: any Mark, in figure: Figure) -> Facts? {
    var facts = Facts()
    return facts.take(mark, in: figure) ? facts : nil
  }

  private mutating func take(_ mark: any Mark, in figure: Figure) -> Bool {
    let (x, y) = (figure.x, figure.y)
    switch mark {
    case let mark as SecondAxisMark:
      words.append("on the right axis: ")
      return take(mark.mark, in: figure)
    case let line as LineMark:
      series(line.x, line.y, x)
      let known = line.lower.indices.filter { line.lower[$0].isFinite && line.upper[$0].isFinite }
      for index in [known.first, known.last].compactMap({ $0 }) {
        required += [line.lower[index], line.upper[index]]
      }
      if !known.isEmpty { words.append("with a band") }
      names += [line.label].compactMap { $0 }
    case let area as AreaMark:
      series(area.x, zip(area.upper, area.lower).map { $0 - $1 }, x)
      names += [area.label].compactMap { $0 }
    case let rule as RuleMark:
      switch rule.position {
      case .x(let value): place(value, x)
      case .y(let value): place(value, y)
      }
      names += [rule.label].compactMap { $0 }
    case let interval as IntervalMark:
      switch interval.position {
      case .x(let range): for end in [range.lowerBound, range.upperBound] { place(end, x) }
      case .y(let range): for end in [range.lowerBound, range.upperBound] { place(end, y) }
      }
      names += [interval.label].compactMap { $0 }
    case let note as AnnotationMark:
      place(note.x, x)
      place(note.y, y)
      names += [note.text.replacing("\n", with: " ")]
    case let points as PointMark: self.points(points, x, y)
    case let bars as BarMark: self.bars(bars)
    case let histogram as HistogramMark:
      let values = histogram.sorted
      required += [
        Double(values.count), values.min() ?? .nan, values.max() ?? .nan,
        values.reduce(0, +) / Double(values.count), Double(histogram.edges.count - 1),
      ]
      names += [histogram.label].compactMap { $0 }
    case let boxes as BoxMark:
      for group in boxes.groups {
        required += group.quartiles + [Double(group.count)]
        required.append(min(group.whiskers.lowerBound, group.outliers.min() ?? .infinity))
        required.append(max(group.whiskers.upperBound, group.outliers.max() ?? -.infinity))
        if !group.outliers.isEmpty { required.append(Double(group.outliers.count)) }
      }
      names += boxes.categories
    case let violins as ViolinMark:
      for values in Self.hidden([DensityCurve].self, "curves", of: violins).map(\.sorted) {
        required += [Double(values.count), values[values.count - 1], values[0]]
        // The median of an even number of values.
        required.append((values[(values.count - 1) / 2] + values[values.count / 2]) / 2)
        let quantiles = Quantiles(sorted: values)
        required += [quantiles[0.25], quantiles[0.75]]
      }
      names += violins.categories
    case let density as DensityMark:
      let values = density.curve.sorted
      let top = density.curve.heights.max() ?? 0
      let mode = density.curve.places[density.curve.heights.firstIndex(of: top) ?? 0]
      required += [Double(values.count), values[0], values[values.count - 1], mode]
      names += [density.label].compactMap { $0 }
    case let map as HeatmapMark:
      matrix(map.values)
      names += [map.label].compactMap { $0 }
      words += [map.rowLabels, map.columnLabels].allSatisfy(\.isEmpty) ? ["row ", "column "] : []
      allowed += (0..<max(map.values.rows, map.values.columns)).map(Double.init)
    case let image as ImageMark:
      matrix(image.pixels)
      names += [image.label].compactMap { $0 }
    case let picture as PictureMark:
      required += [Double(picture.bitmap.width), Double(picture.bitmap.height)]
      names += [picture.label].compactMap { $0 }
    case let contours as ContourMark:
      matrix(contours.values, isCounted: false)
      required += contours.levels
      let (values, columns) = (contours.values, contours.values.columns)
      let least = values.values.firstIndex(of: values.values.min() ?? 0) ?? 0
      let across = Double(least % columns) / Double(columns - 1)
      let down = Double(least / columns) / Double(values.rows - 1)
      required.append(contours.x.lowerBound * (1 - across) + contours.x.upperBound * across)
      required.append(contours.y.upperBound * (1 - down) + contours.y.lowerBound * down)
      names += [contours.label].compactMap { $0 }
    case let arrows as ArrowMark:
      let lengths = zip(arrows.dx, arrows.dy).map { hypot($0, $1) }
      let longest = lengths.firstIndex(of: lengths.max() ?? 0) ?? 0
      required += [
        Double(lengths.count), lengths.min() ?? .nan, lengths[longest], arrows.x[longest],
        arrows.y[longest],
      ]
      names += [arrows.label].compactMap { $0 }
    case let fit as FitMark: self.fit(fit, in: figure)
    default: return false
    }
    return true
  }

  /// A private part of a mark, which no accessor gives.
  private static func hidden<Part>(_ type: Part.Type, _ name: String, of mark: any Mark) -> Part
  where Part: ExpressibleByArrayLiteral {
    Mirror(reflecting: mark).descendant(name) as? Part ?? []
  }

  /// A value on an axis, in words on one of time.
  private mutating func place(_ value: Double, _ axis: Axis) {
    guard case .time(let zone) = axis.scale else { return required.append(value) }
    let formatter = DateFormatter()
    formatter.locale = Locale(identifier: "en_US_POSIX")
    formatter.timeZone = TimeZone(identifier: zone)
    formatter.dateFormat = "d MMM yyyy"
    let date = Date(timeIntervalSince1970: value)
    words.append(formatter.string(from: date))
    names.append(formatter.string(from: date))
    formatter.dateFormat = "HH:mm"
    names.append(formatter.string(from: date))
  }

  private mutating func series(_ x: [Double], _ y: [Double], _ axis: Axis) {
    let points = zip(x, y).filter { $0.0.isFinite && $0.1.isFinite }
    guard let first = points.first, let last = points.last else { return }
    required += [first.1, last.1]
    let (low, high) = (points.map(\.1).min() ?? 0, points.map(\.1).max() ?? 0)
    let reach = high - low
    // Extremes that are not at the ends are said, with their place.
    for (value, word) in [(high, "highest"), (low, "lowest")] {
      if min((value - first.1).magnitude, (value - last.1).magnitude) > 0.021 * reach {
        required.append(value)
        words.append(word)
        if let point = points.first(where: { $0.1 == value }) { place(point.0, axis) }
      }
    }
    if case .time = axis.scale {
      place(first.0, axis)
      place(last.0, axis)
    } else {
      allowed += [first.0, last.0, Double(points.count)]
      allowed += points.filter { $0.1 == low || $0.1 == high }.map(\.0)
    }
    if last.1 - first.1 > 0.021 * reach {
      (words, wrong) = (words + ["rises"], ["falls", "stays"])
    }
    if first.1 - last.1 > 0.021 * reach {
      (words, wrong) = (words + ["falls"], ["rises", "stays"])
    }
  }

  private mutating func points(_ mark: PointMark, _ x: Axis, _ y: Axis) {
    let points = zip(mark.x, mark.y).filter { $0.0.isFinite && $0.1.isFinite }
    required += [Double(points.count)]
    for (values, axis) in [(points.map(\.0), x), (points.map(\.1), y)] {
      place(values.min() ?? .nan, axis)
      place(values.max() ?? .nan, axis)
    }
    for child in Mirror(reflecting: mark).children {
      guard let part = Mirror(reflecting: child.value).children.first?.value else { continue }
      if let errors = part as? ErrorLengths {
        words.append("errors")
        if errors.lower == errors.upper { required.append(errors.lower.min() ?? .nan) }
        required += [errors.lower.max() ?? .nan, errors.upper.max() ?? .nan]
      }
      let values = (part as? ValueColors)?.values ?? (part as? ValueSizes)?.values
      let label = (part as? ValueColors)?.label ?? (part as? ValueSizes)?.label
      if let values {
        required += [values.min() ?? .nan, values.max() ?? .nan]
        words.append(label ?? "by a value")
      }
    }
    names += [mark.label].compactMap { $0 }
  }

  private mutating func bars(_ bars: BarMark) {
    names += bars.categories
    for series in bars.series {
      let known = series.values.filter(\.isFinite)
      if known.count <= 4 {
        required += known
      } else {
        required += [Double(known.count), known.min() ?? .nan, known.max() ?? .nan]
        for value in [known.min(), known.max()] {
          words.append(bars.categories[series.values.firstIndex(of: value ?? .nan) ?? 0])
        }
      }
      names += [series.label].compactMap { $0 }
    }
    for errors in Self.hidden([ErrorLengths].self, "errors", of: bars) {
      words.append("errors")
      required += [errors.lower.min() ?? .nan, errors.upper.max() ?? .nan]
    }
  }

  private mutating func matrix(_ matrix: Matrix, isCounted: Bool = true) {
    let known = matrix.values.filter(\.isFinite)
    required += [known.min() ?? .nan, known.max() ?? .nan]
    if isCounted { required += [Double(matrix.rows), Double(matrix.columns)] }
  }

  /// The line through the points of the same figure.
  private mutating func fit(_ mark: FitMark, in figure: Figure) {
    guard let points = figure.marks.lazy.compactMap({ $0 as? PointMark }).first else { return }
    let count = Double(points.x.count)
    let (meanX, meanY) = (points.x.reduce(0, +) / count, points.y.reduce(0, +) / count)
    var (xx, xy, yy) = (0.0, 0.0, 0.0)
    for (x, y) in zip(points.x, points.y) {
      xx += (x - meanX) * (x - meanX)
      xy += (x - meanX) * (y - meanY)
      yy += (y - meanY) * (y - meanY)
    }
    required += [xy / xx, meanY - xy / xx * meanX, xy * xy / xx / yy]
    allowed += [95]
    names += ["R²", mark.label].compactMap { $0 }
  }
}
